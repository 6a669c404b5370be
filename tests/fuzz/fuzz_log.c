// SPDX-License-Identifier: GPL-3.0-or-later
/* The kernel's log out of memory, in its three generations: VMCOREINFO up to a NUL, a byte of choices, memory. */
#include "tests/fuzz/memory.h"
#include "vmcore/log.h"
#include "vmcore/notes.h"
#include "vmcore/vmcoreinfo.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_bytes bytes = {data, size};
	struct od_str info = fuzz_string(&bytes), notes = fuzz_text(data, size);
	unsigned choices = (unsigned)fuzz_uint(&bytes, 1);
	struct fuzz_memory *image = malloc(sizeof(*image));
	struct od_trail trail = {{0}};
	struct od_log_facts facts;
	struct od_note note;
	struct od_buf out = {0};

	OD_LAW(image);
	struct od_memory memory = fuzz_memory_fill(image, &bytes);
	memory.big_endian = choices & 1;
	memory.word = choices & 2 ? 4 : 8;
	if (od_log_read(&trail, &memory, info, &out, &facts) != OD_OK)
		OD_LAW(trail.text[0]);
	OD_LAW(facts.generation <= 3);
	while (od_note_next(&notes, choices & 4, &note))
		OD_LAW(fuzz_within(note.name, fuzz_text(data, size)) && fuzz_within(note.content, fuzz_text(data, size)));
	OD_LAW(fuzz_within(od_vmcoreinfo_in_notes(fuzz_text(data, size), choices & 4), fuzz_text(data, size)));
	od_buf_deinit(&out);
	free(image);
	return 0;
}
