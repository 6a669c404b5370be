// SPDX-License-Identifier: GPL-3.0-or-later
/* The words of a command line that say what to see of a dump, as questions and parts. One thread at a time. */
#ifndef OD_LIB_VMCORE_VIEWS_H
#define OD_LIB_VMCORE_VIEWS_H

#include "core/status.h"
#include "core/vmcore_model.h"

enum { OD_VIEW_LIMIT = 64 };

struct od_vmcore_views {
	unsigned parts;		/* enum od_vmcore_part */
	size_t count;
	struct od_vmcore_query queries[OD_VIEW_LIMIT];	/* their texts borrow the words */
};

/* OD_ERR_USAGE, with the trail: a word is no view, or a view lacks its argument. */
od_status od_vmcore_views_read(struct od_trail *trail, const char *const *words, size_t count,
			       struct od_vmcore_views *ret);

#endif
