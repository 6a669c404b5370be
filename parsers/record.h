// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * From a line to a record: what the carriers of a log put before the message is taken off,
 * whatever their order: quoting, journal and syslog prefixes, levels, times, caller ids.
 * Pure functions; thread safe.
 */
#ifndef OD_PARSERS_RECORD_H
#define OD_PARSERS_RECORD_H

#include "core/buf.h"
#include "core/model.h"

enum { OD_LEVEL_UNKNOWN = -1 };

struct od_record {
	uint64_t line;			/* 1-based number of the line in the input */
	uint64_t last_line;		/* the same, unless several lines are one record */
	struct od_str raw;		/* the line as it came, without its line end */
	bool shares_raw;		/* other records of this line have the same raw */
	struct od_str text;		/* the kernel's own words, without blanks at both ends */
	size_t width;			/* of the line as a person saw it: without what encodes it, with its prefixes */
	unsigned quoted;		/* columns of that which are marks of quoting */
	unsigned indent;		/* blanks that stood before text */
	int level;			/* 0..7, or OD_LEVEL_UNKNOWN */
	struct od_num time_usec;	/* printk time */
	struct od_str wall_time;	/* ISO 8601, where the prefix holds a full date */
	struct od_str caller;		/* "T123" or "C0"; empty: not printed */
	const char *format;		/* name of the most telling prefix, or NULL: static */
};

/*
 * One kind of prefix. `scan` takes it off the front of *s, or leaves *s alone and returns
 * false. `first` lists the bytes that it can begin with.
 */
struct od_prefix {
	const char *format;	/* what a log with such lines is called; NULL: says nothing about the carrier */
	const char *first;
	bool (*scan)(struct od_str *s, struct od_record *record);
};

enum { OD_CARRIER_ROWS = 64 }; /* a test holds the tables against it */

/*
 * All prefixes in the order in which they are tried, and for each byte the set of those that can begin with it. Built
 * once, const from then on; threads may share it.
 */
struct od_carriers {
	const struct od_prefix *row[OD_CARRIER_ROWS];
	uint64_t first[256]; /* bit n: row n */
};

/* False: there are more prefixes than it can hold. */
bool od_carriers_init(struct od_carriers *carriers);

/* The first row of the first table, and the commonest prefix by far: "[   12.345678] ", perhaps with a caller behind it. */
bool od_scan_printk_time(struct od_str *s, struct od_record *record);

/* The prefixes of each carrier, a row with scan == NULL at the end. */
extern const struct od_prefix od_prefixes_printk[];
extern const struct od_prefix od_prefixes_syslog[];
extern const struct od_prefix od_prefixes_quote[];
extern const struct od_prefix od_prefixes_pstore[];
extern const struct od_prefix od_prefixes_android[];

/*
 * Where a second record begins inside the text: a printk time in the middle of a line, left by two
 * writers on one console ("login: [   12.345678] BUG: …"). -1: nowhere.
 */
ptrdiff_t od_record_find_inner(struct od_str text);

/* "[   12.3": a time of printk. Pure; thread safe. */
bool od_record_begins_with_time(struct od_str s);

/* Without "Nov 14 22:13:20 host kernel:" at its end: of the record behind, whose line end was lost. */
struct od_str od_record_without_prefix_behind(struct od_str text);

/* A number that tells records of other time or text apart; never 0. Pure; thread safe. */
uint64_t od_record_hash(const struct od_record *record);

/*
 * Reads one line (no line end). Slices of the record borrow from `line` or from `scratch`,
 * which holds the line without terminal escapes when there were any.
 */
void od_record_parse(const struct od_carriers *carriers, struct od_str line, uint64_t number, struct od_buf *scratch,
		     struct od_record *ret);

/* The same for a line that holds no escapes, NULs and carriage returns. */
void od_record_parse_plain(const struct od_carriers *carriers, struct od_str line, uint64_t number, struct od_record *ret);

#endif
