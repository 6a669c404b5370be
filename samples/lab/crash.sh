#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# crash.sh [--target NAME] [--compiler gcc|clang] [--together] [--out DIR] SAMPLE…|--all
#
# Builds each sample's module, boots the target's kernel in QEMU, lets the module crash it, and keeps what is needed to
# tell where: log, module, truth. They go to the sample's own directory, or with --out to DIR/TARGET/SAMPLE (DIR/TARGET-clang/SAMPLE).
# With --together one boot takes as many of them as it survives, which is what makes hundreds of crashes affordable: a capture is then
# the boot and the part of the log that is the sample's. What did not fault as intended in company is crashed alone.
# Nothing here needs root; what has to be installed is named when it is missing.

. "$(dirname "$0")/common.sh"

usage() {
	sed -n 's/^# \(crash\.sh .*\)/usage: \1/p' "$0" >&2
	exit 2
}

want=amd64-bookworm compiler=gcc out='' together=''
names=()
while [ $# -gt 0 ]; do
	case $1 in
	--target) want=${2:-} ; shift 2 || usage ;;
	--compiler) compiler=${2:-} ; shift 2 || usage ;;
	--together) together=yes; shift ;;
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

# directory SAMPLE: where its capture goes.
directory() {
	if [ -n "$out" ]; then printf '%s\n' "$out/$target$variant/$1"; else printf '%s\n' "$samples/$1"; fi
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

# built SAMPLE: the path of its module, which is made if it is not there yet.
built() {
	sample "$1"
	[ -f "$work/build/$module.ko" ] || "$lab/build.sh" "$target" "$compiler" "$work/build" "$1"
	printf '%s\n' "$work/build/$module.ko"
}

# boot COMMANDS OUT SAMPLE… [-- PARAMETER…]: a guest with the modules of these samples runs the commands of a file.
boot() {
	local commands=$1 run=$2 modules=()
	shift 2
	while [ $# -gt 0 ] && [ "$1" != -- ]; do
		modules+=("$(built "$1")")
		shift
	done
	rm -rf "$run"
	"$lab/initramfs.sh" "$commands" "$busybox" "$work/initramfs.gz" "${modules[@]}"
	"$lab/boot.sh" "$target" "$vmlinuz" "$work/initramfs.gz" "$run" "${@:2}"
}

# keep SAMPLE RUN: log, module and truth of a run, if they are good. vmcore-dmesg.txt is the guest's dmesg, dmesg.txt its console.
keep() {
	local log from=console capture=$work/capture/$1 dir ko
	log=$(conf "$1" log)
	if [ "$log" = vmcore-dmesg.txt ] && [ -s "$2/dmesg.txt" ]; then
		from=dmesg
	fi
	rm -rf "$capture"
	mkdir -p "$capture"
	cp "$2/$from.txt" "$capture/$log"
	ko=$(built "$1")
	xz -9e -c "$ko" >"$capture/$(basename "$ko").xz"
	"$lab/truth.sh" "$1" "$target" "$ko" "$capture/$log" "$from" >"$capture/sample.json"
	"$lab/check.sh" "$capture" || return 1
	dir=$(directory "$1")
	mkdir -p "$dir"
	cp "$capture"/* "$dir"
	note "$1: crashed $release as intended"
}

# give_up SAMPLE: what is already there stays as it was, and the console is kept elsewhere.
give_up() {
	mkdir -p "$cache/failed"
	cp "$work/run/console.txt" "$cache/failed/$target-$1.txt"
	die "$1: no good capture; the console is in $cache/failed/$target-$1.txt"
}

# crash SAMPLE: alone.
crash() {
	if ! faults_on "$1" "$arch"; then
		note "$1: does not fault on $arch"
		return
	fi
	built "$1" >/dev/null
	conf "$1" run >"$work/commands"
	# shellcheck disable=SC2046  # kernel parameters are words
	boot "$work/commands" "$work/run" "$1" -- $(conf "$1" append) || give_up "$1"
	keep "$1" "$work/run" || give_up "$1"
}

# sociable SAMPLE: whether it can share a boot: it wants no kernel parameters and does not stop the machine.
sociable() {
	[ -z "$(conf "$1" append)" ] && faults_on "$1" "$arch" || return 1
	case $(conf "$1" kind) in
	*-lockup | rcu-stall | hung-task | panic | stack-overflow | oom) return 1 ;;
	esac
}

# part FILE SAMPLE: the boot, and what was printed behind the sample's mark until the next one.
part() {
	awk -v name="$2" '
		{ line = $0; sub(/\r$/, "", line) }
		line ~ /^(\[ *[0-9]+\.[0-9]+\] ?)?lab: [^ ]+$/ { marked = 1; sub(/.*lab: /, "", line); own = line == name; found += own; next }
		!marked || own
		END { exit !found }' "$1"
}

# share SAMPLE…: one boot for all of them. What it did not give is left in the array "rest".
share() {
	local name file
	rest=()
	for name; do
		printf 'echo "lab: %s" >/dev/kmsg\n' "$name"
		conf "$name" run
	done >"$work/commands"
	echo 'echo "lab: end" >/dev/kmsg' >>"$work/commands"
	LAB_TIMEOUT=${LAB_TIMEOUT:-900} boot "$work/commands" "$work/shared" "$@" -- panic_on_oops=0 lab.pause=0.5 || true
	for name; do
		rm -rf "$work/part"
		mkdir "$work/part"
		for file in console dmesg; do
			[ ! -s "$work/shared/$file.txt" ] || part "$work/shared/$file.txt" "$name" >"$work/part/$file.txt" || rm -f "$work/part/$file.txt"
		done
		[ -s "$work/part/console.txt" ] && keep "$name" "$work/part" || rest+=("$name")
	done
}

# crash_together SAMPLE…: boots again as long as that gives something; "names" are those that are left.
crash_together() {
	local name group=()
	names=()
	for name; do
		if sociable "$name"; then group+=("$name"); else names+=("$name"); fi
	done
	if [ ${#group[@]} -lt 2 ]; then
		names+=("${group[@]}")
		return
	fi
	if ! "$lab/build.sh" "$target" "$compiler" "$work/build" "${group[@]}"; then
		note "they do not compile together: each is built and crashed alone"
		names+=("${group[@]}")
		return
	fi
	while [ ${#group[@]} -gt 1 ]; do
		share "${group[@]}"
		[ ${#rest[@]} -lt ${#group[@]} ] || break
		group=("${rest[@]}")
	done
	names+=("${group[@]}")
}

[ -z "$together" ] || crash_together "${names[@]}"

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
