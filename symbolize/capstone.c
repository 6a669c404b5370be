// SPDX-License-Identifier: GPL-3.0-or-later
#include "symbolize/capstone.h"

#include <capstone/capstone.h>

#include "core/library.h"

/* The functions of the library that are used; names[] has their order. */
struct api {
	__typeof__(&cs_open) open;
	__typeof__(&cs_close) close;
	__typeof__(&cs_option) option;
	__typeof__(&cs_malloc) alloc;
	__typeof__(&cs_free) free;
	__typeof__(&cs_disasm_iter) next;
};

static const char *const names[] = {"cs_open", "cs_close", "cs_option", "cs_malloc", "cs_free", "cs_disasm_iter"};
_Static_assert(sizeof(struct api) == sizeof(names), "one name a function");

/* Once loaded it is found by its name without a look at any file. */
static bool load(struct api *ret)
{
	return od_library_load(OD_CAPSTONE_SONAME, names, sizeof(names) / sizeof(names[0]), ret);
}

bool od_capstone_load(void)
{
	struct api api;

	return load(&api);
}

/* Bytes that are no instruction to Capstone: data, or newer than it. Returns how many there are. */
static unsigned skip(const struct od_insn_set *set, struct od_arena *arena, od_insns *ret, uint64_t address, struct od_str code)
{
	const unsigned unit = set->arches[0]->code_unit ? set->arches[0]->code_unit : 1;
	struct od_insn *insn = od_list_push(arena, ret);

	if (!insn)
		return unit;
	*insn = od_insn_empty(address, unit);
	unsigned size = set->newer ? set->newer((const unsigned char *)code.ptr, code.len, insn) : 0;
	if (!size)
		insn->writes = UINT64_MAX;
	else
		insn->size = (uint8_t)size;
	return size ? size : unit;
}

static void translate_all(const struct api *api, csh handle, const struct od_insn_set *set, struct od_str code,
			  uint64_t address, size_t limit, struct od_arena *arena, od_insns *ret)
{
	const uint8_t *at = (const uint8_t *)code.ptr;
	const unsigned unit = set->arches[0]->code_unit ? set->arches[0]->code_unit : 1;
	cs_insn *from = api->alloc(handle);
	size_t left = code.len;

	while (from && left >= unit && ret->count < limit) {
		if (!api->next(handle, &at, &left, &address, from)) {
			unsigned size = skip(set, arena, ret, address, (struct od_str){(const char *)at, left});
			at += size, left -= size, address += size;
			continue;
		}
		struct od_insn *insn = od_list_push(arena, ret);
		if (!insn)
			break;
		*insn = od_insn_empty(from->address, from->size);
		set->translate((const struct cs_insn *)from, insn);
	}
	if (from)
		api->free(from, 1);
}

void od_capstone_decode(const struct od_insn_set *set, struct od_str code, uint64_t address, size_t limit,
			struct od_arena *arena, od_insns *ret)
{
	struct api api;
	csh handle;

	if (!load(&api) ||
	    api.open((cs_arch)set->capstone_arch, (cs_mode)set->capstone_mode, &handle) != CS_ERR_OK)
		return;
	api.option(handle, CS_OPT_DETAIL, CS_OPT_ON);
	translate_all(&api, handle, set, code, address, limit, arena, ret);
	api.close(&handle);
}
