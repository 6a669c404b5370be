// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * A place in code, in every form that kernels print (2.4 to today): an address, a function with offset and size, a module. Pure; thread safe.
 * Every od_place_scan_…() takes what it names off the string, and leaves the string and what it returns as they are where that
 * does not begin there.
 */
#ifndef OD_PARSERS_PLACE_H
#define OD_PARSERS_PLACE_H

#include "core/model.h"

/* A frame as text: slices borrow from the line. */
struct od_frame_text {
	struct od_str raw;		/* "fn+0x1/0x2 [mod]" */
	struct od_num address;		/* "[<ffffffff81000000>]" */
	struct od_str function;
	struct od_num offset, size;
	struct od_str module, build_id;
	bool unreliable;
	bool hidden;			/* an address was printed, but not its value: "[<(ptrval)>]" */
	bool decoded;			/* a file and a line stand in the place of the offset */
};

/*
 * Scans a place, as %pS prints it: "fn+0x1/0x2", "fn+0x1/0x2 [mod]", "fn+0x1/0x2 [mod 0123abcd]",
 * "0xffffffffc0123456", ":mod:fn+0x1/0x2" (before 2.6.24), each after an optional "[<address>]"; "<address>{fn+1}" (x86_64,
 * before 2.6.18, of which the size is unknown); also
 * "fn (fs/foo.c:12)", which scripts/decode_stacktrace.sh made of it, or "fn fs/foo.c:12": the offset is then unknown.
 * An offset beyond the size is no place: the line was cut.
 */
bool od_scan_place(struct od_str *s, struct od_frame_text *ret);

/* "[<ffffffff81000000>] "; one that is hidden sets only *ret_hidden. */
bool od_place_scan_address(struct od_str *s, struct od_num *ret, bool *ret_hidden);

/* "<c01499a4> ", ahead of a place: two of these stand in a line of i386. */
bool od_place_scan_angled_address(struct od_str *s, struct od_num *ret);

/* "c00153d4  ", ahead of a place in parentheses: the brackets were lost. */
bool od_place_scan_bare_address(struct od_str *s, struct od_num *ret);

/* "<ffffffff8025ef65>{fn+155}" */
bool od_place_scan_braced(struct od_str *s, struct od_frame_text *ret);

/* "+0x12/0x34" */
bool od_place_scan_offset(struct od_str *s, struct od_frame_text *ret);

/* " [mod]", " [mod 0123abcd…]" */
bool od_place_scan_module(struct od_str *s, struct od_frame_text *ret);

/* "mod", of no more characters than a module's name may have */
bool od_place_scan_module_name(struct od_str *s, struct od_str *ret);

/* Whether the word is "fs/foo.c:12" or "??:?", which symbolizers print where they found nothing. */
bool od_is_source_place(struct od_str word);

/* Whether it is a place in a file of C: "fs/foo.c:12", "kernel/sched/sched.h:34!". */
bool od_is_c_source_place(struct od_str word);

#endif
