// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * The printk ring buffer: kernel/printk/printk_ringbuffer.[ch], Linux 5.10 to 6.19. All offsets are in
 * VMCOREINFO but those of level and flags, which are not needed here.
 */
#include "vmcore/log.h"

#include <stdlib.h>

#include "vmcore/vmcoreinfo.h"

enum { COUNT_BITS_LIMIT = 20, SIZE_BITS_LIMIT = 28, TEXT_LIMIT = 65536, STRUCT_LIMIT = 4096 };

/* Bits of prb_desc.state_var above the id: enum desc_state */
enum { STATE_RESERVED = 0, STATE_COMMITTED = 1, STATE_FINALIZED = 2 };

struct record {
	uint64_t seq, nanoseconds;
	uint64_t begin, next;	/* logical positions of the text's block */
	uint16_t text_len;
};

struct ring {
	struct od_log_reader *reader;
	unsigned word;
	uint64_t descs, infos, head, tail, data;
	uint64_t count_bits, size_bits;
	uint64_t desc_size, info_size;
	uint64_t state_at, block_at, begin_at, next_at, seq_at, time_at, len_at;
	uint64_t left;	/* bytes of text that are still possible: blocks do not overlap */
};

static uint64_t word_mask(const struct ring *ring)
{
	return ring->word == 8 ? UINT64_MAX : UINT32_MAX;
}

static uint64_t id_mask(const struct ring *ring)
{
	return word_mask(ring) >> 2;
}

static bool offsets(struct ring *ring)
{
	const struct { const char *key; uint64_t *value; } wanted[] = {
		{"SIZE(prb_desc)", &ring->desc_size},
		{"OFFSET(prb_desc.state_var)", &ring->state_at},
		{"OFFSET(prb_desc.text_blk_lpos)", &ring->block_at},
		{"OFFSET(prb_data_blk_lpos.begin)", &ring->begin_at},
		{"OFFSET(prb_data_blk_lpos.next)", &ring->next_at},
		{"SIZE(printk_info)", &ring->info_size},
		{"OFFSET(printk_info.seq)", &ring->seq_at},
		{"OFFSET(printk_info.ts_nsec)", &ring->time_at},
		{"OFFSET(printk_info.text_len)", &ring->len_at},
	};
	for (size_t i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++)
		if (!od_log_number(ring->reader, wanted[i].key, wanted[i].value))
			return false;
	return ring->desc_size <= STRUCT_LIMIT && ring->info_size <= STRUCT_LIMIT;
}

/* A member of a struct at `base` by its VMCOREINFO key. */
static bool member(struct ring *ring, uint64_t base, const char *key, unsigned size, uint64_t *ret)
{
	uint64_t offset;

	if (!od_log_number(ring->reader, key, &offset))
		return false;
	if (od_memory_uint(ring->reader->memory, base + offset, size, ret))
		return true;
	od_fail(ring->reader->trail, OD_ERR_FORMAT, "the log's head at 0x%llx is not in the dump",
		(unsigned long long)(base + offset));
	return false;
}

static bool head(struct ring *ring)
{
	uint64_t variable, base, descs, text;

	if (!od_vmcoreinfo_hex(ring->reader->info, "SYMBOL(prb)", &variable) ||
	    !od_memory_word(ring->reader->memory, variable, &base)) {
		od_fail(ring->reader->trail, OD_ERR_FORMAT, "the pointer to the log's ring buffer is not in the dump");
		return false;
	}
	if (!od_log_number(ring->reader, "OFFSET(printk_ringbuffer.desc_ring)", &descs) ||
	    !od_log_number(ring->reader, "OFFSET(printk_ringbuffer.text_data_ring)", &text))
		return false;
	descs += base;
	text += base;
	return member(ring, descs, "OFFSET(prb_desc_ring.count_bits)", 4, &ring->count_bits) &&
	       member(ring, descs, "OFFSET(prb_desc_ring.descs)", ring->word, &ring->descs) &&
	       member(ring, descs, "OFFSET(prb_desc_ring.infos)", ring->word, &ring->infos) &&
	       member(ring, descs, "OFFSET(prb_desc_ring.head_id)", ring->word, &ring->head) &&
	       member(ring, descs, "OFFSET(prb_desc_ring.tail_id)", ring->word, &ring->tail) &&
	       member(ring, text, "OFFSET(prb_data_ring.size_bits)", 4, &ring->size_bits) &&
	       member(ring, text, "OFFSET(prb_data_ring.data)", ring->word, &ring->data);
}

/* The record of an id; false: there is none, or a hole. */
static bool take_record(struct ring *ring, uint64_t id, struct record *ret)
{
	const struct od_memory *memory = ring->reader->memory;
	uint64_t index = id & (((uint64_t)1 << ring->count_bits) - 1);
	uint64_t desc = ring->descs + index * ring->desc_size, info = ring->infos + index * ring->info_size;
	uint64_t state, len;

	if (!od_memory_word(memory, desc + ring->state_at, &state)) {
		ring->reader->facts->cut = true;
		return false;
	}
	if ((state & id_mask(ring)) != id)
		return false;
	unsigned kind = (unsigned)(state >> (8 * ring->word - 2));
	ring->reader->facts->unfinished += kind == STATE_RESERVED;
	if (kind != STATE_COMMITTED && kind != STATE_FINALIZED)
		return false;
	if (!od_memory_word(memory, desc + ring->block_at + ring->begin_at, &ret->begin) ||
	    !od_memory_word(memory, desc + ring->block_at + ring->next_at, &ret->next) ||
	    !od_memory_uint(memory, info + ring->seq_at, 8, &ret->seq) ||
	    !od_memory_uint(memory, info + ring->time_at, 8, &ret->nanoseconds) ||
	    !od_memory_uint(memory, info + ring->len_at, 2, &len)) {
		ring->reader->facts->lost++;
		return false;
	}
	ret->text_len = (uint16_t)len;
	return true;
}

/*
 * Where the block's text is and how long. A block that would cross the end of the buffer stands at its start.
 * "next - 1" is 6.19's comparison: a block that ends exactly at the end of the buffer has not wrapped.
 */
static bool find_text(const struct ring *ring, const struct record *record, uint64_t *position, uint64_t *len)
{
	uint64_t mask = ((uint64_t)1 << ring->size_bits) - 1;
	uint64_t begin = record->begin & mask, end = record->next & mask;
	uint64_t wrap = ((record->next - 1) & word_mask(ring)) >> ring->size_bits;

	if (record->begin >> ring->size_bits != wrap)
		begin = 0;
	else if (!end)
		end = mask + 1;
	if (end < begin + ring->word)
		return false;
	*position = ring->data + begin + ring->word; /* behind the block's id */
	*len = end - begin - ring->word;
	if (*len > record->text_len)
		*len = record->text_len;
	return true;
}

static void put_record(struct ring *ring, const struct record *record)
{
	char text[TEXT_LIMIT];
	uint64_t position, len;

	/* NO_LPOS (3): an empty line; FAILED_LPOS (1): there was no room for the text */
	if ((record->begin & 1) && (record->next & 1)) {
		if (record->begin == 1)
			ring->reader->facts->lost++;
		else
			od_log_put_record(ring->reader, record->nanoseconds, (struct od_str){NULL, 0});
		return;
	}
	if (!find_text(ring, record, &position, &len) || len > ring->left) {
		ring->reader->facts->lost++;
		return;
	}
	ring->left -= len;
	size_t got = ring->reader->memory->read(ring->reader->memory->user, position, text, (size_t)len);
	ring->reader->facts->lost += got < len;
	od_log_put_record(ring->reader, record->nanoseconds, (struct od_str){text, got});
}

static int by_seq(const void *left, const void *right)
{
	const struct record *a = left, *b = right;

	return a->seq < b->seq ? -1 : a->seq > b->seq;
}

od_status od_log_read_ring(struct od_log_reader *reader)
{
	struct ring ring = {.reader = reader, .word = reader->memory->word};

	if (!offsets(&ring) || !head(&ring))
		return OD_ERR_FORMAT;
	if (!ring.count_bits || ring.count_bits > COUNT_BITS_LIMIT || ring.size_bits > SIZE_BITS_LIMIT || !ring.size_bits)
		return od_fail(reader->trail, OD_ERR_FORMAT, "the log's head is damaged: 2^%llu records, 2^%llu bytes",
			       (unsigned long long)ring.count_bits, (unsigned long long)ring.size_bits);
	size_t limit = (size_t)1 << ring.count_bits, count = 0;
	ring.left = (uint64_t)1 << ring.size_bits;
	struct record *records = calloc(limit, sizeof(*records));
	if (!records)
		return od_fail(reader->trail, OD_ERR_NOMEM, "out of memory");
	uint64_t id = ring.tail & id_mask(&ring), last = ring.head & id_mask(&ring);
	for (size_t i = 0; i < limit; i++, id = (id + 1) & id_mask(&ring)) {
		count += take_record(&ring, id, &records[count]);
		if (id == last)
			break;
	}
	qsort(records, count, sizeof(*records), by_seq);
	for (size_t i = 0; i < count; i++)
		put_record(&ring, &records[i]);
	free(records);
	return OD_OK;
}
