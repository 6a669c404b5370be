// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * The report of the OOM killer (mm/oom_kill.c, dump_header(), dump_tasks(), __oom_kill_process(); mm/memcontrol.c,
 * mem_cgroup_print_oom_info()), 2.6.32 to 6.19. Names of processes and cgroups are their owners' words: what stands
 * between them is looked for from the end, where it can be imitated.
 */
#include "parsers/dump.h"
#include "parsers/headers.h"

enum { TASK_LIMIT = 8192 }; /* rows of the table that are kept */

/* Columns by their names in the head of the table. */
static const struct column {
	const char *name;
	size_t offset;	/* of the od_num in a struct od_oom_task; SKIPPED: read past */
} columns[] = {
#define SKIPPED SIZE_MAX
	{"uid", offsetof(struct od_oom_task, uid)},
	{"tgid", offsetof(struct od_oom_task, tgid)},
	{"total_vm", offsetof(struct od_oom_task, total_vm)},
	{"rss", offsetof(struct od_oom_task, rss)},
	{"rss_anon", SKIPPED}, /* these three since 6.8 */
	{"rss_file", SKIPPED},
	{"rss_shmem", SKIPPED},
	{"cpu", SKIPPED}, /* to 3.x */
	{"nr_ptes", SKIPPED},
	{"nr_pmds", SKIPPED},
	{"nr_puds", SKIPPED},
	{"pgtables_bytes", SKIPPED},
	{"swapents", offsetof(struct od_oom_task, swap)},
	{"oom_adj", SKIPPED},
	{"oom_score_adj", offsetof(struct od_oom_task, adj)},
};

static struct od_num number_of(struct od_str text)
{
	uint64_t value;
	bool negative = od_scan_char(&text, '-');
	if (!od_scan_u64(&text, &value))
		return (struct od_num){0};
	return od_num(negative ? -value : value);
}

static struct od_num number_after(struct od_str text, const char *key)
{
	return number_of(od_str_behind(text, od_str_from(key)));
}

/* What stands between the key and the end, or up to the end of the text where `end` does not come. */
static struct od_str text_after(struct od_str text, const char *key, const char *end)
{
	struct od_str found;

	text = od_str_behind(text, od_str_from(key));
	return od_scan_until_text(&text, od_str_from(end), &found) ? found : text;
}

/* Where the needle stands for the last time; -1: nowhere. */
static ptrdiff_t find_last(struct od_str text, struct od_str needle)
{
	ptrdiff_t last = -1, at = 0;
	for (size_t from = 0; (at = od_str_find(od_str_from_index(text, from), needle)) >= 0; from = (size_t)last + 1)
		last = (ptrdiff_t)from + at;
	return last;
}

/* "comm invoked oom-killer: gfp_mask=0x100cca(GFP_HIGHUSER_MOVABLE), order=0, oom_score_adj=0" */
void od_take_oom(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	struct od_oom *oom = &builder->event->oom;
	struct od_str text = od_str_from_index(record->text, rest.len), mask;

	od_take_leading_comm(builder, record, rest);
	mask = text_after(text, "gfp_mask=", ",");
	oom->gfp_flags = od_builder_keep(builder, text_after(mask, "(", ")"));
	(void)od_scan_literal(&mask, "0x");
	uint64_t value;
	if (od_scan_hex(&mask, &value))
		oom->gfp_mask = od_num(value);
	oom->order = number_after(text, "order=");
	oom->adj = number_after(text, "oom_score_adj=");
	builder->oom_column_count = 0;
}

/* A line told of the kill, and not only of the choice. */
static bool is_killed(const struct od_event *event)
{
	return event->oom.killed.total_vm_kb.known || event->oom.killed.score.known;
}

/* What "oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),…,oom_memcg=/a,task_memcg=/a/b,task=comm,pid=1,uid=0" tells of the cgroups. */
static void take_constraint(struct od_builder *builder, struct od_str text)
{
	struct od_oom *oom = &builder->event->oom;
	const ptrdiff_t task = find_last(text, OD_STR(",task="));
	const struct od_str head = task < 0 ? text : od_str_first(text, (size_t)task);

	oom->constraint = od_builder_keep(builder, text_after(head, "constraint=", ","));
	oom->memcg = od_builder_keep(builder, text_after(head, "oom_memcg=", ",task_memcg="));
	oom->task_memcg = od_builder_keep(builder, text_after(head, ",task_memcg=", ",task="));
}

/* "comm,pid=1,uid=0" behind the last "task=": the process that is chosen. */
static void take_chosen(struct od_builder *builder, struct od_str text)
{
	struct od_event *event = builder->event;
	const ptrdiff_t task = find_last(text, OD_STR(",task=")), pid = find_last(text, OD_STR(",pid="));
	uint64_t number;

	if (task < 0 || pid < task)
		return;
	struct od_str digits = od_str_from_index(text, (size_t)pid + OD_STR(",pid=").len);
	event->oom.killed.comm = od_builder_keep(builder, od_str_from_index(od_str_first(text, (size_t)pid), (size_t)task + OD_STR(",task=").len));
	if (od_scan_u64(&digits, &number))
		event->oom.killed.pid = od_num(number);
	event->comm = event->oom.killed.comm;
	event->pid = event->oom.killed.pid;
}

static bool is_open(const struct od_builder *builder)
{
	return builder->event && builder->named && builder->event->kind == OD_KIND_OOM;
}

/* Where only lines of a high level were logged, a later line is the first one. false: the report cannot be opened. */
static bool open_at(struct od_builder *builder, const struct od_record *record)
{
	if (!od_builder_open(builder, record))
		return false;
	od_builder_name(builder, OD_KIND_OOM);
	builder->event->header = od_builder_keep(builder, record->text);
	return true;
}

/* A line of the open report, or its first one. */
void od_take_oom_summary(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	const bool joins = is_open(builder) && !builder->event->oom.constraint.len && !is_killed(builder->event);

	if (!joins && !open_at(builder, record))
		return;
	take_constraint(builder, record->text);
	builder->in_trace = false;
	if (!joins)
		take_chosen(builder, rest);
}

/* "Task in /a/b killed as a result of limit of /a" (to 4.20) */
static enum od_take take_limit(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	const struct od_str words = OD_STR(" killed as a result of limit of ");
	struct od_oom *oom = &builder->event->oom;
	ptrdiff_t at = find_last(rest, words);
	(void)record;
	if (builder->event->kind != OD_KIND_OOM || at < 0)
		return OD_TAKE_NO;
	builder->in_trace = false;
	oom->task_memcg = od_builder_keep(builder, od_str_first(rest, (size_t)at));
	oom->memcg = od_builder_keep(builder, od_str_from_index(rest, (size_t)at + words.len));
	return OD_TAKE_YES;
}

/* "memory: usage 1048576kB, limit 1048576kB, failcnt 12": of the cgroup */
static enum od_take take_usage(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	struct od_oom *oom = &builder->event->oom;
	(void)record;
	if (builder->event->kind != OD_KIND_OOM)
		return OD_TAKE_NO;
	builder->in_trace = false;
	oom->usage_kb = number_of(rest);
	oom->limit_kb = number_after(rest, "limit ");
	return OD_TAKE_YES;
}

static uint8_t find_column(struct od_str name)
{
	for (size_t i = 0; i < sizeof(columns) / sizeof(columns[0]); i++)
		if (od_str_equal(name, od_str_from(columns[i].name)))
			return (uint8_t)i;
	return UINT8_MAX;
}

/* "[  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name": false: no such head. */
static bool take_head(struct od_builder *builder, struct od_str text)
{
	struct od_str name;
	unsigned count = 0;
	od_scan_blanks(&text);
	if (!od_scan_literal(&text, "pid"))
		return false;
	od_scan_blanks(&text);
	if (!od_scan_char(&text, ']'))
		return false;
	while (od_scan_blanks(&text), od_scan_word(&text, &name)) {
		if (od_str_equal(name, OD_STR("name"))) {
			builder->oom_column_count = count;
			return true;
		}
		uint8_t column = find_column(name);
		if (count == OD_OOM_COLUMNS || column == UINT8_MAX)
			return false;
		builder->oom_columns[count++] = column;
	}
	return false;
}

static bool scan_column(struct od_str *s, struct od_oom_task *task, const struct column *column)
{
	uint64_t value;
	od_scan_blanks(s);
	bool negative = od_scan_char(s, '-');
	if (!od_scan_u64(s, &value))
		return false;
	if (column->offset != SKIPPED)
		*(struct od_num *)((char *)task + column->offset) = od_num(negative ? -value : value);
	return true;
}

/* "[    555]     0   555    12345     1234    65536        0             0 name": a row, or the head of the table */
static enum od_take take_row(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	struct od_event *event = builder->event;
	struct od_oom_task task = {0};
	uint64_t pid;

	(void)record;
	if (event->kind != OD_KIND_OOM)
		return OD_TAKE_NO;
	if (take_head(builder, rest)) {
		builder->in_trace = false;
		return OD_TAKE_YES;
	}
	od_scan_blanks(&rest);
	if (!builder->oom_column_count || !od_scan_u64(&rest, &pid) || (od_scan_blanks(&rest), !od_scan_char(&rest, ']')))
		return OD_TAKE_NO;
	for (unsigned i = 0; i < builder->oom_column_count; i++)
		if (!scan_column(&rest, &task, &columns[builder->oom_columns[i]]))
			return OD_TAKE_NO;
	task.pid = od_num(pid);
	task.name = od_builder_keep(builder, od_str_trim(rest));
	struct od_oom_task *slot = event->oom.tasks.count < TASK_LIMIT ? od_list_push(event->arena, &event->oom.tasks) : NULL;
	if (slot)
		*slot = task;
	else
		event->oom.tasks_left_out++;
	return OD_TAKE_YES;
}

/* "1 (comm) total-vm:…", "1, UID 0, (comm) total-vm:…", "1 (comm) score 5 or sacrifice child" */
static void take_victim(struct od_builder *builder, struct od_str text)
{
	struct od_oom_victim *victim = &builder->event->oom.killed;
	ptrdiff_t open = od_str_find_char(text, '('), close = find_last(text, OD_STR(") total-vm:"));
	struct od_str digits = text;
	uint64_t pid;

	if (close < 0)
		close = find_last(text, OD_STR(") score "));
	if (close < 0)
		close = od_str_find_last_char(text, ')');
	if (open < 0 || close < open || !od_scan_u64(&digits, &pid))
		return;
	struct od_str sizes = od_str_from_index(text, (size_t)close + 1);
	struct od_num score = number_after(sizes, "score ");
	victim->pid = od_num(pid);
	victim->comm = od_builder_keep(builder, od_str_first(od_str_from_index(text, (size_t)open + 1), (size_t)(close - open - 1)));
	if (score.known)
		victim->score = score;
	if (od_str_find(sizes, OD_STR("total-vm:")) < 0)
		return;
	victim->total_vm_kb = number_after(sizes, "total-vm:");
	victim->anon_rss_kb = number_after(sizes, "anon-rss:");
	victim->file_rss_kb = number_after(sizes, "file-rss:");
	victim->shmem_rss_kb = number_after(sizes, "shmem-rss:");
	victim->pgtables_kb = number_after(sizes, "pgtables:");
	victim->uid = number_after(sizes, "UID:");
	victim->adj = number_after(sizes, "oom_score_adj:");
}

/* A report kills one process, unless a cgroup's tasks go together; of two lines about one process the first may be of what was chosen. */
static bool is_another_kill(const struct od_builder *builder, struct od_str text)
{
	const struct od_event *event = builder->event;
	uint64_t pid;

	return is_killed(event) && !builder->kills_group && od_scan_u64(&text, &pid) && event->oom.killed.pid.value != pid;
}

/*
 * "Out of memory: Killed process 123 (foo) total-vm:1234kB, anon-rss:…": the end of a report, or, where only lines of a
 * high level were logged, all that there is of it.
 */
void od_take_oom_kill(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	struct od_str text = text_after(rest, "process ", "\n");
	const bool joins = is_open(builder) && !is_another_kill(builder, text);

	if (!joins && !open_at(builder, record))
		return;
	take_victim(builder, text);
	if (!joins) {
		builder->event->pid = builder->event->oom.killed.pid;
		builder->event->comm = builder->event->oom.killed.comm;
	}
	builder->in_trace = false;
	od_builder_add_message(builder, record->text);
}

/* "Killed process 123 (foo) total-vm:…": in a line of its own, to 4.20 */
static enum od_take take_killed(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	if (builder->event->kind != OD_KIND_OOM)
		return OD_TAKE_NO;
	builder->in_trace = false;
	take_victim(builder, rest);
	od_builder_add_message(builder, record->text);
	return OD_TAKE_YES;
}

/* The table is in pages, the line about the victim in kB: where both tell its size, the size of a page follows. */
static uint64_t page_kb(const struct od_oom *oom)
{
	for (size_t i = 0; i < oom->tasks.count && oom->killed.total_vm_kb.known; i++) {
		const struct od_oom_task *task = &oom->tasks.items[i];
		if (task->pid.value != oom->killed.pid.value || !task->total_vm.known || !task->total_vm.value)
			continue;
		uint64_t size = oom->killed.total_vm_kb.value / task->total_vm.value;
		bool exact = size * task->total_vm.value == oom->killed.total_vm_kb.value;
		return exact && (size == 4 || size == 8 || size == 16 || size == 64 || size == 256) ? size : 0;
	}
	return 0;
}

static uint64_t weight(const struct od_oom_task *task)
{
	return task->rss.value + task->swap.value;
}

/* Inserts the task among the biggest ones, which are sorted; of equals the first stays in front. */
static void rank(struct od_oom *oom, size_t index)
{
	size_t at = oom->biggest_count;
	while (at && weight(&oom->tasks.items[oom->biggest[at - 1]]) < weight(&oom->tasks.items[index]))
		at--;
	if (at == OD_OOM_BIGGEST)
		return;
	size_t last = oom->biggest_count < OD_OOM_BIGGEST ? oom->biggest_count++ : OD_OOM_BIGGEST - 1;
	memmove(&oom->biggest[at + 1], &oom->biggest[at], (last - at) * sizeof(oom->biggest[0]));
	oom->biggest[at] = index;
}

void od_settle_oom(struct od_event *event)
{
	struct od_oom *oom = &event->oom;
	uint64_t size = page_kb(oom);
	if (size)
		oom->page_kb = od_num(size);
	for (size_t i = 0; i < oom->tasks.count; i++)
		rank(oom, i);
}

/* "Tasks in /a/b are going to be killed due to memory.oom.group set" (>= 4.19) */
static enum od_take take_group(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	(void)record;
	if (builder->event->kind != OD_KIND_OOM || od_str_find(rest, OD_STR(" are going to be killed ")) < 0)
		return OD_TAKE_NO;
	builder->kills_group = true;
	return OD_TAKE_YES;
}

const struct od_rule od_rules_oom[] = {
	{"[", take_row},
	{"Task in ", take_limit},
	{"Tasks in ", take_group},
	{"memory: usage ", take_usage},
	{"Killed process ", take_killed},
	{NULL, NULL},
};
