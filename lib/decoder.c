// SPDX-License-Identifier: GPL-3.0-or-later
#include "oopsdecode/oopsdecode.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/heap.h"
#include "io/input.h"
#include "lib/decoder.h"
#include "lib/source.h"
#include "parsers/journal.h"
#include "parsers/pstore.h"
#include "parsers/scan.h"

/* What a log with one report takes. */
enum { HEAP_SIZE = 1 << 20 };

const char *od_version(void)
{
	return OD_VERSION;
}

static const struct od_renderer *find_renderer(const char *name)
{
	for (size_t i = 0; od_renderers[i]; i++)
		if (strcmp(od_renderers[i]->name, name) == 0)
			return od_renderers[i];
	return NULL;
}

static od_status set_up(struct od_decoder *decoder, const struct od_options *options)
{
	struct od_trail *trail = &decoder->trail;
	const struct od_symbolize_options symbolize = {
		.modules = options->modules,
		.module_count = options->module_count,
		.module_dirs = options->module_dirs,
		.module_dir_count = options->module_dir_count,
		.vmlinux = options->vmlinux,
		.root = options->no_search ? "" : options->root,
		.cache_dir = options->cache_dir,
		.debuginfod = options->debuginfod,
		.fetch_progress = options->fetch_progress,
		.fetch_user = options->fetch_user,
		.sandbox = options->sandbox,
		.no_facts = options->no_causes,
	};

	decoder->renderer = find_renderer(options->format ? options->format : "text");
	if (!decoder->renderer)
		return od_fail(trail, OD_ERR_USAGE, "no such output format: %s", options->format);
	od_status status = od_symbolizer_create(trail, &symbolize, &decoder->symbolizer);
	if (options->own_process) /* behind the sandbox's fork: what both have is copied when one writes to it */
		od_heap_prepare(HEAP_SIZE);
	if (status == OD_OK)
		status = od_source_reader_create(trail, options->source_dirs, options->source_dir_count,
						 symbolize.root, &decoder->sources);
	decoder->render = (struct od_render_options){
		.color = options->color,
		.width = options->width,
		.raw_trace = options->all_frames,
		.evidence = options->evidence,
		.tool_version = OD_VERSION,
		.source_line = od_source_reader_line,
		.user = decoder->sources,
	};
	return status;
}

od_result od_decoder_create(const struct od_options *options, struct od_decoder **ret, char *error, size_t error_size)
{
	struct od_options own = {0};
	struct od_decoder *decoder = calloc(1, sizeof(*decoder));
	od_status status = OD_ERR_NOMEM;

	*ret = NULL;
	memcpy(&own, options, options->size < sizeof(own) ? options->size : sizeof(own));
	if (decoder)
		status = set_up(decoder, &own);
	if (status == OD_OK) {
		*ret = decoder;
		return OD_RESULT_OK;
	}
	if (error && error_size)
		snprintf(error, error_size, "%s", decoder ? decoder->trail.text : "out of memory");
	od_decoder_destroy(decoder);
	return status == OD_ERR_NOMEM ? OD_RESULT_NOMEM : OD_RESULT_USAGE;
}

void od_decoder_destroy(struct od_decoder *decoder)
{
	if (!decoder)
		return;
	od_symbolizer_destroy(decoder->symbolizer);
	od_source_reader_destroy(decoder->sources);
	od_scanner_destroy(decoder->scanner);
	free(decoder);
}

const char *od_decoder_error(const struct od_decoder *decoder)
{
	return decoder->trail.text;
}

od_result od_decoder_begin_with(struct od_decoder *decoder, const struct od_document_tools *tools,
				struct od_document **ret)
{
	od_trail_clear(&decoder->trail);
	return od_document_create(&decoder->trail, tools, ret) == OD_OK ? OD_RESULT_OK : OD_RESULT_NOMEM;
}

/* A scanner of its own would cost each log more than a short one takes to read. */
static struct od_scanner *shared_scanner(struct od_decoder *decoder)
{
	enum { PAYS_FROM = 256 * 1024 };

	if (!decoder->scanner && decoder->bytes >= PAYS_FROM)
		decoder->scanner = od_scanner_create();
	return decoder->scanner;
}

od_result od_decoder_begin(struct od_decoder *decoder, od_write_fn write, void *user, struct od_document **ret)
{
	const struct od_document_tools tools = {
		.symbolizer = decoder->symbolizer,
		.renderer = decoder->renderer,
		.options = &decoder->render,
		.write = write,
		.user = user,
		.scanner = shared_scanner(decoder),
	};
	return od_decoder_begin_with(decoder, &tools, ret);
}

od_result od_decoder_finish(struct od_decoder *decoder, struct od_document *document, const struct od_source *origin,
			od_status status)
{
	const char *failure = status == OD_OK ? NULL : decoder->trail.text;
	const uint64_t events = od_document_finish(document, origin, failure), lines = od_document_lines(document);
	decoder->bytes += od_document_bytes(document);

	if (status == OD_OK && !events)
		od_fail(&decoder->trail, OD_ERR_MISSING, "no kernel report found in %llu line%s", (unsigned long long)lines,
			lines == 1 ? "" : "s");
	od_document_destroy(document);
	if (status == OD_ERR_NOMEM)
		return OD_RESULT_NOMEM;
	if (status != OD_OK)
		return OD_RESULT_INPUT;
	return events ? OD_RESULT_OK : OD_RESULT_NO_EVENT;
}

/* Where chunks of a log come from. */
struct feed {
	void *reader;
	od_status (*read)(void *reader, struct od_trail *trail, struct od_str *ret);
};

static od_status read_input(void *reader, struct od_trail *trail, struct od_str *ret)
{
	return od_input_read(reader, trail, ret);
}

static od_status read_pstore(void *reader, struct od_trail *trail, struct od_str *ret)
{
	return od_pstore_read(reader, trail, ret);
}

static od_status read_journal(void *reader, struct od_trail *trail, struct od_str *ret)
{
	return od_journal_read(reader, trail, ret);
}

static od_status pump(struct od_decoder *decoder, const struct feed *feed, struct od_document *document)
{
	for (;;) {
		struct od_str chunk;
		od_status status = feed->read(feed->reader, &decoder->trail, &chunk);
		if (status != OD_OK || !chunk.len || !od_document_feed(document, chunk))
			return status;
	}
}

static od_result decode_input(struct od_decoder *decoder, const char *name, struct od_input *input,
			      od_write_fn write, void *user)
{
	const struct feed feed = {input, read_input};
	struct od_document *document;
	od_result result = od_decoder_begin(decoder, write, user, &document);
	if (result == OD_RESULT_OK) {
		od_status status = pump(decoder, &feed, document);
		const struct od_source origin = {.path = od_str_from(name), .compression = od_input_compression(input)};
		result = od_decoder_finish(decoder, document, &origin, status);
	}
	od_input_close(input);
	return result;
}

static od_result decode_feed(struct od_decoder *decoder, const struct od_source *origin, const struct feed *feed,
			     od_write_fn write, void *user)
{
	struct od_document *document;
	od_result result = od_decoder_begin(decoder, write, user, &document);
	if (result != OD_RESULT_OK)
		return result;
	od_status status = pump(decoder, feed, document);
	return od_decoder_finish(decoder, document, origin, status);
}

/* A directory of pstore, or a record of it by itself that is still compressed: its name is all that tells. */
static bool is_pstore(const char *path)
{
	struct stat info;
	if (strcmp(path, "-") == 0 || stat(path, &info) < 0)
		return false;
	return S_ISDIR(info.st_mode) || (S_ISREG(info.st_mode) && od_str_ends(od_str_from(path), OD_STR(".enc.z")));
}

static od_result decode_pstore(struct od_decoder *decoder, const char *path, od_write_fn write, void *user)
{
	const struct od_source origin = {.path = od_str_from(path), .format = "pstore"};
	struct od_pstore *pstore;
	if (od_pstore_open(&decoder->trail, path, &pstore) != OD_OK)
		return OD_RESULT_INPUT;
	const struct feed feed = {pstore, read_pstore};
	od_result result = decode_feed(decoder, &origin, &feed, write, user);
	od_pstore_close(pstore);
	return result;
}

od_result od_decode_file(struct od_decoder *decoder, const char *path, od_write_fn write, void *user)
{
	struct od_input *input;
	od_trail_clear(&decoder->trail);
	if (is_pstore(path))
		return decode_pstore(decoder, path, write, user);
	if (od_input_open(&decoder->trail, path, &input) != OD_OK)
		return OD_RESULT_INPUT;
	return decode_input(decoder, path, input, write, user);
}

od_result od_decode_journal(struct od_decoder *decoder, const struct od_journal_options *options, od_write_fn write,
			    void *user)
{
	struct od_journal_options own = {0};
	struct od_journal *journal;

	memcpy(&own, options, options->size < sizeof(own) ? options->size : sizeof(own));
	const struct od_journal_choice choice = {own.directory, own.one_boot, own.boot};
	const char *name = own.directory ? own.directory : "journal";
	const struct od_source origin = {.path = od_str_from(name), .format = "journal"};
	od_trail_clear(&decoder->trail);
	if (od_journal_open(&decoder->trail, &choice, &journal) != OD_OK)
		return OD_RESULT_INPUT;
	const struct feed feed = {journal, read_journal};
	od_result result = decode_feed(decoder, &origin, &feed, write, user);
	od_journal_close(journal);
	return result;
}

od_result od_decode_memory(struct od_decoder *decoder, const char *name, const char *bytes, size_t length,
			   od_write_fn write, void *user)
{
	struct od_input *input;
	od_trail_clear(&decoder->trail);
	if (od_input_open_memory(&decoder->trail, (struct od_str){bytes, length}, &input) != OD_OK)
		return OD_RESULT_NOMEM;
	return decode_input(decoder, name, input, write, user);
}

/* Waits for bytes; false: none came for `timeout` milliseconds (-1: wait on). */
static bool wait_readable(int fd, int timeout)
{
	struct pollfd poller = {.fd = fd, .events = POLLIN};
	int ready;
	do
		ready = poll(&poller, 1, timeout);
	while (ready < 0 && errno == EINTR);
	return ready != 0;
}

static od_status pump_paste(struct od_decoder *decoder, int fd, int settle, struct od_document *document)
{
	char bytes[4096];
	for (;;) {
		if (!wait_readable(fd, od_document_is_settled(document) ? settle : -1))
			return OD_OK;
		ssize_t count = read(fd, bytes, sizeof(bytes));
		if (count < 0 && errno == EINTR)
			continue;
		if (count < 0)
			return od_fail_errno(&decoder->trail, errno, "cannot read");
		if (!count || !od_document_feed(document, (struct od_str){bytes, (size_t)count}))
			return OD_OK;
	}
}

od_result od_decode_paste(struct od_decoder *decoder, int fd, unsigned settle_ms, od_write_fn write, void *user)
{
	struct od_document *document;
	od_result result = od_decoder_begin(decoder, write, user, &document);
	if (result != OD_RESULT_OK)
		return result;
	od_status status = pump_paste(decoder, fd, (int)settle_ms, document);
	const struct od_source origin = {.path = OD_STR("-")};
	return od_decoder_finish(decoder, document, &origin, status);
}
