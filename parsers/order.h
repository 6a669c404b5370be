// SPDX-License-Identifier: GPL-3.0-or-later
/* Whether a log's times go backwards, as journalctl -r and desktops' viewers print it. Zeroes initialize it. Not thread safe. */
#ifndef OD_PARSERS_ORDER_H
#define OD_PARSERS_ORDER_H

#include "core/model.h"

struct od_order {
	struct od_num last;	/* the time before */
	uint64_t back, forth;	/* times that were earlier, or later, than the one before */
};

/* The next record's time; one that is not known says nothing. */
void od_order_note(struct od_order *order, struct od_num usec);

/* Whether the newest line comes first. */
bool od_order_is_reverse(const struct od_order *order);

#endif
