// SPDX-License-Identifier: GPL-3.0-or-later
/* Variables of a report's frames, out of its registers: synthetic frames of a function and its caller. */
#include "tests/test.h"

#include "analyzer/register_values.h"

enum { RBX = 3, RSP = 7, R12 = 12, CALLEE = 0x1000, CALLER = 0x2000, T_INT = 0 };

static const char *const names[OD_REGISTER_COUNT] = {
	"rax", "rdx", "rcx", "rbx", "rsi", "rdi", "rbp", "rsp", "r08", "r09", "r10", "r11", "r12",
};
static const struct od_register_set set = {
	.names = names, .stack_pointer = RSP, .zero = OD_REGISTER_NONE, .preserved = 1 << RBX | 1 << RSP | 1 << R12};
static struct od_type integer = {.kind = OD_TYPE_SCALAR, .text = OD_STR("int"), .size = 4, .target = -1, .is_signed = true};
static struct od_type *type_list[] = {&integer};
static struct od_types types = {.items = {type_list, 1, 1}};

/* The callee's variable is in rax, the caller's in `reg`. */
struct report {
	struct od_event *event;
	struct od_location locations[2];
	struct od_variable variables[2];
	struct od_facts facts[2];
	struct od_frame frame;
	struct od_register registers[3];
};

static void make(struct report *report, uint8_t reg)
{
	*report = (struct report){.event = od_event_create(), .frame = {.function = OD_STR("outer"), .raw = OD_STR("outer+0x1/0x2")},
				  .registers = {{OD_STR("rax"), 5}, {OD_STR("rbx"), 7}, {OD_STR("rdx"), 9}}};
	struct od_event *event = report->event;
	assert_non_null(event);
	event->arch = &od_arch_x86_64;
	event->has_ip = true;
	event->ip.function = OD_STR("inner");
	event->registers.items = report->registers;
	event->registers.count = 3;
	event->trace.items = &report->frame;
	event->trace.count = 1;
	for (unsigned i = 0; i < 2; i++) {
		report->locations[i] = (struct od_location){.to = UINT64_MAX, .kind = OD_LOCATION_REGISTER, .reg = i ? reg : 0};
		report->variables[i] = (struct od_variable){.name = i ? OD_STR("outer_value") : OD_STR("inner_value"), .type = T_INT,
							    .locations = {&report->locations[i], 1, 1}};
		report->facts[i] = (struct od_facts){.frame = i ? &report->frame : &event->ip, .registers = &set, .types = &types,
						     .pc = i ? CALLER : CALLEE, .start = i ? CALLER : CALLEE,
						     .variables = {&report->variables[i], 1, 1}};
	}
	report->facts[0].kept = UINT64_MAX;
	report->facts[1].here = (struct od_insn){.kind = OD_INSN_CALL, .size = 5, .has_target = true, .target = CALLEE};
	event->facts.items = report->facts;
	event->facts.count = 2;
}

static void change_nothing(struct report *report)
{
	(void)report;
}

static void write_rbx(struct report *report)
{
	report->facts[0].kept &= ~(1u << RBX);
}

static void call_through_pointer(struct report *report)
{
	report->facts[1].here.has_target = false;
}

static void call_another(struct report *report)
{
	report->facts[1].here.target = CALLEE + 0x40;
}

static void call_by_name(struct report *report)
{
	report->facts[1].here.has_target = false;
	report->facts[1].here.target_name = OD_STR("inner");
}

static void call_in_another_image(struct report *report)
{
	static struct od_types others = {.items = {type_list, 1, 1}};

	report->facts[1].types = &others;
}

/* The trace lacks the caller, and names the caller's. */
static void move_to_link(struct report *report)
{
	report->event->has_lr = true;
	report->event->lr = report->frame;
	report->frame = (struct od_frame){.function = OD_STR("main"), .raw = OD_STR("main+0x1/0x2")};
	report->facts[1].frame = &report->event->lr;
}

static void have_an_old_link(struct report *report)
{
	move_to_link(report);
	call_another(report);
}

static void be_a_guess(struct report *report)
{
	report->frame.unreliable = true;
}

static void lose_the_facts(struct report *report)
{
	report->event->facts.count = 1;
}

static const struct {
	const char *name;
	void (*change)(struct report *report);
	uint8_t reg;		/* where the caller's variable is */
	const char *value;	/* NULL: it has none, or is not listed */
	bool listed;
} cases[] = {
	{"a register that the function leaves alone", change_nothing, RBX, "7", true},
	{"one that it writes", write_rbx, RBX, NULL, true},
	{"one that calls do not preserve", change_nothing, 1, NULL, true},
	{"one that the log does not show", change_nothing, R12, NULL, true},
	{"a call by name", call_by_name, RBX, "7", true},
	{"a call through a pointer", call_through_pointer, RBX, NULL, false},
	{"a call of another function", call_another, RBX, NULL, false},
	{"the same address in another image", call_in_another_image, RBX, NULL, false},
	{"a caller that only the link register tells", move_to_link, RBX, "7", true},
	{"a link register from before", have_an_old_link, RBX, NULL, false},
	{"a frame that the kernel guesses", be_a_guess, RBX, NULL, false},
	{"a frame without facts", lose_the_facts, RBX, NULL, false},
};

static const struct od_frame_variable *find(const struct od_event *event, const char *name)
{
	for (size_t i = 0; i < event->variables.count; i++)
		if (od_str_equal(event->variables.items[i].name, od_str_from(name)))
			return &event->variables.items[i];
	return NULL;
}

static void a_caller_has_what_the_function_kept(void **unused)
{
	(void)unused;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct report report;
		make(&report, cases[i].reg);
		cases[i].change(&report);
		od_read_registers(report.event);
		assert_str(find(report.event, "inner_value")->value, "5");
		const struct od_frame_variable *outer = find(report.event, "outer_value");
		if ((outer != NULL) != cases[i].listed)
			fail_msg("%s: %s", cases[i].name, outer ? "listed" : "not listed");
		if (outer && !od_str_equal(outer->value, od_str_from(cases[i].value ? cases[i].value : "")))
			fail_msg("%s: \"%.*s\"", cases[i].name, OD_FMT(outer->value));
		od_event_destroy(report.event);
	}
}

static void what_is_in_memory_says_so(void **unused)
{
	(void)unused;
	struct report report;

	make(&report, RBX);
	report.locations[0].kind = OD_LOCATION_MEMORY;
	od_read_registers(report.event);
	assert_str(find(report.event, "inner_value")->reason, "in memory, which the log does not show");
	od_event_destroy(report.event);
}

static void without_registers_nothing_is_said(void **unused)
{
	(void)unused;
	struct report report;

	make(&report, RBX);
	report.event->registers.count = 0;
	od_read_registers(report.event);
	assert_int_equal(report.event->variables.count, 0);
	od_event_destroy(report.event);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_caller_has_what_the_function_kept),
		cmocka_unit_test(what_is_in_memory_says_so),
		cmocka_unit_test(without_registers_nothing_is_said),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
