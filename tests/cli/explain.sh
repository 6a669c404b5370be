#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# explain: codes, addresses, taints, kinds and headers without a log.
# shellcheck source=tests/cli/common
source "$(dirname "${BASH_SOURCE[0]}")/common"

run explain 0x2; expect_status 0; expect_out 'x86 page fault'; expect_out 'the access was a write'
run explain 0x2 --arch x86_64; expect_status 0; expect_out 'bit 1 W/R = 1'
run explain 96000045 --arch arm64; expect_status 0; expect_out 'arm64 data abort'; expect_out 'WnR = 1'
for row in '96000045 arm64 DFSC' '817 arm FS' 'a07 arm LPAE' 'f riscv64 store' '401 ppc64 instruction.storage' '42000000 ppc64 DSISR' \
	'4 s390x protection' '7f801400 s390x TEID' '1080002c mips CE' '10800008 mips64 TLB' '480000 loongarch64 ADEM' '6 x86_64 U/S' \
	'2 i386 W/R' 'dsisr=0x42000000 ppc64 store' 'SRR1=20000 ppc64 trap' 'esr=8a000000 arm64 misaligned' 'ifsr=7 arm prefetch' \
	'teid=0x401 s390x store' 'cause=d riscv32 load' 'esr=0x4096000047 arm64 overlay'; do
	read -r word arch says <<<"$row"
	run explain "$word" --arch "$arch"; expect_status 0; expect_out "${says//./ }"
done
run explain nonsense=5 --arch arm64; expect_status 1; expect_err "nothing is known about 'nonsense=5'"
run explain dsisr= --arch ppc64; expect_status 1
run explain 0x6b6b6b6b6b6b6b6b; expect_status 0; expect_out 'POISON_FREE'; expect_out 'already freed'
run explain fffffffffffffff4; expect_status 0; expect_out 'ENOMEM'
run explain taint 12801; expect_status 0; expect_out 'P: proprietary module'; expect_out 'W: warning before'
expect_out 'O: out-of-tree module'; expect_out 'E: unsigned module'
run explain taint 0; expect_status 0; expect_out 'not tainted'
run explain kind hung-task; expect_status 0; expect_out 'hung-task'; expect_out 'Next'
run explain 'BUG: sleeping function…'; expect_status 0; expect_out 'sleeping-in-atomic'
run explain 'BUG: sleeping function called from invalid context at kernel/x.c:1'; expect_status 0
expect_out 'sleeping-in-atomic'
run explain 'BUG: scheduling while atomic: a/1/0x00000102'; expect_status 0; expect_out 'inside a softirq'
run explain 'refcount_t: underflow; use-after-free.'; expect_status 0; expect_out 'REFCOUNT_SUB_UAF'
run explain 'list_del corruption, ffff888012345678->next is LIST_POISON1 (dead000000000100)'; expect_status 0
expect_out 'its next pointer'
run explain kind lockdep-circular; expect_status 0; expect_out 'lock-cycle'
run explain 'all is well'; expect_status 1; expect_err "nothing is known about 'all is well'"
run explain kind nonsense; expect_status 1
run explain taint nonsense; expect_status 1
run explain 0x2 --arch vax; expect_status 2; expect_err "no architecture 'vax'"
run explain; expect_status 2
run explain kind a b; expect_status 2
run explain --help; expect_status 0; expect_out '--arch'

# decode --explain: the evidence of a named cause.
run --explain --no-search -m "$SAMPLES/null-member/fan_curve.ko.xz" "$SAMPLES/null-member/dmesg.txt"
expect_status 0; expect_out 'Evidence'; expect_out 'lies at offset 0x14'
exit $failed
