#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# run.sh [OPTION]… OUT SAMPLE|FILE.c: crashes a kernel with a sample, or with a module of one's own, once.
#
#   --kernel 5.10|6.1|6.12|newest   the suite of Debian that has it (6.1)
#   --arch ARCH                     x86_64, i386, arm64, armhf, riscv64, ppc64el, s390x, mips64el (x86_64)
#   --compiler gcc|clang            (gcc)
#   --run COMMAND                   what the guest's shell does (repeatable), instead of what the sample says; for a module of
#                                   one's own: insmod and rmmod
#   --append PARAMETERS             more kernel parameters
#   --dump                          leaves a memory dump as OUT/vmcore, which QEMU writes
#   --kdump                         the same, but a real one: kexec, a capture kernel, makedumpfile (x86_64)
#   --shell                         gives a shell in the guest instead
#
# OUT then holds console.txt, MODULE.ko and src/. Progress goes to standard error. Exit status 1: something is missing or does
# not compile, 3: the guest was still up at the end of LAB_TIMEOUT seconds, or left no kdump; what its console showed is there.

. "$(dirname "$0")/common.sh"

kernel=6.1 machine_arch=x86_64 compiler=gcc dump='' kdump='' shell='' more=''
commands=()
while [ $# -gt 0 ]; do
	case $1 in
	--kernel) kernel=$2; shift 2 ;;
	--arch) machine_arch=$2; shift 2 ;;
	--compiler) compiler=$2; shift 2 ;;
	--run) commands+=("$2"); shift 2 ;;
	--append) more=$2; shift 2 ;;
	--dump) dump=yes; shift ;;
	--kdump) kdump=yes; shift ;;
	--shell) shell=yes; shift ;;
	-*) die "unknown option $1" ;;
	*) break ;;
	esac
done
[ $# -eq 2 ] || die "usage: run.sh [OPTION]… OUT SAMPLE|FILE.c"
out=$1 name=$2

# The target of a kernel and an architecture, by the table.
case $kernel in
5.10) suite=bullseye ;;
6.1) suite=bookworm ;;
6.12) suite=trixie ;;
newest) suite=sid ;;
*) die "the kernel is 5.10, 6.1, 6.12 or newest, not $kernel" ;;
esac
case $machine_arch in
x86_64) machine_arch=amd64 ;;
aarch64) machine_arch=arm64 ;;
arm) machine_arch=armhf ;;
esac
case $compiler in gcc | clang) ;; *) die "the compiler is gcc or clang, not $compiler" ;; esac
awk -v name="$machine_arch-$suite" '$1 == name { found = 1 } END { exit !found }' "$lab/targets.tsv" ||
	die "kernel $kernel is not there for $machine_arch; there are: $(awk '/^[^#]/ { printf "%s ", $1 }' "$lab/targets.tsv")"
target "$machine_arch-$suite"

# All that is missing, at once.
programs=() packages=()
wants() { # PROGRAM PACKAGE
	command -v "$1" >/dev/null 2>&1 && return
	programs+=("$1")
	packages+=("$2")
}
wants "$qemu" "$qemu_package"
wants cpio cpio
wants gzip gzip
if [ "$arch" = "$(dpkg --print-architecture)" ] && grep -q -x "VERSION_CODENAME=$suite" /etc/os-release; then
	wants make make
	wants busybox busybox-static
	[ "$compiler" = gcc ] || wants clang clang
	if ! compgen -G "/lib/modules/*-$flavour/build" >/dev/null; then
		programs+=("the kernel's headers")
		packages+=("linux-headers-$flavour")
	fi
else
	wants unshare util-linux
	[ -r /usr/share/keyrings/debian-archive-keyring.gpg ] || {
		programs+=("Debian's keyring")
		packages+=(debian-archive-keyring)
	}
fi
if [ ${#packages[@]} -gt 0 ]; then
	printf -v list '%s, ' "${programs[@]}"
	die "missing: ${list%, }; get it with: apt install ${packages[*]}"
fi

[ -z "$dump" ] || [ -z "$kdump" ] || die "--dump and --kdump: one of them"
[ "$dump$arch" != yesmips64el ] || die "--dump: QEMU does not dump $arch"
[ -z "$kdump" ] || [ "$arch" = amd64 ] || die "--kdump is for x86_64; --dump works on other machines, too"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# A module of one's own becomes a sample of one file.
own() { # FILE.c
	module=$(basename "$1" .c)
	case $module in
	*[!A-Za-z0-9_-]* | '') die "$1: letters, digits, - and _ make a module's name" ;;
	esac
	mkdir -p "$work/samples/$module/src"
	cp "$1" "$work/samples/$module/src"
	printf '# SPDX-License-Identifier: GPL-2.0\nobj-m := %s.o\n' "$module" >"$work/samples/$module/src/Kbuild"
	printf 'module: %s\nrun: insmod %s.ko\nrun: rmmod %s\n' "$module" "$module" "${module//-/_}" >"$work/samples/$module/sample.conf"
	export LAB_SAMPLES=$work/samples
	samples=$LAB_SAMPLES name=$module
}
case $name in
*.c)
	[ -r "$name" ] || die "$name cannot be read"
	own "$name"
	;;
esac
sample "$name"
if [ ${#commands[@]} -gt 0 ]; then
	mkdir -p "$work/changed/$name"
	cp -R "$samples/$name/src" "$work/changed/$name"
	sed '/^run:/d' "$samples/$name/sample.conf" >"$work/changed/$name/sample.conf"
	printf 'run: %s\n' "${commands[@]}" >>"$work/changed/$name/sample.conf"
	export LAB_SAMPLES=$work/changed
	samples=$LAB_SAMPLES
fi

IFS=$'\t' read -r release _ vmlinuz busybox _ < <("$lab/kernel.sh" "$target") || exit 1
note "building $module for $release ($compiler)"
"$lab/build.sh" "$target" "$compiler" "$out" "$name"
mkdir -p "$out/src"
cp "$samples/$name"/src/* "$out/src"
extra=()
if [ -n "$dump" ]; then
	# By this module the guest tells QEMU where its VMCOREINFO is; where the machine has no such device, it is searched for.
	case $arch in
	ppc64el | s390x) ;;
	*)
		firmware=$("$lab/kernel.sh" --module "$target" qemu_fw_cfg)
		extra=("$firmware")
		;;
	esac
	export LAB_DUMP=$out/vmcore
fi
if [ -n "$kdump" ]; then
	IFS=$'\t' read -r LAB_KDUMP_TOOLS LAB_KDUMP_MODULES < <("$lab/kdump.sh" "$target") || exit 1
	export LAB_KDUMP_TOOLS LAB_KDUMP_MODULES LAB_KDUMP_KERNEL=$vmlinuz LAB_KDUMP=$out/vmcore
	export LAB_TIMEOUT=${LAB_TIMEOUT:-600}
fi
conf "$name" run >"$work/run"
"$lab/initramfs.sh" "$work/run" "$busybox" "$work/initramfs.gz" "$out/$module.ko" "${extra[@]}"
[ -z "$shell" ] || export LAB_SHELL=1
status=0
note "booting $release in $qemu"
# shellcheck disable=SC2046,SC2086  # kernel parameters are words
"$lab/boot.sh" "$target" "$vmlinuz" "$work/initramfs.gz" "$out" $(conf "$name" append) $more || status=$?

# refused: a kernel that did not take the module cannot crash in it.
refused() {
	local said
	said=$(grep -a -m 1 "insmod: can't insert" "$out/console.txt" 2>/dev/null | tr -d '\r') || return 0
	case $said in
	*'Function not implemented'*) note "this kernel cannot load modules ($said)" ;;
	*) note "the kernel refused the module ($said); 'oopsdecode module $out/$module.ko' may say why" ;;
	esac
}
refused
exit "$status"
