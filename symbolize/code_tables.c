// SPDX-License-Identifier: GPL-3.0-or-later
#include "symbolize/code_tables.h"

#include "symbolize/symbols.h"

/* include/asm-generic/vmlinux.lds.h, arch/<arch>/kernel/vmlinux.lds.S, Linux 5.10 to 6.12 */
static const struct around {
	const char *section, *start, *stop;
} tables[] = {
	{".altinstructions", "__alt_instructions", "__alt_instructions_end"},
	{".smp_locks", "__smp_locks", "__smp_locks_end"},
	{".parainstructions", "__parainstructions", "__parainstructions_end"},
	{".retpoline_sites", "__retpoline_sites", "__retpoline_sites_end"},
	{".return_sites", "__return_sites", "__return_sites_end"},
	{".call_sites", "__call_sites", "__call_sites_end"},
	{".ibt_endbr_seal", "__ibt_endbr_seal", "__ibt_endbr_seal_end"},
	{".cfi_sites", "__cfi_sites", "__cfi_sites_end"},
	{".static_call_sites", "__start_static_call_sites", "__stop_static_call_sites"},
	{"__jump_table", "__start___jump_table", "__stop___jump_table"},
	{"__mcount_loc", "__start_mcount_loc", "__stop_mcount_loc"},
	{"__ex_table", "__start___ex_table", "__stop___ex_table"},
	{"__bug_table", "__start___bug_table", "__stop___bug_table"},
};

enum { COUNT = sizeof(tables) / sizeof(tables[0]) };
_Static_assert(2 * COUNT <= OD_CODE_TABLE_NAMES, "names of all tables fit");

size_t od_code_table_names(struct od_str *ret)
{
	for (size_t i = 0; i < COUNT; i++) {
		ret[2 * i] = od_str_from(tables[i].start);
		ret[2 * i + 1] = od_str_from(tables[i].stop);
	}
	return 2 * COUNT;
}

static const struct around *around_of(const char *section)
{
	for (size_t i = 0; i < COUNT; i++)
		if (strcmp(tables[i].section, section) == 0)
			return &tables[i];
	return NULL;
}

static bool find_symbol(const struct od_image *image, const char *name, uint64_t *ret)
{
	struct od_symbols symbols = od_names_get(image, od_str_from(name));

	if (!symbols.count)
		return false;
	*ret = symbols.items[0].address;
	return true;
}

static struct od_str between(struct od_image *image, const struct around *around, uint64_t *ret_address)
{
	struct od_str names[OD_CODE_TABLE_NAMES];
	uint64_t start, stop;
	const struct od_str none = {NULL, 0};

	od_names_learn(image, names, od_code_table_names(names));
	if (!find_symbol(image, around->start, &start) || !find_symbol(image, around->stop, &stop) || stop <= start)
		return none;
	const struct od_section *section = od_image_section_at(image, start);
	if (!section || start < section->address)
		return none;
	struct od_str bytes = od_str_from_index(od_section_bytes(section), start - section->address);
	*ret_address = start;
	return stop - start > bytes.len ? none : od_str_first(bytes, stop - start);
}

struct od_str od_code_table_find(struct od_image *image, const char *section_name, uint64_t *ret_address)
{
	const struct od_section *section = od_image_section(image, section_name);
	const struct around *around = around_of(section_name);

	if (!section)
		return around ? between(image, around, ret_address) : (struct od_str){NULL, 0};
	*ret_address = section->address;
	return od_section_bytes(section);
}
