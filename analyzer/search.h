// SPDX-License-Identifier: GPL-3.0-or-later
/* The search for what was bad: what its parts share. Pure; a search belongs to one thread. */
#ifndef OD_ANALYZER_SEARCH_H
#define OD_ANALYZER_SEARCH_H

#include "analyzer/naming.h"

enum { OD_SEARCH_FRAMES = 5 };

struct od_search {
	struct od_event *event;
	struct od_naming *naming;	/* of the innermost frame whose facts are known */
	const struct od_frame *callee;	/* the frame that the first one called, when that has no facts */
	struct od_cause *cause;
	bool stepped_back;		/* the cause is a read before the fault, which the first page answered */
};

/* The name of the function that the facts are about. */
struct od_str od_search_function(const struct od_facts *facts);

/* All ones, as wide as the event's addresses. */
uint64_t od_search_mask(const struct od_event *event);

/* What the log says a register held at the fault. */
struct od_num od_search_register(const struct od_event *event, const struct od_facts *facts, unsigned reg);

/* What a value was at the fault, where a register holds it or something at a distance from it. */
struct od_num od_search_concrete(const struct od_search *search, struct od_naming *naming, const struct od_facts *facts,
				 struct od_value value);

/* Adds a sentence to the evidence. */
__attribute__((format(printf, 2, 3)))
void od_search_say(struct od_search *search, const char *format, ...);

/* A call through a bad pointer: the caller names it. */
void od_explain_call(struct od_search *search, struct od_naming *naming, const struct od_facts *facts);

/* A fault in a function whose code is not at hand: the caller handed the bad pointer on. */
void od_explain_argument(struct od_search *search, struct od_naming *naming, const struct od_facts *facts);

#endif
