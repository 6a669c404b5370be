// SPDX-License-Identifier: GPL-3.0-or-later
/* Several reports in one log: told apart by caller, put in order, related to one another. Synthetic logs. */
#include "tests/parse.h"

static void callers_are_told_apart(void **state)
{
	struct parsed parsed = parse_text(
		"[    1.000000][   T10] BUG: kernel NULL pointer dereference, address: 0000000000000010\n"
		"[    1.000001][   T20] BUG: unable to handle page fault for address: ffffc90000000020\n"
		"[    1.000002][   T20] Oops: 0000 [#2] SMP\n"
		"[    1.000003][   T10] Oops: 0002 [#1] SMP\n"
		"[    1.000004][   T20] CPU: 2 PID: 20 Comm: twenty Not tainted 6.1.0 #1\n"
		"[    1.000005][   T10] CPU: 1 PID: 10 Comm: ten Not tainted 6.1.0 #1\n"
		"[    1.000006][   T20] ---[ end trace 0000000000000000 ]---\n"
		"[    1.000007][   T10] ---[ end trace 0000000000000000 ]---\n");
	(void)state;
	assert_int_equal(parsed.count, 2);
	assert_str(parsed.events[0]->comm, "ten");
	assert_str(parsed.events[1]->comm, "twenty");
	assert_int_equal(parsed.events[0]->counter.value, 1);
	assert_int_equal(parsed.events[1]->counter.value, 2);
	parsed_free(&parsed);
}

/* Without caller ids two CPUs cannot be told apart for sure: nothing is mixed in silence. */
static void cpus_without_callers_are_said_to_be_interleaved(void **state)
{
	static const char *const logs[] = {
		/* the second report begins before the first one came to its trace */
		"[    1.000000] BUG: kernel NULL pointer dereference, address: 0000000000000010\n"
		"[    1.000001] Oops: 0002 [#1] SMP\n"
		"[    1.000002] Oops: 0000 [#2] SMP\n"
		"[    1.000003] CPU: 2 PID: 20 Comm: twenty Not tainted 6.1.0 #1\n"
		"[    1.000004] CPU: 1 PID: 10 Comm: ten Not tainted 6.1.0 #1\n",
		/* its own lines stand in the first one's body */
		"[    1.000000] BUG: kernel NULL pointer dereference, address: 0000000000000010\n"
		"[    1.000001] Oops: 0002 [#1] SMP\n"
		"[    1.000002] CPU: 1 PID: 10 Comm: ten Not tainted 6.1.0 #1\n"
		"[    1.000003] CPU: 2 PID: 20 Comm: twenty Not tainted 6.1.0 #1\n"
		"[    1.000004] RIP: 0010:ten+0x1/0x2\n",
		"[    1.000000] BUG: kernel NULL pointer dereference, address: 0000000000000010\n"
		"[    1.000001] Oops: 0002 [#1] SMP\n"
		"[    1.000002] CPU: 1 PID: 10 Comm: ten Not tainted 6.1.0 #1\n"
		"[    1.000003] RIP: 0010:ten+0x1/0x2\n"
		"[    1.000004] RIP: 0010:twenty+0x1/0x2\n"
		"[    1.000005] RAX: 0000000000000001 RBX: 0000000000000002 RCX: 0000000000000003\n",
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(logs); i++) {
		struct parsed parsed = parse_text(logs[i]);
		assert_true(parsed.count > 0);
		for (size_t n = 0; n < parsed.count; n++)
			assert_true(parsed.events[n]->integrity & 1u << OD_INTEGRITY_INTERLEAVED);
		parsed_free(&parsed);
	}
}

static void one_cpu_is_not_interleaved_with_itself(void **state)
{
	struct parsed parsed = parse_text(
		"BUG: kernel NULL pointer dereference, address: 0000000000000010\n"
		"Oops: 0002 [#1] SMP\n"
		"CPU: 1 PID: 10 Comm: ten Not tainted 6.1.0 #1\n"
		"RIP: 0010:ten+0x1/0x2\n"
		"Call Trace:\n"
		" <IRQ>\n"
		" fn+0x1/0x2\n"
		"RIP: 0010:interrupted+0x1/0x2\n"
		" </IRQ>\n"
		"---[ end trace 0000000000000000 ]---\n"
		"RIP: 0010:ten+0x1/0x2\n"
		"Kernel panic - not syncing: Fatal exception\n"
		"CPU: 1 PID: 10 Comm: ten Tainted: G      D 6.1.0 #1\n");
	(void)state;
	assert_int_equal(parsed.count, 1);
	assert_int_equal(parsed.events[0]->integrity, 0);
	parsed_free(&parsed);
}

static void events_come_in_the_order_in_which_they_began(void **state)
{
	struct parsed parsed = parse_text(
		"[    1.000000][   T10] BUG: kernel NULL pointer dereference, address: 0000000000000010\n"
		"[    1.000001][   T20] WARNING: CPU: 2 PID: 20 at a.c:1 fn+0x1/0x2\n"
		"[    1.000002][   T20] ---[ end trace 0000000000000000 ]---\n"
		"[    1.000003][   T20] something else\n"
		"[    1.000004][   T10] Oops: 0002 [#1] SMP\n");
	(void)state;
	assert_int_equal(parsed.count, 2);
	assert_kind(parsed.events[0], "null-deref");
	assert_kind(parsed.events[1], "warning");
	assert_int_equal(parsed.events[1]->index, 1);
	parsed_free(&parsed);
}

static void later_oopses_of_a_boot_follow_from_the_first(void **state)
{
	struct parsed parsed = parse_text(
		"BUG: kernel NULL pointer dereference, address: 0000000000000010\n"
		"Oops: 0002 [#1] SMP\n"
		"---[ end trace 0000000000000000 ]---\n"
		"BUG: kernel NULL pointer dereference, address: 0000000000000018\n"
		"Oops: 0002 [#2] SMP\n"
		"---[ end trace 0000000000000000 ]---\n"
		"Linux version 6.1.0 (gcc) #1 SMP\n"
		"BUG: kernel NULL pointer dereference, address: 0000000000000018\n"
		"Oops: 0002 [#3] SMP\n");
	(void)state;
	assert_int_equal(parsed.count, 3);
	assert_int_equal(parsed.events[0]->consequence_of, -1);
	assert_int_equal(parsed.events[1]->consequence_of, 0);
	assert_int_equal(parsed.events[2]->consequence_of, -1);
	parsed_free(&parsed);
}

static void the_same_report_again_is_a_repeat(void **state)
{
	struct parsed parsed = parse_text(
		"WARNING: CPU: 2 PID: 20 at a.c:1 fn+0x1/0x2\n"
		"---[ end trace 0000000000000000 ]---\n"
		"WARNING: CPU: 3 PID: 21 at b.c:1 gn+0x1/0x2\n"
		"---[ end trace 0000000000000000 ]---\n"
		"WARNING: CPU: 4 PID: 22 at a.c:1 fn+0x1/0x2\n"
		"---[ end trace 0000000000000000 ]---\n");
	(void)state;
	assert_int_equal(parsed.count, 3);
	assert_int_equal(parsed.events[0]->repeat_of, -1);
	assert_int_equal(parsed.events[1]->repeat_of, -1);
	assert_int_equal(parsed.events[2]->repeat_of, 0);
	parsed_free(&parsed);
}

static void a_panic_behind_an_oops_is_the_same_event(void **state)
{
	struct parsed parsed = parse_text(
		"BUG: kernel NULL pointer dereference, address: 0000000000000010\n"
		"Oops: 0002 [#1] SMP\n"
		"---[ end trace 0000000000000000 ]---\n"
		"Kernel panic - not syncing: Fatal exception\n"
		"Kernel Offset: 0x1c000000 from 0xffffffff81000000\n");
	(void)state;
	assert_int_equal(parsed.count, 1);
	assert_kind(parsed.events[0], "null-deref");
	assert_int_equal(parsed.events[0]->severity, OD_SEVERITY_PANIC);
	assert_int_equal(parsed.events[0]->kernel_offset.value, 0x1c000000);
	parsed_free(&parsed);
}

/* What else prints to the console stands between them; a CPU that the panic stopped shows its own stack (arch/arm/kernel/smp.c, 5.10). */
static void a_panic_comes_a_little_later(void **state)
{
	struct parsed parsed = parse_text(
		"Unable to handle kernel NULL pointer dereference at virtual address 00000010\n"
		"Internal error: Oops: 5 [#1] SMP ARM\n"
		"CPU: 0 PID: 7 Comm: a Not tainted 5.10.2 #10\n"
		"PC is at fn+0x1/0x2\n"
		"[<80118054>] (fn) from [<80110ce4>] (gn+0x20/0x24)\n"
		"---[ end trace 0000000000000000 ]---\n"
		"login: \nexecuting program 3:\n"
		"Kernel panic - not syncing: Fatal exception\n"
		"CPU1: stopping\n"
		"CPU: 1 PID: 0 Comm: swapper/1 Tainted: G      D           5.10.2 #10\n"
		"[<80118054>] (hn) from [<80110ce4>] (kn+0x20/0x24)\n");
	(void)state;
	assert_int_equal(parsed.count, 1);
	assert_int_equal(parsed.events[0]->severity, OD_SEVERITY_PANIC);
	assert_trace(parsed.events[0], "fn gn");
	assert_int_equal(parsed.events[0]->traces.count, 1);
	assert_str(parsed.events[0]->traces.items[0].role, "other-cpu");
	assert_int_equal(parsed.events[0]->traces.items[0].cpu.value, 1);
	assert_int_equal(parsed.events[0]->integrity >> OD_INTEGRITY_INTERLEAVED & 1, 0);
	parsed_free(&parsed);
}

static void the_banner_tells_the_release_of_what_follows(void **state)
{
	struct parsed parsed = parse_text(
		"Linux version 5.10.0-46-amd64 (debian-kernel@lists.debian.org) #1 SMP Debian 5.10.251-1\n"
		"BUG: kernel NULL pointer dereference, address: 0000000000000010\n");
	(void)state;
	assert_int_equal(parsed.count, 1);
	assert_str(parsed.events[0]->kernel_release, "5.10.0-46-amd64");
	parsed_free(&parsed);
}

static void lost_messages_are_said(void **state)
{
	struct parsed parsed = parse_text(
		"BUG: kernel NULL pointer dereference, address: 0000000000000010\n"
		"** 12 printk messages dropped ** Oops: 0002 [#1] SMP\n");
	(void)state;
	assert_int_equal(parsed.count, 1);
	assert_true(parsed.events[0]->integrity & (1u << OD_INTEGRITY_MESSAGES_LOST));
	assert_int_equal(parsed.events[0]->counter.value, 1);
	parsed_free(&parsed);
}

static void unknown_lines_inside_are_kept_and_those_behind_given_back(void **state)
{
	struct parsed parsed = parse_text(
		"BUG: kernel NULL pointer dereference, address: 0000000000000010\n"
		"eth0: link is down\n"
		"Oops: 0002 [#1] SMP\n"
		"eth0: link is up\n"
		"eth0: really\n");
	(void)state;
	const struct od_event *event = parsed.events[0];
	assert_int_equal(event->span.last, 3);
	assert_int_equal(event->unknown_lines.count, 1);
	assert_str(event->unknown_lines.items[0].text, "eth0: link is down");
	parsed_free(&parsed);
}

static void module_lines_are_noted(void **state)
{
	struct parsed parsed = parse_text("[    1.0] x\n"
		"[    5.502212] m: loading out-of-tree module taints kernel.\n"
		"[    5.504125] m: module verification failed: signature and/or required key missing - tainting kernel\n");
	(void)state;
	assert_int_equal(parsed.count, 0);
	assert_int_equal(parsed.module_lines, 2);
}

static void hostile_bytes_do_no_harm(void **state)
{
	static const char bytes[] = "\0\0\0[#1]\xff\xfe[  \x1b[\n[\n<\n[<\n[#\n: [#1]\nOops: [\nOops: 0002 [#99999999999999999999]\n"
				    "BUG: kernel NULL pointer dereference, address: zz\nRIP:\nRIP: 0010:\nCode:\nCode: <\n<TASK\n<\n"
				    "CPU: \nCPU: 1 PID: \nModules linked in: (((( a( [\nRAX:\n : : :\n+0x/0x\nfn+0x1/\n";
	(void)state;
	struct parsed parsed = parse_chunks((struct od_str){bytes, sizeof(bytes) - 1}, 0);
	assert_int_equal(parsed.count, 1);
	assert_false(parsed.events[0]->fault.address.known);
	parsed_free(&parsed);
}

static void an_endless_line_is_cut_and_said(void **state)
{
	struct od_buf text = {0};
	(void)state;
	od_buf_pad(&text, 'x', 300000);
	od_buf_put_string(&text, "\nBUG: kernel NULL pointer dereference, address: 0000000000000010\n");
	struct parsed parsed = parse_chunks(od_buf_str(&text), 4096);
	assert_int_equal(parsed.count, 1);
	assert_int_equal(parsed.events[0]->span.first, 2);
	assert_int_equal(parsed.diagnostics, 1);
	parsed_free(&parsed);
	od_buf_deinit(&text);
}

static void a_log_in_reverse_order_is_told(void **state)
{
	static const struct { int step, times; size_t diagnostics; } rows[] = {{-1, 40, 1}, {-1, 10, 0}, {1, 40, 0}, {0, 40, 0}};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct od_buf text = {0};
		for (int n = 0; n < rows[i].times; n++)
			od_buf_printf(&text, "[   50.%06d] a\n", 500 + n * rows[i].step);
		struct parsed parsed = parse_chunks(od_buf_str(&text), 0);
		assert_int_equal(parsed.diagnostics, rows[i].diagnostics);
		parsed_free(&parsed);
		od_buf_deinit(&text);
	}
}

static void more_callers_than_streams_lose_nothing(void **state)
{
	struct od_buf text = {0};
	(void)state;
	od_buf_put_string(&text, "[    1.0000][   T5] x\n[    1.000000][   T5] BUG: kernel NULL pointer dereference, address: 0000000000000010\n");
	for (unsigned i = 100; i < 300; i++)
		od_buf_printf(&text, "[    1.000000][  T%u] hello\n", i);
	struct parsed parsed = parse_chunks(od_buf_str(&text), 0);
	assert_int_equal(parsed.count, 1);
	parsed_free(&parsed);
	od_buf_deinit(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(callers_are_told_apart),
		cmocka_unit_test(cpus_without_callers_are_said_to_be_interleaved),
		cmocka_unit_test(one_cpu_is_not_interleaved_with_itself),
		cmocka_unit_test(events_come_in_the_order_in_which_they_began),
		cmocka_unit_test(later_oopses_of_a_boot_follow_from_the_first),
		cmocka_unit_test(the_same_report_again_is_a_repeat),
		cmocka_unit_test(a_panic_behind_an_oops_is_the_same_event),
		cmocka_unit_test(a_panic_comes_a_little_later),
		cmocka_unit_test(the_banner_tells_the_release_of_what_follows),
		cmocka_unit_test(lost_messages_are_said),
		cmocka_unit_test(unknown_lines_inside_are_kept_and_those_behind_given_back),
		cmocka_unit_test(module_lines_are_noted),
		cmocka_unit_test(hostile_bytes_do_no_harm),
		cmocka_unit_test(a_log_in_reverse_order_is_told),
		cmocka_unit_test(an_endless_line_is_cut_and_said),
		cmocka_unit_test(more_callers_than_streams_lose_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
