// SPDX-License-Identifier: GPL-3.0-or-later
#include "oopsdecode/vmcore.h"

#include "lib/decoder.h"
#include "lib/source.h"
#include "lib/vmcore_values.h"
#include "lib/vmcore_views.h"

_Static_assert((int)OD_VMCORE_SYS == (int)OD_VMCORE_PART_SYS && (int)OD_VMCORE_LOG == (int)OD_VMCORE_PART_LOG &&
	       (int)OD_VMCORE_BT == (int)OD_VMCORE_PART_BT && (int)OD_VMCORE_MOD == (int)OD_VMCORE_PART_MOD &&
	       (int)OD_VMCORE_PS == (int)OD_VMCORE_PART_PS, "views are parts of the model");

static od_result decode(struct od_decoder *decoder, struct od_vmcore_file *file, const char *path, od_write_fn write,
			void *user)
{
	struct od_vmcore *model = od_vmcore_model(file);
	struct od_render_options render = decoder->render;
	const struct od_document_tools tools = {
		.symbolizer = decoder->symbolizer,
		.renderer = decoder->renderer,
		.options = &render,
		.write = write,
		.user = user,
		.vmcore = file,
		.look_at_fault = od_vmcore_look_at_fault,
	};
	struct od_document *document;

	render.vmcore = model;
	od_symbolize(decoder->symbolizer, model->stacks);
	if (model->parts & OD_VMCORE_PART_BT)
		od_vmcore_values(decoder->symbolizer, file);
	od_result result = od_decoder_begin_with(decoder, &tools, &document);
	if (result != OD_RESULT_OK)
		return result;
	od_document_feed(document, model->log);
	const struct od_source origin = {.path = od_str_from(path)};
	return od_decoder_finish(decoder, document, &origin, OD_OK);
}

static od_status ask(struct od_trail *trail, struct od_vmcore_file *file, const struct od_vmcore_views *views)
{
	struct od_vmcore *model = od_vmcore_model(file);

	model->parts = views->parts;
	for (size_t i = 0; i < views->count; i++) {
		od_status status = od_vmcore_ask(trail, file, &views->queries[i]);
		if (status != OD_OK)
			return status;
	}
	for (size_t i = 0; i < model->answers.count; i++) {
		struct od_event *code = model->answers.items[i].code;
		if (!code)
			continue;
		od_disassemble(code);
		od_vmcore_name_targets(file, code);
	}
	return OD_OK;
}

static od_result result_of(od_status status)
{
	switch (status) {
	case OD_OK: return OD_RESULT_OK;
	case OD_ERR_NOMEM: return OD_RESULT_NOMEM;
	case OD_ERR_MISSING: return OD_RESULT_NO_EVENT;
	default: return OD_RESULT_INPUT;
	}
}

static bool read_layouts(void *user, struct od_event *place, const struct od_layout_wish *wish, struct od_arena *arena,
			 struct od_layouts *ret)
{
	return od_symbolizer_layouts(user, place, wish, arena, ret);
}

static od_result see_here(struct od_decoder *decoder, const struct od_opener *opener, const char *path,
			  const struct od_vmcore_views *views, od_write_fn write, void *user)
{
	const struct od_layout_source source = {read_layouts, decoder->symbolizer};
	struct od_vmcore_file *file;
	od_status status = od_vmcore_open(&decoder->trail, opener, views->files, views->file_count, &source, &file);

	if (status != OD_OK)
		return status == OD_ERR_NOMEM ? OD_RESULT_NOMEM : OD_RESULT_INPUT;
	od_result result = result_of(ask(&decoder->trail, file, views));
	if (result == OD_RESULT_OK) {
		result = decode(decoder, file, path, write, user);
		if (views->parts && result == OD_RESULT_NO_EVENT)
			result = OD_RESULT_OK;
	}
	od_vmcore_close(file);
	return result;
}

/* What is to be seen in a dump, by a child that may open nothing. */
struct sight {
	struct od_decoder *decoder;
	const char *path;
	const struct od_vmcore_views *views;
	od_write_fn write;
	void *user;
};

static int see_confined(void *user, const struct od_opener *opener, void *output, struct od_buf *text)
{
	const struct sight *sight = user;

	od_source_reader_use(sight->decoder->sources, opener);
	od_result result = see_here(sight->decoder, opener, sight->path, sight->views, od_confined_write, output);
	od_buf_put_string(text, sight->decoder->trail.text);
	return (int)result;
}

static bool take_output(void *user, struct od_str bytes)
{
	const struct sight *sight = user;

	return sight->write(sight->user, bytes.ptr, bytes.len);
}

static od_result see(struct od_decoder *decoder, const char *path, const struct od_vmcore_views *views,
		     od_write_fn write, void *user)
{
	struct sight sight = {decoder, path, views, write, user};
	const struct od_confined_job job = {see_confined, take_output, &sight, path};
	struct od_buf text = {0};
	char why[256];
	int result = OD_RESULT_INPUT;

	if (!od_symbolizer_is_sandboxed(decoder->symbolizer))
		return see_here(decoder, NULL, path, views, write, user);
	if (!od_symbolizer_confine(decoder->symbolizer, &job, &result, &text, why, sizeof(why)))
		od_fail(&decoder->trail, OD_ERR_IO, "its reader %s", why);
	else if (text.len)
		od_fail(&decoder->trail, OD_ERR_IO, "%s", text.data);
	od_buf_deinit(&text);
	return result < OD_RESULT_OK || result > OD_RESULT_NOMEM ? OD_RESULT_INPUT : (od_result)result;
}

od_result od_decode_vmcore(struct od_decoder *decoder, const char *path, unsigned parts, od_write_fn write, void *user)
{
	struct od_vmcore_views views = {.parts = parts, .files = {path}, .file_count = 1};

	od_trail_clear(&decoder->trail);
	if (parts & OD_VMCORE_BT)
		views.queries[views.count++].question = OD_ASK_STACK_OF_CPUS;
	return see(decoder, path, &views, write, user);
}

od_result od_decode_vmcore_words(struct od_decoder *decoder, const char *path, const char *const *words, size_t count,
				 od_write_fn write, void *user)
{
	struct od_vmcore_views views;

	od_trail_clear(&decoder->trail);
	if (od_vmcore_views_read(&decoder->trail, words, count, &views) != OD_OK)
		return OD_RESULT_USAGE;
	views.files[0] = path;
	return see(decoder, path, &views, write, user);
}
