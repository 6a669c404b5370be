// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * The kernel's messages in the systemd journal. The only place for libsystemd. One thread at a time.
 */
#ifndef OD_PARSERS_JOURNAL_H
#define OD_PARSERS_JOURNAL_H

#include <stdbool.h>
#include <stdint.h>

#include "core/status.h"
#include "core/str.h"

struct od_journal;

struct od_journal_choice {
	const char *directory;	/* of journal files; NULL: the journal of this system */
	bool one_boot;		/* only the messages of one boot: */
	int64_t boot;		/* 0: the last one that the journal knows, -1: the one before; 1: the first, 2: … */
};

/*
 * OD_ERR_UNSUPPORTED: this build has no libsystemd. OD_ERR_IO: the journal cannot be opened.
 * OD_ERR_MISSING: there is no such boot.
 */
od_status od_journal_open(struct od_trail *trail, const struct od_journal_choice *choice, struct od_journal **ret);
void od_journal_close(struct od_journal *journal);

/*
 * The next messages, valid until the next call, as lines of the form
 * "2023-11-14T22:13:20.123456+00:00 <1>[   12.345678] text". An empty chunk: the end.
 */
od_status od_journal_read(struct od_journal *journal, struct od_trail *trail, struct od_str *ret);

#endif
