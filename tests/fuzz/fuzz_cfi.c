// SPDX-License-Identifier: GPL-3.0-or-later
/* Call frame information: every byte of a table as the start of an entry, in both byte orders and word sizes. */
#include "symbolize/cfi.h"
#include "tests/fuzz/bytes.h"

enum { MOST_ENTRIES = 512 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_bytes bytes = {data, size};
	uint64_t address = fuzz_uint(&bytes, 2), flags = fuzz_uint(&bytes, 1);
	const struct od_frame_bytes table = {{(const char *)bytes.data, bytes.size}, flags & 1, flags & 2 ? 4 : 8};
	struct od_frame_rules rules;

	for (uint64_t at = 0; at <= bytes.size && at < MOST_ENTRIES; at++)
		if (od_cfi_run(&table, at, address, &rules))
			OD_LAW(!rules.known || rules.cfa_register < OD_REGISTER_COUNT);
	return 0;
}
