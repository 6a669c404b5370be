// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/headers.h"
#include "parsers/headers_arch.h"

const struct od_header od_headers[] = {
#define OD_HEADER(literal, kind, role, take) {literal, OD_KIND_##kind, OD_ROLE_##role, take, NULL, false},
#define OD_HEADER_IF(literal, kind, role, take, fits) {literal, OD_KIND_##kind, OD_ROLE_##role, take, fits, false},
#define OD_HEADER_IN(literal, kind, role, take) {literal, OD_KIND_##kind, OD_ROLE_##role, take, NULL, true},
#define OD_HEADER_IN_IF(literal, kind, role, take, fits) {literal, OD_KIND_##kind, OD_ROLE_##role, take, fits, true},
#include "parsers/headers.def"
#include "parsers/headers_arch.def"
#undef OD_HEADER
#undef OD_HEADER_IF
#undef OD_HEADER_IN
#undef OD_HEADER_IN_IF
	{NULL, OD_KIND_BUG_OTHER, OD_ROLE_REPORT, NULL, NULL, false},
};

/* What printk's callers put before the header: pr_fmt() prefixes. */
static const struct od_str ignorable[] = {OD_STR("watchdog: "), OD_STR("NMI watchdog: "), OD_STR("rcu: "), OD_STR("traps: "),
					  OD_STR("kernel: "), OD_STR("smp: ")};

static struct od_str without_prefix(struct od_str text)
{
	for (size_t i = 0; text.len && i < sizeof(ignorable) / sizeof(ignorable[0]); i++)
		if (text.ptr[0] == ignorable[i].ptr[0] && od_scan_text(&text, ignorable[i]))
			break;
	return text;
}

/* The longest literal in the chain that the text begins with, when it is longer than *best; writes what is behind it. */
static void find_in_chain(const struct od_index *index, uint16_t number, struct od_str text, struct od_str before,
			  const struct od_index_header **best, struct od_str *ret_rest)
{
	for (; number; number = index->header[number - 1].next) {
		const struct od_index_header *row = &index->header[number - 1];
		if ((*best && row->len <= (*best)->len) || !od_index_fits(text, row->header->literal, row->len))
			continue;
		struct od_str behind = od_str_from_index(text, row->len);
		if (row->header->fits && !row->header->fits(behind))
			continue;
		*best = row;
		*ret_rest = row->header->inside ? before : behind;
	}
}

const struct od_header *od_header_find(const struct od_index *index, struct od_str text, struct od_str *ret_rest)
{
	const struct od_index_header *best = NULL;
	const struct od_str none = {0};

	text = without_prefix(text);
	if (!text.len)
		return NULL;
	if (text.len > 1)
		find_in_chain(index, index->headers[od_index_pair(text.ptr)], text, none, &best, ret_rest);
	bool inside = od_grams_may_hold(&index->grams, text);
	for (size_t i = 0; inside && i + 1 < text.len; i++) {
		uint16_t number = index->inside[od_index_pair(text.ptr + i)];
		if (number)
			find_in_chain(index, number, od_str_from_index(text, i), od_str_first(text, i), &best, ret_rest);
	}
	return best ? best->header : NULL;
}

bool od_header_is_title(const struct od_builder *builder)
{
	const struct od_event *event = builder->event;
	ptrdiff_t at = od_str_find(event->header, OD_STR(" in "));
	if (at < 0 || event->registers.count || event->trace.count || builder->has_cpu_line || builder->died)
		return false;
	struct od_str rest = od_str_from_index(event->header, (size_t)at + 4), function;
	return od_scan_symbol(&rest, &function) && !od_str_trim(rest).len;
}

bool od_header_is_assertions_fault(const struct od_builder *builder, const struct od_record *record)
{
	const struct od_event *event = builder->event;
	struct od_str text = record->text;
	uint64_t address;

	if (!event || event->kind != OD_KIND_BUG_ON || builder->died || builder->ended || builder->has_cpu_line ||
	    event->registers.count || event->trace.count || record->line > builder->last_known + 1)
		return false;
	return od_scan_literal(&text, "Unable to handle kernel NULL pointer dereference at virtual address ") &&
	       od_scan_hex_width(&text, 8, &address) && !address && !od_str_trim(text).len;
}

bool od_header_is_single(const struct od_header *header)
{
	return header->role == OD_ROLE_LINE || header->role == OD_ROLE_DETAIL;
}

const struct od_header *od_header_unless_inside(const struct od_builder *builder, const struct od_header *header)
{
	if (!header || !builder->event || builder->ended)
		return header;
	const bool detail = header->role == OD_ROLE_DETAIL && builder->event->kind == header->kind && !builder->has_detail;
	const bool second = header->role == OD_ROLE_PRELUDE && header->kind == OD_KIND_ODEBUG && builder->refinable && !builder->died &&
			    builder->event->kind != header->kind;

	return detail || second ? NULL : header;
}

/* parisc_terminate() shows the stack ahead of its headline (arch/parisc/kernel/traps.c, 4.x to 6.12). */
static bool has_its_stack_above(const struct od_builder *builder, const struct od_header *header)
{
	const struct od_event *event = builder->event;

	return (header->take == od_take_parisc_fault || header->take == od_take_parisc_task_fault) && !builder->named && event->trace.count &&
	       !event->registers.count && !builder->has_cpu_line && !builder->unknown_run;
}

/* Whether a report that began without a name waits for this header. */
static bool completes(const struct od_builder *builder, const struct od_header *header)
{
	if (!builder->event || builder->ended)
		return false;
	if (builder->headless)
		return has_its_stack_above(builder, header);
	if (!builder->named)
		return true;
	/* "kernel tried to execute NX-protected page" goes before "BUG: unable to handle …" */
	return (builder->refinable || od_header_is_title(builder)) && header->role == OD_ROLE_REPORT && !builder->died;
}

/*
 * WARN(1, "list_add corruption…") prints its message behind "WARNING: at …" (to 4.14, and on architectures without
 * __WARN_FLAGS until today): the message names the kind of the report that is open. So does the hard lockup's (to 4.2).
 */
static bool is_message(const struct od_builder *builder, const struct od_header *header)
{
	return builder->event && builder->expects_message && builder->named &&
	       (builder->event->kind == OD_KIND_WARNING || builder->event->kind == header->kind) &&
	       (header->role == OD_ROLE_PRELUDE || header->kind == OD_KIND_HARD_LOCKUP);
}

static void take_message_of_warning(struct od_builder *builder, const struct od_record *record,
				    const struct od_header *header, struct od_str rest)
{
	od_builder_name(builder, header->kind);
	if (header->role == OD_ROLE_PRELUDE)
		builder->event->severity = OD_SEVERITY_WARNING;
	if (header->take)
		header->take(builder, record, rest);
	builder->expects_message = false;
}

/* "… in fn include/linux/a.h:36": a symbolizer's, without the mark of what is inlined */
static bool ends_with_source(struct od_str text)
{
	const struct od_str word = od_str_from_index(text, (size_t)od_str_find_last_char(text, ' ') + 1);
	return od_is_source_place(word) && od_str_find_char(word, '.') > 0 && od_str_find(text, OD_STR("+0x")) < 0;
}

/*
 * "BUG: KMSAN: uninit-value in fn a.c:12 [inline]", then the same with the function that it was inlined into: a symbolizer printed the
 * line for each of them.
 */
static bool repeats_inlined(const struct od_builder *builder, const struct od_record *record, const struct od_header *header)
{
	const struct od_event *event = builder->event;

	if (!event || header->role != OD_ROLE_REPORT)
		return false;
	const bool places = od_str_find(event->header, OD_STR(" [inline]")) > 0 || (ends_with_source(event->header) && !event->fault.address.known);
	return places && od_str_find(event->header, od_str_from(header->literal)) >= 0 && !builder->has_cpu_line && !event->trace.count &&
	       !event->registers.count && record->line <= builder->last_known + 2;
}

/*
 * "Slab corruption: start=…", the object's bytes, then "slab error in check_poison_obj(): …" (mm/slab.c, 2.6.0); "Watchdog CPU:71 detected Hard
 * LOCKUP other CPUS:42", then what CPU 42 says of itself (arch/powerpc/kernel/watchdog.c, wd_lockup_ipi()).
 */
static bool is_second_headline(const struct od_builder *builder, const struct od_header *header)
{
	static const struct {
		const char *first, *second;
	} rows[] = {
		{"Slab corruption: start=", "slab error in "},
		{"Watchdog CPU:", "Watchdog CPU:"},
	};
	const struct od_event *event = builder->event;

	if (!event || event->trace.count || builder->has_cpu_line)
		return false;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (od_str_starts(event->header, od_str_from(rows[i].first)) && od_str_equal(od_str_from(header->literal), od_str_from(rows[i].second)))
			return true;
	return false;
}

static void begin(struct od_builder *builder, const struct od_record *record, const struct od_header *header)
{
	bool joins = completes(builder, header) || repeats_inlined(builder, record, header) || is_second_headline(builder, header);

	if (!joins && !od_builder_open(builder, record))
		return;
	if (joins && builder->headless)
		builder->headless = builder->stack_first = builder->in_trace = false;
	if (!joins || !builder->refinable)
		od_builder_name(builder, header->kind);
	else if (header->kind == OD_KIND_BUG_ON) /* what was said before is why: CHECK_DATA_CORRUPTION() */
		builder->event->severity = od_kinds[header->kind].severity;
	builder->refinable = header->role == OD_ROLE_PRELUDE;
	builder->expects_message = false;
	builder->event->header = od_builder_keep(builder, record->text);
}

void od_header_apply(struct od_builder *builder, const struct od_record *record, const struct od_header *header,
		     struct od_str rest)
{
	if (od_xmon_names_bug(builder, header->kind)) {
		od_take_xmon_bug(builder, rest);
		return;
	}
	if (od_header_is_assertions_fault(builder, record)) {
		builder->expects_message = false;
		return;
	}
	switch (header->role) {
	case OD_ROLE_CUT:
		/* "list_del corruption…" may go before it */
		if (!builder->event || builder->died || (!builder->refinable && !od_header_is_title(builder)))
			(void)od_builder_open(builder, record);
		builder->expects_message = true;
		return;
	case OD_ROLE_PANIC:
		header->take(builder, record, rest);
		return;
	case OD_ROLE_LINE:
	case OD_ROLE_DETAIL:
		od_builder_line_event(builder, record, header, rest);
		return;
	case OD_ROLE_REPORT:
	case OD_ROLE_PRELUDE:
	case OD_ROLE_DIE:
		break;
	}
	if (is_message(builder, header)) {
		take_message_of_warning(builder, record, header, rest);
		return;
	}
	begin(builder, record, header);
	if (builder->event && header->take)
		header->take(builder, record, rest);
	if (builder->event)
		od_refine_by_message(builder);
}
