// SPDX-License-Identifier: GPL-3.0-or-later
/* Options of the kernel are advised where they exist and are not on already. The logs are synthetic. */
#include "tests/parse.h"

#include "analyzer/analyzer.h"

#define CPU(release) "CPU: 1 PID: 77 Comm: worker Not tainted " release " #1\n"
#define TRACE "Call Trace:\n <TASK>\n"
#define GPF(options, release, frames)                                                                        \
	"Oops: general protection fault, probably for non-canonical address 0x6b6b6b6b6b6b6b73: 0000 "       \
	"[#1] " options "\n" CPU(release) "RIP: 0010:do_it+0x9/0x30 [mod]\n" TRACE frames " </TASK>\n---[ "  \
											  "end trace "       \
											  "0000000000000000" \
											  " ]---\n"
#define LIST(release)                                                                                        \
	"------------[ cut here ]------------\nlist_del corruption, ffff888012345678->next is "              \
	"NULL\n------------[ cut here ]------------\n"                                                       \
	"kernel BUG at lib/list_debug.c:53!\nOops: invalid opcode: 0000 [#1] SMP\n" CPU(                     \
		release) "RIP: 0010:check+0x1/0x2\n" TRACE " drop_it+0x9/0x30 [mod]\n </TASK>\n---[ end "    \
							   "trace 0000000000000000 ]---\n"
#define SLEEPING(more)                                                                                       \
	"BUG: sleeping function called from invalid context at mm/slab.h:401\nin_atomic(): 1, "              \
	"irqs_disabled(): 0, non_block: 0, "                                                                 \
	"pid: 77, name: worker\n" more CPU("6.12.0") TRACE " __might_resched+0x1/0x2\n do_it+0x9/0x30 "      \
							   "[mod]\n </TASK>\n"
#define HUNG(release, more)                                                                                  \
	"INFO: task worker:77 blocked for more than 120 seconds.\n      Not tainted " release " #1\n"        \
	"task:worker          state:D stack:0     pid:77    ppid:2      flags:0x00004000\n" TRACE            \
	" __schedule+0x1/0x2\n __mutex_lock+0x1/0x2\n do_it+0x9/0x30 [mod]\n </TASK>\n" more
#define DOUBLE(sp)                                                                                           \
	"PANIC: double fault, error_code: 0x0\nOops: double fault: 0000 [#1] SMP\n" CPU(                     \
		"6.12.0") "RIP: 0010:do_it+0x9/0x30 [mod]\n"                                                 \
			  "RSP: 0018:" sp " EFLAGS: 00010246\nRAX: 0000000000000000 RBX: 0000000000000000 "  \
					  "RCX: 0000000000000000\n" TRACE " run+0x1/0x2 [mod]\n "            \
									  "</TASK>\n---[ end trace "         \
									  "0000000000000000 ]---\n"
#define I386                                                                                                 \
	"BUG: unable to handle page fault for address: c2345678\n#PF: supervisor read access in kernel "     \
	"mode\n*pde = 00000000 \n"                                                                           \
	"Oops: 0000 [#1] SMP\n" CPU("6.1.0-9-686") "EIP: do_it+0x9/0x30 [mod]\nEAX: 00000000 EBX: c2345678 " \
						   "ECX: 00000000 EDX: 00000000\n"                           \
						   "Call Trace:\n run+0x1/0x2 [mod]\n---[ end trace "        \
						   "0000000000000000 ]---\n"

#define DOUBLE_I386                                                                                          \
	"traps: PANIC: double fault, error_code: 0x0\ndouble fault: 0000 [#1] SMP\n" CPU("6.1.0-9-686")       \
	"EIP: do_it+0x9/0x30 [mod]\nEAX: 00000000 EBX: c2345678 ECX: 00000000 EDX: 00000000\n"               \
	"Call Trace:\n run+0x1/0x2 [mod]\n---[ end trace 0000000000000000 ]---\n"

static const struct {
	const char *log, *option;
	bool advised;
} rows[] = {
	{GPF("PREEMPT SMP", "6.12.0", " run+0x1/0x2 [mod]\n"), "CONFIG_KASAN", true},
	{GPF("PREEMPT SMP KASAN", "6.12.0", " run+0x1/0x2 [mod]\n"), "CONFIG_KASAN", false},
	{GPF("PREEMPT SMP", "6.12.0", " kasan_report+0x1/0x2\n run+0x1/0x2 [mod]\n"), "CONFIG_KASAN", false},
	{GPF("PREEMPT SMP", "3.10.0", " run+0x1/0x2 [mod]\n"), "CONFIG_KASAN", false},
	{LIST("6.12.0"), "CONFIG_KASAN", true},
	{LIST("3.16.0"), "CONFIG_KASAN", false},
	{SLEEPING(""), "CONFIG_PROVE_LOCKING", true},
	{SLEEPING("1 lock held by worker/77:\n #0: ffff888012345678 (&a->lock){+.+.}-{2:2}, at: "
		  "do_it+0x1/0x2 [mod]\n"),
	 "CONFIG_PROVE_LOCKING", false},
	{SLEEPING(""), "CONFIG_DEBUG_PREEMPT", true},
	{SLEEPING("Preemption disabled at:\n[<ffffffff81234567>] do_it+0x1/0x2 [mod]\n"),
	 "CONFIG_DEBUG_PREEMPT", false},
	{HUNG("6.1.0", ""), "CONFIG_PROVE_LOCKING", true},
	{HUNG("6.1.0", ""), "CONFIG_DETECT_HUNG_TASK_BLOCKER", false},
	{HUNG("6.18.0", ""), "CONFIG_DETECT_HUNG_TASK_BLOCKER", true},
	{HUNG("6.18.0", "INFO: task worker:77 is blocked on a mutex likely owned by task holder:88.\n"),
	 "CONFIG_DETECT_HUNG_TASK_BLOCKER", false},
	{DOUBLE("ffff888012345000"), "CONFIG_VMAP_STACK", true},
	{DOUBLE("ffffc900054b0000"), "CONFIG_VMAP_STACK", false},
	{DOUBLE_I386, "CONFIG_VMAP_STACK", false},
	{I386, "slub_debug", true},
	{I386, "CONFIG_KASAN", false},
	{GPF("SMP", "6.12.0", " run+0x1/0x2 [mod]\n"), "slub_debug", false},
};

static bool advises(const struct od_event *event, const char *words)
{
	for (size_t i = 0; i < event->explanation.next.count; i++)
		if (od_str_find(event->explanation.next.items[i], od_str_from(words)) >= 0)
			return true;
	return false;
}

static void an_option_is_advised_where_it_exists_and_is_not_on(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct parsed parsed = parse_text(rows[i].log);
		print_message("%zu: %s\n", i, rows[i].option);
		assert_int_equal(parsed.count, 1);
		od_blame(parsed.events[0]);
		od_analyze(parsed.events[0], NULL, 0);
		assert_int_equal(advises(parsed.events[0], rows[i].option), rows[i].advised);
		parsed_free(&parsed);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_option_is_advised_where_it_exists_and_is_not_on),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
