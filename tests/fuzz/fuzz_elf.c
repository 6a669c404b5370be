// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Files that claim to be modules, with debug info in them, or in a second file that .gnu_debuglink or
 * .gnu_debugaltlink leads to: opened, matched, frames looked up, facts gathered, the whole event analysed.
 */
#include "analyzer/analyzer.h"
#include "core/model.h"
#include "render/render.h"
#include "symbolize/machine.h"
#include "symbolize/symbolize.h"
#include "tests/fuzz/file.h"
#include "tests/fuzz/json.h"
#include "tests/fuzz/make_elf.h"

static void push_frame(struct od_event *event, struct od_str function, uint64_t offset)
{
	struct od_frame *frame = od_list_push(event->arena, &event->trace);

	OD_LAW(frame);
	*frame = (struct od_frame){.function = function, .module = OD_STR("m"), .offset = od_num(offset), .size = od_num(16)};
}

static struct od_event *make_event(unsigned machine)
{
	const struct od_machine *row = od_machine_find(fuzz_machines[machine % FUZZ_MACHINES], 64);
	struct od_event *event = od_event_create();

	OD_LAW(event);
	event->arch = row ? od_arch_find(od_str_from(row->arch)) : &od_arch_x86_64;
	event->kernel_release = od_arena_copy(event->arena, OD_STR("6.1.0"));
	event->ip = (struct od_frame){.function = OD_STR("init_module"), .module = OD_STR("m"),
				      .offset = od_num(4), .size = od_num(16)};
	event->has_ip = true;
	event->fault.address = od_num(8);
	event->code = (struct od_code){.source = OD_CODE_LOG, .bytes = OD_STR("\x90\x90\x90\x90\xc7\x04\x25"),
				       .fault_index = 4, .has_fault_index = true};
	push_frame(event, OD_STR("outer"), 7);
	push_frame(event, OD_STR("hello_exit"), 1);
	return event;
}

static void check(struct od_event *event)
{
	const struct od_render_options options = {.tool_version = "fuzz"};
	struct od_buf out = {0};

	od_blame(event);
	od_analyze(event, NULL, 0);
	od_render_json.event(&out, &options, event, 0);
	OD_LAW(fuzz_is_json(od_buf_str(&out)));
	od_buf_clear(&out);
	od_render_text.event(&out, &options, event, 0);
	od_buf_deinit(&out);
}

/* Types by name; every number leads to one. */
static void read_layouts(struct od_symbolizer *symbolizer, unsigned machine)
{
	static const struct od_str functions[] = {OD_STR("outer"), OD_STR("hello_exit"), OD_STR("init_module")};
	static const struct od_str names[] = {OD_STR("cfg"), OD_STR("dev"), OD_STR("fuzz_dev")};
	const struct od_layout_wish wish = {functions, 3, names, 3, functions, 3};
	struct od_event *event = make_event(machine);
	struct od_arena *arena = od_arena_create(64 << 20);
	struct od_layouts layouts = {0};

	OD_LAW(arena);
	od_symbolizer_layouts(symbolizer, event, &wish, arena, &layouts);
	for (size_t i = 0; i < layouts.types.count; i++) {
		const struct od_layout *layout = &layouts.types.items[i];
		OD_LAW(layout->target <= layouts.types.count);
		for (size_t m = 0; m < layout->members.count; m++)
			OD_LAW(layout->members.items[m].type <= layouts.types.count);
	}
	od_arena_destroy(arena);
	od_event_destroy(event);
}

static void symbolize(const char *path, unsigned machine)
{
	const struct od_symbolize_options options = {.modules = &path, .module_count = 1, .root = ""};
	struct od_symbolizer *symbolizer;

	if (od_symbolizer_create(NULL, &options, &symbolizer) != OD_OK)
		return;
	struct od_event *event = make_event(machine);
	od_symbolize(symbolizer, event);
	check(event);
	od_event_destroy(event);
	read_layouts(symbolizer, machine);
	od_symbolizer_destroy(symbolizer);
}

/* The second file has the name that the section kinds' seeds use. */
static void symbolize_pair(struct od_str first, struct od_str second, unsigned machine)
{
	char directory[64], path[80];

	fuzz_directory_create(directory);
	snprintf(path, sizeof(path), "%s/m.debug", directory);
	fuzz_save(path, second.ptr, second.len);
	snprintf(path, sizeof(path), "%s/m.ko", directory);
	fuzz_save(path, first.ptr, first.len);
	symbolize(path, machine);
	fuzz_directory_remove(directory);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_bytes bytes = {data, size};
	unsigned machine = size > 1 ? data[1] : 0;
	struct od_buf first = fuzz_elf_file(&bytes);

	if (bytes.size > 4) {
		struct od_buf second = fuzz_elf_file(&bytes);
		symbolize_pair(od_buf_str(&first), od_buf_str(&second), machine);
		od_buf_deinit(&second);
	} else {
		struct fuzz_file file = fuzz_file_open(first.data, first.len);
		symbolize(file.path, machine);
		fuzz_file_close(&file);
	}
	od_buf_deinit(&first);
	return 0;
}
