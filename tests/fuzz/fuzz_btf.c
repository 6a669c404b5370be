// SPDX-License-Identifier: GPL-3.0-or-later
/* Type information: with a header that fits, of either byte order, or the input's own. */
#include "tests/fuzz/bytes.h"
#include "vmcore/btf.h"

enum { HEADER = 24 };

static void ask(const struct od_btf *btf)
{
	static const char *const questions[][2] = {
		{"task_struct", "pid"}, {"outer", "inner.b"}, {"outer", "array"}, {"fields", "low"}, {"a", "a.a.a.a"}, {"", ""},
	};
	struct od_btf_member member;

	for (size_t i = 0; i < sizeof(questions) / sizeof(questions[0]); i++)
		if (od_btf_member(btf, questions[i][0], questions[i][1], &member))
			od_btf_size(btf, member.type);
	uint32_t id = od_btf_struct_with(btf, "b");
	if (id)
		od_btf_member_of(btf, id, "b", &member);
	for (uint32_t type = 0; type < 64; type++)
		od_btf_size(btf, type);
	od_btf_size(btf, UINT32_MAX);
}

/* The same bytes once more, as a module's types behind those that were read. */
static void ask_module(const struct od_btf *base, const unsigned char *bytes, size_t size)
{
	const struct od_btf_split split = {size % 7, (uint32_t)(size % 13)};
	struct od_trail trail = {{0}};
	unsigned char *copy = malloc(size + 1);
	struct od_btf *btf;

	OD_LAW(copy);
	memcpy(copy, bytes, size);
	if (od_btf_create_split(&trail, copy, size, base, &split, &btf) != OD_OK)
		return;
	ask(btf);
	od_btf_find(btf, "outer_t");
	od_btf_destroy(btf);
}

/* Documentation/bpf/btf.rst: magic, version, flags, length, then where types and strings are. */
static void put_header(unsigned char *to, uint32_t types, uint32_t strings, bool big_endian)
{
	const uint32_t words[] = {0x0001eb9f, HEADER, 0, types, types, strings};

	for (unsigned i = 0; i < HEADER; i++)
		to[i] = (unsigned char)(words[i / 4] >> 8 * (big_endian ? 3 - i % 4 : i % 4));
	if (big_endian)
		memcpy(to, "\xeb\x9f\1", 4);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_bytes bytes = {data, size};
	uint64_t strings = fuzz_uint(&bytes, 2);
	unsigned char *copy = malloc(bytes.size + HEADER);
	struct od_trail trail = {{0}};
	struct od_btf *btf;
	size_t at = strings == 0xffff ? 0 : HEADER;
	bool big_endian = strings & 0x8000;

	OD_LAW(copy);
	strings &= 0x7fff;
	strings = strings < bytes.size ? strings : bytes.size;
	if (at)
		put_header(copy, (uint32_t)(bytes.size - strings), (uint32_t)strings, big_endian);
	if (bytes.size)
		memcpy(copy + at, bytes.data, bytes.size);
	unsigned char *second = malloc(bytes.size + at + 1);
	OD_LAW(second);
	memcpy(second, copy, bytes.size + at);
	if (od_btf_create(&trail, copy, bytes.size + at, &btf) == OD_OK) {
		ask(btf);
		ask_module(btf, second, bytes.size + at);
		od_btf_destroy(btf);
	} else {
		OD_LAW(trail.text[0]);
	}
	free(second);
	return 0;
}
