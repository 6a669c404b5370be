// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/terminal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

bool od_terminal_color(void)
{
	const char *no_color = getenv("NO_COLOR");
	const char *term = getenv("TERM");

	if (no_color && no_color[0])
		return false;
	return isatty(STDOUT_FILENO) && term && strcmp(term, "dumb") != 0;
}

bool od_terminal_number(const char *text, unsigned *ret)
{
	unsigned value = 0;
	size_t i = 0;

	for (; text[i] >= '0' && text[i] <= '9' && i < 6; i++)
		value = value * 10 + (unsigned)(text[i] - '0');
	if (i == 0 || text[i] != '\0' || value == 0)
		return false;
	*ret = value;
	return true;
}

unsigned od_terminal_width(void)
{
	const char *columns = getenv("COLUMNS");
	struct winsize size;
	unsigned width;

	if (columns && od_terminal_number(columns, &width))
		return width;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col)
		return size.ws_col;
	return 80;
}
