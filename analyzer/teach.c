// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzer/teach.h"

#include <inttypes.h>

#include "analyzer/address.h"
#include "analyzer/finding.h"
#include "analyzer/poison.h"

static const struct {
	char letter;
	unsigned bit;
	const char *since, *name, *meaning;
} taints[] = {
#define OD_TAINT(letter, bit, since, name, meaning) {letter, bit, since, name, meaning},
#include "analyzer/facts_taint.def"
#undef OD_TAINT
};

static const struct {
	const char *sentence, *paragraph, *advice, *reference;
} kinds[OD_KIND_COUNT] = {
#define OD_KIND_FACTS(identifier, sentence, paragraph, advice, reference) \
	[OD_KIND_##identifier] = {sentence, paragraph, advice, reference},
#include "analyzer/facts_kind.def"
#undef OD_KIND_FACTS
};

bool od_teach_taint(struct od_lesson *lesson, uint64_t number)
{
	uint64_t rest = number;

	if (!number)
		od_lesson_add(lesson, "Taint", OD_STR("0: the kernel is not tainted."));
	for (size_t i = 0; i < sizeof(taints) / sizeof(taints[0]); i++) {
		if (taints[i].bit > 63 || !(rest >> taints[i].bit & 1))
			continue;
		rest &= ~(1ull << taints[i].bit);
		od_lesson_add(lesson, "Taint",
			      od_arena_printf(lesson->arena, "bit %u, %c: %s. %s", taints[i].bit, taints[i].letter,
					      taints[i].name, taints[i].meaning));
	}
	if (rest)
		od_lesson_add(lesson, "Taint",
			      od_arena_printf(lesson->arena, "the bits 0x%" PRIx64 " are not the kernel's: of a "
							     "distribution, or newer than this program.", rest));
	od_lesson_add(lesson, "Source", OD_STR("Documentation/admin-guide/tainted-kernels.rst"));
	return true;
}

/* The classes that such a report is held against; a class may have several rows. */
static void put_classes(struct od_buf *out, enum od_kind kind)
{
	const char *last = "";

	for (size_t i = 0; i < od_find_row_count; i++) {
		const struct od_find_row *row = &od_find_rows[i];
		if (kind < row->first || kind > row->last || !strcmp(last, row->class_name))
			continue;
		od_buf_printf(out, "%s%s", out->len ? ", " : "", row->class_name);
		last = row->class_name;
	}
}

void od_teach_kind(struct od_lesson *lesson, enum od_kind kind)
{
	struct od_buf text = {0};

	od_lesson_add(lesson, "Kind", od_arena_printf(lesson->arena, "%s: %s (%s)", od_kinds[kind].name,
						      od_kinds[kind].title, od_severity_name(od_kinds[kind].severity)));
	for (const char *p = kinds[kind].sentence; p && *p; p++) {
		if (strncmp(p, "{f}", 3) == 0) {
			od_buf_put_string(&text, p == kinds[kind].sentence ? "A function" : "a function");
			p += 2;
		} else {
			od_buf_put_char(&text, *p);
		}
	}
	od_lesson_add(lesson, "Meaning", od_arena_copy(lesson->arena, od_buf_str(&text)));
	od_lesson_add(lesson, "Details", od_str_from(kinds[kind].paragraph));
	od_lesson_add(lesson, "Next", od_str_from(kinds[kind].advice));
	od_buf_clear(&text);
	put_classes(&text, kind);
	od_lesson_add(lesson, "Findings", od_arena_copy(lesson->arena, od_buf_str(&text)));
	od_lesson_add(lesson, "Source", od_str_from(kinds[kind].reference));
	od_buf_deinit(&text);
}

/* A register of the architecture's dumps; else what manuals call the word that its oops has. */
static bool knows_word(const struct od_arch *arch, struct od_str name)
{
	static const char *const others[] = {"esr", "fsr", "dfsr", "ifsr", "srr1", "scause", "error_code", "code"};

	for (size_t i = 0; arch->registers && arch->registers[i]; i++)
		if (od_str_equal(name, od_str_from(arch->registers[i])))
			return true;
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (od_str_equal(name, od_str_from(others[i])))
			return true;
	return false;
}

static void set_word(struct od_event *event, struct od_str name, uint64_t number)
{
	const struct od_arch *arch = event->arch;
	const char *usual = arch->word_registers[number >= 0x10000 && arch->word_registers[1]];
	struct od_register *reg;

	for (size_t i = 0; name.len && arch->registers && arch->registers[i]; i++)
		if (od_str_equal(name, od_str_from(arch->registers[i])))
			usual = arch->registers[i];
	if (od_str_equal(name, OD_STR("srr1")))
		usual = "srr1";
	if (od_str_equal(name, OD_STR("ifsr")))
		event->fault.access = OD_ACCESS_EXECUTE;
	if (!usual)
		event->fault.error_code.value = od_num(number);
	else if ((reg = od_list_push(event->arena, &event->registers)))
		*reg = (struct od_register){od_str_from(usual), number};
}

static bool teach_code(struct od_lesson *lesson, struct od_str name, uint64_t number, const struct od_arch *arch)
{
	struct od_event *event = od_event_create();

	if (!event)
		return false;
	event->arch = arch;
	event->kind = OD_KIND_PAGING_REQUEST;
	set_word(event, name, number);
	if (arch->decode_error)
		arch->decode_error(event);
	const struct od_error_code *code = &event->fault.error_code;
	if (code->bits.count)
		od_lesson_add(lesson, "As a code", od_arena_printf(lesson->arena, "0x%" PRIx64 ": %.*s", number,
								   OD_FMT(code->name)));
	for (size_t i = 0; i < code->bits.count; i++) {
		const struct od_code_bit *bit = &code->bits.items[i];
		od_lesson_add(lesson, "", od_arena_printf(lesson->arena, "bit %u %.*s = %u: %.*s", bit->bit,
							  OD_FMT(bit->name), bit->value, OD_FMT(bit->meaning)));
	}
	bool known = code->bits.count > 0;
	od_event_destroy(event);
	return known;
}

static void teach_address(struct od_lesson *lesson, uint64_t number, const struct od_arch *arch)
{
	struct od_event *event = od_event_create();
	struct od_buf text = {0};

	if (!event)
		return;
	event->arch = arch;
	od_address_explain(&text, event, number);
	od_lesson_add(lesson, "As an address", od_arena_copy(lesson->arena, od_str_trim(od_buf_str(&text))));
	od_buf_deinit(&text);
	od_event_destroy(event);
}

bool od_teach_number(struct od_lesson *lesson, uint64_t number, const struct od_arch *arch)
{
	size_t before = lesson->rows.count;

	if (number <= UINT32_MAX)
		teach_code(lesson, (struct od_str){0}, number, arch);
	teach_address(lesson, number, arch);
	if (lesson->rows.count > before)
		od_lesson_add(lesson, "Machine", od_str_from(arch->name));
	return lesson->rows.count > before;
}

bool od_teach_word(struct od_lesson *lesson, struct od_str name, uint64_t number, const struct od_arch *arch)
{
	if (!arch->decode_error || !knows_word(arch, name) || !teach_code(lesson, name, number, arch))
		return false;
	od_lesson_add(lesson, "Machine", od_str_from(arch->name));
	return true;
}

void od_teach_event(struct od_lesson *lesson, const struct od_event *event)
{
	const struct od_explanation *explanation = &event->explanation;

	od_lesson_add(lesson, "Kind", od_arena_printf(lesson->arena, "%s: %s (%s)", od_kinds[event->kind].name,
						      od_kinds[event->kind].title, od_severity_name(event->severity)));
	od_lesson_add(lesson, "Meaning", od_arena_copy(lesson->arena, explanation->sentence));
	od_lesson_add(lesson, "Details", od_arena_copy(lesson->arena, explanation->paragraph));
	for (size_t i = 0; i < event->findings.count; i++) {
		const struct od_finding *finding = &event->findings.items[i];
		od_lesson_add(lesson, "Finding", od_arena_printf(lesson->arena, "%.*s (%s)", OD_FMT(finding->claim),
								 od_confidence_name(finding->confidence)));
		for (size_t k = 0; k < finding->evidence.count; k++)
			od_lesson_add(lesson, "", od_arena_copy(lesson->arena, finding->evidence.items[k]));
	}
	for (size_t i = 0; i < explanation->next.count; i++)
		od_lesson_add(lesson, i ? "" : "Next", od_arena_copy(lesson->arena, explanation->next.items[i]));
	od_lesson_add(lesson, "Source", od_str_from(kinds[event->kind].reference));
}
