// SPDX-License-Identifier: GPL-3.0-or-later
/* For core/arch_*.c: adding what a word of the log means to an event's error code. Not thread shared: one event. */
#ifndef OD_CORE_ARCH_WORDS_H
#define OD_CORE_ARCH_WORDS_H

#include "core/model.h"

/* One value of a field and what it means. */
struct od_arch_word {
	uint64_t value;
	const char *meaning;
};

/* One bit and what its two values mean; `clear` NULL: told only when set. */
struct od_arch_bit {
	unsigned bit;
	const char *name, *clear, *set;
};

/* The meaning in a table of `count` rows; NULL: not in it. */
const char *od_arch_word_find(const struct od_arch_word *words, size_t count, uint64_t value);
#define OD_ARCH_WORD(words, value) od_arch_word_find((words), sizeof(words) / sizeof((words)[0]), (value))

/* Adds a field; `meaning` static or of the event's arena, NULL: "reserved or unknown value". */
void od_arch_add_field(struct od_event *event, unsigned bit, unsigned value, const char *name, const char *meaning);

/* Adds the field of `width` bits from `bit` on of `code`, with the meaning of its value. */
void od_arch_add_words(struct od_event *event, uint64_t code, unsigned bit, unsigned width, const char *name,
		       const struct od_arch_word *words, size_t count);

/* Adds single bits of `code`. */
void od_arch_add_bits(struct od_event *event, uint64_t code, const struct od_arch_bit *bits, size_t count);
#define OD_ARCH_ADD_BITS(event, code, bits) \
	od_arch_add_bits((event), (code), (bits), sizeof(bits) / sizeof((bits)[0]))

/* Sets the error code's name. */
void od_arch_name(struct od_event *event, const char *name);

/* Sets access and mode of a memory fault where the log's text did not. */
void od_arch_access(struct od_event *event, enum od_access access, enum od_mode mode);

/* The signal on the die line of architectures that print one ("sig: 11"): names it. */
void od_arch_decode_signal(struct od_event *event);

/* The syndrome of an exception of arm64 that is no abort and no BRK. False: its class has none. */
bool od_arch_decode_arm64_syndrome(struct od_event *event, uint64_t code);

/* The status of a bank of x86's machine check architecture, which stands for the error code. */
void od_arch_decode_machine_check(struct od_event *event);

#endif
