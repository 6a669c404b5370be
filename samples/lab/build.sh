#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# build.sh TARGET SAMPLE OUT: builds the sample's module for the target; OUT then holds MODULE.ko.
#
# The module is built where nobody minds, and every path in it reads as if it had been built in
# /usr/src/oopsdecode-samples/SAMPLE: debug info and __FILE__ alike (-ffile-prefix-map).

. "$(dirname "$0")/common.sh"

target "$1"
name=$2 out=$3
sample "$name"
read -r _ headers _ _ tree < <("$lab/kernel.sh" "$target") || exit 1
[ "$tree" != / ] || need make make

build=$(mktemp -d "${tree%/}/tmp/oopsdecode.XXXXXX")
trap 'rm -rf "$build"' EXIT
cp "$samples/$name"/src/* "$build"
inside=${build#"${tree%/}"}

args=(-C "$headers" "M=$inside" "KCFLAGS=-ffile-prefix-map=$inside=$neutral/$name")
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
