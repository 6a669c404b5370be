// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/str.h"

ptrdiff_t od_str_find(struct od_str s, struct od_str needle)
{
	/* by hand: lines are short, and memmem() prepares for long ones on every call */
	const char *at = s.ptr;
	if (!needle.len)
		return 0;
	if (s.len < needle.len)
		return -1;
	for (size_t left = s.len - needle.len + 1; left; left = s.len - needle.len + 1 - (size_t)(at - s.ptr)) {
		const char *hit = memchr(at, needle.ptr[0], left);
		if (!hit)
			return -1;
		if ((needle.len == 1 || hit[1] == needle.ptr[1]) && memcmp(hit, needle.ptr, needle.len) == 0)
			return hit - s.ptr;
		at = hit + 1;
	}
	return -1;
}

struct od_str od_str_behind(struct od_str s, struct od_str words)
{
	ptrdiff_t at = od_str_find(s, words);

	if (at < 0)
		return (struct od_str){NULL, 0};
	const size_t end = (size_t)at + words.len;
	return (struct od_str){s.ptr + end, s.len - end};
}

ptrdiff_t od_str_find_char(struct od_str s, char c)
{
	const char *hit = s.len ? memchr(s.ptr, c, s.len) : NULL;
	return hit ? hit - s.ptr : -1;
}

ptrdiff_t od_str_find_last_char(struct od_str s, char c)
{
	const char *hit = s.len ? memrchr(s.ptr, c, s.len) : NULL;
	return hit ? hit - s.ptr : -1;
}

static bool is_space(char c)
{
	return (unsigned char)c <= ' ' && (c == ' ' || c == '\t' || c == '\r' || c == '\n');
}

struct od_str od_str_trim(struct od_str s)
{
	while (s.len && is_space(s.ptr[0])) {
		s.ptr++;
		s.len--;
	}
	while (s.len && is_space(s.ptr[s.len - 1]))
		s.len--;
	return s;
}

bool od_str_matches(struct od_str s, const char *pattern)
{
	const char *star = NULL;
	size_t n = 0, retry = 0;

	while (n < s.len) {
		if (*pattern == '*') {
			star = pattern++;
			retry = n;
		} else if (*pattern == s.ptr[n] && *pattern) {
			pattern++;
			n++;
		} else if (star) {
			pattern = star + 1;
			n = ++retry;
		} else {
			return false;
		}
	}
	while (*pattern == '*')
		pattern++;
	return *pattern == '\0';
}

bool od_str_equal_module(struct od_str a, struct od_str b)
{
	if (a.len != b.len)
		return false;
	for (size_t i = 0; i < a.len; i++) {
		char x = a.ptr[i] == '-' ? '_' : a.ptr[i];
		char y = b.ptr[i] == '-' ? '_' : b.ptr[i];
		if (x != y)
			return false;
	}
	return true;
}

int od_str_compare(struct od_str a, struct od_str b)
{
	size_t len = a.len < b.len ? a.len : b.len;
	int order = len ? memcmp(a.ptr, b.ptr, len) : 0;
	if (order)
		return order;
	return (a.len > b.len) - (a.len < b.len);
}

static void advance(struct od_str *s, size_t by)
{
	s->ptr += by;
	s->len -= by;
}

bool od_scan_u64(struct od_str *s, uint64_t *ret)
{
	enum { ALWAYS_FIT = 19 }; /* so many digits fit in 64 bits */
	const size_t safe = s->len < ALWAYS_FIT ? s->len : ALWAYS_FIT;
	uint64_t value = 0;
	size_t n = 0;

	for (; n < safe && od_is_digit(s->ptr[n]); n++)
		value = value * 10 + (uint64_t)(s->ptr[n] - '0');
	for (; n >= ALWAYS_FIT && n < s->len && od_is_digit(s->ptr[n]); n++)
		if (__builtin_mul_overflow(value, 10, &value) ||
		    __builtin_add_overflow(value, (uint64_t)(s->ptr[n] - '0'), &value))
			return false;
	if (!n)
		return false;
	advance(s, n);
	*ret = value;
	return true;
}

const uint8_t od_hex_digits[256] = {
	['0'] = 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, ['A'] = 11, 12, 13, 14, 15, 16, ['a'] = 11, 12, 13, 14, 15, 16,
};

/*
 * Eight digits at once, of which a register holds two times as many; false: not all of the bytes are digits. In a byte
 * below 0x80 no sum carries into the next one, and its high bit tells how the byte compares; others are turned down.
 */
static bool scan_eight(const char *from, uint64_t *ret)
{
	const uint64_t ones = 0x0101010101010101;
	uint64_t bytes, high = ones << 7;

	memcpy(&bytes, from, sizeof(bytes));
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	bytes = __builtin_bswap64(bytes);
#endif
	const uint64_t lower = bytes | ones * 0x20;
	const uint64_t digits = (bytes + ones * (0x80 - '0')) & ~(bytes + ones * (0x7f - '9'));
	const uint64_t letters = (lower + ones * (0x80 - 'a')) & ~(lower + ones * (0x7f - 'f'));
	if ((bytes & high) || ((digits | letters) & high) != high)
		return false;
	uint64_t nibbles = (bytes & ones * 0x0f) + 9 * ((letters & high) >> 7);
	nibbles = (nibbles | nibbles >> 4) & 0x00ff00ff00ff00ff;
	nibbles = (nibbles | nibbles >> 8) & 0x0000ffff0000ffff;
	*ret = (nibbles | nibbles >> 16) & 0xffffffff;
	return true;
}

bool od_scan_hex(struct od_str *s, uint64_t *ret)
{
	const size_t all = s->len, safe = all < 16 ? all : 16; /* so many digits always fit */
	uint64_t value = 0, eight;
	size_t n = 0;
	unsigned digit = 0;

	for (; n + 8 <= safe && od_hex_digits[(unsigned char)s->ptr[n + 7]] && scan_eight(s->ptr + n, &eight); n += 8)
		value = value << 32 | eight;
	for (; n < safe && (digit = od_hex_digits[(unsigned char)s->ptr[n]]); n++)
		value = value << 4 | (digit - 1);
	for (; n >= 16 && n < all && (digit = od_hex_digits[(unsigned char)s->ptr[n]]); n++) {
		if (value >> 60)
			return false;
		value = value << 4 | (digit - 1);
	}
	if (!n)
		return false;
	advance(s, n);
	*ret = value;
	return true;
}

bool od_scan_0x(struct od_str *s, uint64_t *ret)
{
	struct od_str rest = *s;
	if (!od_scan_literal(&rest, "0x") || !od_scan_hex(&rest, ret))
		return false;
	*s = rest;
	return true;
}

bool od_scan_hex_width(struct od_str *s, unsigned digits, uint64_t *ret)
{
	struct od_str rest = *s;
	uint64_t value;
	if (!od_scan_hex(&rest, &value) || s->len - rest.len != digits)
		return false;
	*s = rest;
	*ret = value;
	return true;
}

static bool scan_to(struct od_str *s, ptrdiff_t at, struct od_str *ret)
{
	if (at < 0)
		return false;
	*ret = od_str_first(*s, (size_t)at);
	advance(s, (size_t)at);
	return true;
}

bool od_scan_until(struct od_str *s, char stop, struct od_str *ret)
{
	return scan_to(s, od_str_find_char(*s, stop), ret);
}

bool od_scan_until_text(struct od_str *s, struct od_str stop, struct od_str *ret)
{
	return scan_to(s, od_str_find(*s, stop), ret);
}

bool od_scan_word(struct od_str *s, struct od_str *ret)
{
	size_t n = 0;
	while (n < s->len && !is_space(s->ptr[n]))
		n++;
	return n && scan_to(s, (ptrdiff_t)n, ret);
}

/* Letters, digits and "_.$@:". */
static const bool symbol_chars[256] = {
	['0' ... '9'] = true, ['a' ... 'z'] = true, ['A' ... 'Z'] = true,
	['_'] = true, ['.'] = true, ['$'] = true, ['@'] = true, [':'] = true,
};

/* ".." and "...": what an author took out. */
static bool is_ellipsis(struct od_str word)
{
	size_t dots = 0;
	while (dots < word.len && word.ptr[dots] == '.')
		dots++;
	return dots > 1 && dots == word.len;
}

bool od_scan_symbol(struct od_str *s, struct od_str *ret)
{
	size_t n = 0;
	while (n < s->len && symbol_chars[(unsigned char)s->ptr[n]])
		n++;
	if (!n || od_is_digit(s->ptr[0]) || is_ellipsis(od_str_first(*s, n)))
		return false;
	return scan_to(s, (ptrdiff_t)n, ret);
}
