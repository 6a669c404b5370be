// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * What reports hold beyond kind and place: accesses, objects, banks, refusals, relations. All are synthetic: the
 * literals of the kernel's source (files named with each) filled with values.
 */
#include "tests/parse.h"

/* kernel/kcsan/report.c */
static void a_race_has_two_accesses(void **state)
{
	(void)state;
	struct parsed parsed = parse_text("BUG: KCSAN: data-race in fn / gn\n\n"
					  "write to 0xffff88800001 of 8 bytes by task 12 on cpu 1:\n fn+0x1/0x2\n\n"
					  "read (marked) to 0xffff88800001 of 4 bytes by interrupt on cpu 0:\n gn+0x1/0x2\n");
	assert_int_equal(parsed.count, 1);
	const struct od_event *event = parsed.events[0];
	assert_int_equal(event->fault.address.value, 0xffff88800001);
	assert_int_equal(event->fault.access, OD_ACCESS_WRITE);
	assert_int_equal(event->object.size.value, 8);
	assert_int_equal(event->pid.value, 12);
	assert_int_equal(event->cpu.value, 1);
	assert_int_equal(event->trace.count, 1);
	assert_int_equal(event->traces.count, 1);
	assert_str(event->traces.items[0].role, "other-access");
	assert_int_equal(event->traces.items[0].cpu.value, 0);
	assert_false(event->traces.items[0].pid.known);
	assert_str(event->traces.items[0].frames.items[0].function, "gn");
	parsed_free(&parsed);
}

static void a_race_of_unknown_origin_has_one(void **state)
{
	(void)state;
	struct parsed parsed = parse_text("BUG: KCSAN: data-race in fn+0x551/0xb10\n"
					  "race at unknown origin, with read to 0xffff933db8a2ae6c of 1 bytes by interrupt on cpu 0:\n"
					  " fn+0x551/0xb10\n");
	assert_int_equal(parsed.count, 1);
	assert_int_equal(parsed.events[0]->fault.address.value, 0xffff933db8a2ae6c);
	assert_int_equal(parsed.events[0]->fault.access, OD_ACCESS_READ);
	assert_int_equal(parsed.events[0]->trace.count, 1);
	parsed_free(&parsed);
}

/* mm/kfence/report.c */
static void kfence_names_its_object(void **state)
{
	(void)state;
	struct parsed parsed = parse_text("BUG: KFENCE: use-after-free read in fn+0x1/0x2\n"
					  "Use-after-free read at 0xffff8c2aae200008 (in kfence-#12):\n fn+0x1/0x2\n"
					  "kfence-#12: 0xffff8c2aae200000-0xffff8c2aae20001f, size=32, cache=kmalloc-32\n"
					  "allocated by task 7 on cpu 1 at 1.5s:\n gn+0x1/0x2\nfreed by task 7 on cpu 1 at 1.6s:\n hn+0x1/0x2\n");
	assert_int_equal(parsed.count, 1);
	const struct od_event *event = parsed.events[0];
	assert_int_equal(event->fault.address.value, 0xffff8c2aae200008);
	assert_int_equal(event->object.size.value, 32);
	assert_int_equal(event->object.offset.value, 8);
	assert_str(event->object.cache, "kmalloc-32");
	assert_int_equal(event->traces.count, 2);
	assert_str(event->traces.items[0].role, "alloc");
	assert_int_equal(event->traces.items[0].pid.value, 7);
	assert_str(event->traces.items[1].role, "free");
	parsed_free(&parsed);
}

/* arch/x86/kernel/cpu/mce/core.c */
static void a_machine_check_names_bank_status_and_place(void **state)
{
	(void)state;
	struct parsed parsed = parse_text("mce: [Hardware Error]: CPU 3: Machine Check Exception: 5 Bank 4: b200000000070f0f\n"
					  "mce: [Hardware Error]: RIP !INEXACT! 10:<ffffffff81000000> {fn+0x1/0x2}\n"
					  "mce: [Hardware Error]: TSC 12 ADDR fef1c140 MISC 38a0000086\n"
					  "mce: [Hardware Error]: PROCESSOR 0:306e4 TIME 1 SOCKET 0 APIC 0 microcode 42d\n");
	assert_int_equal(parsed.count, 1);
	const struct od_event *event = parsed.events[0];
	assert_int_equal(event->cpu.value, 3);
	assert_str(event->message, "bank 4");
	assert_str(event->fault.error_code.raw, "b200000000070f0f");
	assert_int_equal(event->fault.address.value, 0xfef1c140);
	assert_str(event->ip.function, "fn");
	assert_true(event->ip.unreliable);
	assert_int_equal(event->unknown_lines.count, 0);
	assert_ptr_equal(event->arch, &od_arch_x86_64);
	parsed_free(&parsed);
}

static const struct {
	uint64_t status;
	const char *code;
	bool corrected;
} statuses[] = {
	{0xb200000000070f0f, "the bus or interconnect between processors, memory and devices", false},
	{0x8c00004000010091, "a memory controller", true},
	{0xb200000000000005, "an internal parity error", false},
	{0xbe00000000800400, "an internal timer: the processor retired no instruction for too long", false},
	{0x9000000000001135, "a cache", true}, /* filtered: bit 12 */
	{0x9000000000000014, "a TLB", true},
};

static void a_status_is_read_bit_by_bit(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(statuses); i++) {
		struct od_event *event = od_event_create();
		event->kind = OD_KIND_MACHINE_CHECK;
		event->fault.error_code.value = od_num(statuses[i].status);
		od_arch_x86_64.decode_error(event);
		assert_str(event->fault.error_code.name, "x86 machine check status");
		assert_str(event->fault.error_code.bits.items[0].meaning, statuses[i].code);
		for (size_t k = 0; k < event->fault.error_code.bits.count; k++)
			if (event->fault.error_code.bits.items[k].bit == 61)
				assert_int_equal(event->fault.error_code.bits.items[k].value, !statuses[i].corrected);
		od_event_destroy(event);
	}
}

/* kernel/module/main.c */
static void a_refused_module_is_one_event(void **state)
{
	(void)state;
	struct parsed parsed = parse_text("[ 1.000000] mod: Unknown symbol fn (err -2)\n[ 1.000001] mod: Unknown symbol gn (err -2)\n"
					  "[ 1.000002] other: version magic '5.1 SMP' should be '5.2 SMP'\n"
					  "[ 1.000003] Loading of unsigned module is rejected\n");
	assert_int_equal(parsed.count, 3);
	assert_kind(parsed.events[0], "module-load");
	assert_int_equal(parsed.events[0]->severity, OD_SEVERITY_INFO);
	assert_str(parsed.events[0]->message, "Unknown symbol fn (err -2)");
	assert_str(parsed.events[0]->modules.items[0].name, "mod");
	assert_str(parsed.events[1]->message, "version magic '5.1 SMP' should be '5.2 SMP'");
	assert_kind(parsed.events[2], "module-load");
	assert_int_equal(parsed.module_lines, 4);
	parsed_free(&parsed);
}

/* kernel/panic.c */
static void a_panic_follows_the_report_that_caused_it(void **state)
{
	(void)state;
	struct parsed parsed = parse_text("Oops: 0002 [#1] SMP\n---[ end trace 0 ]---\nKernel panic - not syncing: Fatal exception\n"
					  "---[ end Kernel panic - not syncing: Fatal exception ]---\nplain\n"
					  "Kernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(0,0)\n");
	assert_int_equal(parsed.count, 2);
	assert_int_equal(parsed.events[0]->severity, OD_SEVERITY_PANIC);
	assert_int_equal(parsed.events[1]->consequence_of, -1);
	parsed_free(&parsed);

	parsed = parse_text("[ 1.0][ T1] INFO: task a:1 blocked for more than 120 seconds.\n[ 1.0][ T1] Call Trace:\n[ 1.0][ T1]  fn+0x1/0x2\n"
			    "[ 1.0][ T2] Kernel panic - not syncing: hung_task: blocked tasks\n");
	assert_int_equal(parsed.count, 2);
	assert_kind(parsed.events[1], "panic");
	assert_int_equal(parsed.events[1]->consequence_of, 0);
	parsed_free(&parsed);
}

/* mm/oom_kill.c */
static void out_of_memory_names_its_victim(void **state)
{
	(void)state;
	struct parsed parsed = parse_text("foo invoked oom-killer: gfp_mask=0x100cca(GFP_HIGHUSER_MOVABLE), order=0, oom_score_adj=0\n"
					  "Mem-Info:\nTasks state (memory values in pages):\n"
					  "Out of memory: Killed process 123 (bar) total-vm:4096kB, anon-rss:1024kB\n");
	assert_int_equal(parsed.count, 1);
	assert_str(parsed.events[0]->comm, "foo");
	assert_str(parsed.events[0]->message, "Out of memory: Killed process 123 (bar) total-vm:4096kB, anon-rss:1024kB");
	parsed_free(&parsed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_race_has_two_accesses),
		cmocka_unit_test(a_race_of_unknown_origin_has_one),
		cmocka_unit_test(kfence_names_its_object),
		cmocka_unit_test(a_machine_check_names_bank_status_and_place),
		cmocka_unit_test(a_status_is_read_bit_by_bit),
		cmocka_unit_test(a_refused_module_is_one_event),
		cmocka_unit_test(out_of_memory_names_its_victim),
		cmocka_unit_test(a_panic_follows_the_report_that_caused_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
