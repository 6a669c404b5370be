// SPDX-License-Identifier: GPL-3.0-or-later
/* The kernel's symbol table out of memory, where VMCOREINFO says or where it is found: VMCOREINFO up to a NUL, memory. */
#include "tests/fuzz/memory.h"
#include "vmcore/kallsyms.h"

static void look_up(const struct od_kallsyms *symbols)
{
	static const uint64_t addresses[] = {0, 1, 0xffffffff81000000, 0xffffffff81000123, 0xffffffff8100ffff, UINT64_MAX};
	uint64_t found[2] = {0};
	const struct od_symbol_wish wishes[] = {{"init_task", &found[0]}, {"_text", &found[1]}};
	struct od_symbol symbol;

	for (size_t i = 0; i < sizeof(addresses) / sizeof(addresses[0]); i++) {
		if (!od_kallsyms_at(symbols, addresses[i], &symbol))
			continue;
		OD_LAW(symbol.address <= addresses[i]);
		OD_LAW(memchr(symbol.name, 0, sizeof(symbol.name)));
	}
	od_kallsyms_find(symbols, wishes, 2);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_bytes bytes = {data, size};
	struct od_str info = fuzz_string(&bytes);
	struct fuzz_memory *image = malloc(sizeof(*image));
	struct od_trail trail = {{0}};
	struct od_kallsyms_place place;
	struct od_kallsyms *symbols;

	OD_LAW(image);
	struct od_memory memory = fuzz_memory_fill(image, &bytes);
	if (!od_kallsyms_place(info, &place) && !od_kallsyms_search(&memory, FUZZ_MEMORY_BASE, image->end, &place)) {
		free(image);
		return 0;
	}
	if (od_kallsyms_read(&trail, &memory, &place, &symbols) == OD_OK) {
		look_up(symbols);
		od_kallsyms_destroy(symbols);
	} else {
		OD_LAW(trail.text[0]);
	}
	free(image);
	return 0;
}
