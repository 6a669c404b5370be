// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/pack.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/buf.h"
#include "io/input.h"

static const char oops[] = "[    5.1] BUG: kernel NULL pointer dereference, address: 0000000000000024\n"
			   "[    5.2] #PF: supervisor read access in kernel mode\n"
			   "[    5.3] RIP: 0010:sensor_hub_apply+0xc/0x1f [sensor_hub]\n";
enum { OOPS_SIZE = sizeof(oops) - 1 };

struct fixture {
	char dir[32], path[64];
	struct od_buf text; /* what the last drain() read */
	struct od_trail trail;
	const char *compression;
	size_t chunks, longest;
};

static int setup(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	strcpy(f->dir, "/tmp/od-input-XXXXXX");
	if (!mkdtemp(f->dir))
		return -1;
	snprintf(f->path, sizeof(f->path), "%s/file", f->dir);
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	unlink(f->path);
	rmdir(f->dir);
	od_buf_deinit(&f->text);
	free(f);
	return 0;
}

static void write_file(struct fixture *f, const char *bytes, size_t size)
{
	FILE *file = fopen(f->path, "wb");

	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, size, file), size);
	assert_int_equal(fclose(file), 0);
}

/* Reads to the end or the failure, into the fixture; a failure must be said again when asked again. */
static od_status drain(struct fixture *f, struct od_input *input)
{
	od_status status;
	struct od_str chunk;

	od_buf_clear(&f->text);
	od_trail_clear(&f->trail);
	f->chunks = f->longest = 0;
	while ((status = od_input_read(input, &f->trail, &chunk)) == OD_OK && chunk.len) {
		od_buf_put(&f->text, chunk);
		f->chunks++;
		f->longest = chunk.len > f->longest ? chunk.len : f->longest;
	}
	f->compression = od_input_compression(input);

	struct od_trail again = {0};
	assert_int_equal(od_input_read(input, &again, &chunk), status);
	assert_string_equal(again.text, f->trail.text);
	if (status == OD_OK)
		assert_int_equal(chunk.len, 0);
	od_input_close(input);
	return status;
}

static od_status drain_path(struct fixture *f, const char *path)
{
	struct od_input *input = NULL;

	od_trail_clear(&f->trail);
	od_status status = od_input_open(&f->trail, path, &input);
	if (status == OD_OK)
		return drain(f, input);
	assert_null(input);
	return status;
}

static od_status drain_memory(struct fixture *f, const char *bytes, size_t size)
{
	struct od_input *input = NULL;

	assert_int_equal(od_input_open_memory(&f->trail, (struct od_str){bytes, size}, &input), OD_OK);
	assert_false(od_input_is_terminal(input));
	return drain(f, input);
}

static void plain_files_come_as_they_are(void **state)
{
	struct fixture *f = *state;

	write_file(f, oops, OOPS_SIZE);
	assert_int_equal(drain_path(f, f->path), OD_OK);
	assert_str(od_buf_str(&f->text), oops);
	assert_null(f->compression);
}

static void an_empty_input_ends_at_once(void **state)
{
	struct fixture *f = *state;

	write_file(f, "", 0);
	assert_int_equal(drain_path(f, f->path), OD_OK);
	assert_int_equal(f->chunks, 0);
	assert_null(f->compression);
	assert_int_equal(drain_memory(f, NULL, 0), OD_OK);
	assert_int_equal(f->chunks, 0);
}

static void every_format_is_recognised_and_unpacked(void **state)
{
	struct fixture *f = *state;
	char packed[1024];

	for (size_t i = 0; i < ARRAY_SIZE(formats); i++) {
		size_t size = formats[i].pack(oops, OOPS_SIZE, packed, sizeof(packed));

		write_file(f, packed, size);
		assert_int_equal(drain_path(f, f->path), OD_OK);
		assert_str(od_buf_str(&f->text), oops);
		assert_string_equal(f->compression, formats[i].name);

		assert_int_equal(drain_memory(f, packed, size), OD_OK);
		assert_str(od_buf_str(&f->text), oops);
	}
}

static void an_empty_compressed_file_is_empty(void **state)
{
	struct fixture *f = *state;
	char packed[1024];

	for (size_t i = 0; i < ARRAY_SIZE(formats); i++) {
		size_t size = formats[i].pack("", 0, packed, sizeof(packed));

		assert_int_equal(drain_memory(f, packed, size), OD_OK);
		assert_int_equal(f->chunks, 0);
		assert_string_equal(f->compression, formats[i].name);
	}
}

static void members_are_joined_over_padding(void **state)
{
	struct fixture *f = *state;
	static const size_t paddings[] = {0, 1, 4, 7};
	char packed[2048];

	for (size_t i = 0; i < ARRAY_SIZE(formats) * ARRAY_SIZE(paddings); i++) {
		const struct format *format = &formats[i / ARRAY_SIZE(paddings)];
		size_t padding = paddings[i % ARRAY_SIZE(paddings)];
		size_t size = 0;

		memset(packed, 0, sizeof(packed));
		for (int member = 0; member < 3; member++) {
			const char *text = member == 1 ? "" : member ? "two" : "one";
			size += format->pack(text, strlen(text), packed + size, sizeof(packed) - size);
			size += padding;
		}
		assert_int_equal(drain_memory(f, packed, size), OD_OK);
		assert_str(od_buf_str(&f->text), "onetwo");
	}
}

static void zstd_files_may_begin_with_a_skippable_frame(void **state)
{
	struct fixture *f = *state;
	char packed[512] = "\x5e\x2a\x4d\x18\x03\0\0\0abc";

	size_t size = 11 + pack_zstd("text", 4, packed + 11, sizeof(packed) - 11);
	assert_int_equal(drain_memory(f, packed, size), OD_OK);
	assert_str(od_buf_str(&f->text), "text");
}

static void what_follows_the_data_is_reported_after_it(void **state)
{
	struct fixture *f = *state;
	static const char *const tails[] = {"garbage", "\x1f", "\xfd\x37zXY", "\x28\xb5"};
	char packed[1024], place[64];

	for (size_t i = 0; i < ARRAY_SIZE(formats) * ARRAY_SIZE(tails); i++) {
		const struct format *format = &formats[i / ARRAY_SIZE(tails)];
		const char *tail = tails[i % ARRAY_SIZE(tails)];
		size_t size = format->pack(oops, OOPS_SIZE, packed, sizeof(packed));

		memcpy(packed + size, tail, strlen(tail));
		assert_int_equal(drain_memory(f, packed, size + strlen(tail)), OD_ERR_FORMAT);
		assert_str(od_buf_str(&f->text), oops);
		snprintf(place, sizeof(place), "other bytes follow the end of the %s data (at byte %zu)",
			 format->name, size);
		assert_string_equal(f->trail.text, place);
	}
}

static void a_file_cut_anywhere_gives_its_beginning_and_a_reason(void **state)
{
	struct fixture *f = *state;
	char packed[1024], place[64];

	for (size_t i = 0; i < ARRAY_SIZE(formats); i++) {
		size_t size = formats[i].pack(oops, OOPS_SIZE, packed, sizeof(packed));

		for (size_t cut = 0; cut < size; cut++) {
			char *exact = malloc(cut + !cut); /* so that a sanitizer sees a read past the end */
			memcpy(exact, packed, cut);
			od_status status = drain_memory(f, exact, cut);
			free(exact);
			if (cut < formats[i].magic_size) {
				assert_int_equal(status, OD_OK);
				assert_int_equal(f->text.len, cut);
				continue;
			}
			assert_int_equal(status, OD_ERR_FORMAT);
			assert_true(f->text.len <= OOPS_SIZE);
			assert_true(!f->text.len || memcmp(f->text.data, oops, f->text.len) == 0);
			snprintf(place, sizeof(place), "the %s data ends too early (at byte %zu)",
				 formats[i].name, cut);
			assert_string_equal(f->trail.text, place);
		}
		assert_true(f->text.len > OOPS_SIZE / 2); /* the last cut left only the check sum out */
	}
}

static void a_damaged_byte_anywhere_is_bounded(void **state)
{
	struct fixture *f = *state;
	char packed[1024];
	size_t noticed = 0, total = 0;

	for (size_t i = 0; i < ARRAY_SIZE(formats); i++) {
		size_t size = formats[i].pack(oops, OOPS_SIZE, packed, sizeof(packed));

		for (size_t at = formats[i].magic_size; at < size; at++, total++) {
			packed[at] ^= 0x55;
			od_status status = drain_memory(f, packed, size);
			packed[at] ^= 0x55;
			noticed += status == OD_ERR_FORMAT && strstr(f->trail.text, " (at byte ");
			if (status == OD_OK)
				assert_str(od_buf_str(&f->text), oops);
		}
	}
	assert_true(noticed > total * 9 / 10); /* nothing checks gzip's time stamp and system byte */
}

static void long_inputs_come_in_chunks_of_bounded_size(void **state)
{
	struct fixture *f = *state;
	enum { SIZE = 3 << 20, CAPACITY = 4 << 20 };
	char *text = long_text(SIZE), *packed = malloc(CAPACITY);

	for (size_t i = 0; i <= ARRAY_SIZE(formats); i++) {
		bool plain = i == ARRAY_SIZE(formats);
		size_t size = plain ? SIZE : formats[i].pack(text, SIZE, packed, CAPACITY);

		write_file(f, plain ? text : packed, size);
		assert_int_equal(drain_path(f, f->path), OD_OK);
		assert_int_equal(f->text.len, SIZE);
		assert_memory_equal(f->text.data, text, SIZE);
		assert_true(f->longest <= 256 * 1024);
	}
	free(text);
	free(packed);
}

static void much_from_few_bytes_is_streamed(void **state)
{
	struct fixture *f = *state;
	enum { SIZE = 32 << 20, CAPACITY = 1 << 20 };
	char *text = calloc(1, SIZE), *packed = malloc(CAPACITY);

	for (size_t i = 0; i < ARRAY_SIZE(formats); i++) {
		size_t size = formats[i].pack(text, SIZE, packed, CAPACITY);

		assert_true(size < SIZE / 500);
		assert_int_equal(drain_memory(f, packed, size), OD_OK);
		assert_int_equal(f->text.len, SIZE);
		assert_true(f->longest <= 256 * 1024);
	}
	free(text);
	free(packed);
}

/* What feeds a pipe: bytes, the size of each write, and a signal to the reader before each. */
struct feed {
	int fd;
	const char *bytes;
	size_t size, step;
	pthread_t reader;
};

static void *feed_pipe(void *argument)
{
	struct feed *feed = argument;

	for (size_t at = 0; at < feed->size; at += feed->step) {
		size_t left = feed->size - at;
		pthread_kill(feed->reader, SIGUSR1);
		if (write(feed->fd, feed->bytes + at, left < feed->step ? left : feed->step) < 0)
			break;
	}
	close(feed->fd);
	return NULL;
}

static void ignore_signal(int number)
{
	(void)number;
}

/* Drains a pipe through standard input. */
static od_status drain_pipe(struct fixture *f, const char *bytes, size_t size, size_t step, int flags)
{
	int fds[2], saved = dup(STDIN_FILENO);
	pthread_t writer;
	struct sigaction interrupt = {.sa_handler = ignore_signal}; /* without SA_RESTART */

	sigaction(SIGUSR1, &interrupt, NULL);
	assert_int_equal(pipe(fds), 0);
	fcntl(fds[0], F_SETFL, flags);
	dup2(fds[0], STDIN_FILENO);
	close(fds[0]);
	struct feed feed = {fds[1], bytes, size, step, pthread_self()};
	pthread_create(&writer, NULL, feed_pipe, &feed);
	od_status status = drain_path(f, "-");
	pthread_join(writer, NULL);
	dup2(saved, STDIN_FILENO);
	close(saved);
	return status;
}

static void pipes_are_read_in_any_portions_and_over_signals(void **state)
{
	struct fixture *f = *state;
	static const size_t steps[] = {1, 2, 5, 100000};
	char packed[1024];

	for (size_t i = 0; i < ARRAY_SIZE(formats) * ARRAY_SIZE(steps); i++) {
		const struct format *format = &formats[i / ARRAY_SIZE(steps)];
		size_t size = format->pack(oops, OOPS_SIZE, packed, sizeof(packed));

		size_t step = steps[i % ARRAY_SIZE(steps)];
		assert_int_equal(drain_pipe(f, packed, size, step, i % 2 ? O_NONBLOCK : 0), OD_OK);
		assert_str(od_buf_str(&f->text), oops);
		assert_string_equal(f->compression, format->name);
	}
	assert_int_equal(drain_pipe(f, oops, OOPS_SIZE, 1, O_NONBLOCK), OD_OK);
	assert_str(od_buf_str(&f->text), oops);
}

static void plain_text_is_delivered_without_waiting_for_more(void **state)
{
	struct fixture *f = *state;
	int fds[2], saved = dup(STDIN_FILENO);
	struct od_input *input = NULL;
	struct od_str chunk;

	assert_int_equal(pipe(fds), 0);
	dup2(fds[0], STDIN_FILENO);
	close(fds[0]);
	assert_int_equal(write(fds[1], "B", 1), 1);
	assert_int_equal(od_input_open(&f->trail, "-", &input), OD_OK);
	assert_int_equal(od_input_read(input, &f->trail, &chunk), OD_OK); /* the writer is still there */
	assert_str(chunk, "B");
	close(fds[1]);
	assert_int_equal(drain(f, input), OD_OK);
	assert_int_equal(fcntl(STDIN_FILENO, F_GETFD), 0); /* closing the input left it open */
	dup2(saved, STDIN_FILENO);
	close(saved);
}

static void a_pseudo_terminal_is_a_terminal(void **state)
{
	struct fixture *f = *state;
	struct od_input *input = NULL;
	int terminal = posix_openpt(O_RDWR | O_NOCTTY);

	if (terminal < 0 || grantpt(terminal) < 0 || unlockpt(terminal) < 0)
		skip();
	assert_int_equal(od_input_open(&f->trail, ptsname(terminal), &input), OD_OK);
	assert_true(od_input_is_terminal(input));
	assert_int_equal(write(terminal, "pasted\n\x04", 8), 8);
	assert_int_equal(drain(f, input), OD_OK);
	assert_str(od_buf_str(&f->text), "pasted\n");
	close(terminal);
}

static void failures_to_open_say_why(void **state)
{
	struct fixture *f = *state;
	static const struct {
		const char *path, *trail;
	} rows[] = {
		{"/", "cannot read: Is a directory"},
		{"/nonexistent/file", "cannot open: No such file or directory"},
		{"/dev/null/file", "cannot open: Not a directory"},
		{"", "cannot open: No such file or directory"},
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		assert_int_equal(drain_path(f, rows[i].path), OD_ERR_IO);
		assert_string_equal(f->trail.text, rows[i].trail);
	}
}

static void a_file_that_may_not_be_read_says_so(void **state)
{
	struct fixture *f = *state;

	if (geteuid() == 0)
		skip(); /* root may read everything */
	write_file(f, oops, OOPS_SIZE);
	assert_int_equal(chmod(f->path, 0), 0);
	assert_int_equal(drain_path(f, f->path), OD_ERR_IO);
	assert_string_equal(f->trail.text, "cannot open: Permission denied");
}

static void a_read_that_fails_is_a_failure_not_an_end(void **state)
{
	struct fixture *f = *state;
	int directory = open("/", O_RDONLY), saved = dup(STDIN_FILENO);

	dup2(directory, STDIN_FILENO); /* `oopsdecode - < /` */
	close(directory);
	assert_int_equal(drain_path(f, "-"), OD_ERR_IO);
	dup2(saved, STDIN_FILENO);
	close(saved);
	assert_string_equal(f->trail.text, "cannot read: Is a directory");
	assert_int_equal(f->chunks, 0);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(plain_files_come_as_they_are),
		CASE(an_empty_input_ends_at_once),
		CASE(every_format_is_recognised_and_unpacked),
		CASE(an_empty_compressed_file_is_empty),
		CASE(members_are_joined_over_padding),
		CASE(zstd_files_may_begin_with_a_skippable_frame),
		CASE(what_follows_the_data_is_reported_after_it),
		CASE(a_file_cut_anywhere_gives_its_beginning_and_a_reason),
		CASE(a_damaged_byte_anywhere_is_bounded),
		CASE(long_inputs_come_in_chunks_of_bounded_size),
		CASE(much_from_few_bytes_is_streamed),
		CASE(pipes_are_read_in_any_portions_and_over_signals),
		CASE(plain_text_is_delivered_without_waiting_for_more),
		CASE(a_pseudo_terminal_is_a_terminal),
		CASE(failures_to_open_say_why),
		CASE(a_file_that_may_not_be_read_says_so),
		CASE(a_read_that_fails_is_a_failure_not_an_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
