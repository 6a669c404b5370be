// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * kdump-compressed files by hand: struct disk_dump_header, struct kdump_sub_header and struct page_desc as
 * makedumpfile 1.7.2 (diskdump_mod.h) and QEMU 7.2 (include/sysemu/dump.h) write them on 64-bit machines. They are in
 * the machine's byte order, which nothing tells but that the version is a small number.
 */
#include "vmcore/container.h"
#include "vmcore/page.h"

#include <stdlib.h>

enum {
	/* struct disk_dump_header */
	HEADER_SIZE = 464, VERSION_AT = 8, VERSION_LIMIT = 0xffff, MACHINE_AT = 12 + 4 * 65, STATUS_AT = 424, BLOCK_SIZE_AT = 428,
	SUB_BLOCKS_AT = 432, BITMAP_BLOCKS_AT = 436, MAX_PFN_AT = 440,
	STATUS_INCOMPLETE = 0x8,	/* DUMP_DH_COMPRESSED_INCOMPLETE */
	/* struct kdump_sub_header; the versions that added the members */
	SPLIT_AT = 12, START_AT = 16, END_AT = 24, SPLIT_VERSION = 2, START64_AT = 80, END64_AT = 88,
	SUB_SIZE = 104, INFO_AT = 32, INFO_VERSION = 3, NOTE_AT = 48, NOTE_VERSION = 4, MAX_PFN64_AT = 96,
	MAX_PFN64_VERSION = 6,
	/* struct page_desc */
	DESC_SIZE = 24,
	PROBED = 64,			/* descriptors that are asked how pages are packed */
	INFO_LIMIT = 1 << 20, NOTES_LIMIT = 16 << 20,
	RANK_BYTES = 4096,		/* of the bitmap, per entry of the table of ranks */
	BITMAP_LIMIT = 1 << 30,		/* bytes: 32 TB of memory */
};

struct kdump {
	struct od_container base;
	struct od_dumpfile *file;
	uint64_t block_size;
	uint64_t bitmap, bitmap_size;	/* where the second bitmap is, and its bytes */
	uint64_t descriptors;		/* where the table of page_desc is */
	uint64_t *ranks;		/* pages before each RANK_BYTES of the bitmap */
	uint64_t pages;		/* in the bitmap */
	uint64_t start, end, skipped;	/* of a part: its page frames, and how many pages stand in the parts before it */
	uint64_t loaded;		/* index + 1 of the piece in `piece` */
	unsigned char piece[RANK_BYTES];
	unsigned char *packed;		/* one page as it stands in the file */
	unsigned char *block;		/* one unpacked page larger than OD_PAGE_SIZE */
};

static uint64_t get(const struct kdump *kdump, const unsigned char *bytes, unsigned size)
{
	return od_container_uint(&kdump->base, bytes, size);
}

static bool load_piece(struct kdump *kdump, uint64_t index)
{
	uint64_t at = index * RANK_BYTES, size = kdump->bitmap_size - at;

	if (kdump->loaded == index + 1)
		return true;
	if (size > RANK_BYTES)
		size = RANK_BYTES;
	kdump->loaded = 0;
	memset(kdump->piece, 0, RANK_BYTES);
	if (od_dumpfile_read(kdump->file, kdump->bitmap + at, kdump->piece, (size_t)size) != size)
		return false;
	kdump->loaded = index + 1;
	return true;
}

static uint64_t count_bits(const unsigned char *bytes, size_t size)
{
	uint64_t count = 0;

	for (size_t i = 0; i < size; i++)
		count += (unsigned)__builtin_popcount(bytes[i]);
	return count;
}

/* Which entry of the table of descriptors is this page's? False: the page is not in the dump. */
static bool find_descriptor(struct kdump *kdump, uint64_t pfn, uint64_t *ret)
{
	uint64_t byte = pfn / 8, index = byte / RANK_BYTES;
	size_t inside = (size_t)(byte % RANK_BYTES);

	if (byte >= kdump->bitmap_size || !load_piece(kdump, index))
		return false;
	unsigned mask = 1u << (pfn % 8);
	*ret = kdump->ranks[index] + count_bits(kdump->piece, inside) +
	       (unsigned)__builtin_popcount(kdump->piece[inside] & (mask - 1)) - kdump->skipped;
	return kdump->piece[inside] & mask;
}

static bool read_block(struct kdump *kdump, uint64_t pfn, unsigned char *out)
{
	unsigned char descriptor[DESC_SIZE];
	uint64_t index;

	if (pfn < kdump->start || pfn >= kdump->end || !find_descriptor(kdump, pfn, &index) ||
	    od_dumpfile_read(kdump->file, kdump->descriptors + index * DESC_SIZE, descriptor, DESC_SIZE) != DESC_SIZE)
		return false;
	uint64_t size = get(kdump, descriptor + 8, 4);
	if (!size || size > kdump->block_size ||
	    od_dumpfile_read(kdump->file, get(kdump, descriptor, 8), kdump->packed, (size_t)size) != size)
		return false;
	return od_page_unpack((unsigned)get(kdump, descriptor + 12, 4), kdump->packed, (size_t)size, out,
			      (size_t)kdump->block_size);
}

static bool read_page(struct od_container *container, uint64_t physical, void *page)
{
	struct kdump *kdump = (struct kdump *)container;

	if (kdump->block_size == OD_PAGE_SIZE)
		return read_block(kdump, physical / OD_PAGE_SIZE, page);
	if (!read_block(kdump, physical / kdump->block_size, kdump->block))
		return false;
	memcpy(page, kdump->block + physical % kdump->block_size, OD_PAGE_SIZE);
	return true;
}

static bool next_page(struct od_container *container, uint64_t *physical)
{
	struct kdump *kdump = (struct kdump *)container;
	uint64_t pfn = *physical / kdump->block_size;

	for (; pfn / 8 < kdump->bitmap_size && load_piece(kdump, pfn / 8 / RANK_BYTES); pfn++) {
		unsigned byte = kdump->piece[pfn / 8 % RANK_BYTES];
		if (!byte)
			pfn |= 7;
		else if (byte >> pfn % 8 & 1) {
			if (pfn * kdump->block_size > *physical)
				*physical = pfn * kdump->block_size;
			return true;
		}
	}
	return false;
}

static void destroy(struct od_container *container)
{
	struct kdump *kdump = (struct kdump *)container;

	free(kdump->ranks);
	free(kdump->packed);
	free(kdump->block);
	free(kdump);
}

static const struct od_container_ops ops = {.read_page = read_page, .next_page = next_page, .destroy = destroy};

static bool allocate(struct kdump *kdump)
{
	uint64_t pieces = kdump->bitmap_size / RANK_BYTES + 1;

	kdump->ranks = calloc((size_t)pieces, sizeof(*kdump->ranks));
	kdump->packed = malloc((size_t)kdump->block_size);
	kdump->block = malloc((size_t)kdump->block_size);
	return kdump->ranks && kdump->packed && kdump->block;
}

static void rank(struct kdump *kdump)
{
	uint64_t pieces = (kdump->bitmap_size + RANK_BYTES - 1) / RANK_BYTES, count = 0;

	for (uint64_t i = 0; i < pieces; i++) {
		kdump->ranks[i] = count;
		if (!load_piece(kdump, i))
			break;
		count += count_bits(kdump->piece, RANK_BYTES);
	}
	kdump->pages = count;
}

static void read_sub_header(struct kdump *kdump, unsigned version, uint64_t *max_pfn)
{
	unsigned char sub[SUB_SIZE] = {0};

	od_dumpfile_read(kdump->file, kdump->block_size, sub, sizeof(sub));
	if (version >= INFO_VERSION)
		kdump->base.vmcoreinfo = od_container_bytes(&kdump->base, kdump->file, get(kdump, sub + INFO_AT, 8),
							    get(kdump, sub + INFO_AT + 8, 8), INFO_LIMIT);
	if (version >= NOTE_VERSION)
		kdump->base.notes = od_container_bytes(&kdump->base, kdump->file, get(kdump, sub + NOTE_AT, 8),
						       get(kdump, sub + NOTE_AT + 8, 8), NOTES_LIMIT);
	if (version >= MAX_PFN64_VERSION && get(kdump, sub + MAX_PFN64_AT, 8))
		*max_pfn = get(kdump, sub + MAX_PFN64_AT, 8);
	bool wide = version >= MAX_PFN64_VERSION;
	if (version >= SPLIT_VERSION && get(kdump, sub + SPLIT_AT, 4)) {
		kdump->start = get(kdump, sub + (wide ? START64_AT : START_AT), 8);
		kdump->end = get(kdump, sub + (wide ? END64_AT : END_AT), 8);
	}
}

/* A part (makedumpfile --split) has the whole bitmap, but the descriptors of its own pages only. */
static void take_part(struct kdump *kdump)
{
	uint64_t skipped = 0;

	if (kdump->end == UINT64_MAX || kdump->end > UINT64_MAX / kdump->block_size)
		return;
	kdump->base.first = kdump->start * kdump->block_size;
	kdump->base.last = kdump->end * kdump->block_size;
	find_descriptor(kdump, kdump->start, &skipped);
	kdump->skipped = kdump->start / 8 < kdump->bitmap_size ? skipped : 0;
}

/* A page that does not get smaller is stored: the first that did get smaller tells the method. */
static void find_packing(struct kdump *kdump)
{
	unsigned char descriptors[PROBED * DESC_SIZE];
	size_t got = od_dumpfile_read(kdump->file, kdump->descriptors, descriptors, sizeof(descriptors));

	for (size_t at = 0; at + DESC_SIZE <= got && !kdump->base.is_packed_otherwise; at += DESC_SIZE)
		kdump->base.is_packed_otherwise = od_page_is_foreign((unsigned)get(kdump, descriptors + at + 12, 4));
}

/* True when a byte of the file that its tables speak of is not there: of the last descriptors, or of their pages. */
static bool is_cut(struct kdump *kdump)
{
	uint64_t behind = kdump->pages, from;
	unsigned char descriptor[DESC_SIZE], byte;

	if (kdump->end / 8 < kdump->bitmap_size)
		find_descriptor(kdump, kdump->end, &behind);
	else
		behind -= kdump->skipped;
	from = behind > PROBED ? behind - PROBED : 0;
	for (uint64_t i = from; i < behind; i++) {
		if (od_dumpfile_read(kdump->file, kdump->descriptors + i * DESC_SIZE, descriptor, DESC_SIZE) != DESC_SIZE)
			return true;
		uint64_t end = get(kdump, descriptor, 8) + get(kdump, descriptor + 8, 4);
		if (!end || od_dumpfile_read(kdump->file, end - 1, &byte, 1) != 1)
			return true;
	}
	return !kdump->pages;
}

static od_status take_header(struct od_trail *trail, struct kdump *kdump, const unsigned char *header)
{
	kdump->base.big_endian = od_le(header + VERSION_AT, 4) > VERSION_LIMIT;
	uint64_t sub_blocks = get(kdump, header + SUB_BLOCKS_AT, 4), bitmap_blocks = get(kdump, header + BITMAP_BLOCKS_AT, 4);
	uint64_t max_pfn = get(kdump, header + MAX_PFN_AT, 4);
	struct od_str machine = {(const char *)header + MACHINE_AT, strnlen((const char *)header + MACHINE_AT, 64)};

	kdump->block_size = get(kdump, header + BLOCK_SIZE_AT, 4);
	if (kdump->block_size < OD_PAGE_SIZE || kdump->block_size > 1 << 20 || kdump->block_size % OD_PAGE_SIZE)
		return od_fail(trail, OD_ERR_FORMAT, "kdump header: a page of %llu bytes (at offset %d)",
			       (unsigned long long)kdump->block_size, BLOCK_SIZE_AT);
	kdump->bitmap_size = bitmap_blocks * kdump->block_size / 2;
	if (!kdump->bitmap_size || kdump->bitmap_size > BITMAP_LIMIT)
		return od_fail(trail, OD_ERR_FORMAT, "kdump header: a bitmap of %llu blocks (at offset %d)",
			       (unsigned long long)bitmap_blocks, BITMAP_BLOCKS_AT);
	kdump->base.arch = od_arena_copy(kdump->base.arena, machine);
	kdump->bitmap = (1 + sub_blocks) * kdump->block_size + kdump->bitmap_size;
	kdump->descriptors = kdump->bitmap + kdump->bitmap_size;
	if (!allocate(kdump))
		return od_fail(trail, OD_ERR_NOMEM, "out of memory");
	rank(kdump);
	find_packing(kdump);
	kdump->end = UINT64_MAX;
	read_sub_header(kdump, (unsigned)get(kdump, header + VERSION_AT, 4), &max_pfn);
	take_part(kdump);
	kdump->base.limit = max_pfn > UINT64_MAX / kdump->block_size ? 0 : max_pfn * kdump->block_size;
	if (get(kdump, header + STATUS_AT, 4) & STATUS_INCOMPLETE)
		kdump->base.incomplete = OD_STR("the dump's header says that it was not written to its end");
	else if (!od_dumpfile_cut(kdump->file) && is_cut(kdump))
		kdump->base.incomplete = OD_STR("the file is cut off, and pages are missing");
	return OD_OK;
}

od_status od_kdump_open(struct od_trail *trail, struct od_dumpfile *file, struct od_container **ret)
{
	unsigned char header[HEADER_SIZE];

	size_t got = od_dumpfile_read(file, 0, header, sizeof(header));
	if (got < 8 || memcmp(header, "KDUMP   ", 8) != 0)
		return od_fail(trail, OD_ERR_UNSUPPORTED, "not a kdump-compressed file");
	if (got != sizeof(header))
		return od_fail(trail, OD_ERR_FORMAT, "kdump header: the file is cut off at offset %zu", got);
	struct kdump *kdump = calloc(1, sizeof(*kdump));
	if (!kdump || !(kdump->base.arena = od_arena_create(64 << 20))) {
		free(kdump);
		return od_fail(trail, OD_ERR_NOMEM, "out of memory");
	}
	kdump->base.ops = &ops;
	kdump->base.format = "kdump-compressed";
	kdump->base.word = 8;
	kdump->file = file;
	od_status status = take_header(trail, kdump, header);
	if (status != OD_OK) {
		od_container_close(&kdump->base);
		return status;
	}
	*ret = &kdump->base;
	return OD_OK;
}
