#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Real dumps against their references: OD_DUMPS is a directory of them, ../shared/captures beside the tree if unset.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
# shellcheck source=tests/cli/common
source "$(dirname "${BASH_SOURCE[0]}")/common"
dumps=${OD_DUMPS:-$root/../shared/captures}/amd64-bookworm
kdump=$dumps/s-multi-file/kdump/vmcore.kdump-zlib-d31
qemu=$dumps/b-null-member-nested/qemu-dump/vmcore.kdump-zlib.flat
if ! [ -r "$kdump" ] || ! [ -r "$qemu" ] || ! command -v jq >/dev/null; then
	echo "skipped: no real dumps at $dumps (OD_DUMPS names another place), or no jq"
	exit 77
fi

holds() { # FILTER: of the document in `out`
	jq -e "$1" out >/dev/null || fail "oopsdecode $command: not so: $1"
}

# The log is what makedumpfile and crash print.
run vmcore "$kdump" log
expect_status 0
cmp -s out "$dumps/s-multi-file/kdump/vmcore-dmesg.txt" || fail 'kdump: another log than vmcore-dmesg.txt'
run vmcore "$qemu" log
sed 1d "$dumps/b-null-member-nested/qemu-dump/ref/crash-log.txt" | cmp -s - out || fail 'qemu: another log than crash'

run vmcore --json --no-search -m "$dumps/s-multi-file/netshim.ko.xz" "$kdump"
expect_status 0
holds '.vmcore.sys | .release == "6.1.0-56-amd64" and .cpus == 2 and .uptime == 33 and .load["1min"] == 1.03'
holds '.vmcore.panic == {"cpu": 1, "pid": 102, "comm": "sh", "state": "R"}'
holds '.vmcore.modules | length == 1 and .[0].base == "0xffffffffc04f9000" and .[0].size == 16384'
holds '[.vmcore.checks[].agrees] | length == 4 and all'
holds '.vmcore.checks[3].text | startswith("99 bytes of shim_table_drop in memory are those of ")'
# The entry that the table was searched for, in rbx: it is entry 2, and has no statistics.
holds '.vmcore.pointers[0] | .name == "e" and .cache == "kmalloc-32" and .state == "allocated" and .size == 32 and
	.address == .object and .type == "struct shim_entry *" and (.value | endswith("key = 2, stats = NULL}"))'
holds '.vmcore.pointers[1] | .name == "t" and (.value | endswith("count = 3}"))'
holds '.vmcore.cpus | all(.complete)'
holds '[.vmcore.cpus[1].frames[].function] == ["shim_table_drop", "shim_parse", "shim_proc_write", "proc_reg_write",
	"vfs_write", "ksys_write", "do_syscall_64", "entry_SYSCALL_64_after_hwframe"]'
holds '[.vmcore.cpus[1].frames[:3][].source[-1].line] == [44, 23, 21]'
holds '.vmcore.cpus[0].frames | .[0].raw == "native_safe_halt+0xb/0x10" and
	.[-1].function == "secondary_startup_64_no_verify"'
holds '.vmcore | has("notes") | not'

# Variables of the frames, the inlined ones' too: the log said "drop 2", and entry 2 has no statistics.
run vmcore --json --no-search --no-cache -m "$dumps/s-multi-file/netshim.ko.xz" "$kdump" bt
expect_status 0
holds '[.vmcore.cpus[1].frames[0].args[] | select(.function == "shim_stats_drop")] ==
	[{"name": "st", "type": "struct shim_stats *", "function": "shim_stats_drop", "value": "NULL"}]'
holds '.vmcore.cpus[1].frames[1].locals[] | select(.name == "key") | .value == "2"'
holds '.vmcore.cpus[1].frames[1].args[] | select(.name == "cmd") | .reason == "optimised out"'
holds '.vmcore.cpus[1].frames[2].locals[] | select(.name == "cmd") | .value == "\"drop 2\""'
holds '.vmcore.cpus[0].frames | all(has("args") | not)'
run vmcore --no-search --no-cache --width 80 -m "$dumps/s-multi-file/netshim.ko.xz" "$kdump" bt
expect_out 'locals: key = 2, ret = 0'
expect_out 'optimised out: cmd'

# From a stop inside an interrupt, over the interrupt's stack, through an exception.
run vmcore --json --no-search "$qemu"
expect_status 0
holds '[.vmcore.cpus[0].frames[].function] == ["delay_tsc", "panic", "oops_end.cold", "page_fault_oops",
	"exc_page_fault", "asm_exc_page_fault", "sensor_hub_apply", "sensor_hub_calibrate.constprop.0",
	"sensor_hub_register.constprop.0", "sensor_hub_init", "do_one_initcall", "do_init_module",
	"__do_sys_finit_module", "do_syscall_64", "entry_SYSCALL_64_after_hwframe"]'
holds '[.vmcore.cpus[1].frames[].context] | .[:3] == ["IRQ", "IRQ", "IRQ"] and .[3] == "TASK"'
holds '.vmcore.cpus[0].exceptions[0] | .before_frame == 6 and .registers.rip == "0xffffffffc023f00c"'
holds '.vmcore.cpus | all(.complete)'
holds '[.vmcore.tasks[] | select(.pid == 1)][0] | .comm == "init" and .state == "S"'

# Views: tasks that sleep, code, memory, types, names that are not there.
run vmcore --json --no-search "$kdump" bt 1 dis shim_table_drop rd init_task+0x10 2 struct list_head modules struct pid.count
expect_status 0
holds '.vmcore.tasks[] | select(.pid == 1) | .complete and .frames[0].function == "__schedule" and
	.frames[-1].function == "entry_SYSCALL_64_after_hwframe"'
holds '.vmcore.answers[0] | .title == "shim_table_drop" and .code.source == "memory" and
	(.code.disassembly | length > 5 and any(.text | test("<printk>|<_printk>|<kfree>|<.*>")))'
holds '.vmcore.answers[1].rows | length == 2'
holds '.vmcore.answers[2] | .size == 16 and [.rows[].name] == ["next", "prev"] and .rows[0].word == .rows[1].word'
holds '.vmcore.answers[3] | .size == 4'
run vmcore --no-search "$kdump" bt -c 0 sys
expect_status 0
expect_out 'native_safe_halt'
grep -q shim_table_drop out && fail 'bt -c 0 shows another CPU'
run vmcore --no-search "$kdump" bt
expect_out 'shim_table_drop'
grep -q native_safe_halt out && fail 'bt shows more than the CPU that panicked'
for words in 'bt 99999' 'bt -c 7' 'dis no_such_symbol' 'rd 0x10' 'struct no_such_type' 'struct list_head.third modules'; do
	# shellcheck disable=SC2086  # words
	run vmcore --no-search "$kdump" $words
	expect_status 1
	expect_no_out
done

# What an address belongs to.
run vmcore --json --no-search "$kdump" kmem init_task kmem shim_parse kmem 0xffffd38500403bb0 kmem 0xffff8b0a0ed31c40 \
	kmem 0xffff8b09c1222100 kmem 0x20
expect_status 0
holds '[.vmcore.answers[].where] == ["in the kernel'"'"'s data: init_task+0x0",
	"in the memory of module netshim: shim_parse+0x0/0x80 [netshim]",
	"in the stack of sh, PID 102, 0x3bb0 of its 0x4000 bytes above its end", "in memory of CPU 1, the variable runqueues",
	"at +0x0 of an object of task_struct (8392 bytes at 0xffff8b09c1222100), allocated",
	"in the first page: a NULL pointer, or a member behind one"]'
# A file whose code differs from memory's by a bit.
if command -v readelf >/dev/null; then
	xz -dc "$dumps/s-multi-file/netshim.ko.xz" >flipped.ko
	text=$(readelf -SW flipped.ko | sed -n 's/.* \.text  *PROGBITS  *[0-9a-f]* \([0-9a-f]*\) .*/\1/p')
	start=$(readelf -sW flipped.ko | awk '$NF == "shim_table_drop" {print $2}')
	at=$((0x$text + 0x$start + 0x1f))
	byte=$(od -An -tu1 -j "$at" -N 1 flipped.ko)
	# shellcheck disable=SC2059  # the byte is the format
	printf "\\x$(printf %x $((byte ^ 0x10)))" | dd of=flipped.ko bs=1 seek="$at" conv=notrunc status=none
	run vmcore --json --no-search -m flipped.ko "$kdump"
	holds '[.vmcore.checks[] | select(.agrees | not)] | length == 1 and
		(.[0].text | test("one bit of [0-9]+ code bytes differs, bit 4 of the byte at shim_table_drop"))'
fi

# A split dump, as makedumpfile makes one: either file first, and one alone says what is missing.
if command -v makedumpfile >/dev/null && makedumpfile --split -d 31 -c "$kdump" first second >/dev/null 2>&1; then
	for files in 'first --part second' 'second --part first'; do
		# shellcheck disable=SC2086  # words
		run vmcore --json --no-search $files ps
		expect_status 0
		holds '(.vmcore.tasks | length) == 57 and (.vmcore | has("notes") | not)'
	done
	run vmcore --json --no-search first
	holds '.vmcore.notes[0] | test("The dump was split, and parts with [0-9]+ MB of memory are not here")'
fi

# Cut off: what is left is shown, and that it is cut is said.
head -c 20000000 "$qemu" >part
run vmcore --json --no-search part
holds '.vmcore.notes[0] | startswith("The file is cut off at offset 20000000")'
for size in 100 5000 70000 600000 4000000 12000000; do
	head -c "$size" "$kdump" >part
	"$OOPSDECODE" vmcore --json --no-search part >out 2>err && status=0 || status=$?
	case $status in
	0 | 1) holds '.vmcore.notes | any(test("cut off|Incomplete|not in the dump"))' ;;
	3) [ -s err ] || fail "cut at $size: nothing is said" ;;
	*) fail "cut at $size: exit status $status" ;;
	esac
done
exit $failed
