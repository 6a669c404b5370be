// SPDX-License-Identifier: GPL-3.0-or-later
/* Lines to records: the text is part of the line or of the scratch buffer. */
#include "parsers/record.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct od_str text = fuzz_text(data, size);
	struct od_buf scratch = {0};
	struct od_carriers carriers;

	OD_LAW(od_carriers_init(&carriers));
	for (uint64_t number = 1; text.len; number++) {
		struct od_str line = fuzz_line(&text);
		struct od_record record;
		od_record_parse(&carriers, line, number, &scratch, &record);
		OD_LAW(fuzz_within(record.text, line) || fuzz_within(record.text, od_buf_str(&scratch)));
		OD_LAW(record.text.len <= line.len);
		ptrdiff_t inner = od_record_find_inner(record.text);
		OD_LAW(inner == -1 || (inner > 0 && (size_t)inner < record.text.len));
	}
	od_buf_deinit(&scratch);
	return 0;
}
