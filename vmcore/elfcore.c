// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * ELF cores by hand: the System V gABI's Ehdr, Phdr and Shdr, 64-bit, of either byte order. Where the number of
 * program headers does not fit e_phnum, section 0's sh_info holds it (PN_XNUM).
 */
#include "vmcore/container.h"

#include <stdlib.h>

enum {
	EHDR_SIZE = 64, PHDR_SIZE = 56, SHDR_SIZE = 64,
	ET_CORE_TYPE = 4, PT_LOAD_TYPE = 1, PT_NOTE_TYPE = 4, PN_XNUM_COUNT = 0xffff,
	SEGMENT_LIMIT = 1 << 16,
	NOTES_LIMIT = 16 << 20,
};

struct segment {
	uint64_t physical, size, position;
};

struct elfcore {
	struct od_container base;
	struct od_dumpfile *file;
	OD_LIST(struct segment) segments;
};

static uint64_t get(const struct elfcore *core, const unsigned char *bytes, unsigned size)
{
	return od_container_uint(&core->base, bytes, size);
}

static bool read_page(struct od_container *container, uint64_t physical, void *page)
{
	const struct elfcore *core = (const struct elfcore *)container;
	size_t done = 0;

	/* A page may begin in one segment and end in the next. */
	for (size_t i = 0; i < core->segments.count && done < OD_PAGE_SIZE; i++) {
		const struct segment *segment = &core->segments.items[i];
		uint64_t at = physical + done;
		if (at < segment->physical || at - segment->physical >= segment->size)
			continue;
		uint64_t inside = at - segment->physical;
		size_t piece = OD_PAGE_SIZE - done;
		if (piece > segment->size - inside)
			piece = (size_t)(segment->size - inside);
		if (od_dumpfile_read(core->file, segment->position + inside, (char *)page + done, piece) != piece)
			return false;
		done += piece;
	}
	return done == OD_PAGE_SIZE;
}

static bool next_page(struct od_container *container, uint64_t *physical)
{
	const struct elfcore *core = (const struct elfcore *)container;
	uint64_t best = UINT64_MAX;

	for (size_t i = 0; i < core->segments.count; i++) {
		const struct segment *segment = &core->segments.items[i];
		uint64_t first = (segment->physical + OD_PAGE_SIZE - 1) / OD_PAGE_SIZE * OD_PAGE_SIZE;
		uint64_t at = first > *physical ? first : *physical;
		if (at < best && at - segment->physical < segment->size)
			best = at;
	}
	*physical = best;
	return best != UINT64_MAX;
}

static void destroy(struct od_container *container)
{
	free(container);
}

static const struct od_container_ops ops = {.read_page = read_page, .next_page = next_page, .destroy = destroy};

static struct od_str machine_name(unsigned machine)
{
	/* e_machine, gABI and processor supplements */
	static const struct { unsigned machine; const char *name; } names[] = {
		{62, "x86_64"}, {183, "arm64"}, {243, "riscv64"}, {21, "ppc64"}, {22, "s390x"}, {258, "loongarch64"}, {8, "mips64"},
	};
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (names[i].machine == machine)
			return od_str_from(names[i].name);
	return (struct od_str){NULL, 0};
}

/* EI_DATA: ELFDATA2LSB or ELFDATA2MSB */
static bool is_big_endian(const unsigned char *header)
{
	return header[5] == 2;
}

static bool is_core(const unsigned char *header)
{
	return memcmp(header, "\177ELF\2", 5) == 0 && (header[5] == 1 || is_big_endian(header)) &&
	       od_uint(header + 16, 2, is_big_endian(header)) == ET_CORE_TYPE;
}

static uint64_t count_headers(struct elfcore *core, const unsigned char *header)
{
	unsigned char section[SHDR_SIZE];
	uint64_t count = get(core, header + 56, 2);

	if (count == PN_XNUM_COUNT &&
	    od_dumpfile_read(core->file, get(core, header + 40, 8), section, sizeof(section)) == sizeof(section))
		count = get(core, section + 44, 4);
	return count > SEGMENT_LIMIT ? SEGMENT_LIMIT : count;
}

static void take_segment(struct elfcore *core, const unsigned char *header)
{
	uint64_t position = get(core, header + 8, 8), physical = get(core, header + 24, 8), size = get(core, header + 32, 8);

	if (get(core, header, 4) == PT_NOTE_TYPE && !core->base.notes.len)
		core->base.notes = od_container_bytes(&core->base, core->file, position, size, NOTES_LIMIT);
	if (get(core, header, 4) != PT_LOAD_TYPE || !size || physical + size < physical || position + size < position)
		return;
	struct segment *segment = od_list_push(core->base.arena, &core->segments);
	if (!segment)
		return;
	*segment = (struct segment){physical, size, position};
	if (physical + size > core->base.limit)
		core->base.limit = physical + size;
}

/* True when the file ends before one of its segments does. */
static bool is_cut(const struct elfcore *core)
{
	unsigned char byte;

	for (size_t i = 0; i < core->segments.count; i++) {
		const struct segment *segment = &core->segments.items[i];
		if (od_dumpfile_read(core->file, segment->position + segment->size - 1, &byte, 1) != 1)
			return true;
	}
	return false;
}

od_status od_elfcore_open(struct od_trail *trail, struct od_dumpfile *file, struct od_container **ret)
{
	unsigned char header[EHDR_SIZE];

	size_t got = od_dumpfile_read(file, 0, header, sizeof(header));
	if (got >= 4 && got < sizeof(header) && memcmp(header, "\177ELF", 4) == 0)
		return od_fail(trail, OD_ERR_FORMAT, "ELF header: the file is cut off at offset %zu", got);
	if (got != sizeof(header) || !is_core(header))
		return od_fail(trail, OD_ERR_UNSUPPORTED, "not a 64-bit ELF core");
	struct elfcore *core = calloc(1, sizeof(*core));
	if (!core || !(core->base.arena = od_arena_create(64 << 20))) {
		free(core);
		return od_fail(trail, OD_ERR_NOMEM, "out of memory");
	}
	core->base.ops = &ops;
	core->base.format = "ELF";
	core->base.word = 8;
	core->base.big_endian = is_big_endian(header);
	core->base.arch = machine_name((unsigned)get(core, header + 18, 2));
	core->file = file;
	uint64_t count = count_headers(core, header), table = get(core, header + 32, 8);
	for (uint64_t i = 0; i < count; i++) {
		unsigned char phdr[PHDR_SIZE];
		if (od_dumpfile_read(file, table + i * PHDR_SIZE, phdr, sizeof(phdr)) != sizeof(phdr))
			break;
		take_segment(core, phdr);
	}
	if (!od_dumpfile_cut(file) && is_cut(core))
		core->base.incomplete = OD_STR("the file is cut off, and pages are missing");
	if (!core->segments.count) {
		od_container_close(&core->base);
		return od_fail(trail, OD_ERR_FORMAT, "ELF core without memory: no PT_LOAD header could be read");
	}
	*ret = &core->base;
	return OD_OK;
}
