// SPDX-License-Identifier: GPL-3.0-or-later
/* Registers, code and the other lines of a body, read as those of the architecture that the first byte chooses. */
#include "parsers/builder.h"
#include "tests/fuzz/fuzz.h"

static void take_event(void *user, struct od_event *event)
{
	(void)user;
	/* without bytes it tells where the fault will be in those of an image */
	OD_LAW(!event->code.has_fault_index || !event->code.bytes.len ||
	       event->code.fault_index < event->code.bytes.len);
	od_event_destroy(event);
}

static struct od_record record_of(struct od_str line, uint64_t number)
{
	return (struct od_record){.line = number, .raw = line, .text = od_str_trim(line), .level = OD_LEVEL_UNKNOWN};
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char opening[] = "BUG: kernel NULL pointer dereference, address: 0000000000000010";
	const struct od_boot boot = {0};
	struct od_index index;
	struct od_builder builder;
	struct od_str text = fuzz_text(data, size);
	size_t arches = 0;

	while (od_arches[arches])
		arches++;
	OD_LAW(od_builder_index(&index));
	od_builder_init(&builder, &index, &boot, take_event, NULL);
	struct od_record record = record_of(od_str_from(opening), 1);
	od_builder_record(&builder, &record);
	if (builder.event && size)
		builder.event->arch = od_arches[data[0] % arches];
	text = od_str_from_index(text, 1);
	for (uint64_t number = 2; text.len; number++) {
		record = record_of(fuzz_line(&text), number);
		od_builder_record(&builder, &record);
	}
	od_builder_close(&builder, true);
	od_builder_deinit(&builder);
	return 0;
}
