// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Findings: what a report means beyond its fixed words. Each class is a row of od_find_rows[] (find_rows.c)
 * and a function in a find_<subject>.c, which says whether the class fits an event, how sure that is, and
 * on what evidence.
 *
 * To add one: write the function, declare it below, add the row, and give
 * tests/unit/test_analyzer_findings.c a log that it fits and a log that it must not fit. It states nothing
 * that the event does not show; what is inferred is LIKELY or POSSIBLE. Functions are pure; every loop is
 * bounded by the event's lists, which the parsers bound.
 */
#ifndef OD_ANALYZER_FINDING_H
#define OD_ANALYZER_FINDING_H

#include "analyzer/phrase.h"

struct od_finder {
	struct od_event *event;
	struct od_finding *finding; /* being written */
};

struct od_find_row {
	const char *class_name;
	enum od_kind first, last; /* the kinds it is asked about */
	bool (*find)(const struct od_find_row *row, struct od_finder *finder);
	const char *words; /* for `find`: what the log must say */
	const char *claim; /* for `find`: what that means */
	/* Files of Linux 6.12 unless it says otherwise, or documents, that state the facts. */
	const char *reference;
};

extern const struct od_find_row od_find_rows[];
extern const size_t od_find_row_count;

/*
 * Writes event->findings, the surest first. Explanation and cause must have been written. Thread safe for
 * different events.
 */
void od_find(struct od_event *event);

/* For the functions of rows. A claim that is left empty becomes the sentence of the explanation. */
__attribute__((format(printf, 3, 4)))
void od_finder_claim(struct od_finder *finder, enum od_confidence confidence, const char *format, ...);
__attribute__((format(printf, 2, 3)))
void od_finder_evidence(struct od_finder *finder, const char *format, ...);
__attribute__((format(printf, 2, 3)))
void od_finder_draw(struct od_finder *finder, const char *format, ...);

/* "fn() [mod]", in the event's arena; "kernel code" for NULL. */
struct od_str od_finder_function(const struct od_finder *finder, const struct od_frame *frame);

/*
 * The same with the place in the source where it is known: "fn() [mod] (file.c:12)". For evidence and
 * drawings.
 */
struct od_str od_finder_place(const struct od_finder *finder, const struct od_frame *frame);

/* Whose trace with this role it is ("alloc", "free", …): the innermost frame that is no machinery. NULL: there is none. */
const struct od_frame *od_finder_role(const struct od_finder *finder, const char *role, const struct od_trace **trace);

/* The first line that the event keeps and that holds the words; *ret is what stands behind them. */
bool od_finder_said(const struct od_finder *finder, const char *words, struct od_str *ret);

/* The decimal or hexadecimal number right behind the words in the text. */
bool od_finder_number(struct od_str text, const char *words, uint64_t *ret);
bool od_finder_hex(struct od_str text, const char *words, uint64_t *ret);

/* Lists: find_list.c, find_refcount.c (lib/list_debug.c, lib/refcount.c). */
bool od_find_list_poison(const struct od_find_row *row, struct od_finder *finder);
bool od_find_list_twice(const struct od_find_row *row, struct od_finder *finder);
bool od_find_list_link(const struct od_find_row *row, struct od_finder *finder);
bool od_find_list_null(const struct od_find_row *row, struct od_finder *finder);
bool od_find_refcount(const struct od_find_row *row, struct od_finder *finder);

/* Stacks: find_stack.c. */
bool od_find_recursion(const struct od_find_row *row, struct od_finder *finder);
bool od_find_guard_page(const struct od_find_row *row, struct od_finder *finder);
bool od_find_stack_end(const struct od_find_row *row, struct od_finder *finder);
bool od_find_stack_lost(const struct od_find_row *row, struct od_finder *finder);

/* The wrong context: find_context.c. */
bool od_find_sleep_irqs(const struct od_find_row *row, struct od_finder *finder);
bool od_find_sleep_preempt(const struct od_find_row *row, struct od_finder *finder);
bool od_find_sleep_rcu(const struct od_find_row *row, struct od_finder *finder);
bool od_find_schedule(const struct od_find_row *row, struct od_finder *finder);

/* The lock validator: find_lockdep.c. */
bool od_find_lock_cycle(const struct od_find_row *row, struct od_finder *finder);
bool od_find_lock_recursion(const struct od_find_row *row, struct od_finder *finder);
bool od_find_lock_usage(const struct od_find_row *row, struct od_finder *finder);
bool od_find_lock_order(const struct od_find_row *row, struct od_finder *finder);
bool od_find_unlock(const struct od_find_row *row, struct od_finder *finder);
bool od_find_wait_context(const struct od_find_row *row, struct od_finder *finder);

/* No progress: find_stall.c, find_wait.c. */
bool od_find_owner(const struct od_find_row *row, struct od_finder *finder);
bool od_find_holder(const struct od_find_row *row, struct od_finder *finder);
bool od_find_wait(const struct od_find_row *row, struct od_finder *finder);
bool od_find_stall_place(const struct od_find_row *row, struct od_finder *finder);
bool od_find_starved(const struct od_find_row *row, struct od_finder *finder);
bool od_find_no_ticks(const struct od_find_row *row, struct od_finder *finder);

/* Out of memory: find_oom.c. */
bool od_find_oom_eater(const struct od_find_row *row, struct od_finder *finder);
bool od_find_oom_limit(const struct od_find_row *row, struct od_finder *finder);
bool od_find_oom_slab(const struct od_find_row *row, struct od_finder *finder);

/* Heap objects by KASAN: find_kasan.c. */
bool od_find_kasan_freed(const struct od_find_row *row, struct od_finder *finder);
bool od_find_kasan_twice(const struct od_find_row *row, struct od_finder *finder);
bool od_find_kasan_bounds(const struct od_find_row *row, struct od_finder *finder);

/* Two accesses at once, memory that was never written: find_sanitizer.c. */
bool od_find_race(const struct od_find_row *row, struct od_finder *finder);
bool od_find_race_unknown(const struct od_find_row *row, struct od_finder *finder);
bool od_find_unwritten(const struct od_find_row *row, struct od_finder *finder);

/* Allocations that failed, or that nobody needs: find_alloc.c. */
bool od_find_no_pages(const struct od_find_row *row, struct od_finder *finder);
bool od_find_leak(const struct od_find_row *row, struct od_finder *finder);

/* A call of a function with another type: find_call.c. */
bool od_find_wrong_type(const struct od_find_row *row, struct od_finder *finder);

/* The address or instruction of a fault: find_memory.c, find_bounds.c, find_bit.c, find_divide.c. */
bool od_find_address(const struct od_find_row *row, struct od_finder *finder);
bool od_find_user_access(const struct od_find_row *row, struct od_finder *finder);
bool od_find_not_canonical(const struct od_find_row *row, struct od_finder *finder);
bool od_find_read_only(const struct od_find_row *row, struct od_finder *finder);
bool od_find_run_off(const struct od_find_row *row, struct od_finder *finder);
bool od_find_bit(const struct od_find_row *row, struct od_finder *finder);
bool od_find_code_bit(const struct od_find_row *row, struct od_finder *finder);
bool od_find_divide(const struct od_find_row *row, struct od_finder *finder);

/* Code that is gone: find_gone.c. */
bool od_find_gone_code(const struct od_find_row *row, struct od_finder *finder);
bool od_find_callback(const struct od_find_row *row, struct od_finder *finder);

/* What the kernel names in words of its own: find_words.c. */
bool od_find_words(const struct od_find_row *row, struct od_finder *finder);
bool od_find_quoted(const struct od_find_row *row, struct od_finder *finder);
bool od_find_held(const struct od_find_row *row, struct od_finder *finder);

/* The condition of an assertion, from the source: find_condition.c. */
bool od_find_condition(const struct od_find_row *row, struct od_finder *finder);

#endif
