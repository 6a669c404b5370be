// SPDX-License-Identifier: GPL-3.0-or-later
/* The words of a command line that say what to see of a dump, as questions and parts. One thread at a time. */
#ifndef OD_LIB_VMCORE_VIEWS_H
#define OD_LIB_VMCORE_VIEWS_H

#include "core/status.h"
#include "core/vmcore_model.h"

enum { OD_VIEW_LIMIT = 64, OD_FILE_LIMIT = 64 };

struct od_vmcore_views {
	unsigned parts;		/* enum od_vmcore_part */
	const char *files[OD_FILE_LIMIT];	/* [0] is left free for the dump itself */
	size_t file_count;
	size_t count;
	struct od_vmcore_query queries[OD_VIEW_LIMIT];	/* their texts borrow the words */
};

/* "+" "FILE", in front of all views, is a further part of the dump. OD_ERR_USAGE, with the trail: a word is no view, or a view lacks its argument. */
od_status od_vmcore_views_read(struct od_trail *trail, const char *const *words, size_t count,
			       struct od_vmcore_views *ret);

#endif
