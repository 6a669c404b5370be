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

/* Adds which options of the kernel would catch such a thing earlier: those that exist there and are not on already. */
void od_advise_options(struct od_event *event);

/* Whether this kernel could have KASAN, and the log does not show that it has. */
bool od_kasan_is_at_hand(const struct od_event *event);

/* Adds to event->explanation.next what follows from the kind, and from the state of log, kernel and module. */
void od_advise(struct od_event *event);

#endif
