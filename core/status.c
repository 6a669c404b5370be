// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/status.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void prepend(struct od_trail *trail, const char *text)
{
	char joined[2 * OD_TRAIL_SIZE + sizeof(": ")];

	snprintf(joined, sizeof(joined), "%s%s%s", text, trail->text[0] ? ": " : "", trail->text);
	joined[OD_TRAIL_SIZE - 1] = '\0'; /* a trail that is too long is cut: the outermost words matter most */
	memcpy(trail->text, joined, OD_TRAIL_SIZE);
}

od_status od_fail(struct od_trail *trail, od_status status, const char *format, ...)
{
	if (!trail)
		return status;

	char text[OD_TRAIL_SIZE];
	va_list args;
	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	prepend(trail, text);
	return status;
}

od_status od_fail_errno(struct od_trail *trail, int error, const char *format, ...)
{
	if (!trail)
		return OD_ERR_IO;

	char text[OD_TRAIL_SIZE];
	char reason[128];
	va_list args;
	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	prepend(trail, strerror_r(error, reason, sizeof(reason)));
	prepend(trail, text);
	return OD_ERR_IO;
}
