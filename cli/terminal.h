// SPDX-License-Identifier: GPL-3.0-or-later
/* What the terminal and the environment say about how to write. */
#ifndef OD_CLI_TERMINAL_H
#define OD_CLI_TERMINAL_H

#include <stdbool.h>

/* "auto": colour when stdout is a terminal, TERM is not dumb, and NO_COLOR (no-color.org) is not set. */
bool od_terminal_color(void);

/* Columns: COLUMNS, else the terminal of stdout, else 80. */
unsigned od_terminal_width(void);

/* A decimal number of 1 to 6 digits, nothing else. */
bool od_terminal_number(const char *text, unsigned *ret);

#endif
