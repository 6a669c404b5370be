// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/builder.h"

#include "parsers/arch_hints.h"
#include "parsers/bodies.h"
#include "parsers/dump.h"
#include "parsers/headers.h"
#include "parsers/headers_arch.h"
#include "parsers/headless.h"
#include "parsers/settle.h"

enum {
	UNKNOWN_LIMIT = 64,	/* unknown lines in a row that end a report, */
	ENDED_LIMIT = 16,	/* and one that its end marker ended: the panic that it leads to is still to come */
	RAW_LIMIT = 4 << 20,	/* bytes of raw text kept per event */
	REFUSAL_LINES = 64,	/* between lines about one refused module */
	SAID_LIMIT = 2048,	/* lines kept in their own words */
};

static const struct od_rule *const rule_tables[] = {
	od_rules_common, od_rules_x86, od_rules_stall, od_rules_lockdep,
	od_rules_context, od_rules_sanitizer, od_rules_oom, od_rules_memory, od_rules_hardware, od_rules_ksymoops,
	od_rules_any_arch, NULL,
};

bool od_builder_index(struct od_index *ret)
{
	return od_index_init(ret, rule_tables);
}

void od_builder_init(struct od_builder *builder, const struct od_index *index, const struct od_boot *boot,
		     od_deliver_fn deliver, void *user)
{
	*builder = (struct od_builder){.index = index, .boot = boot, .deliver = deliver, .user = user};
}

void od_builder_deinit(struct od_builder *builder)
{
	od_event_destroy(builder->event);
	od_buf_deinit(&builder->raw);
	builder->event = NULL;
}

struct od_str od_builder_keep(struct od_builder *builder, struct od_str text)
{
	if (!text.len)
		return (struct od_str){0};
	return od_arena_copy(builder->event->arena, text);
}

void od_builder_flag(struct od_builder *builder, enum od_integrity reason)
{
	builder->event->integrity |= 1u << reason;
}

void od_builder_note_rival(struct od_builder *builder)
{
	const struct od_event *event = builder->event;
	if (event && !builder->ended && !builder->trace && event->severity != OD_SEVERITY_STALL)
		od_builder_flag(builder, OD_INTEGRITY_INTERLEAVED);
}

void od_builder_name(struct od_builder *builder, enum od_kind kind)
{
	builder->named = true;
	builder->event->kind = kind;
	builder->event->severity = od_kinds[kind].severity;
}

void od_builder_add_message(struct od_builder *builder, struct od_str text)
{
	struct od_event *event = builder->event;
	if (event->message.len > 2048)
		return;
	event->message = event->message.len
		? od_arena_printf(event->arena, "%.*s\n%.*s", OD_FMT(event->message), OD_FMT(text))
		: od_builder_keep(builder, text);
}

void od_builder_begin_trace(struct od_builder *builder, const char *role)
{
	struct od_event *event = builder->event;
	builder->in_trace = false;
	builder->context = (struct od_str){0};
	builder->trace = 0;
	builder->single_frame = false;
	if (!role)
		return;
	struct od_trace *trace = od_list_push(event->arena, &event->traces);
	if (!trace)
		return;
	trace->role = od_str_from(role);
	builder->trace = event->traces.count;
}

static void reset(struct od_builder *builder)
{
	builder->event = NULL;
	builder->named = builder->refinable = builder->died = builder->ended = false;
	builder->in_trace = builder->in_modules = builder->expects_message = builder->has_cpu_line = false;
	builder->headless = builder->stack_first = builder->expects_nmi = builder->expects_release = false;
	builder->echoed = builder->in_xmon = builder->has_detail = builder->kills_group = false;
	builder->in_code = builder->skip_frame = builder->small_trace = builder->single_frame = false;
	builder->next_register = 0;
	builder->trace = 0;
	builder->block = OD_BLOCK_NONE;
	builder->context = (struct od_str){0};
	builder->holder = (struct od_str){0};
	builder->holder_pid = (struct od_num){0};
	builder->last_known = 0;
	builder->unknown_run = 0;
	builder->known_raw = builder->known_unknowns = 0;
	builder->raw_line = 0;
	od_buf_clear(&builder->raw);
}

bool od_builder_open(struct od_builder *builder, const struct od_record *record)
{
	od_builder_close(builder, false);
	struct od_event *event = od_event_create();
	if (!event)
		return false;
	event->span.first = record->line;
	event->time_usec = record->time_usec;
	builder->event = event;
	event->wall_time = od_builder_keep(builder, record->wall_time);
	return true;
}

/* Reports that the kernel ends with "---[ end trace": without it they are cut off. */
static bool wants_end_marker(const struct od_event *event)
{
	if (event->kind == OD_KIND_MACHINE_CHECK && !event->counter.known)
		return false;
	return event->severity == OD_SEVERITY_OOPS || event->severity == OD_SEVERITY_WARNING ||
	       (event->severity == OD_SEVERITY_PANIC && event->counter.known);
}

static void deliver(struct od_builder *builder, bool cut)
{
	struct od_event *event = builder->event;

	if (!builder->ended && !builder->in_xmon && (cut || wants_end_marker(event)))
		od_builder_flag(builder, OD_INTEGRITY_CUT_OFF);
	event->span.last = builder->last_known ? builder->last_known : event->span.first;
	event->unknown_lines.count = builder->known_unknowns;
	event->raw = od_builder_keep(builder, od_str_first(od_buf_str(&builder->raw), builder->known_raw));
	od_settle_event(event, builder->boot);
	if (od_arena_exhausted(event->arena) || builder->raw.len >= RAW_LIMIT)
		od_builder_flag(builder, OD_INTEGRITY_TOO_LARGE);
	builder->delivered = true;
	builder->deliver(builder->user, event);
}

void od_builder_close(struct od_builder *builder, bool cut)
{
	if (!builder->event)
		return;
	if (!builder->named)
		od_headless_name(builder, cut);
	if (builder->named && !od_is_idle_talk(builder->event))
		deliver(builder, cut && wants_end_marker(builder->event));
	else
		od_event_destroy(builder->event);
	reset(builder);
}

static void keep_raw(struct od_builder *builder, const struct od_record *record)
{
	struct od_str raw = record->raw;
	if (record->shares_raw && builder->raw_line == record->line) { /* the first line is kept already */
		ptrdiff_t line_end = record->last_line > record->line ? od_str_find_char(raw, '\n') : -1;
		if (line_end < 0)
			return;
		raw = od_str_from_index(raw, (size_t)line_end + 1);
	}
	builder->raw_line = record->last_line;
	if (builder->raw.len < RAW_LIMIT) {
		od_buf_put(&builder->raw, raw);
		od_buf_put_char(&builder->raw, '\n');
	}
}

static void mark_known(struct od_builder *builder, const struct od_record *record)
{
	builder->last_known = record->last_line;
	builder->unknown_run = 0;
	builder->known_raw = builder->raw.len;
	builder->known_unknowns = builder->event->unknown_lines.count;
}

/* Each symbol that is missing gets a line: all of them are one refusal. */
static bool is_same_refusal(struct od_builder *builder, const struct od_record *record, struct od_str module)
{
	size_t len = module.len < sizeof(builder->refused) ? module.len : sizeof(builder->refused) - 1;
	bool same = len && builder->refused_line && record->line - builder->refused_line <= REFUSAL_LINES &&
		    od_str_equal(od_str_first(module, len), od_str_from(builder->refused));
	memcpy(builder->refused, module.ptr, len);
	builder->refused[len] = '\0';
	builder->refused_line = record->line;
	return same;
}

void od_builder_line_event(struct od_builder *builder, const struct od_record *record, const struct od_header *header,
			   struct od_str rest)
{
	struct od_builder line;
	if (header->kind == OD_KIND_MODULE_LOAD && header->inside && is_same_refusal(builder, record, rest))
		return;
	od_builder_init(&line, builder->index, builder->boot, builder->deliver, builder->user);
	if (od_builder_open(&line, record)) {
		od_builder_name(&line, header->kind);
		line.event->header = od_builder_keep(&line, record->text);
		if (header->take)
			header->take(&line, record, rest);
		keep_raw(&line, record);
		mark_known(&line, record);
		od_builder_close(&line, false);
	}
	od_builder_deinit(&line);
}

/* Most rows differ in their second byte: strlen() and memcmp() would cost more. */
static bool scan_prefix(struct od_str *text, const char *prefix)
{
	size_t n = 0;
	while (prefix[n]) {
		if (n == text->len || text->ptr[n] != prefix[n])
			return false;
		n++;
	}
	*text = od_str_from_index(*text, n);
	return true;
}

static enum od_take apply_table(struct od_builder *builder, const struct od_record *record, const struct od_rule *rule)
{
	for (; rule->prefix; rule++) {
		struct od_str rest = record->text;
		if (rule->prefix[0] && (rule->prefix[0] != rest.ptr[0] || !scan_prefix(&rest, rule->prefix)))
			continue;
		enum od_take take = rule->take(builder, record, rest);
		if (take != OD_TAKE_NO)
			return take;
	}
	return OD_TAKE_NO;
}

static enum od_take apply_index(struct od_builder *builder, const struct od_record *record)
{
	const struct od_index_rule *row;
	struct od_str text = record->text;
	struct od_index_walk walk = od_index_rules(builder->index, text);

	while ((row = od_index_next(builder->index, &walk))) {
		if (!od_index_fits(text, row->rule->prefix, row->len))
			continue;
		enum od_take take = row->rule->take(builder, record, od_str_from_index(text, row->len));
		if (take != OD_TAKE_NO)
			return take;
	}
	return OD_TAKE_NO;
}

/* The architecture's own rules come first: "Code:" and "Call Trace:" may mean more there. */
static enum od_take apply_rules(struct od_builder *builder, const struct od_record *record)
{
	if (builder->own_rules_of != builder->event->arch) {
		builder->own_rules_of = builder->event->arch;
		builder->own_rules = od_rules_of(builder->own_rules_of);
	}
	const struct od_rule *own = builder->own_rules;
	enum od_take take = own ? apply_table(builder, record, own) : OD_TAKE_NO;
	return take == OD_TAKE_NO ? apply_index(builder, record) : take;
}

/* A prefix of one or two letters says too little by itself. */
static bool any_prefix_fits(const struct od_rule *rule, struct od_str text)
{
	for (; rule && rule->prefix; rule++)
		if (strlen(rule->prefix) > 2 && od_str_starts(text, od_str_from(rule->prefix)))
			return true;
	return false;
}

bool od_builder_is_known_line(const struct od_index *index, struct od_str text)
{
	struct od_str rest;
	struct od_die_line die;

	if (od_header_find(index, text, &rest) || od_scan_die_line(text, &die))
		return true;
	for (size_t t = 0; rule_tables[t]; t++)
		if (any_prefix_fits(rule_tables[t], text))
			return true;
	for (size_t i = 0; od_arches[i]; i++)
		if (any_prefix_fits(od_rules_of(od_arches[i]), text))
			return true;
	return false;
}

/* Kinds of which more is to be known than the model has fields for (analyzer/rule_*.c). */
static bool keeps_words(enum od_kind kind)
{
	static const struct {
		enum od_kind first, last;
	} rows[] = {
		{OD_KIND_KASAN_UAF, OD_KIND_UBSAN},
		{OD_KIND_LOCKDEP_CIRCULAR, OD_KIND_WORKQUEUE_LEAKED_ATOMIC},
		{OD_KIND_BAD_PAGE_STATE, OD_KIND_STACK_OVERFLOW},
		{OD_KIND_OOM, OD_KIND_OOM},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (kind >= rows[i].first && kind <= rows[i].last)
			return true;
	return false;
}

static void keep_words(struct od_builder *builder, const struct od_record *record)
{
	struct od_event *event = builder->event;

	if (!event || !builder->named || !keeps_words(event->kind) || event->said.count >= SAID_LIMIT)
		return;
	struct od_log_line *said = od_list_push(event->arena, &event->said);
	if (said)
		*said = (struct od_log_line){record->line, od_builder_keep(builder, record->text)};
}

static enum od_take take_line(struct od_builder *builder, const struct od_record *record)
{
	bool list = builder->in_modules;
	builder->in_modules = false;
	if (list && od_take_more_modules(builder, record))
		return OD_TAKE_YES;
	if (builder->expects_release && od_take_wrapped_release(builder, record))
		return OD_TAKE_YES;
	enum od_take take = apply_rules(builder, record);
	if (take != OD_TAKE_NO) {
		keep_words(builder, record);
		return take;
	}
	if (od_take_releaser(builder, record) || od_take_registers(builder, record->text) || od_take_frame(builder, record))
		return OD_TAKE_YES;
	if (od_take_lockdep_line(builder, record)) {
		keep_words(builder, record);
		return OD_TAKE_YES;
	}
	if (od_take_hex_row(builder, record->text))
		return OD_TAKE_YES;
	if (builder->expects_message) {
		od_builder_add_message(builder, record->text);
		od_take_culprit(builder, record);
		if (builder->named)
			od_refine_by_message(builder);
		return OD_TAKE_YES;
	}
	return OD_TAKE_NO;
}

static void keep_unknown(struct od_builder *builder, const struct od_record *record)
{
	struct od_log_line *unknown = od_list_push(builder->event->arena, &builder->event->unknown_lines);
	if (unknown)
		*unknown = (struct od_log_line){record->line, od_builder_keep(builder, record->text)};
}

/* The first line that only one architecture prints tells which it is. */
static void learn_arch(struct od_builder *builder, const struct od_record *record)
{
	if (builder->event && !builder->event->arch)
		builder->event->arch = od_arch_of_line(record->text);
}

static void take_body(struct od_builder *builder, const struct od_record *record)
{
	keep_raw(builder, record);
	if (!record->text.len)
		return;
	learn_arch(builder, record);
	builder->small_trace |= od_str_equal(record->text, OD_STR("Call trace:"));
	enum od_take take = take_line(builder, record);
	if (take == OD_TAKE_NO) {
		if (++builder->unknown_run > (builder->ended ? ENDED_LIMIT : UNKNOWN_LIMIT))
			od_builder_close(builder, builder->headless && !builder->has_cpu_line);
		else
			keep_unknown(builder, record);
		return;
	}
	mark_known(builder, record);
	if (take == OD_TAKE_LAST)
		od_builder_close(builder, false);
}

/*
 * The same record again, by a second console of the same terminal, or by a daemon that got it twice. A header that
 * follows itself at once tells that this is so; from then on every line that repeats the one before is an echo.
 */
static bool is_echo(struct od_builder *builder, const struct od_record *record, const struct od_header *header)
{
	bool fresh = builder->event && builder->last_known == builder->event->span.first;
	if (!builder->event || (!builder->echoed && !(header && fresh && header->role == OD_ROLE_REPORT)))
		return false;
	if (!builder->echoed && !od_str_equal(builder->event->header, record->text))
		return false;
	uint64_t hash = od_record_hash(record);
	bool echo = builder->echoed ? hash == builder->last_hash :
				      builder->event->time_usec.known == record->time_usec.known &&
					      builder->event->time_usec.value == record->time_usec.value;
	builder->echoed |= echo;
	builder->last_hash = hash;
	return echo;
}

/* Reports of one CPU's fault: each has a dump of its own, which a machine check has not. */
static bool is_dump(enum od_kind kind, enum od_severity severity)
{
	if (kind == OD_KIND_MACHINE_CHECK)
		return false;
	return severity == OD_SEVERITY_OOPS || severity == OD_SEVERITY_WARNING || severity == OD_SEVERITY_PANIC;
}

/* Whether the header (NULL: a die line) is another report's, on another CPU, which prints at the same time. */
static bool is_rival(const struct od_builder *builder, const struct od_header *header)
{
	const struct od_event *event = builder->event;
	if (!event || !builder->named || builder->ended || builder->headless || builder->refinable || event->traces.count ||
	    !is_dump(event->kind, event->severity))
		return false;
	if (header && (od_xmon_names_bug(builder, header->kind) || od_header_is_title(builder)))
		return false;
	if (!header)
		return builder->died || event->severity == OD_SEVERITY_WARNING;
	if (header->role == OD_ROLE_CUT)
		return true;
	/* the hard lockup's words may be a warning's message */
	return header->role == OD_ROLE_REPORT && is_dump(header->kind, od_kinds[header->kind].severity) &&
	       header->kind != OD_KIND_HARD_LOCKUP;
}

static bool hand_to_rival(struct od_builder *builder, const struct od_record *record, const struct od_header *header)
{
	return builder->rival && is_rival(builder, header) && !od_header_is_assertions_fault(builder, record) &&
	       builder->rival(builder->user, record, !header || header->role != OD_ROLE_CUT);
}

/*
 * A die line that a daemon broadcast to the terminals, and an author pasted above the log: there is nothing else of it, and the log goes back to just
 * before it.
 */
static bool is_broadcast(const struct od_builder *builder, const struct od_record *record)
{
	enum { SECOND = 1000000 };
	const struct od_event *event = builder->event;

	if (!event || !builder->died || event->has_ip || event->trace.count || event->registers.count || builder->has_cpu_line)
		return false;
	return event->time_usec.known && record->time_usec.known && record->time_usec.value < event->time_usec.value &&
	       event->time_usec.value - record->time_usec.value < SECOND;
}

static void drop_broadcast(struct od_builder *builder, const struct od_record *record)
{
	if (!is_broadcast(builder, record))
		return;
	od_event_destroy(builder->event);
	reset(builder);
}

void od_builder_record(struct od_builder *builder, const struct od_record *record)
{
	struct od_str rest;
	struct od_die_line die;

	if (!record->text.len && !builder->event)
		return;
	const struct od_header *header = od_header_find(builder->index, record->text, &rest);
	if (is_echo(builder, record, header)) {
		keep_raw(builder, record);
		mark_known(builder, record);
		return;
	}
	header = od_header_unless_inside(builder, header);
	if (header && od_header_is_single(header)) {
		od_header_apply(builder, record, header, rest);
		return;
	}
	bool dies = !header && record->text.len && od_scan_die_line(record->text, &die);
	if (header || dies)
		drop_broadcast(builder, record);
	if ((header || dies) && hand_to_rival(builder, record, header))
		return;
	if (header) {
		od_header_apply(builder, record, header, rest);
	} else if (dies) {
		od_die_apply(builder, record, &die);
	} else {
		if (!builder->event)
			od_headless_open(builder, record);
		else
			od_headless_see(builder, record);
		if (builder->event)
			take_body(builder, record);
		return;
	}
	if (!builder->event)
		return;
	learn_arch(builder, record);
	builder->in_modules = false;
	keep_raw(builder, record);
	mark_known(builder, record);
}
