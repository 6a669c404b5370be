// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/arch_words.h"

const char *od_arch_word_find(const struct od_arch_word *words, size_t count, uint64_t value)
{
	for (size_t i = 0; i < count; i++)
		if (words[i].value == value)
			return words[i].meaning;
	return NULL;
}

void od_arch_add_field(struct od_event *event, unsigned bit, unsigned value, const char *name, const char *meaning)
{
	struct od_code_bit *field = od_list_push(event->arena, &event->fault.error_code.bits);
	if (!meaning)
		meaning = "a reserved or unknown value";
	if (field)
		*field = (struct od_code_bit){bit, value, od_str_from(name), od_str_from(meaning)};
}

void od_arch_add_words(struct od_event *event, uint64_t code, unsigned bit, unsigned width, const char *name,
		       const struct od_arch_word *words, size_t count)
{
	unsigned value = (unsigned)(code >> bit & ((UINT64_C(1) << width) - 1));
	od_arch_add_field(event, bit, value, name, od_arch_word_find(words, count, value));
}

void od_arch_add_bits(struct od_event *event, uint64_t code, const struct od_arch_bit *bits, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		unsigned value = (unsigned)(code >> bits[i].bit & 1);
		if (value || bits[i].clear)
			od_arch_add_field(event, bits[i].bit, value, bits[i].name, value ? bits[i].set : bits[i].clear);
	}
}

void od_arch_name(struct od_event *event, const char *name)
{
	event->fault.error_code.name = od_str_from(name);
}

void od_arch_access(struct od_event *event, enum od_access access, enum od_mode mode)
{
	if (event->fault.access == OD_ACCESS_UNKNOWN)
		event->fault.access = access;
	if (event->fault.mode == OD_MODE_UNKNOWN)
		event->fault.mode = mode;
}

/* include/uapi/asm-generic/signal.h: the numbers of powerpc, xtensa, nios2 and microblaze */
static const struct od_arch_word signals[] = {
	{4, "SIGILL: illegal instruction"},
	{5, "SIGTRAP: a trap, as BUG() makes one"},
	{6, "SIGABRT: the kernel gave up"},
	{7, "SIGBUS: bus error or unaligned access"},
	{8, "SIGFPE: arithmetic exception"},
	{9, "SIGKILL"},
	{11, "SIGSEGV: bad memory access"},
};

void od_arch_decode_signal(struct od_event *event)
{
	const struct od_num code = event->fault.error_code.value;
	if (!code.known)
		return;
	od_arch_name(event, "signal number");
	od_arch_add_field(event, 0, (unsigned)code.value, "signal", OD_ARCH_WORD(signals, code.value));
}
