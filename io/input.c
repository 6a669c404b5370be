// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/input.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>

#include "io/decompress.h"
#include "io/descriptor.h"

enum { RAW_SIZE = 128 * 1024, OUT_SIZE = 256 * 1024 };

struct od_input {
	int fd;			/* -1: the bytes are in memory */
	bool owned;		/* fd is closed with the input */
	bool terminal;
	bool begun;		/* the format is known */
	bool raw_ended;		/* nothing follows `raw` */
	struct od_str raw;	/* not used yet, as in the file; in `buffer` or the caller's memory */
	uint64_t offset;	/* of raw in the file */
	const struct od_codec *codec;
	struct od_decompressor *decompressor; /* NULL: plain bytes */
	char *out;		/* OUT_SIZE bytes, when there is a decompressor */
	od_status status;	/* once not OD_OK, every later read fails so */
	struct od_trail failure;
	char buffer[];		/* RAW_SIZE bytes, unless in memory */
};

static struct od_input *input_create(struct od_trail *trail, size_t buffer_size)
{
	struct od_input *input = malloc(sizeof(*input) + buffer_size);

	if (!input) {
		od_fail(trail, OD_ERR_NOMEM, "out of memory");
		return NULL;
	}
	*input = (struct od_input){.fd = -1};
	return input;
}

void od_input_close(struct od_input *input)
{
	if (!input)
		return;
	od_decompressor_destroy(input->decompressor);
	free(input->out);
	if (input->owned)
		close(input->fd);
	free(input);
}

od_status od_input_open_descriptor(struct od_trail *trail, int fd, bool owned, struct od_input **ret)
{
	struct od_input *input = input_create(trail, RAW_SIZE);
	if (!input)
		return OD_ERR_NOMEM;

	input->fd = fd;
	input->owned = owned;
	input->terminal = isatty(fd);
	*ret = input;
	return OD_OK;
}

od_status od_input_open(struct od_trail *trail, const char *path, struct od_input **ret)
{
	if (strcmp(path, "-") == 0)
		return od_input_open_descriptor(trail, STDIN_FILENO, false, ret);

	int fd;
	od_status status = od_descriptor_open(trail, path, &fd);
	if (status != OD_OK)
		return status;
	status = od_input_open_descriptor(trail, fd, true, ret);
	if (status != OD_OK)
		close(fd);
	return status;
}

od_status od_input_open_memory(struct od_trail *trail, struct od_str bytes, struct od_input **ret)
{
	struct od_input *input = input_create(trail, 0);
	if (!input)
		return OD_ERR_NOMEM;

	input->raw = bytes;
	input->raw_ended = true;
	*ret = input;
	return OD_OK;
}

/* Reads more raw bytes behind those that are left, which move to the front of the buffer. */
static void fill(struct od_input *input)
{
	if (input->raw_ended)
		return;
	if (input->raw.len)
		memmove(input->buffer, input->raw.ptr, input->raw.len);
	input->raw.ptr = input->buffer;

	ssize_t count = od_descriptor_read(input->fd, input->buffer + input->raw.len,
					   RAW_SIZE - input->raw.len);
	if (count > 0) {
		input->raw.len += (size_t)count;
		return;
	}
	if (count < 0)
		input->status = od_fail_errno(&input->failure, errno, "cannot read");
	input->raw_ended = true;
}

/* Reads enough to tell what the input is: no more than one chunk, unless that begins like a magic. */
static void begin(struct od_input *input)
{
	bool more = true;

	input->begun = true;
	while (more) {
		input->codec = od_codec_find(input->raw, &more);
		if (input->raw_ended)
			break;
		if (more)
			fill(input);
	}
	if (!input->codec)
		return;
	input->decompressor = od_decompressor_create(input->codec);
	input->out = malloc(OUT_SIZE);
	if (!input->decompressor || !input->out)
		input->status = od_fail(&input->failure, OD_ERR_NOMEM, "out of memory");
}

static struct od_str take_raw(struct od_input *input)
{
	struct od_str chunk = input->raw;

	input->raw = (struct od_str){NULL, 0};
	input->offset += chunk.len;
	return chunk;
}

static struct od_str read_plain(struct od_input *input)
{
	if (!input->raw.len)
		fill(input);
	return take_raw(input);
}

/* The next bytes that can be decompressed; empty when there are no more or input->status says why. */
static struct od_str read_compressed(struct od_input *input)
{
	while (input->status == OD_OK) {
		struct od_trail reason = {0};
		size_t before = input->raw.len, written;
		od_status status = od_decompress(input->decompressor, &reason, &input->raw, input->raw_ended,
						 input->out, OUT_SIZE, &written);
		input->offset += before - input->raw.len;
		if (status != OD_OK) {
			input->status = status;
			od_fail(&input->failure, status, "%s (at byte %" PRIu64 ")", reason.text,
				input->offset);
		}
		if (written)
			return (struct od_str){input->out, written};
		if (input->raw_ended)
			break;
		fill(input);
	}
	return (struct od_str){NULL, 0};
}

od_status od_input_read(struct od_input *input, struct od_trail *trail, struct od_str *ret)
{
	struct od_str chunk = {NULL, 0};

	if (!input->begun)
		begin(input);
	if (input->decompressor && input->out)
		chunk = read_compressed(input);
	else if (!input->codec)
		chunk = read_plain(input);
	if (!chunk.len && input->status != OD_OK)
		return od_fail(trail, input->status, "%s", input->failure.text);
	*ret = chunk;
	return OD_OK;
}

const char *od_input_compression(const struct od_input *input)
{
	return input->codec ? od_codec_name(input->codec) : NULL;
}

bool od_input_is_terminal(const struct od_input *input)
{
	return input->terminal;
}
