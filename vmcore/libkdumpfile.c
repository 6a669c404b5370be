// SPDX-License-Identifier: GPL-3.0-or-later
/* Dumps through libkdumpfile (0.5.1 and later). Its attributes are borrowed until the next call: copied at once. */
#include "vmcore/container.h"

#include <stdlib.h>
#include <libkdumpfile/kdumpfile.h>

enum { INFO_LIMIT = 1 << 20 };

struct foreign {
	struct od_container base;
	kdump_ctx_t *context;
	bool is_linux;	/* it was told so, and translates virtual addresses */
};

static bool read_page(struct od_container *container, uint64_t physical, void *page)
{
	struct foreign *foreign = (struct foreign *)container;
	size_t len = OD_PAGE_SIZE;

	return kdump_read(foreign->context, KDUMP_MACHPHYSADDR, physical, page, &len) == KDUMP_OK;
}

/* An error shortens the length to what could be read before it. */
static size_t read_virtual(struct od_container *container, uint64_t address, void *buffer, size_t len)
{
	struct foreign *foreign = (struct foreign *)container;
	size_t done = len;

	/* This reads the page tables' roots: it costs time, and x86_64 is translated without it. */
	if (!foreign->is_linux)
		kdump_set_string_attr(foreign->context, KDUMP_ATTR_OSTYPE, "linux");
	foreign->is_linux = true;
	kdump_read(foreign->context, KDUMP_KVADDR, address, buffer, &done);
	return done;
}

static void destroy(struct od_container *container)
{
	struct foreign *foreign = (struct foreign *)container;

	if (foreign->context)
		kdump_free(foreign->context);
	free(foreign);
}

static const struct od_container_ops ops = {.read_page = read_page, .read_virtual = read_virtual, .destroy = destroy};

static struct od_str arch_name(const char *name)
{
	/* KDUMP_ARCH_* where they differ from the names of core/arch.h */
	static const struct { const char *theirs, *ours; } names[] = {
		{KDUMP_ARCH_AARCH64, "arm64"}, {KDUMP_ARCH_IA32, "i386"}, {KDUMP_ARCH_PPC, "ppc32"},
	};
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(name, names[i].theirs) == 0)
			return od_str_from(names[i].ours);
	return od_str_from(name);
}

static void take_attributes(struct foreign *foreign)
{
	struct od_container *base = &foreign->base;
	const char *name;
	char *text = NULL;
	kdump_num_t number;

	if (kdump_get_string_attr(foreign->context, KDUMP_ATTR_ARCH_NAME, &name) == KDUMP_OK)
		base->arch = od_arena_copy(base->arena, arch_name(name));
	if (kdump_get_number_attr(foreign->context, KDUMP_ATTR_PTR_SIZE, &number) == KDUMP_OK && number == 4)
		base->word = 4;
	if (kdump_get_number_attr(foreign->context, KDUMP_ATTR_BYTE_ORDER, &number) == KDUMP_OK)
		base->big_endian = number == KDUMP_BIG_ENDIAN;
	if (kdump_vmcoreinfo_raw(foreign->context, &text) == KDUMP_OK && text) {
		base->vmcoreinfo = od_arena_copy(base->arena, (struct od_str){text, strnlen(text, INFO_LIMIT)});
		free(text);
	}
	if (kdump_get_number_attr(foreign->context, "max_pfn", &number) == KDUMP_OK && number < UINT64_MAX >> 16)
		base->limit = number * OD_PAGE_SIZE;
}

od_status od_libkdumpfile_open(struct od_trail *trail, struct od_dumpfile *file, struct od_container **ret)
{
	struct foreign *foreign = calloc(1, sizeof(*foreign));

	if (!foreign || !(foreign->base.arena = od_arena_create(16 << 20)) || !(foreign->context = kdump_new())) {
		if (foreign)
			od_arena_destroy(foreign->base.arena);
		free(foreign);
		return od_fail(trail, OD_ERR_NOMEM, "out of memory");
	}
	foreign->base.ops = &ops;
	foreign->base.format = "dump";
	foreign->base.word = 8;
	if (kdump_open_fd(foreign->context, od_dumpfile_descriptor(file)) != KDUMP_OK) {
		od_status status = od_fail(trail, OD_ERR_UNSUPPORTED, "no dump of memory: neither an ELF core nor a kdump-compressed "
					   "file, nor of a format that libkdumpfile knows (%s)", kdump_get_err(foreign->context));
		od_container_close(&foreign->base);
		return status;
	}
	take_attributes(foreign);
	*ret = &foreign->base;
	return OD_OK;
}
