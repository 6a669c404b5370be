// SPDX-License-Identifier: GPL-3.0-or-later
/* Explanations of single facts, without a log. Pure; thread safe for different lessons. False: nothing is known. */
#ifndef OD_ANALYZER_TEACH_H
#define OD_ANALYZER_TEACH_H

#include "core/lesson.h"
#include "core/model.h"

/* A number: as the word of a memory fault on the architecture, as an address, as a mark of the kernel. */
bool od_teach_number(struct od_lesson *lesson, uint64_t number, const struct od_arch *arch);

/* A word by its name: a register of the architecture's dumps ("dsisr", "teid"), or what its manual calls the word ("esr", "srr1"). */
bool od_teach_word(struct od_lesson *lesson, struct od_str name, uint64_t number, const struct od_arch *arch);

/* The number in /proc/sys/kernel/tainted. */
bool od_teach_taint(struct od_lesson *lesson, uint64_t number);

/* A kind of report. */
void od_teach_kind(struct od_lesson *lesson, enum od_kind kind);

/* What an analyzed event says of itself, where it came from one line of text. */
void od_teach_event(struct od_lesson *lesson, const struct od_event *event);

#endif
