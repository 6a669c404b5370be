// SPDX-License-Identifier: GPL-3.0-or-later
/* Reports of the OOM killer (mm/oom_kill.c); all are synthetic. */
#include "tests/parse.h"

/* mm/oom_kill.c of 6.8: two processes and a cgroup's limit. */
static void the_oom_killer_tells_who_ate_the_memory(void **state)
{
	struct parsed parsed = parse_text(
		"eater invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL|__GFP_ZERO), order=2, oom_score_adj=-5\n"
		"CPU: 1 PID: 12 Comm: eater Not tainted 6.8.0 #1\n"
		"memory: usage 1048576kB, limit 1048576kB, failcnt 12\n"
		"Tasks state (memory values in pages):\n"
		"[  pid  ]   uid  tgid total_vm      rss rss_anon rss_file rss_shmem pgtables_bytes swapents oom_score_adj name\n"
		"[     10]     0    10     1348      537      500       37         0    53248       75         -1000 init\n"
		"[     12]  1000    12   262400   200000   199000     1000         0   458752    44021             0 eater\n"
		"oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=/,mems_allowed=0,oom_memcg=/a,task_memcg=/a/b,task=eater,pid=12,uid=1000\n"
		"Memory cgroup out of memory: Killed process 12 (eater) total-vm:1049600kB, anon-rss:796000kB, file-rss:4000kB, shmem-rss:0kB, UID:1000 pgtables:448kB oom_score_adj:0\n");
	(void)state;
	assert_int_equal(parsed.count, 1);
	const struct od_oom *oom = &parsed.events[0]->oom;
	assert_int_equal(oom->gfp_mask.value, 0xcc0);
	assert_str(oom->gfp_flags, "GFP_KERNEL|__GFP_ZERO");
	assert_int_equal(oom->order.value, 2);
	assert_int_equal((int64_t)oom->adj.value, -5);
	assert_str(oom->constraint, "CONSTRAINT_MEMCG");
	assert_str(oom->memcg, "/a");
	assert_str(oom->task_memcg, "/a/b");
	assert_int_equal(oom->limit_kb.value, 1048576);
	assert_int_equal(oom->usage_kb.value, 1048576);
	assert_int_equal(oom->tasks.count, 2);
	assert_int_equal((int64_t)oom->tasks.items[0].adj.value, -1000);
	assert_int_equal(oom->tasks.items[1].swap.value, 44021);
	assert_int_equal(oom->killed.pid.value, 12);
	assert_int_equal(oom->killed.anon_rss_kb.value, 796000);
	assert_int_equal(oom->page_kb.value, 4);
	assert_int_equal(oom->biggest_count, 2);
	assert_int_equal(oom->biggest[0], 1);
	assert_int_equal(parsed.events[0]->unknown_lines.count, 0);
	parsed_free(&parsed);
}

/* Lines of a high level, or what grep left of a log; mm/oom_kill.c of 4.20, 5.0 and later. */
static void every_kill_of_the_oom_killer_is_one_event(void **state)
{
#define SUMMARY(pid) "oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=/,mems_allowed=0,oom_memcg=/a,task_memcg=/a/b,task=a,pid=" pid ",uid=0\n"
#define KILL(pid)    "Memory cgroup out of memory: Killed process " pid " (a) total-vm:1kB, anon-rss:1kB, file-rss:0kB\n"
	static const struct {
		const char *behaviour, *text;
		size_t events;
	} rows[] = {
		{"kills alone", KILL("11") KILL("12") KILL("13"), 3},
		{"each with its summary", SUMMARY("11") KILL("11") SUMMARY("12") KILL("12"), 2},
		{"summaries alone", SUMMARY("11") SUMMARY("12"), 2},
		{"the choice, and a child of its", "Out of memory: Kill process 11 (a) score 9 or sacrifice child\nKilled process 12 (b) total-vm:1kB, anon-rss:1kB\n", 1},
		{"all tasks of a cgroup", "a invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0\n" SUMMARY("11") KILL("11")
		 "Tasks in /a/b are going to be killed due to memory.oom.group set\n" KILL("11") KILL("12"), 1},
		{"two reports", "a invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0\n" SUMMARY("11") KILL("11")
		 "b invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0\n" SUMMARY("12") KILL("12"), 2},
	};
#undef SUMMARY
#undef KILL
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct parsed parsed = parse_text(rows[i].text);
		print_message("%s\n", rows[i].behaviour);
		assert_int_equal(parsed.count, rows[i].events);
		assert_int_equal(parsed.events[0]->unknown_lines.count, 0);
		parsed_free(&parsed);
	}
}

static void names_in_an_oom_report_are_hostile(void **state)
{
	struct parsed parsed = parse_text(
		"a invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0\n"
		"[  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name\n"
		"[     10]     0    10     1348      537    53248       75             0 [ 99] 1 2 3 4\n"
		"[     11]     0    11     1348      537    53248       75             0 \n"
		"[     12]     0    12     1348\n"
		"oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0,global_oom,task_memcg=/x,task=y,task=,task=,pid=1,uid=0\n"
		"Out of memory: Killed process 10 (x) total-vm:1kB) total-vm:5392kB, anon-rss:2148kB, file-rss:0kB\n");
	(void)state;
	assert_int_equal(parsed.count, 1);
	const struct od_oom *oom = &parsed.events[0]->oom;
	assert_int_equal(oom->tasks.count, 2);
	assert_str(oom->tasks.items[0].name, "[ 99] 1 2 3 4");
	assert_str(oom->tasks.items[1].name, "");
	assert_str(oom->killed.comm, "x) total-vm:1kB");
	assert_int_equal(oom->killed.total_vm_kb.value, 5392);
	assert_int_equal(parsed.events[0]->unknown_lines.count, 1);
	parsed_free(&parsed);
}

/* mm/oom_kill.c of 2.6.36 to 3.5, and of 4.4. */
static void old_oom_reports_have_other_columns(void **state)
{
	struct parsed parsed = parse_text(
		"a invoked oom-killer: gfp_mask=0x280da, order=0, oom_adj=0, oom_score_adj=0\n"
		"[ pid ]   uid  tgid total_vm      rss cpu oom_adj oom_score_adj name\n"
		"[   10]     0    10     1348      537   1     -17         -1000 sshd\n"
		"Out of memory: Kill process 10 (sshd) score 5 or sacrifice child\n"
		"Killed process 10 (sshd) total-vm:5392kB, anon-rss:2148kB, file-rss:0kB\n");
	(void)state;
	assert_int_equal(parsed.count, 1);
	const struct od_oom *oom = &parsed.events[0]->oom;
	assert_int_equal(oom->gfp_mask.value, 0x280da);
	assert_int_equal(oom->tasks.items[0].rss.value, 537);
	assert_int_equal((int64_t)oom->tasks.items[0].adj.value, -1000);
	assert_int_equal(oom->tasks.items[0].swap.known, false);
	assert_int_equal(oom->killed.score.value, 5);
	assert_int_equal(oom->killed.total_vm_kb.value, 5392);
	parsed_free(&parsed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_oom_killer_tells_who_ate_the_memory),
		cmocka_unit_test(every_kill_of_the_oom_killer_is_one_event),
		cmocka_unit_test(names_in_an_oom_report_are_hostile),
		cmocka_unit_test(old_oom_reports_have_other_columns),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
