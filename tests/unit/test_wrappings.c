// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * The same report in any wrapping is the same event: reports of every architecture and of several kinds
 * times containers and carriers, each compared with the report as dmesg prints it.
 */
#include "tests/arch_oopses.h"
#include "tests/oops.h"
#include "tests/parse.h"
#include "tests/wrappings.h"

/* Written by hand after mm/kasan/report.c and kernel/locking/lockdep.c. */
static const char report_kasan[] =
	"==================================================================\n"
	"BUG: KASAN: slab-use-after-free in worker+0x12/0x40 [bad]\n"
	"Read of size 8 at addr ffff888012345678 by task insmod/612\n"
	"\n"
	"CPU: 1 UID: 0 PID: 612 Comm: insmod Not tainted 6.12.0 #1\n"
	"Call Trace:\n"
	" <TASK>\n"
	" dump_stack_lvl+0x5d/0x80\n"
	" kasan_report+0xda/0x110\n"
	" worker+0x12/0x40 [bad]\n"
	" </TASK>\n"
	"\n"
	"Allocated by task 612:\n"
	" kasan_save_stack+0x30/0x50\n"
	" setup+0x20/0x40 [bad]\n"
	"\n"
	"The buggy address belongs to the object at ffff888012345670\n"
	" which belongs to the cache kmalloc-64 of size 64\n"
	"The buggy address is located 8 bytes inside of\n"
	" freed 64-byte region [ffff888012345670, ffff8880123456b0)\n"
	"==================================================================\n";

static const char report_warning[] =
	"------------[ cut here ]------------\n"
	"WARNING: CPU: 1 PID: 612 at drivers/foo.c:12 foo_probe+0x12/0x40 [foo]\n"
	"Modules linked in: foo(+) bar\n"
	"CPU: 1 PID: 612 Comm: insmod Tainted: G        W          6.1.0 #1\n"
	"RIP: 0010:foo_probe+0x12/0x40 [foo]\n"
	"RAX: 000000000000001f RBX: ffffffffc02e2040 RCX: c0000000ffffefff\n"
	"Call Trace:\n"
	" <TASK>\n"
	" do_one_initcall+0x59/0x220\n"
	" </TASK>\n"
	"---[ end trace 0000000000000000 ]---\n";

static const char *const reports[] = {
	report_kasan,	report_warning,	  oops_i386,	 oops_arm64_old, oops_arm_old,	oops_riscv32, oops_ppc32,
	oops_s390x,	oops_mips,	  oops_loongarch, oops_sparc64,	 oops_parisc,	oops_m68k,    oops_xtensa,
	oops_arc,	oops_openrisc,	  oops_csky,	 oops_sh,	 oops_alpha,	oops_nios2,   oops_microblaze,
};

static void assert_same_str(struct od_str a, struct od_str b)
{
	if (!od_str_equal(a, b))
		fail_msg("\"%.*s\" is not \"%.*s\"", OD_FMT(a), OD_FMT(b));
}

static void assert_same_num(struct od_num a, struct od_num b)
{
	assert_int_equal(a.known, b.known);
	assert_int_equal(a.value, b.value);
}

static void assert_same_frame(const struct od_frame *a, const struct od_frame *b)
{
	assert_same_str(a->raw, b->raw);
	assert_same_str(a->function, b->function);
	assert_same_str(a->module, b->module);
	assert_same_str(a->context, b->context);
	assert_same_num(a->address, b->address);
	assert_int_equal(a->unreliable, b->unreliable);
}

static void assert_same_state(const struct od_event *a, const struct od_event *b)
{
	assert_int_equal(a->registers.count, b->registers.count);
	for (size_t i = 0; i < a->registers.count; i++) {
		assert_same_str(a->registers.items[i].name, b->registers.items[i].name);
		assert_int_equal(a->registers.items[i].value, b->registers.items[i].value);
	}
	assert_same_str(a->code.bytes, b->code.bytes);
	assert_int_equal(a->code.fault_index, b->code.fault_index);
	assert_int_equal(a->modules.count, b->modules.count);
	assert_int_equal(a->trace.count, b->trace.count);
	for (size_t i = 0; i < a->trace.count; i++)
		assert_same_frame(&a->trace.items[i], &b->trace.items[i]);
	assert_int_equal(a->traces.count, b->traces.count);
	for (size_t i = 0; i < a->traces.count; i++)
		assert_int_equal(a->traces.items[i].frames.count, b->traces.items[i].frames.count);
}

static void assert_same_event(const struct od_event *a, const struct od_event *b)
{
	assert_string_equal(od_kinds[a->kind].name, od_kinds[b->kind].name);
	assert_ptr_equal(a->arch, b->arch);
	assert_same_str(a->header, b->header);
	assert_same_str(a->message, b->message);
	assert_same_str(a->kernel_release, b->kernel_release);
	assert_same_str(a->kernel_version, b->kernel_version);
	assert_same_str(a->hardware, b->hardware);
	assert_same_num(a->cpu, b->cpu);
	assert_same_num(a->pid, b->pid);
	assert_same_str(a->comm, b->comm);
	assert_same_str(a->taint_raw, b->taint_raw);
	assert_same_num(a->counter, b->counter);
	assert_same_num(a->fault.address, b->fault.address);
	assert_same_str(a->fault.error_code.raw, b->fault.error_code.raw);
	assert_int_equal(a->fault.access, b->fault.access);
	assert_int_equal(a->has_ip, b->has_ip);
	assert_same_frame(&a->ip, &b->ip);
	assert_int_equal(a->integrity, b->integrity);
	assert_same_str(a->object.cache, b->object.cache);
	assert_same_state(a, b);
}

/* Chunk by chunk, so that containers are cut anywhere. */
static void check_wrapping(const struct wrapping *wrapping, struct od_str text, const struct parsed *expected)
{
	struct od_buf wrapped = {0};

	print_message("  %s\n", wrapping->name);
	wrap(&wrapped, wrapping, text);
	struct parsed parsed = parse_chunks(od_buf_str(&wrapped), 1000);
	assert_int_equal(parsed.count, expected->count);
	for (size_t i = 0; i < expected->count; i++)
		assert_same_event(parsed.events[i], expected->events[i]);
	assert_string_equal(parsed.source.format, wrapping->format);
	parsed_free(&parsed);
	od_buf_deinit(&wrapped);
}

static void check_report(struct od_str text)
{
	const struct wrapping plain = {"dmesg", "dmesg", "[   12.345678] ", "\n", NULL};
	struct od_buf wrapped = {0};

	print_message("%.*s\n", (int)od_str_find_char(text, '\n'), text.ptr);
	wrap(&wrapped, &plain, text);
	struct parsed expected = parse_chunks(od_buf_str(&wrapped), 0);
	assert_true(expected.count > 0);
	for (size_t i = 0; i < ARRAY_SIZE(wrappings); i++)
		check_wrapping(&wrappings[i], text, &expected);
	parsed_free(&expected);
	od_buf_deinit(&wrapped);
}

static void the_same_report_in_any_wrapping_is_the_same_event(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(reports); i++)
		check_report(od_str_from(reports[i]));
}

static void check_lines(const char *const *lines, size_t count)
{
	struct od_buf text = {0};
	for (size_t i = 0; i < count; i++)
		od_buf_printf(&text, "%s\n", lines[i]);
	check_report(od_buf_str(&text));
	od_buf_deinit(&text);
}

static void so_is_an_oops_of_x86_64(void **state)
{
	(void)state;
	check_lines(oops_new, ARRAY_SIZE(oops_new));
	check_lines(oops_old, ARRAY_SIZE(oops_old));
}

/* An invented mail: the lines of an oops, wrapped at 72 columns by the program that sent it. */
static void lines_that_mail_wrapped_are_joined(void **state)
{
	struct parsed parsed = parse_text(
		"Hello,\n\n"
		"BUG: unable to handle kernel NULL pointer dereference at virtual\n"
		"address 0000000000000018\n"
		"IP: [<ffffffffa05cc012>] hello_cleanup+0x12/0x1000 [hello_2]\n"
		"Oops: 0002 [#1] SMP\n"
		"Modules linked in: hello_2(OE-) zfs(POE) e1000 some_other_module and_o\n"
		"and_p\n"
		"CPU: 1 PID: 92 Comm: rmmod Tainted: G           OE   6.1.0-56-amd64\n"
		"#1 Debian 6.1.192-2\n"
		"Hardware name: QEMU Standard PC (i440FX + PIIX, 1996), BIOS\n"
		"1.16.2-debian-1.16.2-1 04/01/2014\n"
		"RIP: 0010:[<ffffffffa05cc012>]  [<ffffffffa05cc012>]\n"
		"hello_cleanup+0x12/0x1000 [hello_2]\n"
		"RSP: 0018:ffff880035d4fef0  EFLAGS: 00010246\n"
		"RAX: 000000000000001f RBX: ffffffffc02e2040 RCX:\n"
		"c0000000ffffefff\n"
		"Call Trace:\n"
		" [<ffffffff810fdd4b>] SyS_delete_module_of_a_long_name+0x16b/0x2d0\n"
		"[hello_2]\n"
		"CR2: 0000000000000018\n"
		"---[ end trace 0123456789abcdef ]---\n"
		"\n"
		"What can that be?\n");
	(void)state;
	assert_int_equal(parsed.count, 1);
	const struct od_event *event = parsed.events[0];
	assert_int_equal(event->fault.address.value, 0x18);
	assert_str(event->kernel_release, "6.1.0-56-amd64");
	assert_str(event->kernel_version, "#1 Debian 6.1.192-2");
	assert_str(event->hardware, "QEMU Standard PC (i440FX + PIIX, 1996), BIOS 1.16.2-debian-1.16.2-1 04/01/2014");
	assert_str(event->ip.raw, "hello_cleanup+0x12/0x1000 [hello_2]");
	assert_int_equal(od_event_register(event, "rcx").value, 0xc0000000ffffefff);
	assert_int_equal(event->trace.count, 1);
	assert_str(event->trace.items[0].module, "hello_2");
	assert_int_equal(event->modules.count, 6);
	assert_int_equal(event->unknown_lines.count, 0);
	assert_int_equal(event->span.first, 3);
	assert_int_equal(event->span.last, 22);
	assert_int_equal(event->integrity, 0);
	parsed_free(&parsed);
}

/* Invented: frames that a mail program divided behind the mark, after arch/x86/kernel/dumpstack.c (5.0, 2.6.32). */
static void a_mark_that_was_divided_from_its_frame(void **state)
{
	struct parsed parsed = parse_text(
		"Jun 26 12:23:15 a-host kernel: [87603.066176] BUG: unable to handle kernel NULL pointer dereference at 0000000000000018\n"
		"Jun 26 12:23:15 a-host kernel: [87603.066211] Call Trace:\n"
		"Jun 26 12:23:15 a-host kernel: [87603.066216] fn_of_a_driver+0x2d0/0x840\n"
		"Jun 26 12:23:15 a-host kernel: [87603.066238] ?\n"
		"stale_function_of_another+0xe9/0x180 [drv]\n"
		"Jun 26 12:23:15 a-host kernel: [87603.066239] [<c01d5d99>] ?\n"
		"second_stale_function+0xa9/0xe0\n"
		"Jun 26 12:23:15 a-host kernel: [87603.066240] is_that_so ?\n"
		"caller_of_that_function+0x2c/0x70\n");
	static const char *const functions[] = {
		"fn_of_a_driver", "stale_function_of_another", "second_stale_function", "caller_of_that_function"};
	(void)state;
	assert_int_equal(parsed.count, 1);
	assert_int_equal(parsed.events[0]->trace.count, ARRAY_SIZE(functions));
	for (size_t i = 0; i < ARRAY_SIZE(functions); i++) {
		assert_str(parsed.events[0]->trace.items[i].function, functions[i]);
		assert_int_equal(parsed.events[0]->trace.items[i].unreliable, i == 1 || i == 2);
	}
	parsed_free(&parsed);
}

/* The log, in lines of `width` columns at most, behind a prefix; none of its own is longer without it. */
static void put_broken(struct od_buf *out, const char *prefix, struct od_str text, size_t width)
{
	struct od_str line;
	while (wrap_next(&text, &line)) {
		struct od_buf whole = {0};
		od_buf_printf(&whole, "%s%.*s", prefix, OD_FMT(line));
		for (struct od_str rest = od_buf_str(&whole); rest.len; rest = od_str_from_index(rest, width))
			od_buf_printf(out, "%.*s\n", OD_FMT(od_str_first(rest, width)));
		od_buf_deinit(&whole);
	}
}

/* The boot's long lines tell how wide the terminal is. */
static void a_terminal_of_any_width_is_learned(void **state)
{
	static const char boot[] =
		"Command line: BOOT_IMAGE=/boot/vmlinuz-6.1.0-56-amd64 root=UUID=01234567-89ab-cdef-0123-456789abcdef ro console=ttyS0,115200n8 quiet\n"
		"BIOS-e820: [mem 0x0000000000000000-0x000000000009fbff] usable, and more that is said of it until the line is long enough for the test\n"
		"clocksource: refined-jiffies: mask: 0xffffffff max_cycles: 0xffffffff, max_idle_ns: 7645519600211568 ns, and the rest of the line\n"
		"general protection fault, probably for non-canonical address 0xdead000000000100: 0000 [#1] PREEMPT SMP NOPTI KASAN\n"
		"CPU: 1 PID: 612 Comm: a Not tainted 6.1.0 #1\n"
		"RIP: 0010:fn+0x12/0x40 [a]\n";
	static const char *const prefixes[] = {"[   12.345678] ", "Aug 04 20:37:39 host kernel: "};
	struct od_buf text = {0};
	(void)state;

	for (size_t width = 2 * 81; width < 2 * 128; width++) {
		od_buf_clear(&text);
		put_broken(&text, prefixes[width % 2], od_str_from(boot), width / 2);
		struct parsed parsed = parse_chunks(od_buf_str(&text), 0);
		assert_int_equal(parsed.count, 1);
		assert_kind(parsed.events[0], "gpf");
		assert_int_equal(parsed.events[0]->counter.value, 1);
		assert_int_equal(parsed.events[0]->fault.address.value, 0xdead000000000100);
		assert_str(parsed.events[0]->ip.function, "fn");
		parsed_free(&parsed);
	}
	od_buf_deinit(&text);
}

/* Bytes of every wrapping are replaced and cut; the generator is xorshift, so that a failure comes again. */
static void broken_wrappings_do_no_harm(void **state)
{
	static const char odd[] = "\0\n\r\\\"{}[],:=;\x1b<>&0a";
	uint64_t random = 88172645463325252;
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(wrappings); i++) {
		struct od_buf wrapped = {0};
		wrap(&wrapped, &wrappings[i], od_str_from(report_kasan));
		for (unsigned n = 0; n < 200; n++) {
			random ^= random << 13, random ^= random >> 7, random ^= random << 17;
			wrapped.data[random % wrapped.len] = odd[(random >> 40) % (sizeof(odd) - 1)];
			struct od_str cut = od_str_first(od_buf_str(&wrapped), n % 8 ? wrapped.len : (random >> 20) % wrapped.len);
			if (n % 10 == 0 || wrapped.len < 10000) {
				struct parsed parsed = parse_chunks(cut, 1 + (random >> 50));
				parsed_free(&parsed);
			}
		}
		od_buf_deinit(&wrapped);
	}
}

/* A message of any length, in JSON of one line: memory is bounded, nothing is lost behind it. */
static void a_long_string_of_json_is_read_to_its_end(void **state)
{
	struct od_buf text = {0};
	(void)state;
	od_buf_put_string(&text, "{\"body\":\"");
	for (unsigned i = 0; i < 20000; i++)
		od_buf_put_string(&text, "[    1.000000] something of no interest\\n");
	od_buf_put_string(&text, "[    2.000000] BUG: kernel NULL pointer dereference, address: 0000000000000010\\n\"}\n");
	struct parsed parsed = parse_chunks(od_buf_str(&text), 5000);
	assert_int_equal(parsed.count, 1);
	assert_int_equal(parsed.events[0]->fault.address.value, 0x10);
	assert_int_equal(parsed.diagnostics, 0);
	parsed_free(&parsed);
	od_buf_deinit(&text);
}

static void braces_of_code_are_not_json(void **state)
{
	struct parsed parsed = parse_text("{\n\tint x;\n}\n[\nBUG: kernel NULL pointer dereference, address: 0000000000000010\n"
					  "{\n\"x\nOops: 0002 [#1] SMP\n");
	(void)state;
	assert_int_equal(parsed.count, 1);
	assert_int_equal(parsed.events[0]->fault.address.value, 0x10);
	assert_int_equal(parsed.events[0]->counter.value, 1);
	parsed_free(&parsed);
}

/* printk divides records at about 1000 bytes; since 4.9 some architectures print a word per record. */
static void a_list_of_modules_may_be_divided(void **state)
{
	struct parsed parsed = parse_text(
		"[    1.000000] BUG: kernel NULL pointer dereference, address: 0000000000000010\n"
		"[    1.000000] Oops: 0002 [#1] SMP\n"
		"[    1.000000] Modules linked in: bad(O+) a\n"
		"[    1.000001]  zfs(POE) 8021q bad\n"
		"[    1.000001]  dca\n"
		"[    1.000001]  [last unloaded: e]\n"
		"[    1.000001]  Disabling lock debugging due to kernel taint\n"
		"[    1.000002] ---[ end trace 0000000000000000 ]---\n");
	(void)state;
	assert_int_equal(parsed.count, 1);
	assert_int_equal(parsed.events[0]->modules.count, 6);
	assert_str(parsed.events[0]->modules.items[2].name, "zfs");
	assert_str(parsed.events[0]->modules.items[5].name, "dca");
	parsed_free(&parsed);
}

static void netconsole_tells_the_release(void **state)
{
	struct parsed parsed = parse_text("6.7.0-rc1,1,603,5353,-;BUG: kernel NULL pointer dereference, address: 0000000000000010\n"
					  " cpu=3\n taskname=foo\n6.7.0-rc1,1,604,5354,-;Oops: 0002 [#1] SMP\n");
	(void)state;
	assert_int_equal(parsed.count, 1);
	assert_str(parsed.events[0]->kernel_release, "6.7.0-rc1");
	assert_int_equal(parsed.events[0]->unknown_lines.count, 0);
	parsed_free(&parsed);
}

/* Fragments that never come do not hold back those that did. */
static void lost_fragments_are_given_up(void **state)
{
	struct od_buf text = {0};
	(void)state;
	od_buf_put_string(&text, "1,1,5353,-,ncfrag=0/200;BUG: kernel NULL pointer dereference, address: 0000000000000010\n");
	for (unsigned i = 0; i < 100; i++)
		od_buf_printf(&text, "1,%u,5354,-,ncfrag=100/200;lost\n", 100 + i);
	struct parsed parsed = parse_chunks(od_buf_str(&text), 0);
	assert_int_equal(parsed.count, 1);
	assert_int_equal(parsed.events[0]->fault.address.value, 0x10);
	parsed_free(&parsed);
	od_buf_deinit(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(so_is_an_oops_of_x86_64),
		cmocka_unit_test(the_same_report_in_any_wrapping_is_the_same_event),
		cmocka_unit_test(lines_that_mail_wrapped_are_joined),
		cmocka_unit_test(a_mark_that_was_divided_from_its_frame),
		cmocka_unit_test(a_terminal_of_any_width_is_learned),
		cmocka_unit_test(broken_wrappings_do_no_harm),
		cmocka_unit_test(a_long_string_of_json_is_read_to_its_end),
		cmocka_unit_test(braces_of_code_are_not_json),
		cmocka_unit_test(a_list_of_modules_may_be_divided),
		cmocka_unit_test(netconsole_tells_the_release),
		cmocka_unit_test(lost_fragments_are_given_up),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
