// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/test.h"

#include "core/vmcore_model.h"
#include "render/page.h"
#include "render/render.h"
#include "tests/invented_event.h"

static struct od_str source_line(void *user, const struct od_place *place, unsigned line)
{
	static const char *const lines[] = {"\tint a;", "", "\treturn cfg->limit;\r", "}"};

	(void)user;
	if (!od_str_equal(place->file, OD_STR("hub.c")) || line < 30 || line > 33)
		return (struct od_str){NULL, 0};
	return od_str_from(lines[line - 30]);
}

static struct od_str render(struct od_buf *buf, const struct od_event *event, unsigned width)
{
	const struct od_render_options options = {.width = width, .source_line = source_line};

	od_buf_clear(buf);
	od_render_text.event(buf, &options, event, 0);
	return od_buf_str(buf);
}

static void assert_holds(struct od_str text, const char *part)
{
	if (od_str_find(text, od_str_from(part)) < 0)
		fail_msg("no \"%s\" in\n%.*s", part, OD_FMT(text));
}

static void assert_lacks(struct od_str text, const char *part)
{
	if (od_str_find(text, od_str_from(part)) >= 0)
		fail_msg("unwanted \"%s\" in\n%.*s", part, OD_FMT(text));
}

static void says_what_where_and_why(void **state)
{
	static const char *const parts[] = {
		"━━ Event 1 · lines 382–431 · 5.545248 s ━",
		"\nNULL pointer dereference in hub_apply [hub]: read from address 0x24\n",
		"A consequence of event 1",
		"  hub.c:32 in hub_threshold\n",
		"     30 │         int a;\n",
		"     31 │\n",
		"   ▶ 32 │         return cfg->limit;\n",
		"     33 │ }\n",
		"  inlined at hub.c:40 in hub_apply\n",
		"  Why       hub_apply read through a pointer that is NULL.\n",
		"  Access    read by the kernel, error code 0000 (x86 page fault)\n            bit 0  P = 0  the page was not present\n",
		"  Object    kmalloc-64 at 0xffff888001000000, 64 bytes, accessed at offset 8\n",
		"  Locks     &hub->lock taken at hub_open+0x3/0x40 [hub]\n",
		"  Task      insmod, PID 91, CPU 0\n",
		"  Kernel    6.1.0-56-amd64 #1 Debian 6.1.192-2, x86_64\n",
		"  Taint     O out-of-tree module (line 377)\n",
		"  Image     build/hub.ko matches: code bytes, vermagic\n",
		"     ffffffffc02a800b  55                       push   %rbp\n",
		"   ▶ ffffffffc02a800c  8b 40 24                 mov    0x24(%rax),%eax\n",
		"    → hub_threshold         hub.c:32 inlined\n      hub_apply+0xc [hub]   hub.c:40\n",
		"    <IRQ>\n      hub_timer+0x11 [hub]  timer.c:7\n    <TASK>\n      do_one_initcall+0x59\n",
		"(+1 unreliable, not shown)",
		"  Freed by cat, PID 7 on CPU 1\n      kfree+0x2\n",
		"No line for do_one_initcall: install linux-image-6.1.0-56-amd64-dbg\n",
		"rax 0x4",
		"  Note      the report ends before its end marker\n",
		"  Next      · Look at who sets cfg.\n",
	};
	struct od_event *event = invented_event();
	struct od_buf buf = {0};

	(void)state;
	struct od_str text = render(&buf, event, 80);
	for (size_t i = 0; i < ARRAY_SIZE(parts); i++)
		assert_holds(text, parts[i]);
	assert_lacks(text, "stale");
	assert_lacks(text, "\033");
	od_buf_deinit(&buf);
	od_event_destroy(event);
}

static void no_line_is_wider_than_the_terminal(void **state)
{
	static const unsigned widths[] = {24, 30, 40, 60, 80, 132, 200};
	struct od_event *event = invented_event();
	struct od_buf buf = {0};

	(void)state;
	event->ip.function = OD_STR("a_function_with_a_name_that_is_longer_than_a_narrow_terminal_is_wide");
	event->message = OD_STR("/a/path/without/a/blank/that/is/longer/than/a/narrow/terminal/is/wide/and/then/some");
	for (size_t i = 0; i < ARRAY_SIZE(widths); i++) {
		struct od_str text = render(&buf, event, widths[i]), line;
		while (od_scan_until(&text, '\n', &line)) {
			if (od_escape_terminal_width(line) > widths[i])
				fail_msg("wider than %u: %.*s", widths[i], OD_FMT(line));
			if (line.len && line.ptr[line.len - 1] == ' ')
				fail_msg("blanks at the end at width %u: \"%.*s\"", widths[i], OD_FMT(line));
			od_scan_char(&text, '\n');
		}
		assert_int_equal(text.len, 0);
	}
	od_buf_deinit(&buf);
	od_event_destroy(event);
}

/* Columns of a very wide terminal are used, where prose keeps to a width that can be read. */
static void a_wide_terminal_keeps_rows_whole(void **state)
{
	struct od_event *event = invented_event();
	struct od_buf buf = {0};

	(void)state;
	event->ip.function = OD_STR("a_function_with_a_name_that_is_longer_than_the_lines_of_prose_are_allowed_to_be_"
				    "even_in_a_terminal_that_is_much_wider_than_that");
	assert_holds(render(&buf, event, 200), "wider_than_that+0xc [hub]  hub.c:40 in hub_apply\n");
	od_buf_deinit(&buf);
	od_event_destroy(event);
}

/* A word that fills lines and lines, of bytes that are four columns each. */
static void a_huge_word_is_wrapped_in_linear_time(void **state)
{
	const size_t size = 1 << 20;
	struct od_event *event = invented_event();
	struct od_buf buf = {0};
	char *word = malloc(size);

	(void)state;
	assert_non_null(word);
	memset(word, '\xff', size);
	event->message = (struct od_str){word, size};
	struct od_str text = render(&buf, event, 24), line;
	size_t lines = 0;
	for (; od_scan_until(&text, '\n', &line); lines++) {
		assert_true(od_escape_terminal_width(line) <= 24);
		od_scan_char(&text, '\n');
	}
	assert_in_range(lines, size / 3, size / 3 + 500);
	free(word);
	od_buf_deinit(&buf);
	od_event_destroy(event);
}

/* The text beside words of memory is in the order of its bytes, whatever the machine's. */
static void words_of_memory_are_read_as_text(void **state)
{
	static const struct { const struct od_arch *arch; uint64_t word; } rows[] = {
		{&od_arch_x86_64, 0x00726f7272657773}, {&od_arch_s390x, 0x73776572726f7200},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct od_vmcore_row row = {.address = od_num(0x1000), .number = od_num(rows[i].word)};
		struct od_vmcore_answer answer = {.question = OD_ASK_MEMORY, .title = OD_STR("rd"), .rows = {&row, 1, 1}};
		struct od_vmcore model = {.arch = rows[i].arch, .parts = OD_VMCORE_PART_ANSWERS, .answers = {&answer, 1, 1}};
		const struct od_render_options options = {.vmcore = &model};
		const struct od_source source = {.path = OD_STR("-")};
		const struct od_document_end end = {.source = &source};
		struct od_buf buf = {0};
		od_render_text.begin(&buf, &options);
		od_render_text.end(&buf, &options, &end);
		assert_holds(od_buf_str(&buf), "  swerror.\n");
		od_buf_deinit(&buf);
	}
}

static void all_frames_shows_the_unreliable_ones(void **state)
{
	const struct od_render_options options = {.raw_trace = true};
	struct od_event *event = invented_event();
	struct od_buf buf = {0};

	(void)state;
	od_render_text.event(&buf, &options, event, 0);
	assert_holds(od_buf_str(&buf), "      ? stale+0x1\n");
	assert_lacks(od_buf_str(&buf), "not shown");
	od_buf_deinit(&buf);
	od_event_destroy(event);
}

/* A trace without one reliable frame (a kernel that cannot unwind) is all there is: it is shown. */
static void a_trace_of_unreliable_frames_is_shown(void **state)
{
	struct od_event *event = invented_event();
	struct od_buf buf = {0};

	(void)state;
	for (size_t i = 0; i < event->trace.count; i++)
		event->trace.items[i].unreliable = true;
	assert_holds(render(&buf, event, 80), "? do_one_initcall+0x59");
	od_buf_deinit(&buf);
	od_event_destroy(event);
}

static void recursion_is_counted_and_long_traces_are_cut(void **state)
{
	struct od_event *event = od_event_create();
	struct od_buf buf = {0};

	(void)state;
	for (int i = 0; i < 400; i++) {
		struct od_frame *frame = od_list_push(event->arena, &event->trace);
		*frame = invented_frame(i < 200 ? "f+0x1/0x40" : i % 2 ? "g+0x1/0x40" : "h+0x1/0x40",
					i < 200 ? "f" : i % 2 ? "g" : "h", 1, "", "");
	}
	struct od_str text = render(&buf, event, 80);
	assert_holds(text, "f+0x1 × 200\n");
	assert_holds(text, "… and 153 more frames");
	od_buf_deinit(&buf);
	od_event_destroy(event);
}

static void the_responsible_frame_is_pointed_at(void **state)
{
	struct od_event *event = invented_event();
	struct od_buf buf = {0};

	(void)state;
	event->responsible = &event->trace.items[0];
	struct od_str text = render(&buf, event, 80);
	assert_holds(text, "hub_timer+0x11 [hub]  timer.c:7 ← look here first\n");
	assert_holds(text, "\n  timer.c:7 in hub_timer\n      /src/hub/timer.c\n");
	od_buf_deinit(&buf);
	od_event_destroy(event);
}

static void a_wrong_image_is_loud(void **state)
{
	struct od_event *event = invented_event();
	struct od_buf buf = {0};

	(void)state;
	event->images.items[0].verdict = OD_VERDICT_MISMATCH;
	event->ip.places.count = 0;
	event->ip.status = OD_FRAME_MISMATCH;
	struct od_str text = render(&buf, event, 80);
	assert_holds(text, "build/hub.ko is NOT the file that crashed");
	assert_holds(text, "  Source    hub_apply: the file is not the one that crashed\n");
	od_buf_deinit(&buf);
	od_event_destroy(event);
}

static void log_text_cannot_reach_the_terminal(void **state)
{
	struct od_event *event = invented_event();
	struct od_buf buf = {0};
	const struct od_str evil = OD_STR("\033]0;x\a\r\n\xc2\x9b" "2J");

	(void)state;
	event->title = event->comm = event->message = event->hardware = evil;
	event->ip.function = event->ip.module = event->trace.items[0].raw = evil;
	event->trace.items[0].context = event->images.items[0].path = evil;
	event->code.disassembly.items[0].text = event->locks.items[0].name = evil;
	event->registers.items[0].name = event->explanation.sentence = evil;
	struct od_str text = render(&buf, event, 80);
	for (size_t i = 0; i < text.len; i++)
		assert_true((unsigned char)text.ptr[i] >= 0x20 || text.ptr[i] == '\n');
	assert_int_equal(od_str_find(text, OD_STR("\xc2\x9b")), -1);
	assert_holds(text, "\\x1b]0;x\\x07");
	od_buf_deinit(&buf);
	od_event_destroy(event);
}

/* The same report a thousand times is one report and 999 short ones. */
static void a_repetition_is_short(void **state)
{
	struct od_event *event = invented_event();
	struct od_buf buf = {0};

	(void)state;
	event->repeat_of = 2;
	event->consequence_of = -1;
	assert_str(render(&buf, event, 40),
		   "━━ Event 1 · lines 382–431 · 5.545248 s\n"
		   "NULL pointer dereference in hub_apply\n  [hub]: read from address 0x24\n"
		   "The same as event 3, again.\n\n  Task      insmod, PID 91, CPU 0\n");
	od_buf_deinit(&buf);
	od_event_destroy(event);
}

/* Colours change nothing but colours. */
static void colours_are_sgr_sequences_only(void **state)
{
	const struct od_render_options options = {.color = true, .width = 60};
	struct od_event *event = invented_event();
	struct od_buf color = {0}, plain = {0}, stripped = {0};

	(void)state;
	od_render_text.event(&color, &options, event, 0);
	od_render_text.event(&plain, &(struct od_render_options){.width = 60}, event, 0);
	assert_holds(od_buf_str(&color), "\033[1;31m");
	for (size_t i = 0; i < color.len; i++) {
		if (color.data[i] == '\033') {
			while (color.data[i] != 'm')
				i++;
			continue;
		}
		od_buf_put_char(&stripped, color.data[i]);
	}
	assert_string_equal(stripped.data, plain.data);
	od_buf_deinit(&color);
	od_buf_deinit(&plain);
	od_buf_deinit(&stripped);
	od_event_destroy(event);
}

static void the_emptiest_event_is_a_headline(void **state)
{
	struct od_event *event = od_event_create();
	struct od_buf buf = {0};

	(void)state;
	event->kind = OD_KIND_PANIC;
	event->severity = OD_SEVERITY_PANIC;
	assert_str(render(&buf, event, 24), "━━ Event 1 ━━━━━━━━━━━━━\nkernel panic\n");
	od_buf_deinit(&buf);
	od_event_destroy(event);
}

static void nothing_found_is_nothing_written(void **state)
{
	const struct od_render_options options = {.width = 80};
	const struct od_source source = {.path = OD_STR("log"), .format = "dmesg", .lines = 3};
	const struct od_diagnostic diagnostic = {OD_DIAGNOSTIC_NOTE, 1, OD_STR("odd")};
	struct od_document_end end = {.source = &source, .diagnostics = &diagnostic, .diagnostic_count = 1};
	struct od_buf buf = {0};

	(void)state;
	od_render_text.begin(&buf, &options);
	od_render_text.end(&buf, &options, &end);
	assert_int_equal(buf.len, 0);
	end.event_count = 2;
	od_render_text.end(&buf, &options, &end);
	assert_holds(od_buf_str(&buf), "  Note      line 1: odd\n");
	assert_holds(od_buf_str(&buf), "  Log       log: 2 events in 3 lines, format dmesg\n");
	od_buf_deinit(&buf);
}

static void words_wrap_where_blanks_are(void **state)
{
	struct od_buf buf = {0};
	struct od_page page = od_page_on(&buf, &(struct od_render_options){.width = 24});

	(void)state;
	od_page_line(&page, 2, 4);
	od_page_say(&page, OD_STYLE_PLAIN, "one  two");
	od_page_say(&page, OD_STYLE_PLAIN, ", three");
	od_page_say(&page, OD_STYLE_PLAIN, " four");
	od_page_say(&page, OD_STYLE_PLAIN, "(five)");
	od_page_end(&page);
	assert_str(od_buf_str(&buf), "  one two, three\n    four(five)\n");
	od_buf_deinit(&buf);
}

static void pieces_are_cut(void **state)
{
	struct od_buf buf = {0};
	struct od_page page = od_page_on(&buf, &(struct od_render_options){.width = 24});

	(void)state;
	od_page_line(&page, 4, 4);
	od_page_piece(&page, OD_STYLE_PLAIN, OD_STR("exactly twenty chars"));
	od_page_end(&page);
	od_page_line(&page, 4, 4);
	od_page_piece(&page, OD_STYLE_PLAIN, OD_STR("more than twenty char"));
	od_page_end(&page);
	assert_str(od_buf_str(&buf), "    exactly twenty chars\n    more than twenty ch…\n");
	od_buf_deinit(&buf);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(says_what_where_and_why),
		cmocka_unit_test(no_line_is_wider_than_the_terminal),
		cmocka_unit_test(a_wide_terminal_keeps_rows_whole),
		cmocka_unit_test(a_huge_word_is_wrapped_in_linear_time),
		cmocka_unit_test(words_of_memory_are_read_as_text),
		cmocka_unit_test(all_frames_shows_the_unreliable_ones),
		cmocka_unit_test(a_trace_of_unreliable_frames_is_shown),
		cmocka_unit_test(recursion_is_counted_and_long_traces_are_cut),
		cmocka_unit_test(the_responsible_frame_is_pointed_at),
		cmocka_unit_test(a_wrong_image_is_loud),
		cmocka_unit_test(log_text_cannot_reach_the_terminal),
		cmocka_unit_test(a_repetition_is_short),
		cmocka_unit_test(colours_are_sgr_sequences_only),
		cmocka_unit_test(the_emptiest_event_is_a_headline),
		cmocka_unit_test(nothing_found_is_nothing_written),
		cmocka_unit_test(words_wrap_where_blanks_are),
		cmocka_unit_test(pieces_are_cut),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
