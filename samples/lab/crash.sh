#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# crash.sh [--target NAME] [--out DIR] SAMPLE…|--all
#
# Builds each sample's module, boots the target's kernel in QEMU, lets the module crash it, and keeps what is needed to
# tell where: log, module, truth. They go to the sample's own directory, or with --out to DIR/TARGET/SAMPLE.
# Nothing here needs root; what has to be installed is named when it is missing.

. "$(dirname "$0")/common.sh"

usage() {
	sed -n 's/^# \(crash\.sh .*\)/usage: \1/p' "$0" >&2
	exit 2
}

want=amd64-bookworm out=
names=()
while [ $# -gt 0 ]; do
	case $1 in
	--target) want=${2:-} ; shift 2 || usage ;;
	--out) out=${2:-} ; shift 2 || usage ;;
	--all) mapfile -t names < <(cd "$samples" && find . -name sample.conf -printf '%h\n' | cut -c 3- | sort); shift ;;
	-*) usage ;;
	*) names+=("$1"); shift ;;
	esac
done
[ ${#names[@]} -gt 0 ] || usage
target "$want"
need xz xz-utils

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
read -r release _ vmlinuz busybox _ < <("$lab/kernel.sh" "$target") || exit 1

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
	"$lab/truth.sh" "$1" "$target" "$work/build/$module.ko" "$2/$log" "$from" >"$work/sample.json"
	mv "$work/sample.json" "$2/sample.json"
}

# crash SAMPLE
crash() {
	local dir=$samples/$1 append
	[ -z "$out" ] || dir=$out/$target/$1
	sample "$1"
	"$lab/build.sh" "$target" "$1" "$work/build"
	"$lab/initramfs.sh" "$1" "$busybox" "$work/initramfs.gz" "$work/build/$module.ko"
	rm -rf "$work/run"
	append=$(conf "$1" append)
	# shellcheck disable=SC2086  # kernel parameters are words
	"$lab/boot.sh" "$target" "$vmlinuz" "$work/initramfs.gz" "$work/run" $append
	keep "$1" "$dir"
	"$lab/check.sh" "$dir"
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
