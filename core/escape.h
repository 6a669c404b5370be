// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * The only place that escapes. Log text is untrusted: it may hold terminal
 * controls, markup, quotes, NULs and invalid UTF-8. Thread safe.
 */
#ifndef OD_CORE_ESCAPE_H
#define OD_CORE_ESCAPE_H

#include "core/buf.h"

/*
 * For a terminal: C0 and C1 controls, DEL and bytes that are not valid UTF-8 become
 * \xNN, a tab becomes one space, bidirectional overrides (U+202A..202E, U+2066..2069)
 * become \uNNNN. Nothing that is written can move the cursor or change a colour.
 */
void od_escape_terminal(struct od_buf *out, struct od_str text);

/*
 * For a JSON string, without the quotes (RFC 8259, section 7). Bytes that are not valid
 * UTF-8 become U+FFFD, so that the document is always valid UTF-8; controls and bidirectional
 * overrides are written as \uNNNN, so that a document shown on a terminal is harmless too.
 */
void od_escape_json(struct od_buf *out, struct od_str text);

/*
 * For HTML, both text and attributes in double quotes: & < > " ' become references (HTML, section 13.1.2). Controls other
 * than line ends, bidirectional overrides and bytes that are not valid UTF-8 are shown as on a terminal.
 */
void od_escape_html(struct od_buf *out, struct od_str text);

/*
 * A record of the kernel's log as makedumpfile and vmcore-dmesg write it: printable ASCII and blanks (also line
 * ends) stay, every other byte becomes \xNN.
 */
void od_escape_dmesg(struct od_buf *out, struct od_str text);

/* How many columns od_escape_terminal() fills (one per character; wide characters count as one). */
size_t od_escape_terminal_width(struct od_str text);

#endif
