// SPDX-License-Identifier: GPL-3.0-or-later
#include "render/module.h"

#include <inttypes.h>

#include "core/escape.h"

static const char *const group_names[] = {"text", "rodata", "ro_after_init", "data", "not kept"};
static const char *const states[] = {"", "", "  DIFFERS: the kernel has 0x%08x", "  MISSING in the kernel"};

enum { COLUMN = 13 };

static void label(struct od_buf *out, const char *text)
{
	od_buf_put_string(out, "  ");
	od_buf_put_string(out, text);
	size_t length = strlen(text) + 2;
	od_buf_pad(out, ' ', length < COLUMN ? COLUMN - length : 1);
}

static void row(struct od_buf *out, const char *name, struct od_str text)
{
	if (!text.len)
		return;
	label(out, name);
	od_escape_terminal(out, text);
	od_buf_put_char(out, '\n');
}

/* Facts that a person asks for, of those that have no row of their own. */
static void put_facts(struct od_buf *out, const struct od_ko *module)
{
	static const char *const shown[] = {"description", "author", "depends", "softdep", "firmware", "import_ns"};

	for (size_t k = 0; k < sizeof(shown) / sizeof(shown[0]); k++)
		for (size_t i = 0; i < module->facts.count; i++)
			if (od_str_equal(module->facts.items[i].key, od_str_from(shown[k])))
				row(out, shown[k], module->facts.items[i].value);
}

static void put_signature(struct od_buf *out, const struct od_module_signature *signature)
{
	static const char *const words[] = {
		[OD_SIGNATURE_ABSENT] = "none",
		[OD_SIGNATURE_STRIPPED] = "none, though the module is of the kernel's tree: never signed, or strip took it",
		[OD_SIGNATURE_DAMAGED] = "damaged: the end of the file announces one that is not there",
		[OD_SIGNATURE_UNREAD] = "PKCS#7; libcrypto, which reads it, cannot be loaded (apt install libssl3)",
	};

	label(out, "signature");
	if (signature->state != OD_SIGNATURE_PRESENT) {
		od_buf_printf(out, "%s\n", words[signature->state]);
		return;
	}
	od_escape_terminal(out, signature->format);
	od_buf_put_string(out, ", ");
	od_escape_terminal(out, signature->hash);
	od_buf_put_string(out, ", by ");
	od_escape_terminal(out, signature->signer);
	od_buf_put_char(out, '\n');
	row(out, "key", signature->key);
}

static void put_params(struct od_buf *out, const struct od_ko *module)
{
	for (size_t i = 0; i < module->params.count; i++) {
		const struct od_module_param *param = &module->params.items[i];
		label(out, i ? "" : "parameters");
		od_escape_terminal(out, param->name);
		if (param->type.len) {
			od_buf_put_string(out, " (");
			od_escape_terminal(out, param->type);
			od_buf_put_char(out, ')');
		}
		if (param->description.len) {
			od_buf_put_string(out, ": ");
			od_escape_terminal(out, param->description);
		}
		od_buf_put_char(out, '\n');
	}
}

static void put_symbol(struct od_buf *out, const struct od_module_symbol *symbol)
{
	od_buf_put_string(out, "    ");
	if (symbol->has_crc)
		od_buf_printf(out, "0x%08x  ", symbol->crc);
	else
		od_buf_put_string(out, "no CRC      ");
	od_escape_terminal(out, symbol->name);
	if (symbol->provider.len) {
		od_buf_put_string(out, "  ");
		od_escape_terminal(out, symbol->provider);
	}
	if (symbol->name_space.len) {
		od_buf_put_string(out, "  namespace ");
		od_escape_terminal(out, symbol->name_space);
	}
	if (symbol->gpl_only)
		od_buf_put_string(out, "  GPL only");
	if (symbol->state == OD_SYMBOL_DIFFERENT)
		od_buf_printf(out, states[OD_SYMBOL_DIFFERENT], symbol->kernel_crc);
	else
		od_buf_put_string(out, states[symbol->state]);
	od_buf_put_char(out, '\n');
}

static void put_symbols(struct od_buf *out, const char *name, const struct od_module_symbol *items, size_t count,
			bool list)
{
	size_t different = 0, missing = 0;

	for (size_t i = 0; i < count; i++) {
		different += items[i].state == OD_SYMBOL_DIFFERENT;
		missing += items[i].state == OD_SYMBOL_MISSING;
	}
	label(out, name);
	od_buf_printf(out, "%zu symbols", count);
	if (different)
		od_buf_printf(out, ", %zu with another CRC than the kernel's", different);
	if (missing)
		od_buf_printf(out, ", %zu that Module.symvers does not have", missing);
	od_buf_put_char(out, '\n');
	for (size_t i = 0; i < count; i++)
		if (list || items[i].state == OD_SYMBOL_DIFFERENT || items[i].state == OD_SYMBOL_MISSING)
			put_symbol(out, &items[i]);
}

static void put_sections(struct od_buf *out, const struct od_ko *module, bool list)
{
	label(out, "sections");
	od_buf_printf(out, "%zu\n", module->sections.count);
	for (size_t i = 0; list && i < module->sections.count; i++) {
		const struct od_module_section *section = &module->sections.items[i];
		od_buf_printf(out, "    %-5s %-14s +0x%06" PRIx64 "  0x%06" PRIx64 "  ",
			      section->group == OD_GROUP_NONE ? "" : section->init ? "init" : "core",
			      group_names[section->group], section->offset, section->size);
		od_escape_terminal(out, section->name);
		od_buf_put_char(out, '\n');
	}
}

static void put_aliases(struct od_buf *out, const struct od_ko *module)
{
	for (size_t i = 0; i < module->aliases.count; i++) {
		label(out, i ? "" : "aliases");
		od_escape_terminal(out, module->aliases.items[i].name);
		od_buf_put_string(out, " is ");
		od_escape_terminal(out, module->aliases.items[i].target);
		od_buf_put_char(out, '\n');
	}
}

static void put_place(struct od_buf *out, const struct od_module_place *place)
{
	od_buf_printf(out, "\n  0x%" PRIx64 "  ", place->address);
	if (!place->section) {
		od_buf_put_string(out, "lies in no section of the module\n");
		return;
	}
	od_escape_terminal(out, place->section->name);
	od_buf_printf(out, "+0x%" PRIx64, place->section_offset);
	if (place->symbol.len) {
		od_buf_put_string(out, "  ");
		od_escape_terminal(out, place->symbol);
		od_buf_printf(out, "+0x%" PRIx64, place->symbol_offset);
	}
	od_buf_put_char(out, '\n');
	for (size_t i = 0; i < place->places.count; i++) {
		const struct od_place *line = &place->places.items[i];
		od_buf_put_string(out, "      ");
		od_escape_terminal(out, line->function);
		od_buf_put_string(out, line->inlined ? " (inlined) at " : " at ");
		od_escape_terminal(out, line->path);
		od_buf_printf(out, ":%u\n", line->line);
	}
}

static void put_load(struct od_buf *out, const struct od_load *load)
{
	static const char *const effects[] = {"refused", "taints", "note"};

	od_buf_put_string(out, "\n  In kernel ");
	od_escape_terminal(out, load->kernel->release);
	od_buf_put_string(out, load->loads ? " it would load.\n" : " it would NOT load.\n");
	for (size_t i = 0; i < load->findings.count; i++) {
		const struct od_load_finding *finding = &load->findings.items[i];
		od_buf_printf(out, "    %-8s ", effects[finding->effect]);
		od_escape_terminal(out, finding->why);
		od_buf_put_char(out, '\n');
		if (finding->message.len) {
			od_buf_put_string(out, "             dmesg:  ");
			od_escape_terminal(out, finding->message);
			od_buf_put_char(out, '\n');
		}
		if (finding->error.len) {
			od_buf_put_string(out, "             insmod: ");
			od_escape_terminal(out, finding->error);
			od_buf_put_char(out, '\n');
		}
	}
}

void od_render_module_text(struct od_buf *out, const struct od_module_view *view)
{
	const struct od_ko *module = view->module;

	od_escape_terminal(out, module->name.len ? module->name : module->path);
	od_buf_put_char(out, '\n');
	put_facts(out, module);
	row(out, "version", module->version);
	row(out, "license", module->license);
	row(out, "vermagic", od_str_trim(module->vermagic));
	row(out, "machine", module->machine);
	row(out, "srcversion", module->srcversion);
	row(out, "build ID", module->build_id);
	row(out, "in tree", module->intree ? OD_STR("yes") : OD_STR("no"));
	if (module->retpoline)
		row(out, "retpoline", OD_STR("yes"));
	put_signature(out, &module->signature);
	put_params(out, module);
	put_aliases(out, module);
	put_symbols(out, "imports", module->imports.items, module->imports.count, view->lists);
	put_symbols(out, "exports", module->exports.items, module->exports.count, view->lists);
	put_sections(out, module, view->lists);
	for (size_t i = 0; i < view->place_count; i++)
		put_place(out, &view->places[i]);
	if (view->load)
		put_load(out, view->load);
}
