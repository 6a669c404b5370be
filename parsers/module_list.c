// SPDX-License-Identifier: GPL-3.0-or-later
/* The list of modules of a report: kernel/module/main.c, print_modules(), 2.6.32 to 6.12. */
#include "parsers/builder.h"
#include "parsers/dump.h"

/* "name(OE+)"; false: no name of a module. */
static bool push_module(struct od_builder *builder, struct od_str word)
{
	struct od_str name = word, flags = {0}, rest = word;
	if (od_scan_until(&rest, '(', &name)) {
		od_scan_char(&rest, '(');
		if (!od_scan_until(&rest, ')', &flags))
			return false;
	}
	if (!name.len || name.len > 64 || od_str_find_char(name, ':') >= 0)
		return false;
	struct od_module *module = od_list_push(builder->event->arena, &builder->event->modules);
	if (module)
		*module = (struct od_module){od_builder_keep(builder, name), od_builder_keep(builder, flags)};
	return true;
}

/* "[last unloaded: name(E)]" */
static void take_last_unloaded(struct od_builder *builder, struct od_str rest)
{
	struct od_str name;

	if (!od_scan_literal(&rest, "[last unloaded: ") || !od_scan_until(&rest, ']', &name))
		return;
	ptrdiff_t flags = od_str_find_char(name, '(');
	builder->event->last_unloaded = od_builder_keep(builder, od_str_trim(flags > 0 ? od_str_first(name, (size_t)flags) : name));
}

enum od_take od_take_unloaded(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	take_last_unloaded(builder, record->text);
	return od_take_known(builder, record, rest);
}

static enum od_take take_module_list(struct od_builder *builder, struct od_str rest)
{
	struct od_str word;
	for (;;) {
		od_scan_blanks(&rest);
		if (rest.len && rest.ptr[0] == '[') {
			take_last_unloaded(builder, rest);
			return OD_TAKE_YES;
		}
		if (!od_scan_word(&rest, &word))
			break;
		if (od_str_equal(word, OD_STR("Unloaded"))) /* "Unloaded tainted modules: name(E):1" */
			return OD_TAKE_YES;
		if (!push_module(builder, word))
			return OD_TAKE_YES;
	}
	builder->in_modules = true;
	return OD_TAKE_YES;
}

/* Letters, digits and '_', perhaps with flags behind: "zfs(POE)". An upper-case letter begins no module's name. */
static bool is_module(struct od_str word)
{
	size_t len = 0;
	while (len < word.len && (od_is_digit(word.ptr[len]) || word.ptr[len] == '_' ||
				  (word.ptr[len] >= 'a' && word.ptr[len] <= 'z') ||
				  (len && word.ptr[len] >= 'A' && word.ptr[len] <= 'Z')))
		len++;
	return len && (len == word.len || (word.ptr[len] == '(' && word.ptr[word.len - 1] == ')'));
}

/*
 * A terminal broke the list within a name: the line has no prefix and no indentation, and what it begins with belongs
 * to the last name.
 */
static bool goes_on_within_name(const struct od_builder *builder, const struct od_record *record)
{
	return !record->indent && !record->time_usec.known && !record->format && builder->event->modules.count &&
	       record->line == builder->last_known + 1;
}

static void complete_last_module(struct od_builder *builder, struct od_str *rest)
{
	struct od_event *event = builder->event;
	struct od_module *last = &event->modules.items[event->modules.count - 1];
	struct od_str word;
	if (last->flags.len || !od_scan_word(rest, &word) || od_str_find_char(word, '(') >= 0)
		return;
	last->name = od_arena_printf(event->arena, "%.*s%.*s", OD_FMT(last->name), OD_FMT(word));
}

bool od_take_more_modules(struct od_builder *builder, const struct od_record *record)
{
	struct od_str rest = record->text, word;
	bool broken = goes_on_within_name(builder, record);
	bool names = (record->indent > 0 || broken) && rest.len;

	while (names && od_scan_word(&rest, &word)) {
		if (word.ptr[0] == '[') /* "[last unloaded: name]" */
			break;
		names = is_module(word);
		od_scan_blanks(&rest);
	}
	if (!names)
		return false;
	rest = record->text;
	if (broken)
		complete_last_module(builder, &rest);
	return take_module_list(builder, rest) == OD_TAKE_YES;
}

enum od_take od_take_modules(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	(void)record;
	builder->expects_message = false;
	builder->in_trace = false;
	if (builder->event->modules.count)
		return OD_TAKE_YES;
	return take_module_list(builder, rest);
}
