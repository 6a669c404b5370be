// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * What the kernel stopped or warned about by itself. Sources: include/asm-generic/bug.h, lib/bug.c,
 * kernel/panic.c, arch/x86/kernel/traps.c, 6.12; Intel SDM volume 3A, "Interrupt 0".
 */
#include <inttypes.h>

#include "analyzer/rules.h"

static const struct {
	struct od_str start;
	const char *meaning, *advice;
} panics[] = {
#define OD_PANIC(start, meaning, advice) {OD_STR(start), meaning, advice},
#include "analyzer/facts_panic.def"
#undef OD_PANIC
};

static void put_place(struct od_buf *out, const struct od_event *event)
{
	if (!event->source_file.len)
		return;
	od_buf_put_string(out, " at ");
	od_buf_put(out, event->source_file);
	if (event->source_line.known)
		od_buf_printf(out, ":%" PRIu64, event->source_line.value);
}

void od_rule_bug(struct od_event *event, struct od_buf *sentence, struct od_buf *paragraph)
{
	od_phrase_actor(sentence, event);
	od_buf_put_string(sentence, " hit the assertion");
	put_place(sentence, event);
	od_buf_put_string(paragraph, "BUG() and BUG_ON() mark a state that the author held to be "
				     "impossible and in which going on would do more harm. The code met "
				     "that state and stopped itself on purpose");
	od_buf_put_string(
		paragraph, event->die_text.len && od_str_starts(event->die_text, OD_STR("invalid opcode")) ?
				   ": the \"invalid opcode\" of the log is how x86 stops at such a line. " :
				   ". ");
}

void od_rule_warning(struct od_event *event, struct od_buf *sentence, struct od_buf *paragraph)
{
	od_phrase_actor(sentence, event);
	od_buf_put_string(sentence, " warned");
	put_place(sentence, event);
	od_phrase_message(sentence, event);
	od_buf_put_string(paragraph, "WARN() and WARN_ON() report a state that should not occur, print a "
				     "trace, and let the kernel go on. The condition that was true stands "
				     "at that line; the cause may lie in any caller. ");
}

void od_rule_divide(struct od_event *event, struct od_buf *sentence, struct od_buf *paragraph)
{
	od_phrase_actor(sentence, event);
	od_buf_put_string(sentence, " divided by zero, or the quotient did not fit into its register");
	od_buf_put_string(paragraph, "The CPU raises this exception for a divisor of zero, and also when "
				     "the quotient is too large for the register that receives it. The "
				     "registers at the fault tell which: the divisor is the operand of the "
				     "faulting instruction. ");
}

void od_rule_panic(struct od_event *event, struct od_buf *sentence, struct od_buf *paragraph)
{
	od_buf_put_string(sentence, "the kernel stopped itself");
	od_phrase_message(sentence, event);
	od_buf_put_string(paragraph, "A panic is the end: the kernel judged that it cannot, or must not, "
				     "go on. ");
	for (size_t i = 0; i < sizeof(panics) / sizeof(panics[0]); i++) {
		if (!od_str_starts(event->message, panics[i].start))
			continue;
		od_buf_printf(paragraph, "%s ", panics[i].meaning);
		od_phrase_advise(event, od_str_from(panics[i].advice));
		return;
	}
	if (event->responsible) {
		od_buf_put_string(paragraph, "It was called by ");
		od_phrase_function(paragraph, event->responsible);
		od_buf_put_string(paragraph, ". ");
	}
}
