// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzer/explain.h"

#include "analyzer/names.h"
#include "analyzer/rules.h"

static const struct fact {
	const char *sentence, *paragraph, *advice;
} facts[OD_KIND_COUNT] = {
#define OD_KIND_FACTS(identifier, sentence, paragraph, advice, reference)                                  \
	[OD_KIND_##identifier] = {sentence, paragraph, advice},
#include "analyzer/facts_kind.def"
#undef OD_KIND_FACTS
};

/* Reports about the machine, a process or a device: the message says more than a function. */
static bool is_about_a_function(enum od_kind kind)
{
	static const enum od_kind others[] = {
		OD_KIND_PANIC,
		OD_KIND_OOM,
		OD_KIND_PAGE_ALLOC_FAILURE,
		OD_KIND_UNREGISTER_NETDEVICE,
		OD_KIND_RSS_COUNTER,
		OD_KIND_BAD_PAGE_MAP,
		OD_KIND_FS_ERROR,
		OD_KIND_MODULE_LOAD,
		OD_KIND_MACHINE_CHECK,
		OD_KIND_IRQ_NOBODY_CARED,
		OD_KIND_BUSY_DENTRY,
		OD_KIND_UNWINDER,
	};
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (others[i] == kind)
			return false;
	return true;
}

/* A trace that was pasted without the lines above it: it does not say what happened. */
static bool is_trace_alone(const struct od_event *event)
{
	return event->kind == OD_KIND_BUG_OTHER && event->integrity >> OD_INTEGRITY_HEADER_MISSING & 1;
}

/* Of what hardware reports the last line says most: the module of memory, the unit of the processor. */
static struct od_str title_words(const struct od_event *event)
{
	if (event->kind > OD_KIND_NMI)
		return event->message;
	if (event->kind != OD_KIND_MACHINE_CHECK) /* a fault or a CPU exception */
		return (struct od_str){0};
	return od_str_from_index(event->message, (size_t)(od_str_find_last_char(event->message, '\n') + 1));
}

void od_title(struct od_event *event)
{
	const struct od_str words = title_words(event);
	const char *kind = is_trace_alone(event) ? "trace without its header" : od_kinds[event->kind].title;
	const struct od_frame *frame = event->responsible;

	if (frame && is_about_a_function(event->kind)) {
		struct od_str name = od_phrase_name(frame);
		event->title = frame->module.len ?
				       od_arena_printf(event->arena, "%s in %.*s [%.*s]", kind,
						       OD_FMT(name), OD_FMT(frame->module)) :
				       od_arena_printf(event->arena, "%s in %.*s", kind, OD_FMT(name));
	} else if (event->kind == OD_KIND_OOM && event->oom.killed.comm.len) {
		event->title = od_arena_printf(event->arena, "%s: %.*s was killed", kind, OD_FMT(event->oom.killed.comm));
	} else if (words.len) {
		event->title = od_arena_printf(event->arena, "%s: %.*s", kind, OD_FMT(words));
	} else {
		event->title = od_arena_copy(event->arena, od_str_from(kind));
	}
}

static void apply_rule(struct od_event *event, struct od_buf *sentence, struct od_buf *paragraph)
{
	for (size_t i = 0; i < od_rule_count; i++)
		if (od_rules[i].kind == event->kind)
			od_rules[i].explain(event, sentence, paragraph);
}

/* What an oops leaves behind (kernel/exit.c: make_task_dead()): the same for every kind that kills the
 * task. */
static void put_consequence(struct od_buf *paragraph, const struct od_event *event)
{
	if (event->severity != OD_SEVERITY_OOPS || !event->comm.len)
		return;
	od_buf_put_string(paragraph, " Unless the kernel panicked, it ended the task that was running (");
	od_buf_put(paragraph, event->comm);
	od_buf_put_string(paragraph, "); locks that it held stay locked, so later trouble may be a "
				     "consequence. ");
}

void od_explain(struct od_event *event)
{
	const struct fact *fact = &facts[event->kind];
	struct od_buf sentence = {0}, paragraph = {0};

	apply_rule(event, &sentence, &paragraph);
	if (!sentence.len && fact->sentence)
		od_phrase_template(&sentence, is_trace_alone(event) ? "the trace begins at {f}; what happened there is not in the log" :
				   fact->sentence, event);
	if (!paragraph.len && fact->paragraph)
		od_buf_put_string(&paragraph, fact->paragraph);
	od_phrase_stop(&sentence);
	od_phrase_stop(&paragraph);
	put_consequence(&paragraph, event);
	event->explanation.sentence = od_phrase_finish(&sentence, event);
	event->explanation.paragraph = od_phrase_finish(&paragraph, event);
	od_buf_deinit(&sentence);
	od_buf_deinit(&paragraph);
}

const char *od_kind_advice(enum od_kind kind)
{
	return facts[kind].advice;
}
