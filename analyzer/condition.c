// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Which macros assert: include/asm-generic/bug.h, include/linux/mmdebug.h, include/linux/lockdep.h, and
 * what subsystems make of them (dev_WARN_ONCE(), drm_WARN_ON(), J_ASSERT(), GEM_BUG_ON(), …), 6.12: all
 * have one of these words in their names.
 */
#include "analyzer/condition.h"

#include "core/buf.h"

enum {
	BEFORE = 8, /* lines above the place where a macro's call may begin */
	AFTER = 16, /* and below, where it may end */
	TEXT_LIMIT = 4096,
	CONDITION_LIMIT = 400,
};

static const char *const words[] = {"WARN", "BUG", "ASSERT", "assert", "CHECK_DATA_CORRUPTION"};

/* The lines around a place, one after the other, without comments that a line holds whole. */
struct excerpt {
	char text[TEXT_LIMIT];
	size_t len, at; /* `at`: where the place's own line begins */
	size_t end; /* where it ends */
};

static bool add_line(struct excerpt *excerpt, struct od_str line)
{
	if (excerpt->len + line.len + 1 >= TEXT_LIMIT)
		return false;
	if (line.len)
		memcpy(excerpt->text + excerpt->len, line.ptr, line.len);
	excerpt->len += line.len;
	excerpt->text[excerpt->len++] = '\n';
	return true;
}

static bool read_lines(struct excerpt *excerpt, const struct od_place *place, od_line_fn read, void *user)
{
	unsigned first = place->line > BEFORE ? place->line - BEFORE : 1;

	*excerpt = (struct excerpt){.len = 0};
	for (unsigned line = first; line <= place->line + AFTER; line++) {
		struct od_str text = read(user, place, line);
		if (!text.ptr && line >= place->line)
			break;
		if (line == place->line)
			excerpt->at = excerpt->len;
		if (!add_line(excerpt, text))
			break;
		if (line == place->line)
			excerpt->end = excerpt->len;
	}
	return excerpt->end > excerpt->at;
}

static bool is_name_char(char c)
{
	return od_is_digit(c) || c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Behind a string or character constant, or a comment, that begins at `at`; `at` where none does. */
static size_t skip_constant(struct od_str text, size_t at)
{
	const char quote = text.ptr[at];
	size_t i = at + 1;

	if (od_str_starts(od_str_from_index(text, at), OD_STR("/*"))) {
		ptrdiff_t end = od_str_find(od_str_from_index(text, at + 2), OD_STR("*/"));
		return end < 0 ? text.len : at + 2 + (size_t)end + 2;
	}
	if (od_str_starts(od_str_from_index(text, at), OD_STR("//"))) {
		ptrdiff_t end = od_str_find_char(od_str_from_index(text, at), '\n');
		return end < 0 ? text.len : at + (size_t)end;
	}
	if (quote != '"' && quote != '\'')
		return at;
	while (i < text.len && text.ptr[i] != quote && text.ptr[i] != '\n')
		i += text.ptr[i] == '\\' ? 2 : 1;
	return i < text.len ? i + 1 : text.len;
}

/* Behind the parenthesis that closes the one at `open`; 0: it is not closed. */
static size_t find_close(struct od_str text, size_t open)
{
	unsigned depth = 0;

	for (size_t i = open; i < text.len;) {
		size_t next = skip_constant(text, i);
		if (next > i) {
			i = next;
			continue;
		}
		depth += text.ptr[i] == '(';
		if (text.ptr[i] == ')' && --depth == 0)
			return i + 1;
		i++;
	}
	return 0;
}

static bool is_assertion(struct od_str name)
{
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (od_str_find(name, od_str_from(words[i])) >= 0)
			return true;
	return false;
}

/* The last call of an assertion that reaches into the place's line: [*begin, *end) of the text. */
static bool find_call(const struct excerpt *excerpt, size_t *begin, size_t *end)
{
	const struct od_str text = {excerpt->text, excerpt->len};
	bool found = false;

	for (size_t i = 0; i < excerpt->end;) {
		size_t next = skip_constant(text, i), start = i;
		if (next > i || !is_name_char(text.ptr[i])) {
			i = next > i ? next : i + 1;
			continue;
		}
		while (i < text.len && is_name_char(text.ptr[i]))
			i++;
		if (i >= text.len || text.ptr[i] != '(' ||
		    !is_assertion((struct od_str){text.ptr + start, i - start}))
			continue;
		size_t close = find_close(text, i);
		if (close <= excerpt->at || (found && *begin >= excerpt->at))
			continue;
		*begin = start;
		*end = close;
		found = true;
	}
	return found;
}

/* One line: blanks of any kind become one, comments none. */
static void put_flat(struct od_buf *out, struct od_str text)
{
	bool blank = false;

	for (size_t i = 0; i < text.len;) {
		size_t next = skip_constant(text, i);
		bool comment = text.ptr[i] == '/' && next > i;
		if (comment || text.ptr[i] == ' ' || text.ptr[i] == '\t' || text.ptr[i] == '\n') {
			blank = true;
			i = comment ? next : i + 1;
			continue;
		}
		if (blank && out->len && text.ptr[i] != ')' && out->data[out->len - 1] != '(')
			od_buf_put_char(out, ' ');
		blank = false;
		next = next > i ? next : i + 1;
		od_buf_put(out, (struct od_str){text.ptr + i, next - i});
		i = next;
	}
}

/* BUG(), WARN(1, "…") and their like test nothing by themselves. */
static bool tests_nothing(struct od_str call)
{
	ptrdiff_t open = od_str_find_char(call, '(');
	struct od_str rest = od_str_trim(od_str_from_index(call, (size_t)open + 1));

	return od_str_equal(rest, OD_STR(")")) || od_str_starts(rest, OD_STR("1)")) ||
	       od_str_starts(rest, OD_STR("1,")) || od_str_starts(rest, OD_STR("true)")) ||
	       od_str_starts(rest, OD_STR("true,"));
}

/*
 * "if (…)", the last one before the call that nothing but blanks, braces and other calls' statements
 * separate from it.
 */
static bool put_guard(struct od_buf *out, const struct excerpt *excerpt, size_t begin)
{
	const struct od_str text = {excerpt->text, begin};
	ptrdiff_t best = -1;

	for (size_t i = 0; i + 2 < begin; i++) {
		bool starts = !i || !is_name_char(text.ptr[i - 1]);
		if (starts && od_str_starts(od_str_from_index(text, i), OD_STR("if (")))
			best = (ptrdiff_t)i;
	}
	size_t close = best < 0 ? 0 : find_close(text, (size_t)best + 3);
	struct od_str between = od_str_from_index(text, close);
	if (!close || od_str_find_char(between, '}') >= 0 || od_str_find_char(between, ';') >= 0)
		return false;
	put_flat(out, (struct od_str){text.ptr + best, close - (size_t)best});
	od_buf_put_char(out, ' ');
	return true;
}

/* The innermost place of the assertion; else what the kernel itself printed. */
static bool find_place(const struct od_event *event, struct od_place *ret)
{
	if (event->has_ip && event->ip.places.count) {
		*ret = event->ip.places.items[0];
		return ret->line != 0;
	}
	ptrdiff_t slash = od_str_find_last_char(event->source_file, '/');
	*ret = (struct od_place){.path = event->source_file,
				 .file = od_str_from_index(event->source_file, (size_t)(slash + 1)),
				 .line = (unsigned)event->source_line.value};
	return event->source_file.len && event->source_line.known && event->source_line.value < 10000000;
}

void od_condition_read(struct od_event *event, od_line_fn read, void *user)
{
	struct excerpt excerpt;
	struct od_buf text = {0};
	struct od_place place;
	size_t begin = 0, end = 0;

	if (!read ||
	    (event->kind != OD_KIND_BUG_ON && event->kind != OD_KIND_WARNING &&
	     event->kind != OD_KIND_LOCKDEP_SUSPICIOUS_RCU) ||
	    !find_place(event, &place) || !read_lines(&excerpt, &place, read, user) ||
	    !find_call(&excerpt, &begin, &end))
		return;
	const struct od_str call = {excerpt.text + begin, end - begin};
	if (tests_nothing(call))
		put_guard(&text, &excerpt, begin);
	put_flat(&text, call);
	if (!text.failed && text.len <= CONDITION_LIMIT)
		event->condition = od_arena_copy(event->arena, od_buf_str(&text));
	od_buf_deinit(&text);
}
