// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/module_lines.h"

struct row {
	struct od_str text;	/* stands somewhere in the line */
	struct od_str telling;	/* the part of it that other lines hold most rarely */
	const char *what;	/* the contract's word */
	char taint;		/* the letter that it sets; 0: none */
};

/* kernel/module/main.c, signing.c, version.c; kernel/livepatch/core.c (3.10 to 7.3) */
static const struct row rows[] = {
	{OD_STR(": loading out-of-tree module taints kernel"), OD_STR("out-of-tree"), "out-of-tree", 'O'},
	{OD_STR(": module verification failed: "), OD_STR("verification failed"), "unsigned", 'E'},
	{OD_STR(": module license '"), OD_STR("e license '"), "license", 'P'},
	{OD_STR(": module license taints kernel"), OD_STR("license taints"), "license", 'P'},
	{OD_STR(": module is from the staging directory"), OD_STR("the staging directory"), "staging", 'C'},
	{OD_STR("tainting kernel with TAINT_LIVEPATCH"), OD_STR("TAINT_LIVEPATCH"), "livepatch", 'K'},
	{OD_STR("Disabling lock debugging due to kernel taint"), OD_STR("debugging due to"), "lock-debugging-off", 0},
	{OD_STR(": disagrees about version of symbol "), OD_STR("disagrees about"), "symbol-version", 0},
	{OD_STR(": no symbol version for "), OD_STR("symbol version for"), "symbol-version", 0},
	{OD_STR(": version magic '"), OD_STR("version magic"), "vermagic", 0},
	{OD_STR(": Unknown symbol "), OD_STR("Unknown symbol"), "unknown-symbol", 0},
	{OD_STR(": kernel tainted by forced module load"), OD_STR("by forced module"), "forced", 'F'},
	{OD_STR("Loading of unsigned module is rejected"), OD_STR("unsigned module is"), "rejected", 0},
	{OD_STR("Loading of module with unavailable key is rejected"), OD_STR("unavailable key"), "rejected", 0},
};

/* "name: …": what stands before the row's text. */
static struct od_str module_before(struct od_str text, size_t at)
{
	struct od_str name = od_str_first(text, at);
	ptrdiff_t colon = od_str_find_last_char(name, ' ');
	if (colon >= 0)
		name = od_str_from_index(name, (size_t)colon + 1);
	return name;
}

bool od_module_lines_init(struct od_grams *ret)
{
	*ret = (struct od_grams){0};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (od_str_find(rows[i].text, rows[i].telling) < 0 || !od_grams_add(ret, rows[i].telling))
			return false;
	return true;
}

bool od_module_line_find(const struct od_grams *grams, const struct od_record *record, struct od_module_line *ret)
{
	if (!od_grams_may_hold(grams, record->text))
		return false;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		ptrdiff_t at = od_str_find(record->text, rows[i].text);
		if (at < 0)
			continue;
		*ret = (struct od_module_line){
			.line = record->line,
			.module = rows[i].text.ptr[0] == ':' ? module_before(record->text, (size_t)at) : (struct od_str){0},
			.what = rows[i].what,
			.taint = rows[i].taint,
			.text = record->text,
		};
		return true;
	}
	return false;
}
