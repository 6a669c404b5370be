// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Disassemblies of earlier runs: to load and bind a disassembler takes longer than all else that is done for a crash that
 * was seen before. They are kept in one file of the store, which is believed as every file there is (io/store.h); each has
 * all that it was made from beside it, and is used for the same code only.
 *
 * A cache belongs to one thread at a time.
 */
#ifndef OD_SYMBOLIZE_CODE_CACHE_H
#define OD_SYMBOLIZE_CODE_CACHE_H

#include "core/buf.h"
#include "core/model.h"
#include "io/store.h"

struct od_code_cache;

/* The store is borrowed; NULL: nothing is kept. NULL: out of memory. */
struct od_code_cache *od_code_cache_create(const struct od_store *store);

/* Saves what was learned. NULL is fine. */
void od_code_cache_destroy(struct od_code_cache *cache);

/* Writes event->code.disassembly. False: none is known, or there is no code. */
bool od_code_cache_recall(struct od_code_cache *cache, struct od_event *event);

/*
 * Whether a disassembly is known of code around the event's ip, so that it is likely that one will be for code that is yet
 * to be read from the image.
 */
bool od_code_cache_expects(struct od_code_cache *cache, const struct od_event *event);

/* Keeps the disassembly that od_disassemble() made, as long as there is room. */
void od_code_cache_learn(struct od_code_cache *cache, const struct od_event *event);

/* The key of its file "disassembly" in the store; for tests. */
extern const char od_code_cache_key[];

#endif
