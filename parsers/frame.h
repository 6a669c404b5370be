// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * One frame of a trace, in every form that kernels print (2.6.18 to today). Pure; thread safe.
 */
#ifndef OD_PARSERS_FRAME_H
#define OD_PARSERS_FRAME_H

#include "core/model.h"
#include "parsers/place.h"

/*
 * Reads a whole line of a trace: a place with the marks of unreliability ("? fn", "(fn)",
 * "fn (unreliable)"), the flags of arm64 ("fn (P)") and what symbolizers append ("fn file.c:12").
 * False when the line is anything else.
 */
bool od_frame_line(struct od_str text, struct od_frame_text *ret);

/* "fn": who sent the log took the offset off. All of the text is a name, and none that is a number. For where a place must stand. */
bool od_frame_name(struct od_str text, struct od_frame_text *ret);

/* Reads "fn+0x10", "fn+0x10 [mod]": a frame that was typed, or that lost its size. Only in a trace that was pasted alone. */
bool od_frame_typed(struct od_str text, struct od_frame_text *ret);

/*
 * Reads a line of arm's traces, which names a call: "[<c0101234>] (fn) from [<c0105678>] (gn+0x20/0x40)",
 * "fn [mod] from gn+0x20/0x40 [mod]", "Function entered at [<c0101234>] from [<c0105678>]". `callee` is
 * what was called, often without an offset, `from` the place to which it returns.
 */
bool od_frame_call(struct od_str text, struct od_frame_text *callee, struct od_frame_text *from);

/* The same line as a terminal shows it that is not wide enough, whose last column holds the line's last character: only the callee is whole. */
bool od_frame_clipped_call(struct od_str text, struct od_frame_text *callee);

/*
 * Cuts the first frame off a line that may hold several: "[<c0101234>] [<c0105678>]" (i386 and mips of 2.4, which break it
 * after six or eight: arch/i386/kernel/traps.c, show_trace), with names, by klogd too, and arm's calls. False: nothing is left.
 */
bool od_frame_cut(struct od_str *row, struct od_str *ret);

/* Copies the text into a frame that lives in the arena. */
void od_frame_store(struct od_arena *arena, const struct od_frame_text *text, uint64_t line, struct od_frame *ret);

#endif
