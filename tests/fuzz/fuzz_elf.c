// SPDX-License-Identifier: GPL-3.0-or-later
/* A file that claims to be a module: opened, matched, and a frame looked up in it. */
#include <sys/mman.h>
#include <unistd.h>

#include "core/model.h"
#include "symbolize/symbolize.h"
#include "tests/fuzz/fuzz.h"

static struct od_event *make_event(void)
{
	struct od_event *event = od_event_create();
	OD_LAW(event);
	event->arch = &od_arch_x86_64;
	event->kernel_release = od_arena_copy(event->arena, OD_STR("6.1.0"));
	event->ip = (struct od_frame){.function = OD_STR("init_module"), .module = OD_STR("m"),
				      .offset = od_num(4), .size = od_num(16)};
	event->has_ip = true;
	event->code = (struct od_code){.source = OD_CODE_LOG, .bytes = OD_STR("\x90\x90\x90\x90\xc7\x04\x25"),
				       .fault_index = 4, .has_fault_index = true};
	return event;
}

static void symbolize(const char *path)
{
	const struct od_symbolize_options options = {.modules = &path, .module_count = 1, .root = ""};
	struct od_symbolizer *symbolizer;

	if (od_symbolizer_create(NULL, &options, &symbolizer) != OD_OK)
		return;
	struct od_event *event = make_event();
	od_symbolize(symbolizer, event);
	od_event_destroy(event);
	od_symbolizer_destroy(symbolizer);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char path[64];
	int file = memfd_create("m.ko", 0);
	OD_LAW(file >= 0);
	if (write(file, data, size) == (ssize_t)size) {
		snprintf(path, sizeof(path), "/proc/self/fd/%d", file);
		symbolize(path);
	}
	close(file);
	return 0;
}
