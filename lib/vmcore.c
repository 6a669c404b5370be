// SPDX-License-Identifier: GPL-3.0-or-later
#include "oopsdecode/vmcore.h"

#include "lib/decoder.h"

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
	};
	struct od_document *document;

	render.vmcore = model;
	od_symbolize(decoder->symbolizer, model->stacks);
	od_result result = od_decoder_begin_with(decoder, &tools, &document);
	if (result != OD_RESULT_OK)
		return result;
	od_document_feed(document, model->log);
	const struct od_source origin = {.path = od_str_from(path)};
	return od_decoder_finish(decoder, document, &origin, OD_OK);
}

od_result od_decode_vmcore(struct od_decoder *decoder, const char *path, unsigned views, od_write_fn write, void *user)
{
	struct od_vmcore_file *file;

	od_trail_clear(&decoder->trail);
	od_status status = od_vmcore_open(&decoder->trail, path, &file);
	if (status != OD_OK)
		return status == OD_ERR_NOMEM ? OD_RESULT_NOMEM : OD_RESULT_INPUT;
	od_vmcore_model(file)->parts = views;
	od_result result = decode(decoder, file, path, write, user);
	od_vmcore_close(file);
	return views && result == OD_RESULT_NO_EVENT ? OD_RESULT_OK : result;
}
