// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/arch.h"

const struct od_arch *const od_arches[] = {
	&od_arch_x86_64,
	NULL,
};

const struct od_arch *od_arch_find(struct od_str name)
{
	for (size_t i = 0; od_arches[i]; i++)
		if (od_str_equal(name, od_str_from(od_arches[i]->name)))
			return od_arches[i];
	return NULL;
}
