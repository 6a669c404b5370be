// SPDX-License-Identifier: GPL-3.0-or-later
#include "symbolize/code_cache.h"

#include <stdlib.h>

#include "symbolize/pack.h"

/* Bytes of the file: it is checked whole, and some dozens of crashes are what comes again. */
enum { FILE_LIMIT = 64 * 1024 };

/* To be counted up when a disassembly changes its form. */
#define VERSION "2"

static const char file_name[] = "disassembly";
const char od_code_cache_key[] = VERSION " " OD_OPCODES_SONAME;

/* Both the file and what was learned are rows of two texts: what a disassembly was made from, and its instructions. */
struct od_code_cache {
	const struct od_store *store;
	struct od_stored stored;
	bool loaded;
	struct od_buf learned;
};

struct od_code_cache *od_code_cache_create(const struct od_store *store)
{
	struct od_code_cache *cache = calloc(1, sizeof(*cache));

	if (cache)
		cache->store = store;
	return cache;
}

static void load(struct od_code_cache *cache)
{
	cache->loaded = true;
	od_stored_deinit(&cache->stored);
	if (cache->store)
		od_store_load(cache->store, file_name, od_str_from(od_code_cache_key), &cache->stored);
}

/* Behind what is new there is room for some of the old rows. */
static void save(struct od_code_cache *cache)
{
	load(cache); /* another process may have added some */
	for (struct od_str rest = cache->stored.bytes; rest.len;) {
		const char *start = rest.ptr;
		od_unpack_text(&rest);
		const struct od_str answer = od_unpack_text(&rest);
		const struct od_str row = {start, answer.len ? (size_t)(answer.ptr + answer.len - start) : 0};
		if (!row.len || row.len > FILE_LIMIT - cache->learned.len)
			break;
		od_buf_put(&cache->learned, row);
	}
	if (!cache->learned.failed)
		od_store_save(cache->store, file_name, od_str_from(od_code_cache_key), od_buf_str(&cache->learned));
}

void od_code_cache_destroy(struct od_code_cache *cache)
{
	if (!cache)
		return;
	if (cache->store && cache->learned.len)
		save(cache);
	od_stored_deinit(&cache->stored);
	od_buf_deinit(&cache->learned);
	free(cache);
}

static void pack_num(struct od_buf *out, struct od_num number)
{
	od_pack_number(out, number.known);
	od_pack_number(out, number.known ? number.value : 0);
}

/* Where the code is. */
static void pack_place(struct od_buf *out, const struct od_event *event)
{
	od_pack_text(out, od_str_from(event->arch->name));
	od_pack_text(out, event->ip.function);
	pack_num(out, event->ip.offset);
	pack_num(out, event->ip.size);
}

/* All that od_disassemble() looks at. */
static void pack_question(struct od_buf *out, const struct od_event *event)
{
	const struct od_code *code = &event->code;

	pack_place(out, event);
	od_pack_text(out, code->bytes);
	od_pack_number(out, code->has_fault_index);
	od_pack_number(out, code->has_fault_index ? code->fault_index : 0);
	pack_num(out, code->address);
}

static bool has_question(const struct od_event *event)
{
	const enum od_code_source source = event->code.source;

	return event->arch && (source == OD_CODE_LOG || source == OD_CODE_IMAGE) && event->code.bytes.len;
}

static bool find(struct od_str rows, struct od_str question, struct od_str *answer)
{
	while (rows.len) {
		struct od_str key = od_unpack_text(&rows);
		*answer = od_unpack_text(&rows);
		if (key.len && od_str_equal(key, question) && answer->len)
			return true;
	}
	return false;
}

static bool has_place(struct od_str rows, struct od_str place)
{
	while (rows.len) {
		const struct od_str key = od_unpack_text(&rows);
		od_unpack_text(&rows);
		if (od_str_starts(key, place))
			return true;
	}
	return false;
}

static bool unpack_line(struct od_str *from, struct od_event *event)
{
	struct od_code *code = &event->code;
	const uint64_t base = code->address.known ? code->address.value : 0;
	const uint64_t offset = od_unpack_number(from), size = od_unpack_number(from);
	const struct od_str text = od_unpack_text(from);

	if (!text.len || offset > code->bytes.len || size > code->bytes.len - offset)
		return false;
	struct od_instruction_text *line = od_list_push(event->arena, &code->disassembly);
	if (!line)
		return false;
	line->address = base + offset;
	line->offset = (uint32_t)offset;
	line->size = (uint32_t)size;
	line->text = od_arena_copy(event->arena, text);
	line->fault = code->has_fault_index && offset == code->fault_index;
	return true;
}

bool od_code_cache_recall(struct od_code_cache *cache, struct od_event *event)
{
	struct od_buf question = {0};
	struct od_str answer;

	event->code.disassembly.count = 0;
	if (!has_question(event))
		return false;
	if (!cache->loaded)
		load(cache);
	pack_question(&question, event);
	bool found = !question.failed && (find(od_buf_str(&cache->learned), od_buf_str(&question), &answer) ||
					  find(cache->stored.bytes, od_buf_str(&question), &answer));
	while (found && answer.len)
		found = unpack_line(&answer, event);
	if (!found)
		event->code.disassembly.count = 0;
	od_buf_deinit(&question);
	return found;
}

bool od_code_cache_expects(struct od_code_cache *cache, const struct od_event *event)
{
	struct od_buf place = {0};

	if (!event->arch || !event->has_ip || !event->ip.function.len)
		return false;
	if (!cache->loaded)
		load(cache);
	pack_place(&place, event);
	bool expected = !place.failed && (has_place(od_buf_str(&cache->learned), od_buf_str(&place)) ||
					  has_place(cache->stored.bytes, od_buf_str(&place)));
	od_buf_deinit(&place);
	return expected;
}

void od_code_cache_learn(struct od_code_cache *cache, const struct od_event *event)
{
	const struct od_code *code = &event->code;
	struct od_buf question = {0}, answer = {0};

	if (!cache->store || !has_question(event) || !code->disassembly.count || cache->learned.len >= FILE_LIMIT)
		return;
	pack_question(&question, event);
	for (size_t i = 0; i < code->disassembly.count; i++) {
		od_pack_number(&answer, code->disassembly.items[i].offset);
		od_pack_number(&answer, code->disassembly.items[i].size);
		od_pack_text(&answer, code->disassembly.items[i].text);
	}
	if (!question.failed && !answer.failed && question.len + answer.len < FILE_LIMIT - cache->learned.len) {
		od_pack_text(&cache->learned, od_buf_str(&question));
		od_pack_text(&cache->learned, od_buf_str(&answer));
	}
	od_buf_deinit(&question);
	od_buf_deinit(&answer);
}
