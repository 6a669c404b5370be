// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef OD_ANALYZER_EXPLAIN_H
#define OD_ANALYZER_EXPLAIN_H

#include "core/model.h"

/* Writes event->title: the kind in words, and the blamed function or what the kernel said. */
void od_title(struct od_event *event);

/* Writes event->explanation's sentence and paragraph. The error code and the taint letters must have been read. */
void od_explain(struct od_event *event);

/* What to do about a kind of report, whatever it says; "": nothing. */
const char *od_kind_advice(enum od_kind kind);

/* Adds to event->explanation.next what follows from the kind, and from the state of log, kernel and module. */
void od_advise(struct od_event *event);

#endif
