// SPDX-License-Identifier: GPL-3.0-or-later
/* Assertions: BUG(), WARN() and the checks that end in them. */
#include "parsers/headers.h"

/* What a message in front of, or behind, BUG or WARNING says of the kind. */
struct message_row {
	const char *text;
	enum od_kind kind;
};

static const struct message_row message_rows[] = {
	{"list_add corruption", OD_KIND_LIST_CORRUPTION}, /* lib/list_debug.c */
	{"list_del corruption", OD_KIND_LIST_CORRUPTION},
	{"list_add double add", OD_KIND_LIST_CORRUPTION},
	{"refcount_t: ", OD_KIND_REFCOUNT}, /* lib/refcount.c */
	{"usercopy: ", OD_KIND_USERCOPY}, /* mm/usercopy.c */
	{"Bad or missing usercopy whitelist? ", OD_KIND_USERCOPY}, /* mm/usercopy.c, usercopy_warn(), 4.16..5.17 */
	{"detected buffer overflow in ", OD_KIND_FORTIFY}, /* lib/string_helpers.c, to 6.8 */
	{"ODEBUG: ", OD_KIND_ODEBUG}, /* lib/debugobjects.c */
	{"CFI failure ", OD_KIND_CFI}, /* kernel/cfi.c */
};

/* What a message has somewhere. */
static const struct message_row part_rows[] = {
	{": detected buffer overflow: ", OD_KIND_FORTIFY}, /* lib/string_helpers.c, from 6.9: "strncpy: … 40 byte write of …" */
};

/* Files that hold nothing but one check: the place tells when the message was lost. */
static const struct message_row place_rows[] = {
	{"lib/refcount.c", OD_KIND_REFCOUNT},
	{"lib/list_debug.c", OD_KIND_LIST_CORRUPTION},
	{"lib/debugobjects.c", OD_KIND_ODEBUG},
	{"mm/usercopy.c", OD_KIND_USERCOPY},
};

static void refine_by_place(struct od_builder *builder)
{
	const struct od_str file = builder->event->source_file;
	for (size_t i = 0; i < sizeof(place_rows) / sizeof(place_rows[0]); i++)
		if (od_str_ends(file, od_str_from(place_rows[i].text)))
			od_builder_name(builder, place_rows[i].kind);
}

void od_refine_by_message(struct od_builder *builder)
{
	struct od_event *event = builder->event;

	if (event->kind != OD_KIND_BUG_ON && event->kind != OD_KIND_WARNING)
		return;
	enum od_severity severity = event->severity;
	refine_by_place(builder);
	for (size_t i = 0; i < sizeof(message_rows) / sizeof(message_rows[0]); i++)
		if (od_str_starts(event->message, od_str_from(message_rows[i].text)))
			od_builder_name(builder, message_rows[i].kind);
	for (size_t i = 0; i < sizeof(part_rows) / sizeof(part_rows[0]); i++)
		if (od_str_find(event->message, od_str_from(part_rows[i].text)) > 0)
			od_builder_name(builder, part_rows[i].kind);
	event->severity = severity; /* a WARN() does not end the task */
}

/* "mm/slab.c:123", also with a condition before it: "[ptr == NULL] fs/foo.c:12" */
bool od_take_file_and_line(struct od_builder *builder, struct od_str text)
{
	ptrdiff_t colon = od_str_find_last_char(text, ':');
	if (colon < 1)
		return false;
	struct od_str digits = od_str_from_index(text, (size_t)colon + 1);
	uint64_t line;
	if (!od_scan_u64(&digits, &line) || (digits.len && !od_str_equal(digits, OD_STR("!"))))
		return false;
	struct od_str file = od_str_first(text, (size_t)colon);
	struct od_str condition;
	struct od_str rest = file;
	if (od_scan_char(&rest, '[') && od_scan_until_text(&rest, OD_STR("] "), &condition)) {
		od_builder_add_message(builder, condition);
		file = od_str_from_index(rest, 2);
	}
	builder->event->source_file = od_builder_keep(builder, file);
	builder->event->source_line = od_num(line);
	return true;
}

/* "mod: Unknown symbol fn (err -2)": what the kernel said is the message; whose it is stands before it. */
void od_take_refused(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	struct od_event *event = builder->event;
	struct od_module *module = od_list_push(event->arena, &event->modules);
	od_builder_add_message(builder, od_str_trim(od_str_from_index(record->text, rest.len + 1)));
	if (module)
		*module = (struct od_module){.name = od_builder_keep(builder, od_str_trim(rest))};
}

void od_take_message(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	(void)rest;
	od_builder_add_message(builder, record->text);
}

static void take_ip(struct od_builder *builder, const struct od_record *record, struct od_str text)
{
	struct od_frame_text frame;
	if (!od_scan_place(&text, &frame))
		return;
	od_builder_set_ip(builder, record, &frame);
}

/* "fn+0x1/0x2 (target: …)": the message names the place. */
void od_take_placed_message(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	od_builder_add_message(builder, record->text);
	take_ip(builder, record, rest);
}

/* "drivers/foo.rs:877:13:", then the panic's own words (core::panicking) on a line of their own */
void od_take_rust_panic(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	(void)record;
	ptrdiff_t end = od_str_find_last_char(rest, ':');
	struct od_str place = end > 0 ? od_str_first(rest, (size_t)end) : rest;
	ptrdiff_t column = od_str_find_last_char(place, ':');
	if (column > 0)
		(void)od_take_file_and_line(builder, od_str_first(place, (size_t)column));
	builder->expects_message = true;
}

void od_take_bug_at(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	(void)record;
	builder->expects_message = false;
	if (!builder->event->source_file.len) /* of the panic in Rust that led to this BUG() */
		(void)od_take_file_and_line(builder, rest);
}

/* REFCOUNT_WARN() (lib/refcount.c, 4.15 to 6.19; before 5.5 in each function) */
bool od_fits_refcount(struct od_str rest)
{
	static const struct od_str words[] = {
		OD_STR("saturated; leaking memory"), OD_STR("addition on 0; use-after-free"), OD_STR("increment on 0; use-after-free"),
		OD_STR("underflow; use-after-free"), OD_STR("decrement hit 0; leaking memory"), OD_STR("unknown saturation event"),
	};
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (od_str_starts(rest, words[i]))
			return true;
	return false;
}

/* "free active (active state 0) object type: hrtimer hint: fn", with "object: <address>" since 6.1: debug_print_object() */
bool od_fits_odebug(struct od_str rest)
{
	return od_str_find(rest, OD_STR(" (active state ")) > 0 && (od_str_find(rest, OD_STR(" object")) > 0 || od_str_ends(rest, OD_STR(")")));
}

/* "avl.c:625:avl_add()" */
bool od_fits_spl_panic(struct od_str rest)
{
	struct od_str file;
	uint64_t line;
	return od_scan_until(&rest, ':', &file) && od_str_find_char(file, '.') > 0 && od_scan_char(&rest, ':') && od_scan_u64(&rest, &line) &&
	       od_scan_char(&rest, ':') && od_str_ends(rest, OD_STR("()"));
}

void od_take_spl_panic(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	const ptrdiff_t colon = od_str_find_last_char(rest, ':');
	const struct od_str name = od_str_from_index(od_str_first(rest, rest.len - 2), (size_t)colon + 1);
	const struct od_frame_text place = {.raw = name, .function = name};

	builder->expects_message = false;
	(void)od_take_file_and_line(builder, od_str_first(rest, (size_t)colon));
	od_builder_set_ip(builder, record, &place);
}

/* "fn at FILE:LINE", "FILE:LINE/fn()", "FILE:LINE fn()", "FILE:LINE": WARN_ON() to 2.6.32, on some architectures. */
void od_take_badness(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	struct od_str function = {0}, place = rest, digits;
	uint64_t line;

	(void)record;
	if (od_scan_until_text(&rest, OD_STR(" at "), &function))
		place = od_str_from_index(rest, 4);
	ptrdiff_t colon = od_str_find_last_char(place, ':');
	digits = od_str_from_index(place, (size_t)(colon + 1));
	if (colon > 0 && od_scan_u64(&digits, &line)) {
		builder->event->source_file = od_builder_keep(builder, od_str_first(place, (size_t)colon));
		builder->event->source_line = od_num(line);
		if (!function.len && (od_scan_char(&digits, '/') || od_scan_char(&digits, ' ')))
			(void)od_scan_symbol(&digits, &function);
	}
	if (!function.len)
		return;
	builder->event->ip.raw = builder->event->ip.function = od_builder_keep(builder, function);
	builder->event->has_ip = true;
}

/* "CPU: 0 PID: 91 at " of 3.16..6.17 */
static void scan_cpu_and_pid(struct od_event *event, struct od_str *rest)
{
	struct od_str s = *rest;
	uint64_t cpu, pid;
	(void)od_scan_literal(&s, "CPU: ");
	if (!od_scan_u64(&s, &cpu) || !od_scan_literal(&s, " PID: ") || !od_scan_u64(&s, &pid) ||
	    !od_scan_char(&s, ' '))
		return;
	event->cpu = od_num(cpu);
	event->pid = od_num(pid);
	*rest = s;
}

/* ", CPU#1: insmod/91" of 6.19 and later */
static void scan_cpu_and_task(struct od_builder *builder, struct od_str text)
{
	ptrdiff_t at = od_str_find(text, OD_STR(", CPU#"));
	uint64_t cpu, pid;
	if (at < 0)
		return;
	struct od_str rest = od_str_from_index(text, (size_t)at + 6);
	if (!od_scan_u64(&rest, &cpu) || !od_scan_literal(&rest, ": "))
		return;
	builder->event->cpu = od_num(cpu);
	ptrdiff_t slash = od_str_find_last_char(rest, '/');
	if (slash < 1)
		return;
	struct od_str digits = od_str_from_index(rest, (size_t)slash + 1);
	if (!od_scan_u64(&digits, &pid))
		return;
	builder->event->comm = od_builder_keep(builder, od_str_first(rest, (size_t)slash));
	builder->event->pid = od_num(pid);
}

/*
 * "at FILE:LINE fn()": WARN_ON() of 2.6.22 to 2.6.25, include/asm-generic/bug.h; "at FILE:LINE" of architectures that trap for it, lib/bug.c,
 * report_bug(), 2.6.33 to 3.15.
 */
static bool names_source(struct od_str rest)
{
	struct od_str word, function;
	if (!od_scan_literal(&rest, "at ") || !od_scan_word(&rest, &word) || !od_is_c_source_place(word))
		return false;
	rest = od_str_trim(rest);
	return !rest.len || (od_scan_symbol(&rest, &function) && od_str_equal(rest, OD_STR("()")));
}

/* Drivers print "WARNING: anything": a report names a place, or is lockdep's. */
bool od_fits_warning(struct od_str rest)
{
	if (od_fits_lockdep(rest) || names_source(rest))
		return true;
	ptrdiff_t at = od_str_starts(rest, OD_STR("at ")) ? 0 : od_str_find(rest, OD_STR(" at "));
	struct od_str place = od_str_from_index(rest, at < 0 ? 0 : (size_t)at);
	return at >= 0 && (od_str_find(place, OD_STR("+0x")) > 0 || od_str_find(place, OD_STR(", CPU#")) > 0);
}

/*
 * Three grammars (kernel/panic.c, __warn() and warn_slowpath_common()):
 *   at FILE:LINE FN()                    to 3.10
 *   CPU: N PID: N at FILE:LINE FN        3.16 to 6.17
 *   FILE:LINE at FN, CPU#N: COMM/PID     from 6.19
 */
void od_take_warning(struct od_builder *builder, const struct od_record *record, struct od_str rest)
{
	struct od_event *event = builder->event;
	struct od_str file;

	if (od_name_by_lockdep(builder, rest))
		return;
	scan_cpu_and_pid(event, &rest);
	scan_cpu_and_task(builder, rest);
	if (od_scan_literal(&rest, "at ")) {
		struct od_str place = rest;
		if (od_scan_until(&place, ' ', &file) && od_take_file_and_line(builder, file))
			rest = od_str_trim(place);
		take_ip(builder, record, rest);
	} else if (od_scan_until_text(&rest, OD_STR(" at "), &file)) {
		(void)od_take_file_and_line(builder, file);
		take_ip(builder, record, od_str_from_index(rest, 4));
	}
	builder->expects_message = !event->message.len;
}
