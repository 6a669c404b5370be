// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/headers.h"
#include "parsers/headers_arch.h"

const struct od_header od_headers[] = {
#define OD_HEADER(literal, kind, role, take) {literal, OD_KIND_##kind, OD_ROLE_##role, take, NULL, false},
#define OD_HEADER_IF(literal, kind, role, take, fits) {literal, OD_KIND_##kind, OD_ROLE_##role, take, fits, false},
#define OD_HEADER_IN(literal, kind, role, take) {literal, OD_KIND_##kind, OD_ROLE_##role, take, NULL, true},
#include "parsers/headers.def"
#include "parsers/headers_arch.def"
#undef OD_HEADER
#undef OD_HEADER_IF
#undef OD_HEADER_IN
	{NULL, OD_KIND_BUG_OTHER, OD_ROLE_REPORT, NULL, NULL, false},
};

/* What printk's callers put before the header: pr_fmt() prefixes. */
static const char *const ignorable[] = {"watchdog: ", "NMI watchdog: ", "rcu: ", "traps: ", "kernel: ", NULL};

static struct od_str without_prefix(struct od_str text)
{
	for (size_t i = 0; ignorable[i]; i++)
		if (od_scan_text(&text, od_str_from(ignorable[i])))
			break;
	return text;
}

static bool fits(const struct od_header *header, struct od_str text, struct od_str *ret_rest)
{
	struct od_str literal = od_str_from(header->literal);
	struct od_str rest;

	if (header->inside) {
		ptrdiff_t at = od_str_find(text, literal);
		if (at < 0)
			return false;
		rest = od_str_first(text, (size_t)at);
	} else {
		if (header->literal[0] != text.ptr[0] || !od_str_starts(text, literal))
			return false;
		rest = od_str_from_index(text, literal.len);
	}
	if (header->fits && !header->fits(rest))
		return false;
	*ret_rest = rest;
	return true;
}

const struct od_header *od_header_find(struct od_str text, struct od_str *ret_rest)
{
	const struct od_header *best = NULL;

	text = without_prefix(text);
	if (!text.len)
		return NULL;
	for (const struct od_header *header = od_headers; header->literal; header++) {
		if (best && strlen(header->literal) <= strlen(best->literal))
			continue;
		if (fits(header, text, ret_rest))
			best = header;
	}
	return best;
}

/* Whether a report that began without a name waits for this header. */
static bool completes(const struct od_builder *builder, const struct od_header *header)
{
	if (!builder->event || builder->ended)
		return false;
	if (!builder->named)
		return true;
	/* "kernel tried to execute NX-protected page" goes before "BUG: unable to handle …" */
	return builder->refinable && header->role == OD_ROLE_REPORT && !builder->died;
}

static void begin(struct od_builder *builder, const struct od_record *record, const struct od_header *header)
{
	bool joins = completes(builder, header);

	if (!joins && !od_builder_open(builder, record))
		return;
	if (!joins || !builder->refinable)
		od_builder_name(builder, header->kind);
	builder->refinable = header->role == OD_ROLE_PRELUDE;
	builder->expects_message = false;
	builder->event->header = od_builder_keep(builder, record->text);
}

void od_header_apply(struct od_builder *builder, const struct od_record *record, const struct od_header *header,
		     struct od_str rest)
{
	switch (header->role) {
	case OD_ROLE_CUT:
		/* "list_del corruption…" may go before it */
		if (!builder->event || !builder->refinable || builder->died)
			(void)od_builder_open(builder, record);
		builder->expects_message = true;
		return;
	case OD_ROLE_PANIC:
		header->take(builder, record, rest);
		return;
	case OD_ROLE_LINE:
		od_builder_line_event(builder, record, header->kind);
		return;
	case OD_ROLE_REPORT:
	case OD_ROLE_PRELUDE:
	case OD_ROLE_DIE:
		break;
	}
	begin(builder, record, header);
	if (builder->event && header->take)
		header->take(builder, record, rest);
	if (builder->event)
		od_refine_by_message(builder);
}
