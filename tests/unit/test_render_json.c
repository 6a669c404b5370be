// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/test.h"

#include "render/json_writer.h"
#include "render/render.h"
#include "tests/invented_event.h"

static const struct od_render_options options = {.tool_version = "1.2.3"};

static struct od_str render(struct od_buf *buf, const struct od_event *event)
{
	od_render_json.event(buf, &options, event, 0);
	return od_buf_str(buf);
}

static void assert_holds(struct od_str text, const char *part)
{
	if (od_str_find(text, od_str_from(part)) < 0)
		fail_msg("no %s in %.*s", part, OD_FMT(text));
}

static void assert_lacks(struct od_str text, const char *part)
{
	if (od_str_find(text, od_str_from(part)) >= 0)
		fail_msg("unwanted %s in %.*s", part, OD_FMT(text));
}

/* A file of which lines 31 to 33 are there. */
static struct od_str three_lines(void *user, const struct od_place *place, unsigned line)
{
	static const char *const lines[] = {"\t{", "\t\treturn cfg->\"x\";\r\n", "\t}"};

	(void)user;
	(void)place;
	return line >= 31 && line <= 33 ? od_str_from(lines[line - 31]) : (struct od_str){0};
}

static void source_lines_are_written_without_their_common_indent(void **state)
{
	const struct od_render_options with_source = {.tool_version = "1.2.3", .source_line = three_lines};
	struct od_event *event = invented_event();
	struct od_buf buf = {0};

	(void)state;
	od_render_json.event(&buf, &with_source, event, 0);
	assert_holds(od_buf_str(&buf), "\"excerpt\":{\"file\":\"hub.c\",\"line\":32,\"lines\":[{\"line\":31,\"text\":\"{\"},"
				       "{\"line\":32,\"text\":\"        return cfg->\\\"x\\\";\"},{\"line\":33,\"text\":\"}\"}]}");
	od_buf_clear(&buf);
	assert_lacks(render(&buf, event), "excerpt");
	od_buf_deinit(&buf);
	od_event_destroy(event);
}

static void an_event_is_written_as_the_contract_says(void **state)
{
	static const char *const parts[] = {
		"{\"kind\":\"null-deref\",\"severity\":\"oops\",\"title\":\"NULL pointer dereference in hub_apply [hub]\","
		"\"first_line\":382,\"last_line\":431,\"time\":5.545248,\"arch\":\"x86_64\",\"endian\":\"little\","
		"\"kernel_release\":\"6.1.0-56-amd64\",\"kernel_version\":\"#1  Debian 6.1.192-2\",\"hardware\":",
		"\"cpu\":0,\"pid\":91,\"comm\":\"insmod\",\"taint\":{\"raw\":\"G           O\",\"flags\":[{\"letter\":\"O\","
		"\"name\":\"out-of-tree module\",\"meaning\":\"A module that is not part of the kernel.\",\"line\":377}]},"
		"\"counter\":1,\"fault\":{\"address\":\"0x24\",\"access\":\"read\",\"mode\":\"kernel\","
		"\"error_code\":{\"raw\":\"0x0\",\"name\":\"x86 page fault\",\"bits\":[{\"bit\":0,\"name\":\"P\","
		"\"value\":0,\"meaning\":\"the page was not present\"}]}},\"ip\":{",
		"\"responsible\":{\"raw\":\"hub_apply+0xc/0x40 [hub]\",\"address\":\"0xffffffffc02a800c\","
		"\"function\":\"hub_apply\",\"offset\":\"0xc\",\"size\":\"0x40\",\"module\":\"hub\","
		"\"status\":\"resolved\",\"source\":[{\"function\":\"hub_threshold\",\"file\":\"hub.c\","
		"\"path\":\"/src/hub/hub.c\",\"line\":32,\"inlined\":true},{\"function\":\"hub_apply\",\"file\":\"hub.c\","
		"\"path\":\"/src/hub/hub.c\",\"line\":40,\"inlined\":false}]},\"registers\":{\"rax\":\"0x4\",\"rbx\":\"0x0\"},"
		"\"code\":{\"bytes\":\"55 8b 40 24 c3\",\"fault_index\":1,\"source\":\"log\",\"disassembly\":["
		"{\"address\":\"0xffffffffc02a800b\",\"bytes\":\"55\",\"text\":\"push   %rbp\",\"fault\":false},"
		"{\"address\":\"0xffffffffc02a800c\",\"bytes\":\"8b 40 24\",\"text\":\"mov    0x24(%rax),%eax\",\"fault\":true},",
		"\"trace\":[{\"raw\":\"hub_timer+0x11/0x40 [hub]\",\"function\":\"hub_timer\",\"offset\":\"0x11\","
		"\"size\":\"0x40\",\"module\":\"hub\",\"context\":\"IRQ\",\"reliable\":true,\"status\":\"resolved\",",
		"\"context\":\"IRQ\",\"reliable\":false},",
		"\"reliable\":true,\"status\":\"no-image\",\"status_detail\":\"install linux-image-6.1.0-56-amd64-dbg\"}]",
		"\"traces\":[{\"role\":\"free\",\"cpu\":1,\"pid\":7,\"comm\":\"cat\",\"frames\":[{",
		"\"object\":{\"cache\":\"kmalloc-64\",\"address\":\"0xffff888001000000\",\"size\":64,\"offset\":8}",
		"\"locks\":[{\"name\":\"&hub->lock\",\"address\":\"0xffff888001000010\",\"frame\":{\"raw\":",
		"\"modules\":[\"hub(OE+)\",\"loop\"],\"integrity\":[\"cut-off\"],\"consequence_of\":0,"
		"\"explanation\":{\"sentence\":\"hub_apply read through a pointer that is NULL.\","
		"\"next\":[\"Look at who sets cfg.\"]},\"images\":[{\"module\":\"hub\",\"path\":\"build/hub.ko\","
		"\"verdict\":\"match\",\"evidence\":[\"code-bytes\",\"vermagic\"]}]}",
	};
	struct od_event *event = invented_event();
	struct od_buf buf = {0};

	(void)state;
	assert_non_null(event);
	struct od_str text = render(&buf, event);
	for (size_t i = 0; i < ARRAY_SIZE(parts); i++)
		assert_holds(text, parts[i]);
	assert_lacks(text, "repeat_of");
	od_buf_deinit(&buf);
	od_event_destroy(event);
}

/* Never a guess, never "" or -1: of an event of which nothing is known only this is left. */
static void what_is_unknown_is_absent(void **state)
{
	struct od_event *event = od_event_create();
	struct od_buf buf = {0};

	(void)state;
	event->kind = OD_KIND_PANIC;
	event->severity = OD_SEVERITY_PANIC;
	assert_str(render(&buf, event), "{\"kind\":\"panic\",\"severity\":\"panic\",\"trace\":[]}");
	od_buf_deinit(&buf);
	od_event_destroy(event);
}

static void an_untainted_kernel_has_no_taint(void **state)
{
	struct od_event *event = od_event_create();
	struct od_buf buf = {0};

	(void)state;
	event->has_taint = true;
	assert_lacks(render(&buf, event), "taint");
	od_buf_deinit(&buf);
	od_event_destroy(event);
}

static void code_that_could_not_be_read_says_so(void **state)
{
	struct od_event *event = od_event_create();
	struct od_buf buf = {0};

	(void)state;
	event->code.note = OD_STR("Unable to access opcode bytes at 0x1.");
	assert_holds(render(&buf, event), "\"code\":{\"note\":\"Unable to access opcode bytes at 0x1.\"}");
	od_buf_deinit(&buf);
	od_event_destroy(event);
}

/* An instruction that claims more bytes than there are gets what there is. */
static void instruction_bytes_stay_inside_the_code(void **state)
{
	struct od_event *event = od_event_create();
	struct od_buf buf = {0};

	(void)state;
	event->code.source = OD_CODE_LOG;
	event->code.bytes = OD_STR("\xc7\x04");
	struct od_instruction_text *text = od_list_push(event->arena, &event->code.disassembly);
	*text = (struct od_instruction_text){.offset = 1, .size = 9, .text = OD_STR("(bad)")};
	text = od_list_push(event->arena, &event->code.disassembly);
	*text = (struct od_instruction_text){.offset = 7, .size = 9, .text = OD_STR("(none)")};
	struct od_str json = render(&buf, event);
	assert_holds(json, "{\"bytes\":\"04\",\"text\":\"(bad)\",\"fault\":false},{\"text\":\"(none)\",\"fault\":false}");
	od_buf_deinit(&buf);
	od_event_destroy(event);
}

static void log_text_cannot_break_out(void **state)
{
	struct od_event *event = od_event_create();
	struct od_buf buf = {0};

	(void)state;
	event->comm = OD_STR("a\",\"b\":\"\033[2J\n");
	struct od_register *reg = od_list_push(event->arena, &event->registers);
	*reg = (struct od_register){OD_STR("r\"1"), 1};
	struct od_module *module = od_list_push(event->arena, &event->modules);
	*module = (struct od_module){OD_STR("m\"od"), OD_STR("O\\")};
	struct od_str json = render(&buf, event);
	assert_holds(json, "\"comm\":\"a\\\",\\\"b\\\":\\\"\\u001b[2J\\n\"");
	assert_holds(json, "\"registers\":{\"r\\\"1\":\"0x1\"}");
	assert_holds(json, "\"modules\":[\"m\\\"od(O\\\\)\"]");
	assert_int_equal(od_str_find_char(json, '\n'), -1);
	od_buf_deinit(&buf);
	od_event_destroy(event);
}

static void seconds_are_trimmed(void **state)
{
	static const struct {
		uint64_t usec;
		const char *json;
	} rows[] = {
		{0, "\"t\":0"}, {5145148, "\"t\":5.145148"}, {5500000, "\"t\":5.5"}, {7000000, "\"t\":7"},
		{1, "\"t\":0.000001"}, {100, "\"t\":0.0001"}, {1346315801000, "\"t\":1346315.801"},
	};
	struct od_buf buf = {0};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct od_json json = {.out = &buf};
		od_buf_clear(&buf);
		od_json_key_seconds(&json, "t", od_num(rows[i].usec));
		assert_str(od_buf_str(&buf), rows[i].json);
	}
	od_buf_deinit(&buf);
}

static const struct od_source source = {.path = OD_STR("a.txt"), .format = "dmesg", .compression = "xz", .lines = 812, .bytes = 51234};

static void a_document_is_one_line(void **state)
{
	const struct od_module_line line = {.line = 377, .module = OD_STR("hub"), .what = "out-of-tree", .taint = 'O'};
	const struct od_diagnostic diagnostic = {OD_DIAGNOSTIC_WARNING, 12, OD_STR("odd")};
	const struct od_document_end end = {&source, &line, 1, &diagnostic, 1, 2};
	struct od_event *event = od_event_create();
	struct od_buf buf = {0};

	(void)state;
	od_render_json.begin(&buf, &options);
	od_render_json.event(&buf, &options, event, 0);
	od_render_json.event(&buf, &options, event, 1);
	od_render_json.end(&buf, &options, &end);
	assert_str(od_buf_str(&buf),
		   "{\"schema\":1,\"tool\":{\"name\":\"oopsdecode\",\"version\":\"1.2.3\"},\"events\":["
		   "{\"kind\":\"null-deref\",\"severity\":\"info\",\"trace\":[]},"
		   "{\"kind\":\"null-deref\",\"severity\":\"info\",\"trace\":[]}],"
		   "\"module_lines\":[{\"line\":377,\"module\":\"hub\",\"what\":\"out-of-tree\",\"taint\":\"O\"}],"
		   "\"diagnostics\":[{\"severity\":\"warning\",\"line\":12,\"text\":\"odd\"}],"
		   "\"source\":{\"path\":\"a.txt\",\"format\":\"dmesg\",\"compression\":\"xz\",\"lines\":812,\"bytes\":51234}}\n");
	od_buf_deinit(&buf);
	od_event_destroy(event);
}

static void a_document_without_events_is_whole(void **state)
{
	const struct od_document_end end = {.source = &source};
	struct od_buf buf = {0};

	(void)state;
	od_render_json.begin(&buf, &options);
	od_render_json.end(&buf, &options, &end);
	assert_holds(od_buf_str(&buf), "\"events\":[],\"module_lines\":[],\"diagnostics\":[],\"source\":{");
	od_buf_deinit(&buf);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_event_is_written_as_the_contract_says),
		cmocka_unit_test(source_lines_are_written_without_their_common_indent),
		cmocka_unit_test(what_is_unknown_is_absent),
		cmocka_unit_test(an_untainted_kernel_has_no_taint),
		cmocka_unit_test(code_that_could_not_be_read_says_so),
		cmocka_unit_test(instruction_bytes_stay_inside_the_code),
		cmocka_unit_test(log_text_cannot_break_out),
		cmocka_unit_test(seconds_are_trimmed),
		cmocka_unit_test(a_document_is_one_line),
		cmocka_unit_test(a_document_without_events_is_whole),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
