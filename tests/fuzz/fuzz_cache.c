// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * A cache that somebody else wrote, with the right key and checksum: the table of names, or facts about addresses.
 * The input: which file, then its bytes; or facts whose addresses are those that a genuine run learned, with the bytes
 * of each from the input. What a genuine file leads to is known: a symbolizer that believes a hostile one must
 * still be one that ends.
 */
#include <dirent.h>

#include "analyzer/analyzer.h"
#include "io/store.h"
#include "render/render.h"
#include "symbolize/symbolize.h"
#include "tests/fuzz/bytes.h"
#include "tests/fuzz/file.h"
#include "tests/fuzz/json.h"

enum { CACHE_LIMIT = 1 << 20, FILES = 2, KEY_AT = 48, HEADER_SIZE = KEY_AT + OD_STORE_KEY };

struct fact {
	uint64_t address;
	uint32_t kind, size;
	uint64_t offset;
};

/* A genuine file of the cache. */
struct genuine {
	char name[256], key[OD_STORE_KEY + 1];
	unsigned char bytes[1 << 16];
	size_t size;
};

struct setting {
	char directory[64], module[96], cache[96];
	struct genuine files[FILES];	/* names, facts */
};

static void symbolize(const struct setting *setting)
{
	const char *module = setting->module;
	const struct od_render_options render = {.tool_version = "fuzz"};
	const struct od_symbolize_options options = {.modules = &module, .module_count = 1, .root = "",
						     .cache_dir = setting->cache, .cache_smallest = 1};
	struct od_symbolizer *symbolizer;
	struct od_buf out = {0};

	OD_LAW(od_symbolizer_create(NULL, &options, &symbolizer) == OD_OK);
	struct od_event *event = od_event_create();
	OD_LAW(event);
	event->arch = &od_arch_x86_64;
	event->kernel_release = OD_STR("6.1.0");
	event->has_ip = true;
	event->ip = (struct od_frame){.function = OD_STR("outer"), .module = OD_STR("m"), .offset = od_num(4)};
	event->code = (struct od_code){.source = OD_CODE_LOG, .bytes = OD_STR("\x90\x90\x90\x90\xc7\x04\x25"),
				       .fault_index = 4, .has_fault_index = true};
	od_symbolize(symbolizer, event);
	od_blame(event);
	od_analyze(event, NULL, 0);
	od_render_json.event(&out, &render, event, 0);
	OD_LAW(fuzz_is_json(od_buf_str(&out)));
	od_buf_deinit(&out);
	od_event_destroy(event);
	od_symbolizer_destroy(symbolizer);
}

static void load(const char *directory, const char *name, struct genuine *ret)
{
	char path[400];
	unsigned char header[HEADER_SIZE];

	snprintf(path, sizeof(path), "%s/%s", directory, name);
	FILE *file = fopen(path, "rb");
	OD_LAW(file && fread(header, 1, sizeof(header), file) == sizeof(header));
	ret->size = fread(ret->bytes, 1, sizeof(ret->bytes), file);
	fclose(file);
	memcpy(ret->key, header + KEY_AT, OD_STORE_KEY);
	snprintf(ret->name, sizeof(ret->name), "%.*s", (int)(strlen(name) - strlen(".odx")), name);
}

static void clean_up(void);

/* Made once: the module, and the files that a genuine run writes. */
static struct setting *setting(void)
{
	static struct setting once;
	char command[512];

	if (once.directory[0])
		return &once;
	fuzz_directory_create(once.directory);
	atexit(clean_up);
	snprintf(once.module, sizeof(once.module), "%s/m.ko", once.directory);
	snprintf(once.cache, sizeof(once.cache), "%s/cache", once.directory);
	snprintf(command, sizeof(command), "cp '%s' '%s'", FUZZ_SUBJECT, once.module);
	OD_LAW(system(command) == 0);
	symbolize(&once);
	DIR *directory = opendir(once.cache);
	OD_LAW(directory);
	for (struct dirent *entry; (entry = readdir(directory));) {
		if (strstr(entry->d_name, ".names.odx"))
			load(once.cache, entry->d_name, &once.files[0]);
		if (strstr(entry->d_name, ".facts.odx"))
			load(once.cache, entry->d_name, &once.files[1]);
	}
	closedir(directory);
	OD_LAW(once.files[0].size && once.files[1].size);
	return &once;
}

static void clean_up(void)
{
	fuzz_directory_remove(setting()->directory);
}

/* The genuine facts with other bytes, in the layout of symbolize/index.c. */
static void put_facts(const struct genuine *genuine, struct fuzz_bytes *bytes, struct od_buf *out)
{
	struct od_buf values = {0};
	uint64_t count;

	memcpy(&count, genuine->bytes, sizeof(count));
	OD_LAW(count <= (genuine->size - 16) / sizeof(struct fact));
	od_buf_put(out, fuzz_text(genuine->bytes, 16));
	for (size_t i = 0; i < count; i++) {
		struct fact fact;
		memcpy(&fact, genuine->bytes + 16 + i * sizeof(fact), sizeof(fact));
		uint64_t size = fuzz_uint(bytes, 1);
		const unsigned char *old = genuine->bytes + 16 + count * sizeof(fact) + fact.offset;
		struct fuzz_bytes slice = {old, fact.size};
		if (size != 0xff)
			slice = fuzz_slice(bytes, size);
		fact.size = (uint32_t)slice.size;
		fact.offset = values.len;
		od_buf_put(&values, fuzz_text(slice.data, slice.size));
		od_buf_put(out, (struct od_str){(const char *)&fact, sizeof(fact)});
	}
	od_buf_put(out, od_buf_str(&values));
	od_buf_deinit(&values);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_bytes bytes = {data, size};
	struct setting *set = setting();
	struct od_store *store = od_store_create(set->cache, CACHE_LIMIT);
	unsigned choice = (unsigned)fuzz_uint(&bytes, 1);
	struct od_buf hostile = {0};

	OD_LAW(store);
	if (choice & 2)
		put_facts(&set->files[1], &bytes, &hostile);
	else
		od_buf_put(&hostile, fuzz_text(bytes.data, bytes.size));
	/* the other file is a genuine one */
	for (unsigned i = 0; i < FILES; i++) {
		const struct genuine *file = &set->files[i];
		bool replaced = i == (choice & 2 ? 1 : choice & 1);
		OD_LAW(od_store_save(store, file->name, od_str_from(file->key),
				     replaced ? od_buf_str(&hostile) : fuzz_text(file->bytes, file->size)));
	}
	od_store_destroy(store);
	od_buf_deinit(&hostile);
	symbolize(set);
	return 0;
}
