// SPDX-License-Identifier: GPL-3.0-or-later
/* Logs, compressed with zstd for keeping. */
#ifndef OD_TRIAGE_PACK_H
#define OD_TRIAGE_PACK_H

#include "core/arena.h"
#include "core/buf.h"
#include "core/status.h"

/* What compressing needs, kept from one log to the next. One thread at a time. */
struct od_packer;

/* NULL: out of memory. */
struct od_packer *od_packer_create(void);
void od_packer_destroy(struct od_packer *packer);

/* The compressed bytes, in the arena; the empty slice when memory is exhausted. */
struct od_str od_pack(struct od_packer *packer, struct od_arena *arena, struct od_str bytes);

/* Appends what od_pack() was given. OD_ERR_FORMAT: damaged, or more than `limit` bytes. Thread safe. */
od_status od_unpack(struct od_trail *trail, struct od_str packed, size_t limit, struct od_buf *ret);

#endif
