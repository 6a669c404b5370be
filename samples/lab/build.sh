#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# build.sh TARGET COMPILER OUT SAMPLE…: builds the samples' modules for the target, in one go; OUT then holds MODULE.ko of each.
#
# gcc is the compiler that built the kernel. clang gets the kernel's configuration as far as it can follow: clang.conf takes out
# what only gcc knows.
#
# The modules are built where nobody minds, and every path in them reads as if they had been built in
# /usr/src/oopsdecode-samples/SAMPLE: debug info and __FILE__ alike (-ffile-prefix-map).

. "$(dirname "$0")/common.sh"

target "$1"
compiler=$2 out=$3
shift 3
IFS=$'\t' read -r _ headers _ _ tree < <("$lab/kernel.sh" "$target") || exit 1
[ "$tree" != / ] || need make make

build=$(mktemp -d "${tree%/}/tmp/oopsdecode.XXXXXX")
trap 'rm -rf "$build"' EXIT
for name; do
	sample "$name"
	mkdir "$build/$name"
	cp "$samples/$name"/src/* "$build/$name"
	echo "obj-m += $name/" >>"$build/Kbuild"
done
inside=${build#"${tree%/}"}

flags=-ffile-prefix-map=$inside=$neutral
args=(-C "$headers" "M=$inside" "-j$(nproc)")
if [ "$compiler" = clang ]; then
	[ "$tree" = / ] || die "clang is only used on this machine's own suite and architecture"
	need clang clang
	flags+=" -Wno-unknown-warning-option -Wno-address-of-packed-member"
	mapfile -t -O "${#args[@]}" args < <(sed -n '/^[A-Z]/p' "$lab/clang.conf")
fi
args+=("KCFLAGS=$flags")
[ "$cross" = - ] || args+=("CROSS_COMPILE=$cross")
if ! inroot "$tree" make "${args[@]}" modules >"$build/log" 2>&1; then
	cat "$build/log" >&2
	die "$* does not compile for $target"
fi
mkdir -p "$out"
for name; do
	sample "$name"
	if grep -q -F "$inside" "$build/$name/$module.ko"; then
		die "$module.ko holds the path that it was built under"
	fi
	mv "$build/$name/$module.ko" "$out"
done
