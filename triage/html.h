// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * The report as pages: an overview, and a page for each group. A page stands for itself: no script, no network, its style inside, and a
 * content security policy that allows nothing else. All text of logs goes through od_escape_html().
 */
#ifndef OD_TRIAGE_HTML_H
#define OD_TRIAGE_HTML_H

#include "triage/node.h"
#include "triage/triage.h"

enum { OD_PAGE_NAME = 64 };

/* The file name of a group's page: its digits, or those of its SHA-256 when it is none of ours. */
void od_html_page_name(struct od_str group, char ret[OD_PAGE_NAME]);

/* What every page begins and ends with. `up`: a link to the overview. */
void od_html_begin(struct od_buf *out, struct od_str title, bool up);
void od_html_end(struct od_buf *out, const struct od_triage *triage);

/* Pieces. An empty text, or a time that is not known, writes nothing. */
void od_html_element(struct od_buf *out, const char *tag, const char *class, struct od_str text);
void od_html_row(struct od_buf *out, const char *label, struct od_str text); /* of a definition list */
void od_html_count(struct od_buf *out, uint64_t count, const char *noun); /* "1 crash", "2 crashes" */
void od_html_fact(struct od_buf *out, const char *noun, uint64_t count); /* the same, large, in a list of facts */
void od_html_time(struct od_buf *out, int64_t seconds);

/*
 * Charts as SVG; `group` NULL: all crashes. The timeline has `bins` bars at most (OD_MOST_BINS), of an hour or of whole
 * days, and is left out when fewer than two moments are known. The map has kernels as columns and the first groups as rows.
 */
enum { OD_MOST_BINS = 60 };
void od_html_timeline(struct od_buf *out, const struct od_grouping *grouping, const struct od_group *group, unsigned bins,
		      bool axis);
void od_html_map(struct od_buf *out, const struct od_grouping *grouping);

/* One event, from its JSON: why, source, access, code, traces, registers. `scratch` is the caller's, for texts. */
void od_html_event(struct od_buf *out, struct od_arena *scratch, const struct od_node *event);

/* The pages. The event of `json` (empty: none) is the group's example. */
void od_html_overview(struct od_buf *out, const struct od_triage *triage, const struct od_grouping *grouping);
void od_html_group(struct od_buf *out, const struct od_triage *triage, const struct od_grouping *grouping, size_t number,
		   struct od_str json);

/* The style of all pages. */
extern const char od_html_style[];

#endif
