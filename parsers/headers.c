// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/headers.h"

static const struct od_header headers[] = {
#define OD_HEADER(literal, kind, role, take) {literal, OD_KIND_##kind, OD_ROLE_##role, take},
#include "parsers/headers.def"
#include "parsers/headers_arch.def"
#undef OD_HEADER
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

const struct od_header *od_header_find(struct od_str text, struct od_str *ret_rest)
{
	const struct od_header *best = NULL;
	size_t best_len = 0;

	text = without_prefix(text);
	if (!text.len)
		return NULL;
	for (size_t i = 0; i < sizeof(headers) / sizeof(headers[0]); i++) {
		const struct od_header *header = &headers[i];
		if (header->literal[0] != text.ptr[0])
			continue;
		struct od_str literal = od_str_from(header->literal);
		if (literal.len <= best_len)
			continue;
		/* a line's trailing blank may be gone: "…dereference at" */
		if (od_str_starts(text, literal)) {
			best = header;
			best_len = literal.len;
		}
	}
	if (best)
		*ret_rest = od_str_from_index(text, best_len);
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
		return;
	case OD_ROLE_PANIC:
		header->take(builder, record, rest);
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
