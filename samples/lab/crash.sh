#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# crash.sh [--target NAME] [--compiler gcc|clang] [--out DIR] SAMPLE…|--all
#
# Builds each sample's module, boots the target's kernel in QEMU, lets the module crash it, and keeps what is needed to
# tell where: log, module, truth. They go to the sample's own directory, or with --out to DIR/TARGET/SAMPLE (DIR/TARGET-clang/SAMPLE).
# Nothing here needs root; what has to be installed is named when it is missing.

. "$(dirname "$0")/common.sh"

usage() {
	sed -n 's/^# \(crash\.sh .*\)/usage: \1/p' "$0" >&2
	exit 2
}

want=amd64-bookworm compiler=gcc out=
names=()
while [ $# -gt 0 ]; do
	case $1 in
	--target) want=${2:-} ; shift 2 || usage ;;
	--compiler) compiler=${2:-} ; shift 2 || usage ;;
	--out) out=${2:-} ; shift 2 || usage ;;
	--all) mapfile -t names < <(cd "$samples" && find . -name sample.conf -printf '%h\n' | cut -c 3- | sort); shift ;;
	-*) usage ;;
	*) names+=("$1"); shift ;;
	esac
done
[ ${#names[@]} -gt 0 ] || usage
case $compiler in
gcc) variant= ;;
clang) variant=-clang ;;
*) usage ;;
esac
target "$want"
need xz xz-utils

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
IFS=$'\t' read -r release _ vmlinuz busybox _ < <("$lab/kernel.sh" "$target") || exit 1

# keep SAMPLE DIR: log, module and truth of the run in $work. vmcore-dmesg.txt is the guest's dmesg, dmesg.txt its console.
keep() {
	local log from=console
	log=$(conf "$1" log)
	if [ "$log" = vmcore-dmesg.txt ] && [ -s "$work/run/dmesg.txt" ]; then
		from=dmesg
	fi
	mkdir -p "$2"
	cp "$work/run/$from.txt" "$2/$log"
	xz -9e -c "$work/build/$module.ko" >"$2/$module.ko.xz"
	"$lab/truth.sh" "$1" "$target" "$work/build/$module.ko" "$2/$log" "$from" >"$2/sample.json"
}

# faults_on SAMPLE ARCH: some faults are none on some architectures, as its "arch" line says.
faults_on() {
	local arches
	arches=$(conf "$1" arch)
	case " ${arches:-$2} " in
	*" $2 "*) return 0 ;;
	*) return 1 ;;
	esac
}

# give_up SAMPLE: what is already there stays as it was, and the console is kept elsewhere.
give_up() {
	mkdir -p "$cache/failed"
	cp "$work/run/console.txt" "$cache/failed/$target-$1.txt"
	die "$1: no good capture; the console is in $cache/failed/$target-$1.txt"
}

# crash SAMPLE
crash() {
	local dir=$samples/$1 append
	[ -z "$out" ] || dir=$out/$target$variant/$1
	sample "$1"
	if ! faults_on "$1" "$arch"; then
		note "$1: does not fault on $arch"
		return
	fi
	rm -rf "$work/run" "$work/capture"
	"$lab/build.sh" "$target" "$1" "$work/build" "$compiler"
	"$lab/initramfs.sh" "$1" "$busybox" "$work/initramfs.gz" "$work/build/$module.ko"
	append=$(conf "$1" append)
	# shellcheck disable=SC2086  # kernel parameters are words
	"$lab/boot.sh" "$target" "$vmlinuz" "$work/initramfs.gz" "$work/run" $append || give_up "$1"
	keep "$1" "$work/capture/$1"
	"$lab/check.sh" "$work/capture/$1" || give_up "$1"
	mkdir -p "$dir"
	cp "$work/capture/$1"/* "$dir"
	note "$1: crashed $release as intended"
}

# One that fails does not stop the others.
failed=()
for name in "${names[@]}"; do
	set +e
	(
		set -e
		crash "$name"
	)
	status=$?
	set -e
	[ "$status" -eq 0 ] || failed+=("$name")
done
[ ${#failed[@]} -eq 0 ] || die "failed on $target: ${failed[*]}"
