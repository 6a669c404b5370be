#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# initramfs.sh RUN BUSYBOX OUT MODULE.ko…: packs busybox, the modules, and RUN, a file of the commands that the guest is to run.
# LAB_KDUMP_TOOLS and LAB_KDUMP_MODULES (as of kdump.sh) and LAB_KDUMP_KERNEL add what a kdump takes: kexec, the kernel that it loads,
# and an initramfs for that one, with makedumpfile.

. "$(dirname "$0")/common.sh"

run=$1 busybox=$2 out=$3
shift 3
need cpio cpio

root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
mkdir -p "$root/bin" "$root/lab"
cp "$busybox" "$root/bin/busybox"
install -m 755 "$lab/init" "$root/init"
cp "$@" "$root/lab"
cp "$run" "$root/lab/run"
pack() { # DIRECTORY FILE
	(cd "$1" && find . | cpio -o -H newc -R 0:0 --quiet) | gzip -1 >"$2"
}
if [ -n "${LAB_KDUMP_TOOLS:-}" ]; then
	capture=$(mktemp -d)
	trap 'rm -rf "$root" "$capture"' EXIT
	cp -R "$LAB_KDUMP_TOOLS"/. "$capture"
	cp -R "$LAB_KDUMP_TOOLS"/. "$root"
	mkdir -p "$capture/bin" "$capture/disk" "$root/kdump"
	cp "$busybox" "$capture/bin/busybox"
	install -m 755 "$lab/init-kdump" "$capture/init"
	cp "$LAB_KDUMP_MODULES"/*.ko "$capture/disk" 2>/dev/null || true
	pack "$capture" "$root/kdump/initramfs.gz"
	cp "$LAB_KDUMP_KERNEL" "$root/kdump/vmlinuz"
fi
pack "$root" "$out"
