// SPDX-License-Identifier: GPL-3.0-or-later
/* The kernel's log in memory: three generations, wrapped, unfinished, damaged. */
#include "tests/memory_image.h"
#include "vmcore/log.h"

/*
 * A printk_ringbuffer of 4 records and 128 bytes, laid out as on x86_64 in Linux 6.1:
 * prb at 0, the pointer to it at 0x100, descs at 0x200, infos at 0x400, data at 0x800.
 */
enum { RING = 0, POINTER = 0x100, DESCS = 0x200, INFOS = 0x400, DATA = 0x800, COUNT_BITS = 2, SIZE_BITS = 7 };

#define RING_INFO                                                                                            \
	"SYMBOL(prb)=ffffffff81000100\nOFFSET(printk_ringbuffer.desc_ring)=0\n"                             \
	"OFFSET(printk_ringbuffer.text_data_ring)=48\nOFFSET(prb_desc_ring.count_bits)=0\n"                 \
	"OFFSET(prb_desc_ring.descs)=8\nOFFSET(prb_desc_ring.infos)=16\nOFFSET(prb_desc_ring.head_id)=24\n" \
	"OFFSET(prb_desc_ring.tail_id)=32\nSIZE(prb_desc)=24\nOFFSET(prb_desc.state_var)=0\n"               \
	"OFFSET(prb_desc.text_blk_lpos)=8\nOFFSET(prb_data_blk_lpos.begin)=0\n"                             \
	"OFFSET(prb_data_blk_lpos.next)=8\nSIZE(printk_info)=88\nOFFSET(printk_info.seq)=0\n"               \
	"OFFSET(printk_info.ts_nsec)=8\nOFFSET(printk_info.text_len)=16\n"                                  \
	"OFFSET(prb_data_ring.size_bits)=0\nOFFSET(prb_data_ring.data)=8\n"

static void ring_head(struct image *image, uint64_t tail, uint64_t head)
{
	memset(image, 0, sizeof(*image));
	image->end = IMAGE_SIZE;
	image_put(image, POINTER, IMAGE_BASE + RING, 8);
	image_put(image, RING, COUNT_BITS, 4);
	image_put(image, RING + 8, IMAGE_BASE + DESCS, 8);
	image_put(image, RING + 16, IMAGE_BASE + INFOS, 8);
	image_put(image, RING + 24, head, 8);
	image_put(image, RING + 32, tail, 8);
	image_put(image, RING + 48, SIZE_BITS, 4);
	image_put(image, RING + 48 + 8, IMAGE_BASE + DATA, 8);
}

static void ring_record(struct image *image, uint64_t id, unsigned state, uint64_t begin, uint64_t next, const char *text)
{
	size_t index = id % (1 << COUNT_BITS), len = strlen(text);
	size_t block = begin >> SIZE_BITS == (next - 1) >> SIZE_BITS ? begin % (1 << SIZE_BITS) : 0;

	image_put(image, DESCS + 24 * index, (uint64_t)state << 62 | (id & UINT64_MAX >> 2), 8);
	image_put(image, DESCS + 24 * index + 8, begin, 8);
	image_put(image, DESCS + 24 * index + 16, next, 8);
	image_put(image, INFOS + 88 * index, id + 100, 8);
	image_put(image, INFOS + 88 * index + 8, (id + 1) * 1000001000, 8);
	image_put(image, INFOS + 88 * index + 16, len, 2);
	if (!(begin & 1))
		memcpy(image->bytes + DATA + block + 8, text, len);
}

static od_status read_log(struct image *image, const char *info, struct od_buf *out, struct od_log_facts *facts)
{
	struct od_memory memory = image_memory(image);
	struct od_trail trail = {{0}};
	od_status status = od_log_read(&trail, &memory, od_str_from(info), out, facts);

	assert_true(status == OD_OK || trail.text[0]);
	return status;
}

static void a_ring_is_read_from_tail_to_head(void **unused)
{
	struct image *image = malloc(sizeof(*image));
	struct od_log_facts facts;
	struct od_buf out = {0};

	(void)unused;
	ring_head(image, 5, 8);
	ring_record(image, 5, 2, 32, 56, "first");
	ring_record(image, 6, 2, 56, 96, "two\nlines\x01\xc3");
	ring_record(image, 7, 2, 3, 3, "");		/* an empty line */
	ring_record(image, 8, 1, 120, 160, "wrapped");	/* committed only; stands at the start of the buffer */
	assert_int_equal(read_log(image, RING_INFO, &out, &facts), OD_OK);
	assert_int_equal(facts.generation, 3);
	assert_str(od_buf_str(&out), "[    6.000006] first\n[    7.000007] two\n               lines\\x01\\xc3\n"
				     "[    8.000008] \n[    9.000009] wrapped\n");
	assert_int_equal(facts.records, 4);
	od_buf_deinit(&out);
	free(image);
}

static void what_was_being_written_is_counted(void **unused)
{
	struct image *image = malloc(sizeof(*image));
	struct od_log_facts facts;
	struct od_buf out = {0};

	(void)unused;
	ring_head(image, (uint64_t)-2 >> 2, 1);
	ring_record(image, UINT64_MAX >> 2, 2, 0, 24, "before");	/* ids begin just below their overflow */
	ring_record(image, 0, 0, 24, 48, "reserved");
	ring_record(image, 1, 2, 1, 1, "no room for its text");
	assert_int_equal(read_log(image, RING_INFO, &out, &facts), OD_OK);
	assert_int_equal(facts.records, 1);
	assert_int_equal(facts.unfinished, 1);
	assert_int_equal(facts.lost, 1);
	assert_non_null(strstr(out.data, "] before\n"));
	od_buf_deinit(&out);
	free(image);
}

static void a_block_up_to_the_very_end_has_not_wrapped(void **unused)
{
	struct image *image = malloc(sizeof(*image));
	struct od_log_facts facts;
	struct od_buf out = {0};

	(void)unused;
	ring_head(image, 1, 1);
	ring_record(image, 1, 2, 96, 128, "at the end");
	assert_int_equal(read_log(image, RING_INFO, &out, &facts), OD_OK);
	assert_str(od_buf_str(&out), "[    2.000002] at the end\n");
	od_buf_deinit(&out);
	free(image);
}

static void a_damaged_ring_is_bounded(void **unused)
{
	static const struct {
		size_t at;
		uint64_t value;
		od_status status;
	} rows[] = {
		{RING, 40, OD_ERR_FORMAT},		/* 2^40 records */
		{RING, 0, OD_ERR_FORMAT},
		{RING + 48, 63, OD_ERR_FORMAT},		/* 2^63 bytes */
		{POINTER, 0x1234, OD_ERR_FORMAT},	/* a wild pointer */
		{RING + 8, 0x1234, OD_OK},		/* descriptors in a hole: no record */
		{RING + 56, 0x1234, OD_OK},		/* text in a hole */
	};
	struct image *image = malloc(sizeof(*image));

	(void)unused;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct od_log_facts facts;
		struct od_buf out = {0};
		print_message("row %zu\n", i);
		ring_head(image, 1, 2);
		ring_record(image, 1, 2, 0, 24, "one");
		ring_record(image, 2, 2, 24, 48, "two");
		image_put(image, rows[i].at, rows[i].value, i < 3 ? 4 : 8);
		assert_int_equal(read_log(image, RING_INFO, &out, &facts), rows[i].status);
		assert_true(rows[i].status != OD_OK || facts.cut || facts.lost);
		od_buf_deinit(&out);
	}
	free(image);
}

/* struct printk_log of Linux 5.4, and a buffer of 128 bytes at 0x400. */
#define RECORDS_INFO                                                                                    \
	"SYMBOL(log_buf)=ffffffff81000000\nSYMBOL(log_buf_len)=ffffffff81000008\n"                     \
	"SYMBOL(log_first_idx)=ffffffff81000010\nSYMBOL(log_next_idx)=ffffffff81000014\n"              \
	"SIZE(printk_log)=16\nOFFSET(printk_log.ts_nsec)=0\nOFFSET(printk_log.len)=8\n"                \
	"OFFSET(printk_log.text_len)=10\n"

static void old_record(struct image *image, size_t at, uint64_t seconds, const char *text, unsigned len)
{
	image_put(image, at, seconds * 1000000000, 8);
	image_put(image, at + 8, len, 2);
	image_put(image, at + 10, strlen(text), 2);
	memcpy(image->bytes + at + 16, text, strlen(text));
}

static void records_wrap_at_length_zero(void **unused)
{
	struct image *image = calloc(1, sizeof(*image));
	struct od_log_facts facts;
	struct od_buf out = {0};

	(void)unused;
	image->end = IMAGE_SIZE;
	image_put(image, 0, IMAGE_BASE + 0x400, 8);
	image_put(image, 8, 128, 4);
	image_put(image, 0x10, 64, 4);
	image_put(image, 0x14, 32, 4);
	old_record(image, 0x400 + 64, 1, "older", 32);	/* and a length of 0 at 96: go on at 0 */
	old_record(image, 0x400, 2, "newer", 32);
	assert_int_equal(read_log(image, RECORDS_INFO, &out, &facts), OD_OK);
	assert_int_equal(facts.generation, 2);
	assert_str(od_buf_str(&out), "[    1.000000] older\n[    2.000000] newer\n");
	od_buf_clear(&out);
	image_put(image, 0x14, 33, 4); /* an end that no record meets */
	assert_int_equal(read_log(image, RECORDS_INFO, &out, &facts), OD_OK);
	assert_true(facts.cut || facts.records > 2);
	od_buf_deinit(&out);
	free(image);
}

#define TEXT_INFO                                                                                       \
	"SYMBOL(log_buf)=ffffffff81000000\nSYMBOL(log_buf_len)=ffffffff81000008\n"                     \
	"SYMBOL(log_end)=ffffffff81000010\nSYMBOL(logged_chars)=ffffffff81000014\n"

static void plain_text_wraps_at_its_end(void **unused)
{
	static const struct {
		const char *buffer;
		unsigned log_end, logged;
		const char *expected;
	} rows[] = {
		{"<6>[    0.000000] one\n<4>two\n___", 29, 29, "[    0.000000] one\ntwo\n"},
		{"new end\n<6>[    1.000000] begin ", 8 + 64, 32, "[    1.000000] begin new end\n"},
	};
	struct image *image = calloc(1, sizeof(*image));

	(void)unused;
	image->end = IMAGE_SIZE;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct od_log_facts facts;
		struct od_buf out = {0};
		image_put(image, 0, IMAGE_BASE + 0x400, 8);
		image_put(image, 8, 32, 4);
		image_put(image, 0x10, rows[i].log_end, 4);
		image_put(image, 0x14, rows[i].logged, 4);
		memcpy(image->bytes + 0x400, rows[i].buffer, 32);
		assert_int_equal(read_log(image, TEXT_INFO, &out, &facts), OD_OK);
		assert_int_equal(facts.generation, 1);
		assert_str(od_buf_str(&out), rows[i].expected);
		od_buf_deinit(&out);
	}
	free(image);
}

static void no_log_is_said(void **unused)
{
	struct image *image = calloc(1, sizeof(*image));
	struct od_log_facts facts;
	struct od_buf out = {0};

	(void)unused;
	assert_int_equal(read_log(image, "", &out, &facts), OD_ERR_MISSING);
	assert_int_equal(read_log(image, "OSRELEASE=6.1\n", &out, &facts), OD_ERR_MISSING);
	assert_int_equal(read_log(image, "SYMBOL(prb)=0\n", &out, &facts), OD_ERR_FORMAT);
	assert_int_equal(read_log(image, RING_INFO, &out, &facts), OD_ERR_FORMAT);
	assert_int_equal(read_log(image, RECORDS_INFO, &out, &facts), OD_ERR_FORMAT);
	assert_int_equal(read_log(image, TEXT_INFO, &out, &facts), OD_ERR_FORMAT);
	assert_int_equal(out.len, 0);
	free(image);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_ring_is_read_from_tail_to_head),
		cmocka_unit_test(what_was_being_written_is_counted),
		cmocka_unit_test(a_block_up_to_the_very_end_has_not_wrapped),
		cmocka_unit_test(a_damaged_ring_is_bounded),
		cmocka_unit_test(records_wrap_at_length_zero),
		cmocka_unit_test(plain_text_wraps_at_its_end),
		cmocka_unit_test(no_log_is_said),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
