// SPDX-License-Identifier: GPL-3.0-or-later
/* Addresses by name, words of memory, code. */
#include "vmcore/where.h"

enum { WORD_COUNT_LIMIT = 1 << 16, CODE_LIMIT = 4096, NAME_SIZE = 256, WORD = 8 };

static bool find_symbol(const struct od_kernel *kernel, struct od_str name, uint64_t *ret)
{
	char text[NAME_SIZE];
	const struct od_symbol_wish wish = {text, ret};

	if (!kernel->symbols || !name.len || name.len >= sizeof(text))
		return false;
	memcpy(text, name.ptr, name.len);
	text[name.len] = '\0';
	*ret = 0;
	od_kallsyms_find(kernel->symbols, &wish, 1);
	return *ret || od_module_symbol(kernel, name, ret) || od_kernel_variable(kernel, name, ret);
}

bool od_kernel_resolve(struct od_trail *trail, const struct od_kernel *kernel, struct od_str text, uint64_t *ret)
{
	ptrdiff_t plus = od_str_find_char(text, '+');
	struct od_str rest = text, offset = plus < 0 ? (struct od_str){NULL, 0} : od_str_from_index(text, (size_t)plus + 1);
	uint64_t more = 0;

	if (od_scan_0x(&rest, ret) && !rest.len)
		return true;
	bool counted = !offset.len || ((od_scan_0x(&offset, &more) || od_scan_u64(&offset, &more)) && !offset.len);
	if (counted && find_symbol(kernel, plus < 0 ? text : od_str_first(text, (size_t)plus), ret)) {
		*ret += more;
		return true;
	}
	rest = text;
	if (od_scan_hex(&rest, ret) && !rest.len)
		return true;
	od_fail(trail, OD_ERR_MISSING, "'%.*s' is neither a symbol of this kernel nor an address", OD_FMT(text));
	return false;
}

struct od_vmcore_answer *od_kernel_answer(struct od_trail *trail, struct od_kernel *kernel,
					  enum od_vmcore_question question)
{
	struct od_vmcore_answer *answer = od_list_push(kernel->model->arena, &kernel->model->answers);

	if (!answer)
		od_fail(trail, OD_ERR_NOMEM, "out of memory");
	else
		answer->question = question;
	return answer;
}

struct od_str od_kernel_word_name(const struct od_kernel *kernel, uint64_t word)
{
	struct od_frame frame = {0};

	od_kernel_name(kernel, word, false, &frame);
	return frame.function.len ? frame.raw : (struct od_str){NULL, 0};
}

od_status od_ask_memory(struct od_trail *trail, struct od_kernel *kernel, const struct od_vmcore_query *query)
{
	struct od_arena *arena = kernel->model->arena;
	uint64_t count = query->number ? query->number : 1, address, word;
	struct od_vmcore_answer *answer;

	if (!od_kernel_resolve(trail, kernel, query->text, &address))
		return OD_ERR_MISSING;
	if (!od_memory_uint(kernel->memory, address, WORD, &word))
		return od_fail(trail, OD_ERR_MISSING, "0x%llx is not in the dump", (unsigned long long)address);
	if (!(answer = od_kernel_answer(trail, kernel, query->question)))
		return OD_ERR_NOMEM;
	answer->title = od_arena_copy(arena, query->text);
	answer->address = od_num(address);
	for (uint64_t i = 0; i < count && i < WORD_COUNT_LIMIT; i++) {
		if (!od_memory_uint(kernel->memory, address + i * WORD, WORD, &word)) {
			answer->note = OD_STR("what follows is not in the dump");
			return OD_OK;
		}
		struct od_vmcore_row *row = od_list_push(arena, &answer->rows);
		if (row)
			*row = (struct od_vmcore_row){.address = od_num(address + i * WORD), .number = od_num(word),
						      .name = od_kernel_word_name(kernel, word)};
	}
	if (count > WORD_COUNT_LIMIT)
		answer->note = od_arena_printf(arena, "not more than %d words are shown", WORD_COUNT_LIMIT);
	return OD_OK;
}

od_status od_ask_where(struct od_trail *trail, struct od_kernel *kernel, const struct od_vmcore_query *query)
{
	uint64_t address;

	if (!od_kernel_resolve(trail, kernel, query->text, &address))
		return OD_ERR_MISSING;
	if (!kernel->btf)
		return od_fail(trail, OD_ERR_UNSUPPORTED, "the dump has no type information (BTF)");
	struct od_vmcore_answer *answer = od_kernel_answer(trail, kernel, query->question);
	if (!answer)
		return OD_ERR_NOMEM;
	answer->title = od_arena_copy(kernel->model->arena, query->text);
	answer->address = od_num(address);
	answer->text = od_where_find(kernel, address).text;
	return OD_OK;
}

/* The function from its start, at most CODE_LIMIT bytes; around the address where it is longer. */
static bool read_code(const struct od_kernel *kernel, struct od_event *event, uint64_t address)
{
	uint64_t offset = event->ip.offset.known ? event->ip.offset.value : 0;
	uint64_t size = event->ip.size.known ? event->ip.size.value : CODE_LIMIT;
	struct od_code *code = &event->code;
	uint64_t skip = size > CODE_LIMIT && offset > CODE_LIMIT / 2 ? offset : 0;

	size = size - skip < CODE_LIMIT ? size - skip : CODE_LIMIT;
	char *bytes = od_arena_alloc(event->arena, (size_t)size);
	if (!bytes)
		return false;
	size_t got = kernel->memory->read(kernel->memory->user, address - offset + skip, bytes, (size_t)size);
	code->source = OD_CODE_MEMORY;
	code->bytes = (struct od_str){bytes, got};
	code->address = od_num(address - offset + skip);
	code->fault_index = (uint32_t)(offset - skip);
	code->has_fault_index = true;
	return got > code->fault_index;
}

od_status od_ask_code(struct od_trail *trail, struct od_kernel *kernel, const struct od_vmcore_query *query)
{
	uint64_t address;
	struct od_vmcore_answer *answer;

	if (!od_kernel_resolve(trail, kernel, query->text, &address))
		return OD_ERR_MISSING;
	struct od_event *event = od_event_create();
	if (!event || !(answer = od_kernel_answer(trail, kernel, query->question))) {
		od_event_destroy(event);
		return od_fail(trail, OD_ERR_NOMEM, "out of memory");
	}
	answer->code = event;
	event->arch = kernel->model->arch;
	event->has_ip = true;
	od_kernel_name(kernel, address, false, &event->ip);
	if (!read_code(kernel, event, address))
		return od_fail(trail, OD_ERR_MISSING, "the code at 0x%llx is not in the dump", (unsigned long long)address);
	answer->title = event->ip.function.len ? event->ip.function : od_arena_copy(kernel->model->arena, query->text);
	answer->address = od_num(address);
	answer->size = event->ip.size;
	if (event->ip.size.known && event->code.bytes.len < event->ip.size.value)
		answer->note = od_arena_printf(kernel->model->arena, "%zu of its %llu bytes are shown",
					       event->code.bytes.len, (unsigned long long)event->ip.size.value);
	return OD_OK;
}

/* An instruction's text ends in the address that it goes to, or names it in the middle: the last 0x… is asked. */
static void name_target(const struct od_kernel *kernel, struct od_event *event, struct od_instruction_text *instruction)
{
	struct od_str text = instruction->text, rest = {NULL, 0};
	uint64_t address;
	struct od_frame frame = {0};

	for (struct od_str at = text; at.len > 2; at = od_str_from_index(at, 1))
		if (od_str_starts(at, OD_STR("0x")))
			rest = at;
	if (!rest.len || !od_scan_0x(&rest, &address) || address < WORD)
		return;
	od_kernel_name(kernel, address, false, &frame);
	if (!frame.function.len)
		return;
	struct od_str name = frame.function;
	if (frame.offset.value)
		instruction->text = od_arena_printf(event->arena, "%.*s <%.*s+0x%llx>", OD_FMT(text), OD_FMT(name),
						    (unsigned long long)frame.offset.value);
	else
		instruction->text = od_arena_printf(event->arena, "%.*s <%.*s>", OD_FMT(text), OD_FMT(name));
}

void od_name_targets(const struct od_kernel *kernel, struct od_event *event)
{
	for (size_t i = 0; i < event->code.disassembly.count; i++) {
		struct od_instruction_text *instruction = &event->code.disassembly.items[i];
		name_target(kernel, event, instruction);
		instruction->fault &= instruction->offset > 0; /* the function's start was not asked for by address */
	}
}
