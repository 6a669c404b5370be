// SPDX-License-Identifier: GPL-3.0-or-later
#include "render/json_writer.h"
#include "render/module.h"

#include <stdio.h>

static const char *const group_names[] = {"text", "rodata", "ro_after_init", "data"};
static const char *const state_names[] = {"", "same", "different", "missing"};
static const char *const effect_names[] = {"refused", "taint", "note"};
static const char *const signature_names[] = {"absent", "stripped", "present", "damaged", "unread"};

static void put_signature(struct od_json *json, const struct od_module_signature *signature)
{
	od_json_key_open(json, "signature", '{');
	od_json_key_string(json, "state", od_str_from(signature_names[signature->state]));
	od_json_key_string(json, "format", signature->format);
	od_json_key_string(json, "signer", signature->signer);
	od_json_key_string(json, "key", signature->key);
	od_json_key_string(json, "hash", signature->hash);
	if (signature->size)
		od_json_key_number(json, "size", (struct od_num){.value = signature->size, .known = true});
	od_json_close(json, '}');
}

static void put_facts(struct od_json *json, const struct od_ko *module)
{
	od_json_key_open(json, "modinfo", '[');
	for (size_t i = 0; i < module->facts.count; i++) {
		od_json_open(json, '{');
		od_json_key_string(json, "key", module->facts.items[i].key);
		od_json_key(json, "value");
		od_json_string(json, module->facts.items[i].value);
		od_json_close(json, '}');
	}
	od_json_close(json, ']');
}

static void put_params(struct od_json *json, const struct od_ko *module)
{
	od_json_key_open(json, "parameters", '[');
	for (size_t i = 0; i < module->params.count; i++) {
		od_json_open(json, '{');
		od_json_key_string(json, "name", module->params.items[i].name);
		od_json_key_string(json, "type", module->params.items[i].type);
		od_json_key_string(json, "description", module->params.items[i].description);
		od_json_close(json, '}');
	}
	od_json_close(json, ']');
}

/* CRCs are written with all their digits, as Module.symvers and modprobe write them. */
static void put_crc(struct od_json *json, const char *key, uint32_t crc)
{
	char text[16];

	snprintf(text, sizeof(text), "0x%08x", crc);
	od_json_key_string(json, key, od_str_from(text));
}

static void put_symbols(struct od_json *json, const char *key, const struct od_module_symbol *items, size_t count,
			bool imported)
{
	od_json_key_open(json, key, '[');
	for (size_t i = 0; i < count; i++) {
		const struct od_module_symbol *symbol = &items[i];
		od_json_open(json, '{');
		od_json_key_string(json, "name", symbol->name);
		if (symbol->has_crc)
			put_crc(json, "crc", symbol->crc);
		od_json_key_string(json, "namespace", symbol->name_space);
		od_json_key_string(json, "provider", symbol->provider);
		od_json_key_string(json, "state", od_str_from(state_names[symbol->state]));
		if (symbol->state == OD_SYMBOL_DIFFERENT)
			put_crc(json, "kernel_crc", symbol->kernel_crc);
		if (imported)
			od_json_key_bool(json, "used", symbol->used);
		if (symbol->weak)
			od_json_key_bool(json, "weak", true);
		if (!imported)
			od_json_key_bool(json, "gpl_only", symbol->gpl_only);
		od_json_close(json, '}');
	}
	od_json_close(json, ']');
}

static void put_sections(struct od_json *json, const struct od_ko *module)
{
	od_json_key_open(json, "sections", '[');
	for (size_t i = 0; i < module->sections.count; i++) {
		const struct od_module_section *section = &module->sections.items[i];
		od_json_open(json, '{');
		od_json_key_string(json, "name", section->name);
		od_json_key_hex(json, "size", (struct od_num){.value = section->size, .known = true});
		if (section->group != OD_GROUP_NONE) {
			od_json_key_string(json, "region", section->init ? OD_STR("init") : OD_STR("core"));
			od_json_key_string(json, "group", od_str_from(group_names[section->group]));
			od_json_key_hex(json, "offset", (struct od_num){.value = section->offset, .known = true});
		}
		od_json_close(json, '}');
	}
	od_json_close(json, ']');
}

static void put_aliases(struct od_json *json, const struct od_ko *module)
{
	od_json_key_open(json, "aliases", '[');
	for (size_t i = 0; i < module->aliases.count; i++) {
		od_json_open(json, '{');
		od_json_key_string(json, "name", module->aliases.items[i].name);
		od_json_key_string(json, "target", module->aliases.items[i].target);
		od_json_close(json, '}');
	}
	od_json_close(json, ']');
}

static void put_lines(struct od_json *json, const od_places *places)
{
	if (!places->count)
		return;
	od_json_key_open(json, "source", '[');
	for (size_t i = 0; i < places->count; i++) {
		const struct od_place *place = &places->items[i];
		od_json_open(json, '{');
		od_json_key_string(json, "function", place->function);
		od_json_key_string(json, "file", place->file);
		od_json_key_string(json, "path", place->path);
		od_json_key_number(json, "line", (struct od_num){.value = place->line, .known = place->line});
		od_json_key_bool(json, "inlined", place->inlined);
		od_json_close(json, '}');
	}
	od_json_close(json, ']');
}

static void put_places(struct od_json *json, const struct od_module_view *view)
{
	if (!view->place_count)
		return;
	od_json_key_open(json, "addresses", '[');
	for (size_t i = 0; i < view->place_count; i++) {
		const struct od_module_place *place = &view->places[i];
		od_json_open(json, '{');
		od_json_key_hex(json, "address", (struct od_num){.value = place->address, .known = true});
		if (place->section) {
			od_json_key_string(json, "section", place->section->name);
			od_json_key_hex(json, "section_offset", (struct od_num){.value = place->section_offset, .known = true});
		}
		if (place->symbol.len) {
			od_json_key_string(json, "function", place->symbol);
			od_json_key_hex(json, "offset", (struct od_num){.value = place->symbol_offset, .known = true});
		}
		put_lines(json, &place->places);
		od_json_close(json, '}');
	}
	od_json_close(json, ']');
}

static void put_load(struct od_json *json, const struct od_load *load)
{
	if (!load)
		return;
	od_json_key_open(json, "load", '{');
	od_json_key_string(json, "kernel_release", load->kernel->release);
	od_json_key_string(json, "kernel_magic", load->kernel->magic);
	od_json_key_bool(json, "loads", load->loads);
	od_json_key_open(json, "findings", '[');
	for (size_t i = 0; i < load->findings.count; i++) {
		od_json_open(json, '{');
		od_json_key_string(json, "effect", od_str_from(effect_names[load->findings.items[i].effect]));
		od_json_key_string(json, "dmesg", load->findings.items[i].message);
		od_json_key_string(json, "insmod", load->findings.items[i].error);
		od_json_key_string(json, "why", load->findings.items[i].why);
		od_json_close(json, '}');
	}
	od_json_close(json, ']');
	od_json_close(json, '}');
}

static void put_tool(struct od_json *json, const struct od_module_view *view)
{
	od_json_key_number(json, "schema", (struct od_num){.value = 1, .known = true});
	od_json_key_open(json, "tool", '{');
	od_json_key_string(json, "name", OD_STR("oopsdecode"));
	od_json_key_string(json, "version", od_str_from(view->tool_version));
	od_json_close(json, '}');
}

void od_render_module_json(struct od_buf *out, const struct od_module_view *view)
{
	struct od_json json = {.out = out};
	const struct od_ko *module = view->module;

	od_json_open(&json, '{');
	put_tool(&json, view);
	od_json_key_open(&json, "module", '{');
	od_json_key_string(&json, "path", module->path);
	od_json_key_string(&json, "name", module->name);
	od_json_key_string(&json, "version", module->version);
	od_json_key_string(&json, "license", module->license);
	od_json_key_string(&json, "vermagic", module->vermagic);
	od_json_key_string(&json, "arch", module->machine);
	od_json_key_string(&json, "srcversion", module->srcversion);
	od_json_key_string(&json, "build_id", module->build_id);
	od_json_key_bool(&json, "intree", module->intree);
	od_json_key_bool(&json, "retpoline", module->retpoline);
	put_signature(&json, &module->signature);
	put_facts(&json, module);
	put_params(&json, module);
	put_aliases(&json, module);
	put_symbols(&json, "imports", module->imports.items, module->imports.count, true);
	put_symbols(&json, "exports", module->exports.items, module->exports.count, false);
	put_sections(&json, module);
	put_places(&json, view);
	put_load(&json, view->load);
	od_json_close(&json, '}');
	od_json_close(&json, '}');
	od_buf_put_char(out, '\n');
}
