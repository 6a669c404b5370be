// SPDX-License-Identifier: GPL-3.0-or-later
/* System.map and /proc/kallsyms: what is made of the text is an ELF file that can be opened, and no larger than it may. */
#include "core/model.h"
#include "symbolize/elf.h"
#include "symbolize/symbolize.h"
#include "symbolize/textmap.h"
#include "tests/fuzz/file.h"

static void symbolize(const char *path)
{
	const struct od_symbolize_options options = {.vmlinux = path, .root = ""};
	struct od_symbolizer *symbolizer;

	if (od_symbolizer_create(NULL, &options, &symbolizer) != OD_OK)
		return;
	struct od_event *event = od_event_create();
	OD_LAW(event);
	event->arch = &od_arch_x86_64;
	event->ip = (struct od_frame){.function = OD_STR("_text"), .offset = od_num(4), .size = od_num(16)};
	event->has_ip = true;
	struct od_frame *frame = od_list_push(event->arena, &event->trace);
	OD_LAW(frame);
	*frame = (struct od_frame){.address = od_num(0xffffffff81000010)};
	od_symbolize(symbolizer, event);
	od_event_destroy(event);
	od_symbolizer_destroy(symbolizer);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct od_str text = fuzz_text(data, size);
	struct od_file elf;

	od_textmap_is_one(text);
	if (od_textmap_convert(text, &elf)) {
		OD_LAW(elf.size <= 4096 + size * 16);
		struct fuzz_file made = fuzz_file_open(elf.data, elf.size);
		struct od_image *image = od_image_open(NULL, made.path);
		OD_LAW(image && image->fault == OD_IMAGE_OK);
		od_image_close(image);
		fuzz_file_close(&made);
		od_file_deinit(&elf);
	}
	struct fuzz_file file = fuzz_file_open(data, size);
	symbolize(file.path);
	fuzz_file_close(&file);
	return 0;
}
