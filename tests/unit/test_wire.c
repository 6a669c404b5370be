// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/test.h"

#include "core/wire.h"

static const struct od_register_set set_a = {.result = 1}, set_b = {.result = 2};

static const struct od_register_set *sets(size_t number)
{
	static const struct od_register_set *const all[] = {&set_a, &set_b};
	return number < ARRAY_SIZE(all) ? all[number] : NULL;
}

static struct od_frame frame_named(const char *function)
{
	return (struct od_frame){.raw = OD_STR("f+0x1/0x2"), .function = od_str_from(function), .offset = od_num(1),
				 .size = od_num(2), .module = OD_STR("hub"), .is_return_address = true};
}

static struct od_types far;
static size_t far_count;

static struct od_types *make_types(void *user, struct od_arena *arena, size_t number, size_t count)
{
	(void)user;
	(void)arena;
	(void)number;
	far_count = count;
	return &far;
}

static void read_nothing(struct od_instructions *instructions)
{
	(void)instructions;
}

static struct od_instructions *make_instructions(void *user, struct od_arena *arena, size_t number)
{
	(void)user;
	struct od_instructions *instructions = od_arena_alloc(arena, sizeof(*instructions));
	assert_int_equal(number, 0);
	instructions->read = read_nothing;
	return instructions;
}

static const struct od_wire_world world = {sets, make_types, make_instructions, NULL};

/* What parsers write. */
static struct od_event *asked_event(void)
{
	struct od_event *event = od_event_create();

	assert_non_null(event);
	event->kind = OD_KIND_NULL_DEREF;
	event->severity = OD_SEVERITY_OOPS;
	event->arch = &od_arch_arm64;
	event->kernel_release = OD_STR("6.1.0");
	event->kernel_offset = od_num(0x1000);
	event->has_ip = true;
	event->ip = frame_named("hub_apply");
	event->code.bytes = OD_STR("\x90\x91\x92");
	event->code.source = OD_CODE_LOG;
	event->code.has_fault_index = true;
	event->code.fault_index = 1;
	for (unsigned i = 0; i < 2; i++)
		*(struct od_frame *)od_list_push(event->arena, &event->trace) = frame_named(i ? "caller" : "callee");
	struct od_trace *trace = od_list_push(event->arena, &event->traces);
	trace->role = OD_STR("alloc");
	*(struct od_frame *)od_list_push(event->arena, &trace->frames) = frame_named("allocator");
	struct od_lock *lock = od_list_push(event->arena, &event->locks);
	lock->frame = frame_named("locker");
	*(struct od_module *)od_list_push(event->arena, &event->modules) = (struct od_module){OD_STR("hub"), OD_STR("OE")};
	return event;
}

static void add_facts(struct od_event *event)
{
	struct od_facts *facts = od_list_push(event->arena, &event->facts);

	*facts = (struct od_facts){.frame = &event->trace.items[1], .registers = &set_b, .pc = 7, .proven = true, .site = true};
	facts->instructions = od_arena_alloc(event->arena, sizeof(*facts->instructions));
	struct od_insn *insn = od_list_push(event->arena, &facts->instructions->list);
	*insn = (struct od_insn){.address = 0x40, .kind = OD_INSN_CALL, .to = OD_REGISTER_NONE, .target_name = OD_STR("memcpy"),
				 .memory_count = 1, .memory[0] = {.displacement = -8, .base = 3, .index = OD_REGISTER_NONE}};
	facts->here = *insn;
	*od_list_push(event->arena, &facts->calls) = (struct od_call){9, OD_STR("port_find"), 1, 2};
	*od_list_push(event->arena, &facts->edges) = (struct od_edge){3, 5};
	struct od_variable *variable = od_list_push(event->arena, &facts->variables);
	*variable = (struct od_variable){.name = OD_STR("dev"), .type = 0, .parameter = true};
	*(struct od_location *)od_list_push(event->arena, &variable->locations) =
		(struct od_location){.from = 1, .to = 9, .kind = OD_LOCATION_SUM, .reg = 5, .reg2 = 6, .scale = 8, .offset = -4};
	facts->types = od_arena_alloc(event->arena, sizeof(*facts->types));
	for (unsigned i = 0; i < 3; i++)
		od_list_push(event->arena, &facts->types->items);
}

/* What the symbolizer writes. */
static void answer(struct od_event *event)
{
	struct od_image_use *use = od_list_push(event->arena, &event->images);

	*use = (struct od_image_use){.module = OD_STR("hub"), .path = OD_STR("/hub.ko"), .verdict = OD_VERDICT_MATCH, .evidence = 5};
	*(struct od_str *)od_list_push(event->arena, &use->details) = OD_STR("3 of 3 code bytes");
	event->ip.status = OD_FRAME_RESOLVED;
	event->ip.image = 1;
	*(struct od_place *)od_list_push(event->arena, &event->ip.places) =
		(struct od_place){OD_STR("hub_apply"), OD_STR("hub.c"), OD_STR("/src/hub.c"), 20, 3, true};
	event->trace.items[1].status = OD_FRAME_AMBIGUOUS;
	event->trace.items[1].status_detail = OD_STR("two of them");
	*(struct od_str *)od_list_push(event->arena, &event->trace.items[1].candidates) = OD_STR("caller at 0x10");
	event->traces.items[0].frames.items[0].status = OD_FRAME_NO_SYMBOL;
	event->locks.items[0].frame.status = OD_FRAME_MISMATCH;
	*(struct od_instruction_text *)od_list_push(event->arena, &event->code.disassembly) =
		(struct od_instruction_text){0x10, 1, 2, OD_STR("nop"), true};
	add_facts(event);
}

static struct od_buf answer_bytes(void)
{
	struct od_buf buf = {0};
	struct od_event *event = asked_event();

	answer(event);
	od_wire_put_answer(&buf, event, sets);
	assert_false(buf.failed);
	od_event_destroy(event);
	return buf;
}

static void a_question_carries_what_the_parsers_wrote(void **state)
{
	(void)state;
	struct od_event *event = asked_event();
	struct od_buf buf = {0};

	answer(event); /* of an earlier attempt: it is not sent */
	od_wire_put_question(&buf, event);
	struct od_event *copy = od_wire_get_question(od_buf_str(&buf));
	od_buf_deinit(&buf);
	od_event_destroy(event);
	assert_non_null(copy);
	assert_int_equal(copy->kind, OD_KIND_NULL_DEREF);
	assert_ptr_equal(copy->arch, &od_arch_arm64);
	assert_str(copy->kernel_release, "6.1.0");
	assert_int_equal(copy->kernel_offset.value, 0x1000);
	assert_true(copy->has_ip && !copy->has_lr);
	assert_str(copy->ip.function, "hub_apply");
	assert_int_equal(copy->ip.places.count, 0);
	assert_int_equal(copy->images.count + copy->facts.count, 0);
	assert_str(copy->code.bytes, "\x90\x91\x92");
	assert_int_equal(copy->trace.count, 2);
	assert_str(copy->trace.items[1].function, "caller");
	assert_str(copy->traces.items[0].frames.items[0].function, "allocator");
	assert_str(copy->locks.items[0].frame.function, "locker");
	assert_str(copy->modules.items[0].flags, "OE");
	od_event_destroy(copy);
}

static void an_answer_is_added_to_the_event_that_asked(void **state)
{
	(void)state;
	struct od_buf buf = answer_bytes();
	struct od_event *event = asked_event();

	assert_true(od_wire_get_answer(event, od_buf_str(&buf), &world));
	od_buf_deinit(&buf);
	assert_str(event->ip.function, "hub_apply");
	assert_int_equal(event->ip.status, OD_FRAME_RESOLVED);
	assert_str(event->ip.places.items[0].path, "/src/hub.c");
	assert_true(event->ip.places.items[0].inlined);
	assert_str(event->trace.items[1].candidates.items[0], "caller at 0x10");
	assert_int_equal(event->traces.items[0].frames.items[0].status, OD_FRAME_NO_SYMBOL);
	assert_int_equal(event->locks.items[0].frame.status, OD_FRAME_MISMATCH);
	assert_str(event->images.items[0].details.items[0], "3 of 3 code bytes");
	assert_str(event->code.disassembly.items[0].text, "nop");
	const struct od_facts *facts = &event->facts.items[0];
	assert_ptr_equal(facts->frame, &event->trace.items[1]);
	assert_ptr_equal(facts->registers, &set_b);
	assert_str(facts->instructions->list.items[0].target_name, "memcpy");
	assert_int_equal(facts->instructions->list.items[0].memory[0].displacement, -8);
	assert_str(facts->here.target_name, "memcpy");
	assert_true(facts->site && !facts->only_site);
	assert_int_equal(facts->variables.items[0].locations.items[0].offset, -4);
	assert_int_equal(facts->variables.items[0].locations.items[0].reg2, 6);
	assert_str(facts->calls.items[0].function, "port_find");
	assert_int_equal(facts->calls.items[0].parameters, 2);
	assert_int_equal(facts->edges.items[0].to, 5);
	assert_ptr_equal(facts->types, &far);
	assert_int_equal(far_count, 3);
	od_event_destroy(event);
}

static bool is_clear(const struct od_event *event)
{
	return !event->images.count && !event->facts.count && !event->ip.places.count &&
	       event->ip.status == OD_FRAME_UNRESOLVED && !event->code.disassembly.count &&
	       od_str_equal(event->code.bytes, OD_STR("\x90\x91\x92"));
}

static void a_type_arrives_with_its_members(void **state)
{
	(void)state;
	struct od_arena *arena = od_arena_create(0);
	struct od_type type = {.kind = OD_TYPE_STRUCT, .text = OD_STR("struct dev"), .size = 64, .target = OD_TYPE_NONE, .known = true};
	struct od_buf buf = {0};

	*(struct od_member *)od_list_push(arena, &type.members) =
		(struct od_member){.name = OD_STR("next"), .offset = 8, .bits = true};
	od_wire_put_type(&buf, &type);
	const struct od_type *copy = od_wire_get_type(arena, od_buf_str(&buf));
	assert_non_null(copy);
	assert_str(copy->text, "struct dev");
	assert_str(copy->members.items[0].name, "next");
	assert_int_equal(copy->members.items[0].offset, 8);
	for (size_t len = 0; len < buf.len; len++)
		assert_null(od_wire_get_type(arena, od_str_first(od_buf_str(&buf), len)));
	od_buf_deinit(&buf);
	od_arena_destroy(arena);
}

/* Those of callers are not sent with the answer, but by themselves when they are asked for. */
static void instructions_arrive_later(void **state)
{
	struct od_event *sent = asked_event(), *event = asked_event();
	struct od_buf buf = {0};

	(void)state;
	answer(sent);
	struct od_instructions *instructions = sent->facts.items[0].instructions;
	instructions->read = read_nothing;
	od_wire_put_answer(&buf, sent, sets);
	assert_true(od_wire_get_answer(event, od_buf_str(&buf), &world));
	assert_str(event->facts.items[0].here.target_name, "memcpy");
	struct od_instructions *far_ones = event->facts.items[0].instructions;
	assert_ptr_equal(far_ones->read, read_nothing);
	assert_int_equal(far_ones->list.count, 0);
	od_buf_clear(&buf);
	od_wire_put_instructions(&buf, instructions);
	assert_true(od_wire_get_instructions(event->arena, od_buf_str(&buf), far_ones));
	assert_str(od_facts_insns(&event->facts.items[0])->items[0].target_name, "memcpy");
	for (size_t len = 0; len < buf.len; len++) {
		assert_false(od_wire_get_instructions(event->arena, od_str_first(od_buf_str(&buf), len), far_ones));
		assert_int_equal(far_ones->list.count, 0);
	}
	od_buf_deinit(&buf);
	od_event_destroy(event);
	od_event_destroy(sent);
}

static void an_answer_that_is_cut_off_is_refused(void **state)
{
	(void)state;
	struct od_buf buf = answer_bytes();

	for (size_t len = 0; len < buf.len; len++) {
		struct od_event *event = asked_event();
		char *exact = malloc(len + 1); /* so that reading behind it is noticed */
		memcpy(exact, buf.data, len);
		assert_false(od_wire_get_answer(event, (struct od_str){exact, len}, &world));
		assert_true(is_clear(event));
		free(exact);
		od_event_destroy(event);
	}
	od_buf_deinit(&buf);
}

/* Everything that the analyzer and the renderers use as an index or a choice is in its bounds, whatever was sent. */
static void check_bounds(const struct od_event *event)
{
	for (size_t i = 0; i < event->facts.count; i++) {
		const struct od_facts *facts = &event->facts.items[i];
		assert_true(facts->registers && facts->frame && facts->types);
		for (size_t n = 0; n < facts->instructions->list.count; n++) {
			const struct od_insn *insn = &facts->instructions->list.items[n];
			assert_true(insn->to < OD_REGISTER_COUNT || insn->to == OD_REGISTER_NONE);
			assert_true(insn->memory_count <= OD_INSN_MEMORIES);
		}
	}
	assert_in_range(event->ip.status, 0, OD_FRAME_STATUS_COUNT - 1);
	assert_in_range(event->ip.image, 0, event->images.count);
	for (size_t i = 0; i < event->images.count; i++)
		assert_in_range(event->images.items[i].verdict, 0, OD_VERDICT_COUNT - 1);
}

static void an_answer_with_any_byte_changed_stays_in_bounds(void **state)
{
	(void)state;
	static const unsigned char values[] = {0x00, 0x01, 0x29, 0x7f, 0xff};
	struct od_buf buf = answer_bytes();
	size_t refused = 0;

	for (size_t at = 0; at < buf.len; at++)
		for (size_t v = 0; v < ARRAY_SIZE(values); v++) {
			struct od_event *event = asked_event();
			char before = buf.data[at];
			buf.data[at] = (char)values[v];
			if (od_wire_get_answer(event, od_buf_str(&buf), &world))
				check_bounds(event);
			else
				refused++;
			buf.data[at] = before;
			od_event_destroy(event);
		}
	assert_true(refused > 100);
	od_buf_deinit(&buf);
}

static void an_answer_to_another_question_is_refused(void **state)
{
	(void)state;
	struct od_buf buf = answer_bytes();
	struct od_event *event = asked_event();

	event->trace.count = 1;
	assert_false(od_wire_get_answer(event, od_buf_str(&buf), &world));
	od_event_destroy(event);
	od_buf_deinit(&buf);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_question_carries_what_the_parsers_wrote),
		cmocka_unit_test(an_answer_is_added_to_the_event_that_asked),
		cmocka_unit_test(a_type_arrives_with_its_members),
		cmocka_unit_test(instructions_arrive_later),
		cmocka_unit_test(an_answer_that_is_cut_off_is_refused),
		cmocka_unit_test(an_answer_with_any_byte_changed_stays_in_bounds),
		cmocka_unit_test(an_answer_to_another_question_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
