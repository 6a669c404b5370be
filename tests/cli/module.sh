#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# oopsdecode module: what it says of modules, and what it refuses.
# shellcheck source=tests/cli/common
source "$(dirname "${BASH_SOURCE[0]}")/common"
: "${SAMPLES:?the directory of samples}"
ko=$SAMPLES/null-member/fan_curve.ko.xz

run module "$ko"; expect_status 0; expect_no_err
for text in 'fan_curve' 'license    GPL' 'vermagic   6.1.0-56-amd64 SMP preempt mod_unload modversions' 'machine    x86_64' \
	'signature  none' 'init_module is fan_curve_init' 'imports    13 symbols'; do
	expect_out "$text"
done
[[ $out != *kmalloc_trace* ]] || fail 'symbols are listed without --all'
run module --all "$ko"; expect_out '0x606e9d01  kmalloc_trace'; expect_out 'core  text           +0x0001d5  0x00000c  .exit.text'

# A raw address and a base: section, function, line. Code begins at the base, read-only data on the next page.
run module "$ko" -b 0xffffffffc0000000 -a 0xffffffffc0000050 -a ffffffffc00010d8 -a ffffffffd0000000
expect_out '.text+0x50  fan_duty_get+0x50'
expect_out 'fan_duty_get at /usr/src/oopsdecode-samples/null-member/fan_curve.c:52'
expect_out '__param+0x8'
expect_out '0xffffffffd0000000  lies in no section'

# Kernels, invented: a build directory is two files and Module.symvers.
kernel() { # DIRECTORY RELEASE CONFIG...
	mkdir -p "$1/include/generated" "$1/include/config"
	printf '#define UTS_RELEASE "%s"\n' "$2" >"$1/include/generated/utsrelease.h"
	printf 'CONFIG_%s=y\n' "${@:3}" >"$1/include/config/auto.conf"
}
run module --json --all "$ko"
symvers() { # all that it imports, as exported by vmlinux; sed expressions change it
	sed 's/{"name":"/\n&/g' <<<"$out" | sed -nE 's/^\{"name":"([^"]+)","crc":"(0x[0-9a-f]+)".*/\2\t\1\tvmlinux\tEXPORT_SYMBOL\t/p' |
		sed "$@"
}
base_config=(SMP PREEMPT_BUILD MODULE_UNLOAD MODVERSIONS MODULE_SIG X86_64 64BIT)
kernel same 6.1.0-56-amd64 "${base_config[@]}"
symvers '' >same/Module.symvers
kernel later 6.1.0-99-amd64 "${base_config[@]}"
cp same/Module.symvers later/Module.symvers
kernel other 6.1.0-56-amd64 "${base_config[@]}"
symvers -e '/kstrtoint/d' -e 's/0x.*\tmutex_lock\t/0x12345678\tmutex_lock\t/' >other/Module.symvers
kernel plain 5.10.0 SMP MODULE_UNLOAD X86_64
kernel forced 6.1.0-56-amd64 "${base_config[@]}" MODULE_SIG_FORCE
kernel arm 6.1.0-56-amd64 SMP PREEMPT_BUILD MODULE_UNLOAD MODVERSIONS ARM64
cp same/Module.symvers plain/Module.symvers

run module -k ./same "$ko"; expect_status 0
expect_out 'In kernel 6.1.0-56-amd64 it would load.'
expect_out 'dmesg:  fan_curve: loading out-of-tree module taints kernel.'
expect_out 'dmesg:  fan_curve: module verification failed: signature and/or required key missing - tainting kernel'
run module -k ./later "$ko"; expect_status 0	# with CRCs the release does not count
run module -k ./other "$ko"; expect_status 1; expect_out 'would NOT load'
expect_out 'dmesg:  fan_curve: Unknown symbol kstrtoint (err -2)'
expect_out 'dmesg:  fan_curve: disagrees about version of symbol mutex_lock'
run module -k ./plain "$ko"; expect_status 1
expect_out "fan_curve: version magic '6.1.0-56-amd64 SMP preempt mod_unload modversions ' should be '5.10.0 SMP mod_unload '"
expect_out 'insmod: Invalid module format'
run module -k ./forced "$ko"; expect_status 1; expect_out 'dmesg:  Loading of unsigned module is rejected'
run module -k ./arm "$ko"; expect_status 1; expect_out 'The module is for x86_64, the kernel for arm64.'
run module --json -k ./other "$ko"; expect_status 1; expect_out '"loads":false'; expect_out '"state":"missing"'
run module -s ./other/Module.symvers "$ko"; expect_status 0; expect_out '1 with another CRC'

# What is no module, and what is not there.
xz -dc "$ko" >whole.ko
head -c 5000 whole.ko >cut.ko
echo text >text.ko
for file in cut.ko text.ko /bin/sh missing.ko; do
	run module "$file"; expect_status 3; expect_no_out; expect_err "$file"
done
printf '%s' '~Module signature appended~' >magic
{ cat whole.ko; printf '\0\0\2\0\0\0\0\0\377\377\377\377'; cat magic; echo; } >announced.ko
run module announced.ko; expect_status 0; expect_out 'signature  damaged'
{ cat whole.ko; printf '\0\0\2\0\0\0\0\0\0\0\0\20'; cat magic; echo; } >garbage.ko
run module garbage.ko; expect_status 0; expect_out 'signature  damaged'
run module; expect_status 2; expect_err 'which module?'
run module -k /nowhere/at/all "$ko"; expect_status 2; expect_err '/nowhere/at/all'
run module -k no-such-release "$ko"; expect_status 2
run module -s nowhere "$ko"; expect_status 2; expect_err 'nowhere'
run module -a 12zz "$ko"; expect_status 2; expect_err 'hexadecimal'
exit $failed
