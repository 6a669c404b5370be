#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# matrix.sh [--target NAME] [--compiler gcc|clang] [--optimize 2|s] OUT [FILE.c]
#
# Crashes one kernel with all faults of a file of samples/matrix (faults.c), one after the other in one boot. The file is one
# module; writing a fault's name to /proc/faults faults, which ends the process that writes and not the kernel.
# OUT/TARGET[-clang][-Os]/FAULT then holds dmesg.txt (what the kernel said from that write to the next; its name goes to the kernel's log
# before it, for what programs write comes to the console late), the module and truth.json. What was no memory fault is not kept: the
# kernel's own checks may come first. The truth stands above each fault: "// fault:" its name, "// pointer:" the spellings of the bad pointer that
# count as right, "// member:" those of what was accessed through it; without that line there is none.

. "$(dirname "$0")/common.sh"

want=amd64-bookworm compiler=gcc optimize=2
while [ $# -gt 0 ]; do
	case $1 in
	--target) want=$2; shift 2 ;;
	--compiler) compiler=$2; shift 2 ;;
	--optimize) optimize=$2; shift 2 ;;
	*) break ;;
	esac
done
[ $# -ge 1 ] || die "usage: matrix.sh [OPTION]… OUT [FILE.c]"
out=$1 source=${2:-$samples/matrix/faults.c}
name=$(basename "$source" .c)
mapfile -t faults < <(sed -n 's|^// fault: ||p' "$source")
target "$want"
variant=$target
[ "$compiler" = gcc ] || variant+=-clang
[ "$optimize" = 2 ] || variant+=-O$optimize
IFS=$'\t' read -r _ headers vmlinuz busybox tree < <("$lab/kernel.sh" "$target") || exit 1

work=$(mktemp -d)
build=$(mktemp -d "${tree%/}/tmp/oopsdecode.XXXXXX")
trap 'rm -rf "$build" "$work"' EXIT
inside=${build#"${tree%/}"}

build_module() {
	local flags args
	cp "$source" "$(dirname "$source")"/*.h "$build"
	printf 'obj-m := %s.o\nccflags-y := -O%s\n' "$name" "$optimize" >"$build/Kbuild"
	flags="-ffile-prefix-map=$inside=$neutral/matrix"
	args=(-C "$headers" "M=$inside")
	if [ "$compiler" = clang ]; then
		flags+=" -Wno-unknown-warning-option -Wno-address-of-packed-member"
		mapfile -t -O "${#args[@]}" args < <(sed -n '/^[A-Z]/p' "$lab/clang.conf")
	fi
	args+=("KCFLAGS=$flags")
	[ "$cross" = - ] || args+=("CROSS_COMPILE=$cross")
	inroot "$tree" make -s "${args[@]}" modules >"$build/log" 2>&1 || { cat "$build/log" >&2; die "$source does not compile for $target"; }
}

pack_initramfs() {
	local fault twice=()
	for fault in "${faults[@]}"; do
		twice+=("$fault" "$fault")
	done
	{
		printf 'insmod %s.ko\n' "$name"
		printf 'echo "<1>fault: %s" >/dev/kmsg; echo %s >/proc/faults\n' "${twice[@]}"
		printf 'true\n'
	} >"$work/commands"
	"$lab/initramfs.sh" "$work/commands" "$busybox" "$work/initramfs.gz" "$build/$name.ko"
}

# words FAULT KEY: the alternatives of a fault's line "// KEY: a; b" as JSON.
words() {
	awk -v fault="$1" -v key="// $2: " '/^\/\/ fault: / { on = substr($0, 11) == fault } on && index($0, key) == 1 { print substr($0, length(key) + 1) }' "$source" |
		jq -R -s 'rtrimstr("\n") | select(. != "") | split("; ")'
}

keep() { # FAULT
	local dir=$out/$variant/$1 member
	awk -v fault="fault: $1" '{ sub(/\r$/, "") } /^\[[ .0-9]*\] fault: / { on = substr($0, index($0, "fault: ")) == fault; next } on' \
		"$out/$variant.console" >"$work/log"
	if ! grep -a -q -E 'BUG: (unable|kernel NULL)|Unable to handle|general protection|Unhandled' "$work/log"; then
		note "$variant: $1 was no memory fault"
		return
	fi
	mkdir -p "$dir"
	cp "$work/log" "$dir/dmesg.txt"
	ln -f "$out/$variant.ko.xz" "$dir/$name.ko.xz"
	member=$(words "$1" member)
	jq -n --arg name "$name" --argjson pointer "$(words "$1" pointer)" --argjson member "${member:-null}" \
		'{"module": $name, bad: {accept: {pointer: $pointer, member: $member}}}' >"$dir/truth.json"
}

mkdir -p "$out"
build_module
pack_initramfs
xz -1 -c "$build/$name.ko" >"$out/$variant.ko.xz"
# Freed memory is poisoned; an oops is no panic.
LAB_TIMEOUT=${LAB_TIMEOUT:-400} "$lab/boot.sh" "$target" "$vmlinuz" "$work/initramfs.gz" "$work/run" slub_debug=P panic_on_oops=0 lab.pause=0.1 || true
cp "$work/run/console.txt" "$out/$variant.console"
for fault in "${faults[@]}"; do
	keep "$fault"
done
