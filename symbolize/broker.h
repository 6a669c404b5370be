// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * The parent of a sandboxed reader of images: it opens, searches, fetches and keeps for it (protocol.h). It opens regular
 * files for reading only, and none whose reader died over it. One thread at a time.
 */
#ifndef OD_SYMBOLIZE_BROKER_H
#define OD_SYMBOLIZE_BROKER_H

#include "io/sandbox.h"
#include "io/store.h"
#include "symbolize/debuginfod.h"
#include "symbolize/find.h"

enum { OD_AVOIDED_LIMIT = 64 };

struct od_broker {
	struct od_finder *finder;
	struct od_debuginfod *debuginfod; /* NULL: not asked for */
	struct od_store *store;		/* NULL: nothing is kept */
	struct od_store_draft draft;
	bool drafting;
	const char *named;		/* a file that is opened whatever it is, since the user named it; NULL: none */
	struct od_avoided {
		char *path;
		char why[128];
	} avoided[OD_AVOIDED_LIMIT];
	size_t avoided_count;
};

/* Frees what the broker itself owns: the list of what is avoided, and a draft that nobody ended. */
void od_broker_deinit(struct od_broker *broker);

/* Does what the message asks, and answers. False: it is no request, or the reader is gone. */
bool od_broker_serve(struct od_broker *broker, struct od_sandbox *sandbox, const struct od_message *request);

/* Ends the sandbox, and remembers the file that killed the reader, if it was reading one. *why (of `size`): how it ended. */
void od_broker_bury(struct od_broker *broker, struct od_sandbox *sandbox, char *why, size_t size);

/* Why the file (or OD_BROKER_CODE) is avoided; NULL: it is not. */
const char *od_broker_avoids(const struct od_broker *broker, const char *path);

/* What is "read" while code bytes are disassembled. */
#define OD_BROKER_CODE "the code bytes of the log"

#endif
