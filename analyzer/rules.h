// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Rules: how a kind of report is explained beyond the fixed words of facts_kind.def.
 *
 * To add one: write rule_<subject>.c, declare its functions here, add rows to od_rules[] in rules.c. A rule
 * writes what it can tell into `sentence` and `paragraph` (empty buffers) and leaves the rest empty; it may
 * give advice with od_phrase_advise(). It states nothing that the event does not show: "likely", "probably"
 * and "may" mark what is inferred. Pure functions of the event.
 */
#ifndef OD_ANALYZER_RULES_H
#define OD_ANALYZER_RULES_H

#include "analyzer/phrase.h"

struct od_rule {
	enum od_kind kind;
	void (*explain)(struct od_event *event, struct od_buf *sentence, struct od_buf *paragraph);
};

extern const struct od_rule od_rules[];
extern const size_t od_rule_count;

/* A page fault of the kernel: NULL, error pointer, poison, user address, protection. */
void od_rule_fault(struct od_event *event, struct od_buf *sentence, struct od_buf *paragraph);

/* An address that the CPU refused without looking into the page tables. */
void od_rule_gpf(struct od_event *event, struct od_buf *sentence, struct od_buf *paragraph);

/* BUG() and BUG_ON(). */
void od_rule_bug(struct od_event *event, struct od_buf *sentence, struct od_buf *paragraph);

/* WARN() and its relatives. */
void od_rule_warning(struct od_event *event, struct od_buf *sentence, struct od_buf *paragraph);

void od_rule_divide(struct od_event *event, struct od_buf *sentence, struct od_buf *paragraph);

void od_rule_panic(struct od_event *event, struct od_buf *sentence, struct od_buf *paragraph);

#endif
