// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/test.h"

#include "core/arch.h"
#include "core/model.h"

static struct od_event *make_event(enum od_kind kind, const char *die_text, uint64_t code)
{
	struct od_event *event = od_event_create();
	assert_non_null(event);
	event->kind = kind;
	event->arch = &od_arch_x86_64;
	event->die_text = od_str_from(die_text);
	event->fault.error_code.value = od_num(code);
	od_arch_x86_64.decode_error(event);
	return event;
}

static const struct od_code_bit *find_bit(const struct od_event *event, const char *name)
{
	for (size_t i = 0; i < event->fault.error_code.bits.count; i++)
		if (od_str_equal(event->fault.error_code.bits.items[i].name, od_str_from(name)))
			return &event->fault.error_code.bits.items[i];
	return NULL;
}

static void page_fault_code_gives_access_and_mode(void **state)
{
	static const struct {
		uint64_t code;
		enum od_access access;
		enum od_mode mode;
		unsigned present;
	} rows[] = {
		{0x0000, OD_ACCESS_READ, OD_MODE_KERNEL, 0},
		{0x0001, OD_ACCESS_READ, OD_MODE_KERNEL, 1},
		{0x0002, OD_ACCESS_WRITE, OD_MODE_KERNEL, 0}, /* bit 1 is a write */
		{0x0003, OD_ACCESS_WRITE, OD_MODE_KERNEL, 1},
		{0x0004, OD_ACCESS_READ, OD_MODE_USER, 0},
		{0x0006, OD_ACCESS_WRITE, OD_MODE_USER, 0},
		{0x0010, OD_ACCESS_EXECUTE, OD_MODE_KERNEL, 0},
		{0x0011, OD_ACCESS_EXECUTE, OD_MODE_KERNEL, 1},
		{0x0014, OD_ACCESS_EXECUTE, OD_MODE_USER, 0},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct od_event *event = make_event(OD_KIND_PAGING_REQUEST, "Oops", rows[i].code);
		print_message("code 0x%04llx\n", (unsigned long long)rows[i].code);
		assert_str(event->fault.error_code.name, "x86 page fault");
		assert_int_equal(event->fault.access, rows[i].access);
		assert_int_equal(event->fault.mode, rows[i].mode);
		assert_int_equal(find_bit(event, "P")->value, rows[i].present);
		od_event_destroy(event);
	}
}

static void page_fault_bits_stand_in_order_with_the_meaning_of_their_value(void **state)
{
	static const struct {
		unsigned bit;
		const char *name;
	} rows[] = {{0, "P"}, {1, "W/R"}, {2, "U/S"}, {3, "RSVD"}, {4, "I/D"}, {5, "PK"}, {6, "SS"},
		{15, "SGX"}};
	struct od_event *none = make_event(OD_KIND_PAGING_REQUEST, "Oops", 0);
	struct od_event *all = make_event(OD_KIND_PAGING_REQUEST, "Oops", 0x807f);

	(void)state;
	assert_int_equal(none->fault.error_code.bits.count, ARRAY_SIZE(rows));
	assert_int_equal(all->fault.error_code.bits.count, ARRAY_SIZE(rows));
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		const struct od_code_bit *clear = &none->fault.error_code.bits.items[i];
		const struct od_code_bit *set = &all->fault.error_code.bits.items[i];
		assert_str(clear->name, rows[i].name);
		assert_int_equal(clear->bit, rows[i].bit);
		assert_int_equal(clear->value, 0);
		assert_int_equal(set->value, 1);
		assert_true(clear->meaning.len && set->meaning.len &&
			    !od_str_equal(clear->meaning, set->meaning));
	}
	od_event_destroy(none);
	od_event_destroy(all);
}

static void rare_bits_are_told_only_when_set(void **state)
{
	struct od_event *event = make_event(OD_KIND_PAGING_REQUEST, "Oops", 0x80000080);

	(void)state;
	assert_int_equal(find_bit(event, "HLAT")->value, 1);
	assert_int_equal(find_bit(event, "RMP")->value, 1);
	od_event_destroy(event);
	event = make_event(OD_KIND_PAGING_REQUEST, "Oops", 0);
	assert_null(find_bit(event, "HLAT"));
	assert_null(find_bit(event, "RMP"));
	od_event_destroy(event);
}

static void words_of_the_log_outrank_the_code(void **state)
{
	struct od_event *event = od_event_create();

	(void)state;
	assert_non_null(event);
	event->die_text = OD_STR("Oops");
	event->fault.error_code.value = od_num(0);
	event->fault.access = OD_ACCESS_EXECUTE;
	event->fault.mode = OD_MODE_USER;
	od_arch_x86_64.decode_error(event);
	assert_int_equal(event->fault.access, OD_ACCESS_EXECUTE);
	assert_int_equal(event->fault.mode, OD_MODE_USER);
	od_event_destroy(event);
}

static void selector_codes_are_read_field_by_field(void **state)
{
	static const struct {
		const char *die_text;
		uint64_t code;
		const char *field;
		unsigned value;
		const char *meaning;
	} rows[] = {
		{"general protection fault", 0x0000, "selector", 0, "no segment selector was involved"},
		{"general protection fault", 0x0018, "index", 3, "descriptor 3 of that table"},
		{"general protection fault", 0x0018, "TI", 0, "the GDT"},
		{"segment-related general protection fault", 0x000c, "TI", 1, "the LDT"},
		{"general protection fault", 0x0102, "index", 32, "the gate of vector 32"},
		{"stack segment", 0x0001, "EXT", 1,
			"the exception arose while another event was delivered"},
		{"segment not present", 0x0010, "index", 2, "descriptor 2 of that table"},
		{"invalid TSS", 0x0040, "index", 8, "descriptor 8 of that table"},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct od_event *event = make_event(OD_KIND_GPF, rows[i].die_text, rows[i].code);
		const struct od_code_bit *field = find_bit(event, rows[i].field);
		print_message("%s: %04llx\n", rows[i].die_text, (unsigned long long)rows[i].code);
		assert_non_null(field);
		assert_int_equal(field->value, rows[i].value);
		assert_str(field->meaning, rows[i].meaning);
		assert_int_equal(event->fault.access, OD_ACCESS_UNKNOWN);
		od_event_destroy(event);
	}
}

static void other_exceptions_have_a_name_and_no_bits(void **state)
{
	static const struct {
		enum od_kind kind;
		const char *die_text, *name;
	} rows[] = {
		{OD_KIND_BUG_ON, "invalid opcode", "x86 invalid opcode"},
		{OD_KIND_DIVIDE_ERROR, "divide error", "x86 divide error"},
		{OD_KIND_INT3, "int3", "x86 breakpoint"},
		{OD_KIND_DOUBLE_FAULT, "double fault", "x86 double fault"},
		{OD_KIND_DIVIDE_ERROR, "", "x86 divide error"}, /* no die line: by kind */
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct od_event *event = make_event(rows[i].kind, rows[i].die_text, 2);
		assert_str(event->fault.error_code.name, rows[i].name);
		assert_int_equal(event->fault.error_code.bits.count, 0);
		assert_int_equal(event->fault.access, OD_ACCESS_UNKNOWN);
		od_event_destroy(event);
	}
}

static void what_is_not_known_stays_unread(void **state)
{
	struct od_event *event = make_event(OD_KIND_TRAP, "something else", 2);

	(void)state;
	assert_int_equal(event->fault.error_code.name.len, 0);
	assert_int_equal(event->fault.error_code.bits.count, 0);
	od_event_destroy(event);

	event = od_event_create();
	event->die_text = OD_STR("Oops");
	od_arch_x86_64.decode_error(event); /* no number at all */
	assert_int_equal(event->fault.error_code.name.len, 0);
	assert_int_equal(event->fault.access, OD_ACCESS_UNKNOWN);
	od_event_destroy(event);
}

static void addresses_are_classified_at_the_borders(void **state)
{
	static const struct {
		uint64_t address;
		enum od_region region;
	} rows[] = {
		{0, OD_REGION_NULL_PAGE},
		{0xfff, OD_REGION_NULL_PAGE},
		{0x1000, OD_REGION_USER},
		{0x00007fffffffffff, OD_REGION_USER},
		{0x0000800000000000, OD_REGION_NON_CANONICAL},
		{0x6b6b6b6b6b6b6b73, OD_REGION_NON_CANONICAL},
		{0xdead000000000100, OD_REGION_NON_CANONICAL},
		{0xffff7fffffffffff, OD_REGION_NON_CANONICAL},
		{0xffff800000000000, OD_REGION_OTHER_KERNEL},
		{0xffff880035d4fef0, OD_REGION_DIRECT_MAP}, /* up to 4.18 */
		{0xffff888100000000, OD_REGION_DIRECT_MAP},
		{0xffffc90000000000, OD_REGION_VMALLOC},
		{0xffffea0000000000, OD_REGION_VMEMMAP},
		{0xfffffe0000000000, OD_REGION_OTHER_KERNEL},
		{0xffffffff81000000, OD_REGION_KERNEL_IMAGE},
		{0xffffffffa05cc012, OD_REGION_IMAGE_OR_MODULES},
		{0xffffffffc0326fd6, OD_REGION_MODULES},
		{0xffffffffff000000, OD_REGION_FIXMAP},
		{0xfffffffffffffff4, OD_REGION_OTHER_KERNEL},
		{UINT64_MAX, OD_REGION_OTHER_KERNEL},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		print_message("0x%016llx\n", (unsigned long long)rows[i].address);
		assert_int_equal(od_arch_x86_64.classify(rows[i].address), rows[i].region);
	}
}

static void the_width_of_an_access_is_read_from_the_instruction(void **state)
{
	static const struct {
		const char *text;
		unsigned width;
	} rows[] = {
		{"movl   $0x1,0x0", 4},
		{"movb   $0x0,(%rax)", 1},
		{"movq   $0x0,0x8(%rdi,%rcx,8)", 8},
		{"mov    0x8(%rax),%edx", 4},
		{"mov    0x8(%rax,%rbx,4),%rdx", 8},
		{"mov    %r8d,0x24(%rbx)", 4},
		{"mov    %r15,0x24(%rbx)", 8},
		{"mov    %r9b,(%r8)", 1},
		{"mov    %ax,(%rdi)", 2},
		{"mov    %al,(%rdi)", 1},
		{"mov    %sil,(%rdi)", 1},
		{"mov    %gs:0x1fbc0,%rax", 8},
		{"movzbl 0x8(%rax),%edx", 1},
		{"movzwl 0x8(%rax),%edx", 2},
		{"movslq 0x8(%rax),%rdx", 4},
		{"lock incl 0x10(%rdi)", 4},
		{"lock cmpxchg %ecx,(%rdx)", 4},
		{"cmpq   $0x0,(%rax)", 8},
		{"mov    %ds,(%rax)", 0},
		{"movups %xmm0,(%rax)", 0},
		{"rep movsq %ds:(%rsi),%es:(%rdi)", 0},
		{"(bad)", 0},
		{"mov", 0},
		{"", 0},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		print_message("%s\n", rows[i].text);
		assert_int_equal(od_arch_x86_64.access_width(od_str_from(rows[i].text)), rows[i].width);
	}
}

static void register_names_are_distinct_and_hold_the_instruction_pointer(void **state)
{
	const char *const *names = od_arch_x86_64.registers;
	unsigned ip = 0;

	(void)state;
	for (size_t i = 0; names[i]; i++) {
		ip += strcmp(names[i], od_arch_x86_64.ip_register) == 0;
		for (size_t j = 0; j < i; j++)
			assert_string_not_equal(names[i], names[j]);
	}
	assert_int_equal(ip, 1);
}

static void the_architecture_is_found_by_name(void **state)
{
	(void)state;
	assert_ptr_equal(od_arch_find(OD_STR("x86_64")), &od_arch_x86_64);
	assert_null(od_arch_find(OD_STR("x86")));
	assert_null(od_arch_find(OD_STR("")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(page_fault_code_gives_access_and_mode),
		cmocka_unit_test(page_fault_bits_stand_in_order_with_the_meaning_of_their_value),
		cmocka_unit_test(rare_bits_are_told_only_when_set),
		cmocka_unit_test(words_of_the_log_outrank_the_code),
		cmocka_unit_test(selector_codes_are_read_field_by_field),
		cmocka_unit_test(other_exceptions_have_a_name_and_no_bits),
		cmocka_unit_test(what_is_not_known_stays_unread),
		cmocka_unit_test(addresses_are_classified_at_the_borders),
		cmocka_unit_test(the_width_of_an_access_is_read_from_the_instruction),
		cmocka_unit_test(register_names_are_distinct_and_hold_the_instruction_pointer),
		cmocka_unit_test(the_architecture_is_found_by_name),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
