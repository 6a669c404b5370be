// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/order.h"

enum {
	BACK_FROM = 16,		/* times that are earlier than the one before… */
	BACK_TIMES = 8,		/* …and as many times more than the others */
};

void od_order_note(struct od_order *order, struct od_num usec)
{
	if (!usec.known)
		return;
	order->back += order->last.known && usec.value < order->last.value;
	order->forth += order->last.known && usec.value > order->last.value;
	order->last = usec;
}

bool od_order_is_reverse(const struct od_order *order)
{
	return order->back >= BACK_FROM && order->back / BACK_TIMES > order->forth;
}
