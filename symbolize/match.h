// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Whether an image is the one that crashed, from all that an event says of its code: build ID,
 * kernel release, function names and sizes, code bytes, the place of a function in its page.
 */
#ifndef OD_SYMBOLIZE_MATCH_H
#define OD_SYMBOLIZE_MATCH_H

#include "core/model.h"
#include "symbolize/symbols.h"

/* The frames of an event that lie in one module, or in the kernel itself. */
struct od_group {
	struct od_str module;	/* empty: the kernel */
	OD_LIST(struct od_frame *) frames;
};

/*
 * Fills verdict, evidence and details of `use` (whose module and path are set). Any disagreement
 * makes a mismatch, and then evidence and details are what disagrees. The names of the
 * group's functions are learned. One thread at a time per image.
 */
void od_match(struct od_image *image, const struct od_event *event, const struct od_group *group,
	      struct od_image_use *use);

/* True when kallsyms may print `size` for the symbol. */
bool od_size_fits(const struct od_image *image, const struct od_symbol *symbol, uint64_t size);

#endif
