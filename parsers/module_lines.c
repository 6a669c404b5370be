// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/module_lines.h"

struct row {
	const char *text;	/* stands somewhere in the line */
	const char *what;	/* the contract's word */
	char taint;		/* the letter that it sets; 0: none */
};

/* kernel/module/main.c, signing.c, version.c; kernel/livepatch/core.c (3.10 to 7.3) */
static const struct row rows[] = {
	{": loading out-of-tree module taints kernel", "out-of-tree", 'O'},
	{": module verification failed: ", "unsigned", 'E'},
	{": module license '", "license", 'P'},
	{": module license taints kernel", "license", 'P'},
	{": module is from the staging directory", "staging", 'C'},
	{"tainting kernel with TAINT_LIVEPATCH", "livepatch", 'K'},
	{"Disabling lock debugging due to kernel taint", "lock-debugging-off", 0},
	{": disagrees about version of symbol ", "symbol-version", 0},
	{": no symbol version for ", "symbol-version", 0},
	{": version magic '", "vermagic", 0},
	{": Unknown symbol ", "unknown-symbol", 0},
	{": kernel tainted by forced module load", "forced", 'F'},
	{"Loading of unsigned module is rejected", "rejected", 0},
	{"Loading of module with unavailable key is rejected", "rejected", 0},
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

/* All rows hold one of these; most lines of a log hold none. */
static bool may_match(struct od_str text)
{
	return od_str_find(text, OD_STR("odule")) >= 0 || od_str_find(text, OD_STR("symbol ")) >= 0 ||
	       od_str_find(text, OD_STR("taint")) >= 0 || od_str_find(text, OD_STR("version magic")) >= 0;
}

bool od_module_line_find(const struct od_record *record, struct od_module_line *ret)
{
	if (!may_match(record->text))
		return false;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		ptrdiff_t at = od_str_find(record->text, od_str_from(rows[i].text));
		if (at < 0)
			continue;
		*ret = (struct od_module_line){
			.line = record->line,
			.module = rows[i].text[0] == ':' ? module_before(record->text, (size_t)at) : (struct od_str){0},
			.what = rows[i].what,
			.taint = rows[i].taint,
			.text = record->text,
		};
		return true;
	}
	return false;
}
