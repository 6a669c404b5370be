#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# initramfs.sh SAMPLE BUSYBOX OUT MODULE.ko…: packs busybox, the modules and the sample's "run" lines for the guest.

. "$(dirname "$0")/common.sh"

name=$1 busybox=$2 out=$3
shift 3
sample "$name"
need cpio cpio

root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
mkdir -p "$root/bin" "$root/lab"
cp "$busybox" "$root/bin/busybox"
cp "$lab/init" "$root/init"
cp "$@" "$root/lab"
conf "$name" run >"$root/lab/run"
(cd "$root" && find . | cpio -o -H newc -R 0:0 --quiet) | gzip -1 >"$out"
