// SPDX-License-Identifier: GPL-3.0-or-later
/* Bytes as machine code of every architecture: decoded, relocated, disassembled around the byte that is marked. */
#include "symbolize/symbolize.h"
#include "tests/fuzz/facts.h"

static void fix_all(const struct od_insn_set *set, const od_insns *insns, uint64_t seed)
{
	for (size_t i = 0; set->fix && i < insns->count; i++) {
		struct od_insn insn = insns->items[i];
		const struct od_insn_fixup fixup = {
			.offset = (unsigned)(seed >> 8) % 16, .type = (unsigned)((seed >> 16) + i), .target = 0x2000 + seed,
			.known = seed & 1, .relative = seed & 2, .name = OD_STR("target"),
		};
		set->fix(&insn, &fixup);
		fuzz_check_insn(&insn);
	}
}

static void disassemble(const struct od_arch *arch, struct od_str code, uint32_t fault)
{
	struct od_event *event = od_event_create();
	size_t marked = 0;

	OD_LAW(event);
	event->arch = arch;
	event->code = (struct od_code){.source = OD_CODE_LOG, .bytes = code, .fault_index = fault, .has_fault_index = true};
	od_disassemble(event);
	for (size_t i = 0; i < event->code.disassembly.count; i++)
		marked += event->code.disassembly.items[i].fault;
	OD_LAW(marked <= 1);
	od_event_destroy(event);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_bytes bytes = {data, size};
	const struct od_arch *arch = fuzz_arch((unsigned)fuzz_uint(&bytes, 1));
	const struct od_insn_set *set = od_insn_set_find(arch);
	uint64_t seed = fuzz_uint(&bytes, 4);
	unsigned choice = (unsigned)fuzz_uint(&bytes, 1);
	struct od_str code = fuzz_text(bytes.data, bytes.size < 512 ? bytes.size : 512);
	struct od_arena *arena = od_arena_create(16 << 20);
	od_insns insns = {0};
	size_t arches = 0;

	OD_LAW(arena);
	fuzz_decode(set, code, arena, &insns);
	fix_all(set, &insns, seed);
	while (od_arches[arches])
		arches++;
	if (code.len)
		disassemble(od_arches[choice % arches], code, (uint32_t)(seed % code.len));
	od_arena_destroy(arena);
	return 0;
}
