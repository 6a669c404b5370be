// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * A growing text buffer: what renderers write into and the front end sends on.
 * Initialise with {0}. Out of memory is sticky: further writes do nothing and
 * `failed` stays true, so that a renderer need not check every line. One thread at a time.
 */
#ifndef OD_CORE_BUF_H
#define OD_CORE_BUF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/str.h"

struct od_buf {
	char *data; /* NUL-terminated once anything was written */
	size_t len, capacity;
	bool failed;
};

/* Frees the storage; the buffer is empty and usable again. */
void od_buf_deinit(struct od_buf *buf);

/* Empties the buffer, keeping its storage. */
void od_buf_clear(struct od_buf *buf);

void od_buf_put(struct od_buf *buf, struct od_str text);
void od_buf_put_char(struct od_buf *buf, char c);
void od_buf_put_string(struct od_buf *buf, const char *text);

/*
 * Room for `more` bytes behind the text, for a reader to write into; what it wrote is added to `len`. NULL: out of
 * memory. The text is NUL-terminated again after the next od_buf_put().
 */
char *od_buf_reserve(struct od_buf *buf, size_t more);

/* Decimal digits; lower-case hexadecimal ones, at least `width` (at most 16) of them. Much faster than printf. */
void od_buf_put_u64(struct od_buf *buf, uint64_t number);
void od_buf_put_hex(struct od_buf *buf, uint64_t number, unsigned width);

/* Writes `c` `count` times. */
void od_buf_pad(struct od_buf *buf, char c, size_t count);

__attribute__((format(printf, 2, 3)))
void od_buf_printf(struct od_buf *buf, const char *format, ...);

/* The text so far; valid until the next write. */
static inline struct od_str od_buf_str(const struct od_buf *buf)
{
	return (struct od_str){buf->data, buf->len};
}

#endif
