// SPDX-License-Identifier: GPL-3.0-or-later
/* Call frame information: rules at addresses of a function, and bytes that are none. */
#include "tests/test.h"

#include "symbolize/cfi.h"

enum { RBX = 3, RBP = 6, RSP = 7, R12 = 12, RIP = 16, ENTRY = 24, START = 0x1000 };

/*
 * Made up, in the form in which gcc writes: push %rbp; push %rbx; sub $16,%rsp; …; add $16,%rsp; pop %rbx; pop %rbp; ret,
 * and behind the return the state from before.
 */
static const unsigned char table[] = {
	/* CIE: version 3, no augmentation, code 1, data -8, return in rip; CFA = rsp + 8, rip at CFA - 8 */
	20, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 3, 0, 1, 0x78, RIP, 0x0c, RSP, 8, 0x80 | RIP, 1, 0, 0, 0, 0, 0, 0,
	/* FDE: 0x40 bytes from 0x1000 */
	52, 0, 0, 0, 0, 0, 0, 0, 0, 0x10, 0, 0, 0, 0, 0, 0, 0x40, 0, 0, 0, 0, 0, 0, 0,
	0x41, 0x0e, 16, 0x80 | RBP, 2,		/* 0x1001: rbp at CFA - 16 */
	0x41, 0x0e, 24, 0x80 | RBX, 3,		/* 0x1002: rbx at CFA - 24 */
	0x44, 0x0e, 40,				/* 0x1006 */
	0x02, 0x10, 0x0a, 0x0e, 24,		/* 0x1016: remember */
	0x41, 0xc0 | RBX, 0x0e, 16,		/* 0x1017: rbx is its own again */
	0x41, 0x0b,				/* 0x1018: as remembered */
	0x41, 0x07, R12, 0x0d, RBP,		/* 0x1019: r12 is lost, CFA by rbp */
	0, 0, 0,
};

static const struct od_frame_bytes bytes = {{(const char *)table, sizeof(table)}, false, 8};

static const struct {
	uint64_t address;
	unsigned reg;
	int64_t offset;
	uint64_t saved, lost;	/* besides rip */
	int64_t rbx;
} rows[] = {
	{0x1000, RSP, 8, 0, 0, 0},
	{0x1001, RSP, 16, 1 << RBP, 0, 0},
	{0x1005, RSP, 24, 1 << RBP | 1 << RBX, 0, -24},
	{0x1006, RSP, 40, 1 << RBP | 1 << RBX, 0, -24},
	{0x1016, RSP, 24, 1 << RBP | 1 << RBX, 0, -24},
	{0x1017, RSP, 16, 1 << RBP, 0, 0},
	{0x1018, RSP, 40, 1 << RBP | 1 << RBX, 0, -24},
	{0x103f, RBP, 40, 1 << RBP | 1 << RBX, 1 << R12, -24},
};

static void rules_follow_the_function(void **unused)
{
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct od_frame_rules rules;
		assert_true(od_cfi_run(&bytes, ENTRY, rows[i].address, &rules));
		assert_true(rules.known);
		assert_int_equal(rules.cfa_register, rows[i].reg);
		assert_int_equal(rules.cfa_offset, rows[i].offset);
		assert_int_equal(rules.saved, rows[i].saved | 1 << RIP);
		assert_int_equal(rules.lost, rows[i].lost);
		if (rows[i].rbx)
			assert_int_equal(rules.offsets[RBX], rows[i].rbx);
	}
	(void)unused;
}

/* What is cut, or was changed anywhere, ends; and a CIE is no FDE. */
static void damaged_tables_are_bounded(void **unused)
{
	unsigned char copy[sizeof(table)];
	struct od_frame_rules rules;

	assert_false(od_cfi_run(&bytes, 0, START, &rules));
	assert_false(od_cfi_run(&bytes, sizeof(table), START, &rules));
	for (size_t size = 0; size < sizeof(table); size++) {
		const struct od_frame_bytes cut = {{(const char *)table, size}, false, 8};
		assert_false(od_cfi_run(&cut, ENTRY, START, &rules));
	}
	for (size_t i = 0; i < sizeof(table); i++)
		for (unsigned value = 0; value < 256; value++) {
			const struct od_frame_bytes changed = {{(const char *)copy, sizeof(copy)}, value & 1, 8};
			memcpy(copy, table, sizeof(copy));
			copy[i] = (unsigned char)value;
			if (od_cfi_run(&changed, ENTRY, UINT64_MAX, &rules) && rules.known)
				assert_true(rules.cfa_register < OD_REGISTER_COUNT);
		}
	(void)unused;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rules_follow_the_function),
		cmocka_unit_test(damaged_tables_are_bounded),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
