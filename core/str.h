// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Slices of text, and a scanner over them.
 *
 * A slice borrows its bytes; it is not NUL-terminated. The scanner obeys one law:
 * *on success it advances, on failure it does not move*. Nothing here reads past
 * the end of the slice, allocates, or depends on the locale. Thread safe.
 */
#ifndef OD_CORE_STR_H
#define OD_CORE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct od_str {
	const char *ptr; /* NULL only when len is 0 */
	size_t len;
};

/* A slice of a string literal. */
#define OD_STR(literal) ((struct od_str){"" literal, sizeof(literal) - 1})

/* For printf: printf("%.*s", OD_FMT(slice)). */
#define OD_FMT(s) (int)((s).len > 4096 ? 4096 : (s).len), (s).ptr ? (s).ptr : ""

static inline struct od_str od_str_from(const char *text)
{
	return (struct od_str){text, text ? strlen(text) : 0};
}

static inline bool od_str_equal(struct od_str a, struct od_str b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

/* Comparisons with literals become a few instructions only where the call is gone. */
#define OD_INLINE static inline __attribute__((always_inline))

OD_INLINE bool od_str_starts(struct od_str s, struct od_str prefix)
{
	return s.len >= prefix.len && (prefix.len == 0 || memcmp(s.ptr, prefix.ptr, prefix.len) == 0);
}

OD_INLINE bool od_str_ends(struct od_str s, struct od_str suffix)
{
	return s.len >= suffix.len &&
	       (suffix.len == 0 || memcmp(s.ptr + s.len - suffix.len, suffix.ptr, suffix.len) == 0);
}

/* From `from` (at most s.len) to the end. */
static inline struct od_str od_str_from_index(struct od_str s, size_t from)
{
	return from >= s.len ? (struct od_str){NULL, 0} : (struct od_str){s.ptr + from, s.len - from};
}

/* The first `len` bytes, or all of it. */
static inline struct od_str od_str_first(struct od_str s, size_t len)
{
	return (struct od_str){s.ptr, len < s.len ? len : s.len};
}

/* Where `needle` first occurs, or -1; nothing, which may be NULL, occurs at the front of everything. */
ptrdiff_t od_str_find(struct od_str s, struct od_str needle);

/* What stands behind the first occurrence of `words` (not empty); its ptr is NULL where they do not occur. */
struct od_str od_str_behind(struct od_str s, struct od_str words);

/* Where the byte first occurs, or -1. */
ptrdiff_t od_str_find_char(struct od_str s, char c);

/* Where the byte last occurs, or -1. */
ptrdiff_t od_str_find_last_char(struct od_str s, char c);

/*
 * Whether one of three bytes occurs: sixteen bytes of the text are looked at at a time, since most lines hold none. The
 * last sixteen overlap those before them.
 */
static inline bool od_str_has_any(struct od_str s, char a, char b, char c)
{
	typedef char block __attribute__((vector_size(16)));
	typedef uint64_t halves __attribute__((vector_size(16)));
	block bytes, seen = {0};

	if (s.len < sizeof(bytes)) {
		for (size_t i = 0; i < s.len; i++)
			if (s.ptr[i] == a || s.ptr[i] == b || s.ptr[i] == c)
				return true;
		return false;
	}
	for (const char *at = s.ptr, *last = s.ptr + s.len - sizeof(bytes);; at = at + sizeof(bytes) < last ? at + sizeof(bytes) : last) {
		memcpy(&bytes, at, sizeof(bytes));
		seen |= (block)((bytes == a) | (bytes == b) | (bytes == c));
		if (at == last)
			return ((halves)seen)[0] | ((halves)seen)[1];
	}
}

/* Whether a byte beyond ASCII occurs. */
static inline bool od_str_has_wide(struct od_str s)
{
	uint64_t seen = 0, bytes;
	size_t i = 0;
	for (; i + sizeof(bytes) <= s.len; i += sizeof(bytes)) {
		memcpy(&bytes, s.ptr + i, sizeof(bytes));
		seen |= bytes;
	}
	for (; i < s.len; i++)
		seen |= (unsigned char)s.ptr[i];
	return seen & 0x8080808080808080u;
}

/* Copies the text into `ret`, as much of it as fits, and ends it. */
static inline void od_str_copy_to(struct od_str text, char *ret, size_t size)
{
	size_t len = text.len < size ? text.len : size - 1;
	if (len)
		memcpy(ret, text.ptr, len);
	ret[len] = '\0';
}

/* Without blanks (space, tab, CR, LF) at both ends. */
struct od_str od_str_trim(struct od_str s);

/* Equal without regard to '-' and '_': the kernel prints my_mod for my-mod.ko. */
bool od_str_equal_module(struct od_str a, struct od_str b);

/* Whether it is `pattern`, in which a '*' stands for any text, also none. */
bool od_str_matches(struct od_str s, const char *pattern);

/* Whether its first characters are those of the pattern: what spares most calls of od_str_matches() with a table of many. */
static inline bool od_str_may_match(struct od_str s, const char *pattern)
{
	enum { ENOUGH = 4 }; /* a fifth of the kernel's names begins with "_" */

	for (size_t i = 0; i < ENOUGH && pattern[i] != '*'; i++) {
		if (i >= s.len)
			return !pattern[i];
		if (pattern[i] != s.ptr[i])
			return false;
	}
	return true;
}

/* Orders by bytes, then by length: <0, 0, >0. */
int od_str_compare(struct od_str a, struct od_str b);

/*
 * The scanner. `s` is both cursor and limit: a successful call removes what it
 * read from the front of *s. Out parameters are written on success only.
 */

/* Reads exactly this text. */
OD_INLINE bool od_scan_text(struct od_str *s, struct od_str text)
{
	if (!od_str_starts(*s, text))
		return false;
	if (text.len) {
		s->ptr += text.len;
		s->len -= text.len;
	}
	return true;
}
#define od_scan_literal(s, literal) od_scan_text((s), OD_STR(literal))

/* Reads one byte that equals `c`. */
static inline bool od_scan_char(struct od_str *s, char c)
{
	if (!s->len || s->ptr[0] != c)
		return false;
	s->ptr++;
	s->len--;
	return true;
}

static inline bool od_is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* Skips spaces and tabs; returns how many. Never fails. */
static inline size_t od_scan_blanks(struct od_str *s)
{
	size_t n = 0;
	while (n < s->len && od_is_blank(s->ptr[n]))
		n++;
	if (n) { /* an empty slice may be NULL, to which nothing can be added */
		s->ptr += n;
		s->len -= n;
	}
	return n;
}

/* Reads decimal digits (at least one) that fit in 64 bits. */
bool od_scan_u64(struct od_str *s, uint64_t *ret);

/* Reads hexadecimal digits (at least one, either case, no 0x) that fit in 64 bits. */
bool od_scan_hex(struct od_str *s, uint64_t *ret);

/* Reads 0x and hexadecimal digits. */
bool od_scan_0x(struct od_str *s, uint64_t *ret);

/* Reads exactly `digits` hexadecimal digits (at most 16), not followed by another one. */
bool od_scan_hex_width(struct od_str *s, unsigned digits, uint64_t *ret);

/* Reads up to (not including) the byte `stop`; fails when it does not occur. */
bool od_scan_until(struct od_str *s, char stop, struct od_str *ret);

/* Reads up to (not including) `stop`; fails when it does not occur. */
bool od_scan_until_text(struct od_str *s, struct od_str stop, struct od_str *ret);

/* Reads a run of bytes that are not blank; fails on the empty run. */
bool od_scan_word(struct od_str *s, struct od_str *ret);

/* Reads a kernel symbol name: letters, digits and "_.$@:" of C, C++ and Rust symbols. */
bool od_scan_symbol(struct od_str *s, struct od_str *ret);

static inline bool od_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Of each byte the value of the hexadecimal digit that it is, and one more; 0: it is none. */
extern const uint8_t od_hex_digits[256];

static inline bool od_is_hex(char c)
{
	return od_hex_digits[(unsigned char)c];
}

#endif
