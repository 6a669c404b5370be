// SPDX-License-Identifier: GPL-3.0-or-later
/* The variables of a frame, under its row. */
#include "render/text_parts.h"

enum { INDENT = 8, HANG = 10, MOST_VALUES = 16, MOST_NAMES = 8 };

/* What belongs to one function of a frame. */
struct choice {
	const od_frame_variables *variables;
	const struct od_frame *frame;
	struct od_str function;
};

static bool is_chosen(const struct choice *choice, const struct od_frame_variable *variable)
{
	return variable->frame == choice->frame && od_str_equal(variable->function, choice->function);
}

/* What macros declare for themselves (pao_ID__, __ret) is no name of the author's. */
static bool is_of_macro(const struct od_frame_variable *variable)
{
	return !variable->parameter && (od_str_starts(variable->name, OD_STR("__")) || od_str_ends(variable->name, OD_STR("__")));
}

static void value(struct od_page *page, const struct od_frame_variable *variable)
{
	od_page_words(page, OD_STYLE_PLAIN, variable->name);
	od_page_piece(page, OD_STYLE_DIM, OD_STR(" = ")); /* both stay in one line */
	od_page_words(page, OD_STYLE_PLAIN, variable->value);
}

static void value_row(struct od_page *page, const struct choice *choice, bool parameters)
{
	size_t shown = 0, more = 0;

	for (size_t i = 0; i < choice->variables->count; i++) {
		/* parameters were read from the last to the first, like everything of a block */
		size_t index = choice->variables->count - 1 - i;
		const struct od_frame_variable *variable = &choice->variables->items[index];
		if (!is_chosen(choice, variable) || variable->parameter != parameters || !variable->value.len ||
		    is_of_macro(variable))
			continue;
		if (shown == MOST_VALUES) {
			more++;
			continue;
		}
		if (!shown) {
			od_page_line(page, INDENT, HANG);
			od_page_say(page, OD_STYLE_DIM, parameters ? "args: " : "locals: ");
		} else {
			od_page_say(page, OD_STYLE_DIM, ", ");
		}
		value(page, variable);
		shown++;
	}
	if (more)
		od_page_sayf(page, OD_STYLE_DIM, ", and %zu more", more);
	if (shown)
		od_page_end(page);
}

static bool is_same_reason(struct od_str a, struct od_str b)
{
	return a.len && od_str_equal(a, b);
}

/* Those without a value for the same reason in one row. */
static void reason_row(struct od_page *page, const struct choice *choice, struct od_str reason)
{
	size_t shown = 0, more = 0;

	od_page_line(page, INDENT, HANG);
	od_page_words(page, OD_STYLE_DIM, reason);
	od_page_say(page, OD_STYLE_DIM, ": ");
	for (size_t i = choice->variables->count; i-- > 0;) {
		const struct od_frame_variable *variable = &choice->variables->items[i];
		if (!is_chosen(choice, variable) || !is_same_reason(variable->reason, reason))
			continue;
		if (shown < MOST_NAMES) {
			od_page_say(page, OD_STYLE_DIM, shown++ ? ", " : "");
			od_page_words(page, OD_STYLE_DIM, variable->name);
		} else {
			more++;
		}
	}
	if (more)
		od_page_sayf(page, OD_STYLE_DIM, " and %zu more", more);
	od_page_end(page);
}

/* Whether nothing behind it has the same reason: rows are written once. */
static bool is_last_of_reason(const struct choice *choice, size_t index)
{
	const struct od_frame_variable *items = choice->variables->items;

	for (size_t i = index + 1; i < choice->variables->count; i++)
		if (is_chosen(choice, &items[i]) && is_same_reason(items[i].reason, items[index].reason))
			return false;
	return items[index].reason.len;
}

void od_text_values(struct od_page *page, const od_frame_variables *variables, const struct od_frame *frame, struct od_str function,
		    bool reasons)
{
	const struct choice choice = {variables, frame, function};

	value_row(page, &choice, true);
	value_row(page, &choice, false);
	for (size_t i = variables->count; reasons && i-- > 0;)
		if (is_chosen(&choice, &variables->items[i]) && is_last_of_reason(&choice, i))
			reason_row(page, &choice, variables->items[i].reason);
}
