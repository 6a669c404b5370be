// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void od_buf_deinit(struct od_buf *buf)
{
	free(buf->data);
	*buf = (struct od_buf){0};
}

void od_buf_clear(struct od_buf *buf)
{
	buf->len = 0;
	if (buf->data)
		buf->data[0] = '\0';
}

static bool reserve(struct od_buf *buf, size_t more)
{
	if (buf->failed || more > (size_t)-1 / 4 - buf->len) {
		buf->failed = true;
		return false;
	}
	size_t wanted = buf->len + more + 1;
	if (wanted <= buf->capacity)
		return true;
	size_t capacity = wanted < 256 ? 256 : wanted + wanted / 2;
	char *grown = realloc(buf->data, capacity);
	if (!grown) {
		buf->failed = true;
		return false;
	}
	buf->data = grown;
	buf->capacity = capacity;
	return true;
}

char *od_buf_reserve(struct od_buf *buf, size_t more)
{
	return reserve(buf, more) ? buf->data + buf->len : NULL;
}

void od_buf_put(struct od_buf *buf, struct od_str text)
{
	if (!text.len || !reserve(buf, text.len))
		return;
	memcpy(buf->data + buf->len, text.ptr, text.len);
	buf->len += text.len;
	buf->data[buf->len] = '\0';
}

void od_buf_put_char(struct od_buf *buf, char c)
{
	od_buf_put(buf, (struct od_str){&c, 1});
}

void od_buf_put_string(struct od_buf *buf, const char *text)
{
	od_buf_put(buf, od_str_from(text));
}

void od_buf_put_u64(struct od_buf *buf, uint64_t number)
{
	char digits[20];
	size_t at = sizeof(digits);
	do
		digits[--at] = (char)('0' + number % 10);
	while (number /= 10);
	od_buf_put(buf, (struct od_str){digits + at, sizeof(digits) - at});
}

void od_buf_put_hex(struct od_buf *buf, uint64_t number, unsigned width)
{
	char digits[16];
	size_t at = sizeof(digits);
	do
		digits[--at] = "0123456789abcdef"[number & 15];
	while ((number >>= 4) || (sizeof(digits) - at < width && at));
	od_buf_put(buf, (struct od_str){digits + at, sizeof(digits) - at});
}

void od_buf_pad(struct od_buf *buf, char c, size_t count)
{
	if (!count || !reserve(buf, count))
		return;
	memset(buf->data + buf->len, c, count);
	buf->len += count;
	buf->data[buf->len] = '\0';
}

void od_buf_printf(struct od_buf *buf, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	int len = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (len < 0 || !reserve(buf, (size_t)len))
		return;
	va_start(args, format);
	vsnprintf(buf->data + buf->len, (size_t)len + 1, format, args);
	va_end(args);
	buf->len += (size_t)len;
}
