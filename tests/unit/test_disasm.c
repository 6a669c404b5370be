// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/test.h"

#include "symbolize/symbolize.h"

static const struct od_arch arch_without = {.name = "vax", .bits = 32};
static const struct od_arch arch_unknown = {.name = "vax", .bits = 32, .bfd_name = "no-such-machine"};

struct row {
	const char *name;
	const char *bytes;
	size_t size;
	uint32_t fault;
	const char *text;	/* of the faulting instruction */
	size_t count;		/* of all instructions */
};

#define CODE(bytes) bytes, sizeof(bytes) - 1

static const struct row rows[] = {
	{"a store to a constant", CODE("\xc7\x04\x25\x00\x00\x00\x00\x01\x00\x00\x00\xc3"), 0, "movl   $0x1,0x0", 2},
	{"the instruction before is found", CODE("\x48\x8b\x57\x28\x8b\x42\x24"), 4, "mov    0x24(%rdx),%eax", 2},
	{"a start inside an instruction is not taken", CODE("\x28\xff\x47\x24\x8b\x42\x24"), 4, "mov    0x24(%rdx),%eax", 2},
	{"the last instruction is cut off", CODE("\x90\x0f\x0b\x48\x8b"), 1, "ud2", 2},
};

static struct od_event *event_with(const struct od_arch *arch, const char *bytes, size_t size, uint32_t fault)
{
	struct od_event *event = od_event_create();

	assert_non_null(event);
	event->arch = arch;
	event->code.source = OD_CODE_LOG;
	event->code.bytes = (struct od_str){bytes, size};
	event->code.fault_index = fault;
	event->code.has_fault_index = true;
	return event;
}

static const struct od_instruction_text *fault_of(const struct od_event *event)
{
	const struct od_instruction_text *found = NULL;

	for (size_t i = 0; i < event->code.disassembly.count; i++) {
		if (!event->code.disassembly.items[i].fault)
			continue;
		assert_null(found);
		found = &event->code.disassembly.items[i];
	}
	return found;
}

static void the_marked_instruction_is_decoded_whole(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct od_event *event = event_with(&od_arch_x86_64, rows[i].bytes, rows[i].size, rows[i].fault);
		od_disassemble(event);
		const struct od_instruction_text *fault = fault_of(event);
		if (!fault)
			fail_msg("%s: no fault", rows[i].name);
		assert_str(fault->text, rows[i].text);
		assert_int_equal(fault->offset, rows[i].fault);
		assert_true(event->code.disassembly.count >= rows[i].count);
		assert_int_equal(event->code.no_disassembly.len, 0);
		od_event_destroy(event);
	}
}

static void instructions_follow_each_other_without_gaps(void **state)
{
	(void)state;
	static const char bytes[] = "\x55\x48\x89\xe5\x53\x48\x89\xfb\x8b\x07\xff\xc0\x89\x03\x5b\x5d\xc3";

	for (uint32_t fault = 0; fault < sizeof(bytes) - 1; fault++) {
		struct od_event *event = event_with(&od_arch_x86_64, bytes, sizeof(bytes) - 1, fault);
		od_disassemble(event);
		const struct od_instruction_text *items = event->code.disassembly.items;
		for (size_t i = 1; i < event->code.disassembly.count; i++)
			assert_int_equal(items[i].offset, items[i - 1].offset + items[i - 1].size);
		assert_non_null(fault_of(event));
		od_event_destroy(event);
	}
}

static void a_start_without_bad_instructions_is_preferred(void **state)
{
	(void)state;
	/* 06 is no instruction in 64-bit code. */
	struct od_event *event = event_with(&od_arch_x86_64, CODE("\x06\x90\x0f\x0b"), 2);

	od_disassemble(event);
	assert_int_equal(event->code.disassembly.items[0].offset, 1);
	assert_str(event->code.disassembly.items[0].text, "nop");
	od_event_destroy(event);
}

static void jumps_inside_the_function_are_shown_by_its_name(void **state)
{
	(void)state;
	/* A jump back to the function's first byte from the faulting byte 4. */
	struct od_event *event = event_with(&od_arch_x86_64, CODE("\x90\x90\x90\x90\xeb\xfa"), 4);

	event->ip.function = OD_STR("spin");
	event->ip.offset = od_num(4);
	event->ip.size = od_num(6);
	od_disassemble(event);
	assert_str(fault_of(event)->text, "jmp    spin+0x0");
	od_event_destroy(event);
}

static void addresses_are_those_of_the_code_when_they_are_known(void **state)
{
	(void)state;
	struct od_event *event = event_with(&od_arch_x86_64, CODE("\x90\xe8\x00\x01\x00\x00"), 1);

	event->code.address = od_num(0xffffffffc0001000);
	od_disassemble(event);
	assert_str(fault_of(event)->text, "call   0xffffffffc0001106");
	assert_true(fault_of(event)->address == 0xffffffffc0001001);
	od_event_destroy(event);
}

static void what_cannot_be_disassembled_has_a_reason(void **state)
{
	(void)state;
	static const char code[] = "\x90\x90";
	const struct od_arch *arches[] = {NULL, &arch_without, &arch_unknown};

	for (size_t i = 0; i < ARRAY_SIZE(arches); i++) {
		struct od_event *event = event_with(arches[i], code, 2, 0);
		od_disassemble(event);
		assert_int_equal(event->code.disassembly.count, 0);
		assert_true(event->code.no_disassembly.len > 0);
		od_event_destroy(event);
	}
	struct od_event *event = event_with(&od_arch_x86_64, code, 0, 0);
	od_disassemble(event);
	assert_true(event->code.no_disassembly.len > 0);
	od_event_destroy(event);
	event = event_with(&od_arch_x86_64, code, 2, 2);
	od_disassemble(event);
	assert_true(event->code.no_disassembly.len > 0);
	od_event_destroy(event);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_marked_instruction_is_decoded_whole),
		cmocka_unit_test(instructions_follow_each_other_without_gaps),
		cmocka_unit_test(a_start_without_bad_instructions_is_preferred),
		cmocka_unit_test(jumps_inside_the_function_are_shown_by_its_name),
		cmocka_unit_test(addresses_are_those_of_the_code_when_they_are_known),
		cmocka_unit_test(what_cannot_be_disassembled_has_a_reason),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
