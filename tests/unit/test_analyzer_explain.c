// SPDX-License-Identifier: GPL-3.0-or-later
/* Every kind is rendered; the rules of issue kinds are compared word by word where a word carries the
 * claim. */
#include "tests/test.h"

#include "analyzer/analyzer.h"

static void fill_frame(struct od_frame *frame, const char *function, const char *module)
{
	frame->function = od_str_from(function);
	frame->module = od_str_from(module);
}

static struct od_event *make_event(enum od_kind kind)
{
	struct od_event *event = od_event_create();
	assert_non_null(event);
	event->kind = kind;
	event->severity = od_kinds[kind].severity;
	event->arch = &od_arch_x86_64;
	return event;
}

static struct od_event *make_fault(
	enum od_kind kind, const char *die_text, uint64_t code, struct od_num address)
{
	struct od_event *event = make_event(kind);
	event->die_text = od_str_from(die_text);
	event->fault.error_code.value = od_num(code);
	event->fault.address = address;
	event->has_ip = true;
	fill_frame(&event->ip, "hello_cleanup", "hello_2");
	return event;
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

#define assert_says(text, words)                                                                           \
	do {                                                                                               \
		if (!contains((text), (words)))                                                            \
			fail_msg("\"%.*s\" does not say \"%s\"", OD_FMT(text), (words));                   \
	} while (0)

static bool advises(const struct od_event *event, const char *words)
{
	for (size_t i = 0; i < event->explanation.next.count; i++)
		if (contains(event->explanation.next.items[i], words))
			return true;
	return false;
}

static void check_text(struct od_str text)
{
	assert_true(text.len > 10);
	assert_int_equal(text.ptr[text.len], '\0');
	assert_true(text.ptr[text.len - 1] == '.' || text.ptr[text.len - 1] == '?');
	assert_false(contains(text, "{f}") || contains(text, "  ") || contains(text, "..") ||
		     contains(text, "(null)"));
}

static void every_kind_has_a_title_and_a_sentence_with_and_without_a_function(void **state)
{
	(void)state;
	for (int kind = 0; kind < OD_KIND_COUNT; kind++) {
		for (int blamed = 0; blamed < 2; blamed++) {
			struct od_event *event = make_event((enum od_kind)kind);
			if (blamed) {
				event->has_ip = true;
				fill_frame(&event->ip, "my_function", "my_module");
			}
			print_message("%s\n", od_kinds[kind].name);
			analyze(event);
			assert_true(od_str_starts(event->title, od_str_from(od_kinds[kind].title)));
			check_text(event->explanation.sentence);
			if (event->explanation.paragraph.len)
				check_text(event->explanation.paragraph);
			for (size_t i = 0; i < event->explanation.next.count; i++)
				check_text(event->explanation.next.items[i]);
			od_event_destroy(event);
		}
	}
}

static void every_fact_names_its_source_once_per_kind(void **state)
{
	static const struct {
		enum od_kind kind;
		const char *reference;
	} facts[] = {
#define OD_KIND_FACTS(identifier, sentence, paragraph, advice, reference) {OD_KIND_##identifier, reference},
#include "analyzer/facts_kind.def"
#undef OD_KIND_FACTS
	};
	(void)state;
	assert_int_equal(ARRAY_SIZE(facts), OD_KIND_COUNT);
	for (size_t i = 0; i < ARRAY_SIZE(facts); i++) {
		assert_int_equal(facts[i].kind, i);
		assert_true(strchr(facts[i].reference, '/') || strstr(facts[i].reference, "SDM"));
	}
}

static void titles_name_function_and_module_or_the_message(void **state)
{
	struct od_event *event = make_fault(OD_KIND_NULL_DEREF, "Oops", 2, od_num(0));

	(void)state;
	analyze(event);
	assert_str(event->title, "NULL pointer dereference in hello_cleanup [hello_2]");
	od_event_destroy(event);

	event = make_event(OD_KIND_PANIC);
	event->message = OD_STR("Attempted to kill init! exitcode=0x0000000b");
	analyze(event);
	assert_str(event->title, "kernel panic: Attempted to kill init! exitcode=0x0000000b");
	assert_str(event->explanation.sentence, "The kernel stopped itself: Attempted to kill init! "
						"exitcode=0x0000000b.");
	assert_says(event->explanation.paragraph, "Process 1 ended");
	od_event_destroy(event);

	event = make_event(OD_KIND_OOM);
	event->oom.killed.comm = OD_STR("eater");
	event->message = OD_STR("Out of memory: Killed process 12 (eater) total-vm:1049600kB");
	analyze(event);
	assert_str(event->title, "out of memory: eater was killed");
	od_event_destroy(event);

	event = make_event(OD_KIND_GPF);
	analyze(event);
	assert_str(event->title, "general protection fault");
	od_event_destroy(event);

	event = make_event(OD_KIND_MACHINE_CHECK);
	event->message = OD_STR("bank 7\nCE memory read error on DIMM_A1");
	analyze(event);
	assert_str(event->title, "machine check: CE memory read error on DIMM_A1");
	od_event_destroy(event);
}

static const struct fault_row {
	const char *name;
	enum od_kind kind;
	const char *die_text;
	uint64_t code;
	struct od_num address;
	const char *sentence;  /* the whole sentence */
	const char *paragraph; /* words of the paragraph */
	const char *not_said;  /* words that must not occur; NULL: none */
} faults[] = {
	{"write_through_null", OD_KIND_NULL_DEREF, "Oops", 2, {0, true},
		"hello_cleanup() [hello_2] wrote to address 0, a NULL pointer.", "the access was a write",
		"execute"},
	{"read_of_a_member_through_null", OD_KIND_NULL_DEREF, "Oops", 0, {0x24, true},
		"hello_cleanup() [hello_2] read from address 0x24, which is probably a NULL pointer plus "
		"the offset of a member.",
		"most likely NULL", "certain"},
	{"error_pointer", OD_KIND_PAGING_REQUEST, "Oops", 0, {(uint64_t)-12, true},
		"hello_cleanup() [hello_2] read from address 0xfffffffffffffff4, which is the error "
		"pointer -ENOMEM if it was used as it is.",
		"likely used without IS_ERR()", NULL},
	{"write_to_read_only_data_of_a_module", OD_KIND_PAGING_REQUEST, "Oops", 3,
		{0xffffffffc034413c, true},
		"hello_cleanup() [hello_2] wrote to address 0xffffffffc034413c; the page is there, but may "
		"not be written.",
		"mapped read-only", "unloaded"},
	{"unloaded_module", OD_KIND_PAGING_REQUEST, "Oops", 0, {0xffffffffc034413c, true},
		"hello_cleanup() [hello_2] read from address 0xffffffffc034413c.", "may have been unloaded",
		"read-only"},
	{"user_address", OD_KIND_PAGING_REQUEST, "Oops", 0, {0x00007f0012345678, true},
		"hello_cleanup() [hello_2] read from address 0x7f0012345678.", "belongs to programs", NULL},
	{"address_of_5_level_page_tables", OD_KIND_PAGING_REQUEST, "Oops", 0, {0xff11000012345678, true},
		"hello_cleanup() [hello_2] read from address 0xff11000012345678.", "5-level",
		"is not canonical"},
	{"address_not_shown", OD_KIND_PAGING_REQUEST, "Oops", 0, {0, false},
		"hello_cleanup() [hello_2] read from an address that the log does not show.", "not present",
		"NULL"},
	{"freed_slab_object", OD_KIND_GPF, "general protection fault", 0, {0x6b6b6b6b6b6b6b73, true},
		"hello_cleanup() [hello_2] used the address 0x6b6b6b6b6b6b6b73, a pointer read from a slab "
		"object that was already freed.",
		"POISON_FREE, here plus 0x8", "page fault that"},
	{"text_as_pointer", OD_KIND_GPF, "general protection fault", 0, {0x4141414141414149, true},
		"hello_cleanup() [hello_2] used the address 0x4141414141414149, whose bytes also spell "
		"\"IAAAAAAA\".",
		"may have overwritten", NULL},
	{"unknown_gpf_address", OD_KIND_GPF, "general protection fault", 0, {0, false},
		"hello_cleanup() [hello_2] did something that the CPU refuses, most likely an access to an "
		"address that cannot exist.",
		"in most cases", "worked it out"},
	{"segment_fault", OD_KIND_GPF, "segment-related general protection fault", 0x18, {0, false},
		"hello_cleanup() [hello_2] used a segment selector that the CPU does not accept.",
		"descriptor 3", "canonical"},
	{"divide", OD_KIND_DIVIDE_ERROR, "divide error", 0, {0, false},
		"hello_cleanup() [hello_2] divided by zero, or the quotient did not fit into its register.",
		"divisor", NULL},
};

static void check_fault(void **state)
{
	const struct fault_row *row = *state;
	struct od_event *event = make_fault(row->kind, row->die_text, row->code, row->address);

	analyze(event);
	assert_str(event->explanation.sentence, row->sentence);
	assert_says(event->explanation.paragraph, row->paragraph);
	if (row->not_said)
		assert_false(contains(event->explanation.paragraph, row->not_said));
	od_event_destroy(event);
}

static void a_call_through_null_blames_the_caller(void **state)
{
	struct od_event *event = make_event(OD_KIND_NULL_DEREF);

	(void)state;
	event->die_text = OD_STR("Oops");
	event->fault.error_code.value = od_num(0x10);
	event->fault.address = od_num(0);
	event->has_ip = true;
	event->ip.address = od_num(0);
	fill_frame(od_list_push(event->arena, &event->trace), "run_ops", "drv");
	analyze(event);
	assert_str(event->explanation.sentence, "run_ops() [drv] jumped to address 0: it called a function "
						"through a NULL pointer.");
	od_event_destroy(event);
}

static void the_disassembled_instruction_gives_the_width(void **state)
{
	struct od_event *event = make_fault(OD_KIND_NULL_DEREF, "Oops", 2, od_num(0));
	struct od_instruction_text *text = od_list_push(event->arena, &event->code.disassembly);

	(void)state;
	*text = (struct od_instruction_text){.text = OD_STR("movl   $0x1,0x0"), .fault = true};
	analyze(event);
	assert_str(event->explanation.sentence, "hello_cleanup() [hello_2] wrote 4 bytes to address 0, a "
						"NULL pointer.");
	od_event_destroy(event);
}

static void a_helper_is_named_with_its_caller(void **state)
{
	struct od_event *event = make_fault(OD_KIND_NULL_DEREF, "Oops", 0, od_num(0));

	(void)state;
	fill_frame(&event->ip, "strlen", "");
	fill_frame(od_list_push(event->arena, &event->trace), "show_name", "drv");
	analyze(event);
	assert_str(event->explanation.sentence, "strlen(), on behalf of show_name() [drv], read from "
						"address 0, a NULL pointer.");
	od_event_destroy(event);
}

static void poison_in_registers_is_told_when_the_address_is_not(void **state)
{
	struct od_event *event = make_fault(OD_KIND_GPF, "general protection fault", 0, (struct od_num){0});
	struct od_register *reg = od_list_push(event->arena, &event->registers);

	(void)state;
	*reg = (struct od_register){OD_STR("rdx"), 0xdead000000000122};
	analyze(event);
	assert_says(event->explanation.sentence, "; register rdx holds LIST_POISON2.");
	assert_says(event->explanation.paragraph, "Register rdx holds 0xdead000000000122: LIST_POISON2");
	od_event_destroy(event);
}

static void kasan_shadow_is_explained_only_on_a_kernel_with_kasan(void **state)
{
	static const struct {
		const char *options;
		bool told;
	} rows[] = {{"PREEMPT SMP KASAN", true}, {"PREEMPT SMP", false}};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct od_event *event =
			make_fault(OD_KIND_GPF, "general protection fault", 0, od_num(0xdffffc0000000004));
		event->die_options = od_str_from(rows[i].options);
		analyze(event);
		assert_int_equal(
			contains(event->explanation.sentence, "the state of address 0x20"), rows[i].told);
		assert_int_equal(
			contains(event->explanation.paragraph, "the state of address 0x20"), rows[i].told);
		assert_int_equal(advises(event, "CONFIG_KASAN"), !rows[i].told);
		od_event_destroy(event);
	}
}

static void bug_and_warning_name_the_place(void **state)
{
	struct od_event *event = make_fault(OD_KIND_BUG_ON, "invalid opcode", 0, (struct od_num){0});

	(void)state;
	event->source_file = OD_STR("drivers/ring.c");
	event->source_line = od_num(18);
	analyze(event);
	assert_str(event->explanation.sentence, "hello_cleanup() [hello_2] hit the assertion at "
						"drivers/ring.c:18.");
	assert_says(event->explanation.paragraph, "on purpose");
	od_event_destroy(event);

	event = make_event(OD_KIND_WARNING);
	event->has_ip = true;
	fill_frame(&event->ip, "clk_gate_disable", "");
	event->message = OD_STR("clk already disabled.\n");
	analyze(event);
	assert_str(event->explanation.sentence, "clk_gate_disable() warned: clk already disabled.");
	od_event_destroy(event);
}

static void advice_follows_log_taint_and_module(void **state)
{
	struct od_event *event = make_fault(OD_KIND_NULL_DEREF, "Oops", 2, od_num(0));
	struct od_module *module = od_list_push(event->arena, &event->modules);

	(void)state;
	*module = (struct od_module){OD_STR("hello_2"), OD_STR("OE-")};
	event->taint_raw = OD_STR("G      D    OE");
	event->integrity = 1 << OD_INTEGRITY_CUT_OFF;
	analyze(event);
	assert_true(advises(event, "hello_2 is not part of the kernel's source"));
	assert_true(advises(event, "The log ends inside this report"));
	assert_true(advises(event, "taint D"));
	assert_int_equal(event->taint.count, 3);
	od_event_destroy(event);

	event = make_fault(OD_KIND_NULL_DEREF, "Oops", 2, od_num(0));
	fill_frame(&event->ip, "vfs_read", "");
	event->taint_raw = OD_STR("G           O");
	analyze(event);
	assert_true(advises(event, "reproduce this without them"));
	assert_false(advises(event, "not part of"));
	od_event_destroy(event);

	event = make_fault(OD_KIND_NULL_DEREF, "Oops", 2, od_num(0));
	analyze(event);
	assert_false(advises(event, "taint") || advises(event, "log") || advises(event, "author"));
	od_event_destroy(event);
}

static void mangled_names_are_shown_as_their_author_wrote_them(void **state)
{
	struct od_event *event = make_fault(OD_KIND_NULL_DEREF, "Oops", 2, od_num(0));
	(void)state;
	fill_frame(&event->ip, "_RNvMs3_NtCshgDM7dBCdno_11rust_binder7processNtB5_7Process10update_ref", "");
	event->ip.demangled = OD_STR("<rust_binder::process::Process>::update_ref");
	analyze(event);
	assert_says(event->title, "in <rust_binder::process::Process>::update_ref");
	assert_says(event->explanation.sentence, "<rust_binder::process::Process>::update_ref()");
	od_event_destroy(event);
}

static void a_trace_alone_does_not_say_what_happened(void **state)
{
	struct od_event *event = make_event(OD_KIND_BUG_OTHER);
	struct od_frame frames[1] = {0};
	(void)state;
	fill_frame(&frames[0], "fn", "a");
	event->trace.items = frames;
	event->trace.count = 1;
	event->integrity = 1u << OD_INTEGRITY_HEADER_MISSING;
	analyze(event);
	assert_says(event->title, "trace without its header in fn [a]");
	assert_says(event->explanation.sentence, "what happened there is not in the log");
	od_event_destroy(event);
}

int main(void)
{
	struct CMUnitTest rows[ARRAY_SIZE(faults)];
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kind_has_a_title_and_a_sentence_with_and_without_a_function),
		cmocka_unit_test(every_fact_names_its_source_once_per_kind),
		cmocka_unit_test(titles_name_function_and_module_or_the_message),
		cmocka_unit_test(a_call_through_null_blames_the_caller),
		cmocka_unit_test(the_disassembled_instruction_gives_the_width),
		cmocka_unit_test(a_helper_is_named_with_its_caller),
		cmocka_unit_test(poison_in_registers_is_told_when_the_address_is_not),
		cmocka_unit_test(kasan_shadow_is_explained_only_on_a_kernel_with_kasan),
		cmocka_unit_test(bug_and_warning_name_the_place),
		cmocka_unit_test(mangled_names_are_shown_as_their_author_wrote_them),
		cmocka_unit_test(a_trace_alone_does_not_say_what_happened),
		cmocka_unit_test(advice_follows_log_taint_and_module),
	};
	for (size_t i = 0; i < ARRAY_SIZE(faults); i++)
		rows[i] = (struct CMUnitTest){.name = faults[i].name,
			.test_func = check_fault,
			.initial_state = (void *)&faults[i]};
	return cmocka_run_group_tests(rows, NULL, NULL) + cmocka_run_group_tests(tests, NULL, NULL);
}
