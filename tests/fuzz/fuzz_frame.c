// SPDX-License-Identifier: GPL-3.0-or-later
/* Frames, calls and places: slices are parts of the line. */
#include "parsers/frame.h"
#include "tests/fuzz/fuzz.h"

static void check(const struct od_frame_text *frame, struct od_str line)
{
	OD_LAW(fuzz_within(frame->raw, line));
	OD_LAW(fuzz_within(frame->function, line));
	OD_LAW(fuzz_within(frame->module, line));
	OD_LAW(fuzz_within(frame->build_id, line));
	OD_LAW(!frame->offset.known || !frame->size.known || frame->offset.value <= frame->size.value);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct od_str text = fuzz_text(data, size);

	while (text.len) {
		struct od_str line = fuzz_line(&text), rest = line;
		struct od_frame_text frame, from;
		if (od_frame_line(line, &frame))
			check(&frame, line);
		if (od_frame_call(line, &frame, &from)) {
			check(&frame, line);
			check(&from, line);
		}
		if (od_scan_place(&rest, &frame)) {
			check(&frame, line);
			OD_LAW(rest.len < line.len);
		}
	}
	return 0;
}
