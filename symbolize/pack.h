// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Small numbers and short strings in few bytes, for the index: numbers as ULEB128 (DWARF 5, section 7.6), signed ones
 * folded so that the small are small (-1 is 1, 1 is 2), strings behind their length. Pure; thread safe.
 */
#ifndef OD_SYMBOLIZE_PACK_H
#define OD_SYMBOLIZE_PACK_H

#include "core/buf.h"

/* Append to the buffer, whose `failed` says when there was no memory. */
void od_pack_number(struct od_buf *out, uint64_t value);
void od_pack_signed(struct od_buf *out, int64_t value);
void od_pack_text(struct od_buf *out, struct od_str text);

/*
 * Take what was appended off the front of `from`. Once something is damaged `from` is empty, as it is at its end, and
 * the answers are 0 and the empty text. The text is borrowed from the bytes.
 */
uint64_t od_unpack_number(struct od_str *from);
int64_t od_unpack_signed(struct od_str *from);
struct od_str od_unpack_text(struct od_str *from);

#endif
