// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Every kind of report, as every architecture prints it that does, in every wrapping. "test_cube --table" prints what
 * there is, a line per kind and architecture, for docs/conformance.md.
 */
#include "tests/cube_text.h"
#include "tests/parse.h"
#include "tests/wrappings.h"

enum { FAILURES = 40 };

struct run {
	unsigned cells, reports, failed;
};

/* The row of a kind that has the architecture; NULL: there is none. */
static const struct cube_row *row_of(const char *kind, const struct cube_arch *arch)
{
	for (size_t i = 0; i < ARRAY_SIZE(cube_rows); i++)
		if (!strcmp(cube_rows[i].kind, kind) && cube_names(cube_rows[i].arches, arch->name))
			return &cube_rows[i];
	return NULL;
}

static const char *absence(const char *kind)
{
	for (size_t i = 0; i < ARRAY_SIZE(cube_absent); i++)
		if (!strcmp(cube_absent[i].kind, kind))
			return cube_absent[i].why;
	return NULL;
}

static bool same_num(struct od_num a, struct od_num b)
{
	return a.known == b.known && a.value == b.value;
}

static bool same_frame(const struct od_frame *a, const struct od_frame *b)
{
	return od_str_equal(a->raw, b->raw) && od_str_equal(a->function, b->function) && od_str_equal(a->module, b->module) &&
	       same_num(a->address, b->address) && a->unreliable == b->unreliable;
}

/* The first part of the events that differs; NULL: none. */
static const char *difference(const struct od_event *a, const struct od_event *b)
{
	const struct { const char *what; bool same; } parts[] = {
		{"kind", a->kind == b->kind},
		{"architecture", a->arch == b->arch},
		{"header", od_str_equal(a->header, b->header)},
		{"message", od_str_equal(a->message, b->message)},
		{"release", od_str_equal(a->kernel_release, b->kernel_release)},
		{"task", od_str_equal(a->comm, b->comm) && same_num(a->pid, b->pid)},
		{"CPU", same_num(a->cpu, b->cpu)},
		{"counter", same_num(a->counter, b->counter)},
		{"taint", od_str_equal(a->taint_raw, b->taint_raw)},
		{"address", same_num(a->fault.address, b->fault.address)},
		{"error code", od_str_equal(a->fault.error_code.raw, b->fault.error_code.raw)},
		{"ip", a->has_ip == b->has_ip && same_frame(&a->ip, &b->ip)},
		{"registers", a->registers.count == b->registers.count},
		{"code", od_str_equal(a->code.bytes, b->code.bytes) && a->code.fault_index == b->code.fault_index},
		{"trace", a->trace.count == b->trace.count && a->traces.count == b->traces.count},
		{"modules", a->modules.count == b->modules.count},
		{"integrity", a->integrity == b->integrity},
	};

	for (size_t i = 0; i < ARRAY_SIZE(parts); i++)
		if (!parts[i].same)
			return parts[i].what;
	for (size_t i = 0; i < a->trace.count; i++)
		if (!same_frame(&a->trace.items[i], &b->trace.items[i]))
			return "frame";
	for (size_t i = 0; i < a->registers.count; i++)
		if (a->registers.items[i].value != b->registers.items[i].value)
			return "register";
	return NULL;
}

static bool has_function(const struct od_event *event, const char *function)
{
	bool found = event->has_ip && od_str_equal(event->ip.function, od_str_from(function));

	for (size_t i = 0; i < event->trace.count && !found; i++)
		found = od_str_equal(event->trace.items[i].function, od_str_from(function));
	for (size_t t = 0; t < event->traces.count && !found; t++)
		for (size_t i = 0; i < event->traces.items[t].frames.count && !found; i++)
			found = od_str_equal(event->traces.items[t].frames.items[i].function, od_str_from(function));
	return found;
}

/* What is wrong with the report as dmesg prints it; NULL: nothing. */
static const char *fault_of(const struct cube_row *row, const struct cube_arch *arch, const struct parsed *parsed)
{
	if (!parsed->count)
		return "no event";
	const struct od_event *event = parsed->events[0];
	if (strcmp(od_kinds[event->kind].name, row->kind) != 0)
		return od_kinds[event->kind].name;
	if (strchr(row->text, '\1') && (!event->arch || strcmp(event->arch->name, arch->name) != 0))
		return "architecture";
	if (strpbrk(row->text, "\1\2\3") && !has_function(event, "bad_fn"))
		return "its function is not seen";
	if (strpbrk(row->text, "\1\2\3") && !has_function(event, "do_one_initcall"))
		return "its caller is not seen";
	return NULL;
}

static void fail_cell(struct run *run, const struct cube_row *row, const struct cube_arch *arch, const char *wrapping,
		      const char *why)
{
	if (run->failed++ < FAILURES)
		print_message("%s, %s, %s: %s\n", row->kind, arch->name, wrapping, why);
}

static void check_wrapping(struct run *run, const struct cube_row *row, const struct cube_arch *arch,
			   const struct wrapping *wrapping, struct od_str text, const struct parsed *expected)
{
	struct od_buf wrapped = {0};

	wrap(&wrapped, wrapping, text);
	struct parsed parsed = parse_chunks(od_buf_str(&wrapped), 4096);
	const char *why = parsed.count == expected->count ? NULL : "number of events";
	for (size_t i = 0; i < parsed.count && !why; i++)
		why = difference(parsed.events[i], expected->events[i]);
	run->cells++;
	if (why)
		fail_cell(run, row, arch, wrapping->name, why);
	parsed_free(&parsed);
	od_buf_deinit(&wrapped);
}

static void check_report(struct run *run, const struct cube_row *row, const struct cube_arch *arch)
{
	static const struct wrapping plain = {"dmesg", "dmesg", "[   12.345678] ", "\n", NULL};
	struct od_buf text = {0}, bare = {0};

	cube_expand(&text, row, arch);
	wrap(&bare, &plain, od_buf_str(&text));
	struct parsed expected = parse_chunks(od_buf_str(&bare), 0);
	const char *why = fault_of(row, arch, &expected);
	run->reports++;
	run->cells++;
	if (why)
		fail_cell(run, row, arch, plain.name, why);
	for (size_t i = 0; i < ARRAY_SIZE(wrappings); i++)
		check_wrapping(run, row, arch, &wrappings[i], od_buf_str(&text), &expected);
	parsed_free(&expected);
	od_buf_deinit(&bare);
	od_buf_deinit(&text);
}

static void every_kind_on_every_architecture_in_every_wrapping_is_the_same_event(void **state)
{
	struct run run = {0};

	(void)state;
	for (size_t kind = 0; kind < OD_KIND_COUNT; kind++)
		for (size_t a = 0; a < ARRAY_SIZE(cube_arches); a++) {
			const struct cube_row *row = row_of(od_kinds[kind].name, &cube_arches[a]);
			if (row)
				check_report(&run, row, &cube_arches[a]);
		}
	for (size_t i = 0; i < ARRAY_SIZE(cube_variants); i++)
		for (size_t a = 0; a < ARRAY_SIZE(cube_arches); a++)
			if (cube_names(cube_variants[i].arches, cube_arches[a].name))
				check_report(&run, &cube_variants[i], &cube_arches[a]);
	print_message("%u cells of %u reports, %u failed\n", run.cells, run.reports, run.failed);
	assert_int_equal(run.failed, 0);
}

static void what_an_architecture_does_not_print_has_a_reason(void **state)
{
	(void)state;
	for (size_t kind = 0; kind < OD_KIND_COUNT; kind++)
		for (size_t a = 0; a < ARRAY_SIZE(cube_arches); a++) {
			const char *name = od_kinds[kind].name;
			if (!row_of(name, &cube_arches[a]) && !absence(name) && strncmp(name, "lockdep-", 8) != 0)
				fail_msg("%s on %s: neither a row nor a reason", name, cube_arches[a].name);
		}
}

/* kind, architecture, "s" or "n/a", source */
static int print_table(void)
{
	for (size_t kind = 0; kind < OD_KIND_COUNT; kind++)
		for (size_t a = 0; a < ARRAY_SIZE(cube_arches); a++) {
			const char *name = od_kinds[kind].name, *why = absence(name);
			const struct cube_row *row = row_of(name, &cube_arches[a]);
			printf("%s\t%s\t%s\t%s\n", name, cube_arches[a].name, row ? "s" : "n/a",
			       row ? row->source : why ? why : "no LOCKDEP_SUPPORT");
		}
	for (size_t a = 0; a < ARRAY_SIZE(cube_arches); a++)
		printf("-\t%s\tform\t%s\n", cube_arches[a].name, cube_arches[a].source);
	return 0;
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kind_on_every_architecture_in_every_wrapping_is_the_same_event),
		cmocka_unit_test(what_an_architecture_does_not_print_has_a_reason),
	};
	if (argc == 2 && !strcmp(argv[1], "--table"))
		return print_table();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
