// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Every class of finding on a log that it fits and on one that it must not fit. The logs are synthetic: short forms of
 * what the file named above each row prints. The rows of od_find_rows[] that no log can show have tests of their own below.
 */
#include "tests/parse.h"

#include "analyzer/analyzer.h"
#include "analyzer/condition.h"
#include "analyzer/finding.h"
#include "render/render.h"
#include "tests/unit/finding_logs.h"

static const struct od_finding *find_class(const struct od_event *event, const char *name)
{
	for (size_t i = 0; i < event->findings.count; i++)
		if (!strcmp(event->findings.items[i].class_name, name))
			return &event->findings.items[i];
	return NULL;
}

static void analyze(struct od_event *event)
{
	od_blame(event);
	od_analyze(event, NULL, 0);
}

static bool contains(struct od_str text, const char *words)
{
	return od_str_find(text, od_str_from(words)) >= 0;
}

static void check_sentence(struct od_str text)
{
	assert_true(text.len > 10 && text.len < 600);
	assert_int_equal(text.ptr[text.len - 1], '.');
	assert_false(contains(text, "  ") || contains(text, "..") || contains(text, "(null)"));
}

static void check_form(const struct od_finding *finding)
{
	check_sentence(finding->claim);
	assert_true(finding->evidence.count > 0);
	for (size_t i = 0; i < finding->evidence.count; i++)
		check_sentence(finding->evidence.items[i]);
	assert_true(finding->confidence > OD_CONFIDENCE_NONE && finding->confidence <= OD_CONFIDENCE_CERTAIN);
	assert_true(strchr(finding->reference, '/') || strstr(finding->reference, "SDM"));
}

static void check_rendering(const struct od_event *event, const struct od_finding *finding)
{
	const struct od_renderer *const renderers[] = {&od_render_text, &od_render_json};
	const struct od_render_options options = {.width = 4000, .evidence = true};
	struct od_buf out = {0};

	for (size_t i = 0; i < ARRAY_SIZE(renderers); i++) {
		renderers[i]->event(&out, &options, event, 0);
		assert_true(out.len > 100);
		if (renderers[i] == &od_render_json)
			assert_true(contains(od_buf_str(&out), finding->class_name));
		od_buf_clear(&out);
	}
	od_buf_deinit(&out);
}

static void every_class_fits_its_log_and_not_its_neighbour(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(finding_logs); i++) {
		const struct finding_log *row = &finding_logs[i];
		print_message("%s\n", row->class_name);
		struct parsed fits = parse_text(row->log), other = parse_text(row->other);
		assert_int_equal(fits.count, 1);
		assert_int_equal(other.count, 1);
		analyze(fits.events[0]);
		analyze(other.events[0]);
		const struct od_finding *finding = find_class(fits.events[0], row->class_name);
		assert_non_null(finding);
		if (!contains(finding->claim, row->claim))
			fail_msg("\"%.*s\" does not say \"%s\"", OD_FMT(finding->claim), row->claim);
		assert_int_equal(finding->confidence, row->confidence);
		check_form(finding);
		check_rendering(fits.events[0], finding);
		assert_null(find_class(other.events[0], row->class_name));
		parsed_free(&fits);
		parsed_free(&other);
	}
}

static void every_row_has_a_log_or_a_test_of_its_own(void **state)
{
	static const char *const elsewhere[] = {"assertion", "one-bit-code", "divide-by-zero",
						"divide-overflow"};

	(void)state;
	for (size_t i = 0; i < od_find_row_count; i++) {
		bool found = false;
		for (size_t k = 0; k < ARRAY_SIZE(finding_logs); k++)
			found |= !strcmp(finding_logs[k].class_name, od_find_rows[i].class_name);
		for (size_t k = 0; k < ARRAY_SIZE(elsewhere); k++)
			found |= !strcmp(elsewhere[k], od_find_rows[i].class_name);
		if (!found)
			fail_msg("%s has no test", od_find_rows[i].class_name);
		assert_true(od_find_rows[i].first <= od_find_rows[i].last);
	}
}

static void every_class_is_documented(void **state)
{
	enum { LIMIT = 65536 };
	FILE *file = fopen("docs/findings.md", "r");
	char *text = calloc(1, LIMIT), name[64];

	(void)state;
	assert_true(file && text);
	assert_true(fread(text, 1, LIMIT - 1, file) > 0);
	fclose(file);
	for (size_t i = 0; i < od_find_row_count; i++) {
		snprintf(name, sizeof(name), "`%s`", od_find_rows[i].class_name);
		if (!strstr(text, name))
			fail_msg("docs/findings.md does not know %s", name);
	}
	free(text);
}

static void a_cycle_of_locks_is_drawn_link_by_link(void **state)
{
	static const char *const lines[] = {
		"┌─▶ &a->lock", "│     ↓ held while fill_b() [mod] took",
		"│   &b->lock", "│     ↓ held now, while fill_a() [mod] takes",
		"└── &a->lock",
	};
	struct parsed parsed = parse_text(lock_cycle_log);

	(void)state;
	analyze(parsed.events[0]);
	const struct od_finding *finding = find_class(parsed.events[0], "lock-cycle");
	assert_non_null(finding);
	assert_int_equal(finding->drawing.count, ARRAY_SIZE(lines));
	for (size_t i = 0; i < ARRAY_SIZE(lines); i++)
		assert_str(finding->drawing.items[i], lines[i]);
	parsed_free(&parsed);
}

static void the_surest_finding_stands_first_and_is_the_cause(void **state)
{
	struct parsed parsed = parse_text(recursion_log);
	const struct od_event *event = parsed.events[0];

	(void)state;
	analyze(parsed.events[0]);
	assert_true(event->findings.count >= 2);
	for (size_t i = 1; i < event->findings.count; i++)
		assert_true(event->findings.items[i - 1].confidence >= event->findings.items[i].confidence);
	assert_string_equal(event->cause.class_name, event->findings.items[0].class_name);
	assert_str(event->cause.text, event->findings.items[0].claim.ptr);
	assert_int_equal(event->cause.expression.len, 0);
	parsed_free(&parsed);
}

/* A source file of few lines. */
static struct od_str read_line(void *user, const struct od_place *place, unsigned line)
{
	const char *const *lines = user;

	(void)place;
	for (unsigned i = 1; lines[i - 1]; i++)
		if (i == line)
			return od_str_from(lines[i - 1]);
	return (struct od_str){0};
}

static void the_condition_is_read_over_lines_and_without_comments(void **state)
{
	static const struct {
		const char *lines[16];
		unsigned line;
		const char *condition; /* "": none */
	} rows[] = {
		{{"void f(void)", "{", "\tBUG_ON(a->head >= a->size);", "}"},
		 3,
		 "BUG_ON(a->head >= a->size)"},
		{{"\tif (WARN_ON_ONCE(!list_empty(&q->head) && /* still used */", "\t\t\t (q->flags & 1)))",
		  "\t\treturn;"},
		 1,
		 "WARN_ON_ONCE(!list_empty(&q->head) && (q->flags & 1))"},
		{{"\tWARN_ONCE(count(a,", "\t\t\")\") > 1,", "\t\t\"too many (%d)\\n\", n);"},
		 3,
		 "WARN_ONCE(count(a, \")\") > 1, \"too many (%d)\\n\", n)"},
		{{"\tlockdep_assert_held(&dev->lock);"}, 1, "lockdep_assert_held(&dev->lock)"},
		{{"\tif (x->state == DEAD) {", "\t\tBUG();", "\t}"}, 2, "if (x->state == DEAD) BUG()"},
		{{"\tif (other)", "\t\tfoo();", "\tBUG();"}, 3, "BUG()"},
		{{"\tdrm_WARN_ON(&i915->drm, !pipe);"}, 1, "drm_WARN_ON(&i915->drm, !pipe)"},
		{{"\t/* BUG_ON(x) was here */", "\treturn x / y;"}, 2, ""},
		{{"\tBUG_ON(unfinished &&", "\t\tlines"}, 1, ""},
		{{"\tBUG_ON(first);", "\treturn 0;"}, 2, ""},
		{{"\tint x;"}, 7, ""},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct od_event *event = od_event_create();
		assert_non_null(event);
		event->kind = OD_KIND_BUG_ON;
		event->source_file = OD_STR("drivers/foo/bar.c");
		event->source_line = od_num(rows[i].line);
		od_condition_read(event, read_line, (void *)rows[i].lines);
		assert_str(event->condition, rows[i].condition);
		analyze(event);
		assert_int_equal(find_class(event, "assertion") != NULL, rows[i].condition[0] != '\0');
		if (event->findings.count)
			check_form(&event->findings.items[0]);
		od_event_destroy(event);
	}
}

static void what_an_assertion_means_depends_on_the_macro(void **state)
{
	static const struct {
		const char *condition, *claim;
	} rows[] = {
		{"BUG_ON(!p)", "must never be true"},
		{"lockdep_assert_held(&l)", "the lock that must be held was not"},
		{"lockdep_assert_not_held(&l)", "must not be held was held"},
		{"ASSERT_RTNL()", "rtnl_lock()"},
		{"J_ASSERT(t->state == 1)", "must be true, and it was not"},
		{"if (x) BUG()", "the condition of the if was true"},
		{"BUG()", "a line that it must never reach"},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct od_event *event = od_event_create();
		assert_non_null(event);
		event->kind = OD_KIND_WARNING;
		event->source_file = OD_STR("a.c");
		event->condition = od_str_from(rows[i].condition);
		analyze(event);
		const struct od_finding *finding = find_class(event, "assertion");
		assert_non_null(finding);
		if (!contains(finding->claim, rows[i].claim))
			fail_msg("\"%.*s\" does not say \"%s\"", OD_FMT(finding->claim), rows[i].claim);
		od_event_destroy(event);
	}
}

static void code_that_differs_in_one_bit_may_be_faulty_memory(void **state)
{
	static const enum od_verdict verdicts[] = {OD_VERDICT_MISMATCH, OD_VERDICT_MATCH};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(verdicts); i++) {
		struct od_event *event = od_event_create();
		assert_non_null(event);
		event->kind = OD_KIND_INVALID_OPCODE;
		struct od_image_use *image = od_list_push(event->arena, &event->images);
		*image = (struct od_image_use){.path = OD_STR("x.ko"), .verdict = verdicts[i]};
		*(struct od_str *)od_list_push(event->arena, &image->details) = OD_STR("one bit of 64 code "
										       "bytes differs");
		analyze(event);
		const struct od_finding *finding = find_class(event, "one-bit-code");
		assert_int_equal(finding != NULL, verdicts[i] == OD_VERDICT_MATCH);
		if (finding)
			check_form(finding);
		od_event_destroy(event);
	}
}

static void a_division_is_explained_by_its_operand(void **state)
{
	static const struct {
		const char *text, *reg;
		uint64_t value;
		const char *class_name; /* NULL: neither */
	} rows[] = {
		{"div    %rcx", "rcx", 0, "divide-by-zero"},
		{"idivl  %ecx", "rcx", 0x100000000, "divide-by-zero"},
		{"div    %r9d", "r09", 0, "divide-by-zero"},
		{"div    %cl", "rcx", 0x100, "divide-by-zero"},
		{"div    %rcx", "rcx", 3, "divide-overflow"},
		{"idiv   %si", "rsi", 0x10001, "divide-overflow"},
		{"divl   0x8(%rbx)", "rbx", 0, NULL},
		{"mov    %rcx,%rax", "rcx", 0, NULL},
		{"div    %rcx", "rdx", 0, NULL},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct od_event *event = od_event_create();
		assert_non_null(event);
		event->kind = OD_KIND_DIVIDE_ERROR;
		event->arch = &od_arch_x86_64;
		*(struct od_register *)od_list_push(event->arena, &event->registers) =
			(struct od_register){od_str_from(rows[i].reg), rows[i].value};
		*(struct od_instruction_text *)od_list_push(event->arena, &event->code.disassembly) =
			(struct od_instruction_text){.text = od_str_from(rows[i].text), .fault = true};
		analyze(event);
		assert_int_equal(event->findings.count, rows[i].class_name ? 1 : 0);
		if (rows[i].class_name) {
			assert_string_equal(event->findings.items[0].class_name, rows[i].class_name);
			assert_true(contains(event->findings.items[0].evidence.items[0], rows[i].text));
		}
		od_event_destroy(event);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_class_fits_its_log_and_not_its_neighbour),
		cmocka_unit_test(every_row_has_a_log_or_a_test_of_its_own),
		cmocka_unit_test(every_class_is_documented),
		cmocka_unit_test(a_cycle_of_locks_is_drawn_link_by_link),
		cmocka_unit_test(the_surest_finding_stands_first_and_is_the_cause),
		cmocka_unit_test(the_condition_is_read_over_lines_and_without_comments),
		cmocka_unit_test(what_an_assertion_means_depends_on_the_macro),
		cmocka_unit_test(a_division_is_explained_by_its_operand),
		cmocka_unit_test(code_that_differs_in_one_bit_may_be_faulty_memory),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
