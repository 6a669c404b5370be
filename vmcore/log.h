// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * The kernel's log out of memory, by VMCOREINFO alone, in its three generations: plain text (before 3.5),
 * struct log records (3.5 to 5.9), the printk ring buffer (5.10 and later). One thread at a time.
 */
#ifndef OD_VMCORE_LOG_H
#define OD_VMCORE_LOG_H

#include "core/buf.h"
#include "core/memory.h"
#include "core/status.h"

/* What was found on the way. */
struct od_log_facts {
	unsigned generation;	/* 1, 2, 3; 0: none was found */
	uint64_t records;	/* that were written out; 0 for plain text */
	uint64_t unfinished;	/* that a CPU was writing when it stopped */
	uint64_t lost;		/* whose text or header is not readable any more */
	bool cut;		/* a hole ends the log early */
};

/*
 * Appends the log as `makedumpfile --dump-dmesg` prints it: "[    1.234567] text" per record, further
 * lines of the record indented, bytes that are neither printable nor blank as \xNN. OD_ERR_MISSING when VMCOREINFO names no log, OD_ERR_FORMAT when the log's
 * head is damaged; the trail says which. A hole in the middle is no failure: see the facts.
 */
od_status od_log_read(struct od_trail *trail, const struct od_memory *memory, struct od_str vmcoreinfo,
		      struct od_buf *out, struct od_log_facts *ret);

/* For the readers of the three generations. */
struct od_log_reader {
	struct od_trail *trail;
	const struct od_memory *memory;
	struct od_str info;
	struct od_buf *out;
	struct od_log_facts *facts;
};

od_status od_log_read_ring(struct od_log_reader *reader);	/* 5.10 and later */
od_status od_log_read_records(struct od_log_reader *reader);	/* 3.5 to 5.9 */
od_status od_log_read_text(struct od_log_reader *reader);	/* before 3.5 */

/* One record's line or lines. */
void od_log_put_record(struct od_log_reader *reader, uint64_t nanoseconds, struct od_str text);

/* VMCOREINFO's "OFFSET(name)" or "SIZE(name)"; false, with the trail: it is not there. */
bool od_log_number(struct od_log_reader *reader, const char *key, uint64_t *ret);

#endif
