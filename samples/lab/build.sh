#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# build.sh TARGET SAMPLE OUT [gcc|clang]: builds the sample's module for the target; OUT then holds MODULE.ko.
#
# gcc is the compiler that built the kernel. clang gets the kernel's configuration as far as it can follow: clang.conf takes out
# what only gcc knows.
#
# The module is built where nobody minds, and every path in it reads as if it had been built in
# /usr/src/oopsdecode-samples/SAMPLE: debug info and __FILE__ alike (-ffile-prefix-map).

. "$(dirname "$0")/common.sh"

target "$1"
name=$2 out=$3 compiler=${4:-gcc}
sample "$name"
IFS=$'\t' read -r _ headers _ _ tree < <("$lab/kernel.sh" "$target") || exit 1
[ "$tree" != / ] || need make make

build=$(mktemp -d "${tree%/}/tmp/oopsdecode.XXXXXX")
trap 'rm -rf "$build"' EXIT
cp "$samples/$name"/src/* "$build"
inside=${build#"${tree%/}"}

flags=-ffile-prefix-map=$inside=$neutral/$name
args=(-C "$headers" "M=$inside")
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
	die "$name does not compile for $target"
fi
if grep -q -F "$inside" "$build/$module.ko"; then
	die "$module.ko holds the path that it was built under"
fi
mkdir -p "$out"
mv "$build/$module.ko" "$out"
