// SPDX-License-Identifier: GPL-3.0-or-later
#include "render/json_frame.h"

static struct od_num positive(uint64_t number)
{
	return (struct od_num){.value = number, .known = number != 0};
}

static void place(struct od_json *json, const struct od_place *place)
{
	od_json_open(json, '{');
	od_json_key_string(json, "function", place->function);
	od_json_key_string(json, "file", place->file);
	od_json_key_string(json, "path", place->path);
	od_json_key_number(json, "line", positive(place->line));
	od_json_key_number(json, "column", positive(place->column));
	od_json_key_bool(json, "inlined", place->inlined);
	od_json_close(json, '}');
}

static void frame_status(struct od_json *json, const struct od_frame *frame)
{
	if (frame->status != OD_FRAME_UNRESOLVED)
		od_json_key_string(json, "status", od_str_from(od_frame_statuses[frame->status].name));
	od_json_key_string(json, "status_detail", frame->status_detail);
	od_json_key_strings(json, "candidates", frame->candidates.items, frame->candidates.count);
	if (!frame->places.count)
		return;
	od_json_key_open(json, "source", '[');
	for (size_t i = 0; i < frame->places.count; i++)
		place(json, &frame->places.items[i]);
	od_json_close(json, ']');
}

static void frame_text(struct od_json *json, const struct od_frame *frame)
{
	od_json_key_string(json, "raw", frame->raw);
	od_json_key_hex(json, "address", frame->address);
	od_json_key_string(json, "function", frame->function);
	od_json_key_string(json, "demangled", frame->demangled);
	od_json_key_hex(json, "offset", frame->offset);
	od_json_key_hex(json, "size", frame->size);
	od_json_key_string(json, "module", frame->module);
	od_json_key_string(json, "build_id", frame->build_id);
	od_json_key_string(json, "context", frame->context);
}

/* Parameters or the others of a frame; they were read from the last to the first. */
static void variable_list(struct od_json *json, const struct od_frame *frame, const od_frame_variables *variables, bool parameters)
{
	size_t shown = 0;

	for (size_t i = variables->count; i-- > 0;) {
		const struct od_frame_variable *variable = &variables->items[i];
		if (variable->frame != frame || variable->parameter != parameters)
			continue;
		if (!shown++)
			od_json_key_open(json, parameters ? "args" : "locals", '[');
		od_json_open(json, '{');
		od_json_key_string(json, "name", variable->name);
		od_json_key_string(json, "type", variable->type);
		od_json_key_string(json, "function", variable->function);
		od_json_key_string(json, "value", variable->value);
		od_json_key_string(json, "reason", variable->reason);
		od_json_close(json, '}');
	}
	if (shown)
		od_json_close(json, ']');
}

static void frame_variables(struct od_json *json, const struct od_frame *frame, const od_frame_variables *variables)
{
	if (!variables)
		return;
	variable_list(json, frame, variables, true);
	variable_list(json, frame, variables, false);
}

void od_json_frame(struct od_json *json, const struct od_frame *frame, const od_frame_variables *variables)
{
	od_json_open(json, '{');
	frame_text(json, frame);
	frame_status(json, frame);
	frame_variables(json, frame, variables);
	od_json_close(json, '}');
}

void od_json_trace_frame(struct od_json *json, const struct od_frame *frame, const od_frame_variables *variables)
{
	od_json_open(json, '{');
	frame_text(json, frame);
	od_json_key_bool(json, "reliable", !frame->unreliable);
	frame_status(json, frame);
	frame_variables(json, frame, variables);
	od_json_close(json, '}');
}

static void instruction(struct od_json *json, const struct od_code *code,
			const struct od_instruction_text *instruction)
{
	struct od_str bytes = od_str_first(od_str_from_index(code->bytes, instruction->offset),
					   instruction->size);
	od_json_open(json, '{');
	if (code->address.known)
		od_json_key_hex(json, "address", od_num(instruction->address));
	if (bytes.len) {
		od_json_key(json, "bytes");
		od_json_bytes(json, bytes);
	}
	od_json_key_string(json, "text", instruction->text);
	od_json_key_bool(json, "fault", instruction->fault);
	od_json_close(json, '}');
}

static void code_bytes(struct od_json *json, const struct od_code *code)
{
	if (!code->bytes.len)
		return;
	od_json_key(json, "bytes");
	od_json_bytes(json, code->bytes);
	if (code->has_fault_index)
		od_json_key_number(json, "fault_index", od_num(code->fault_index));
}

void od_json_code(struct od_json *json, const struct od_code *code)
{
	static const char *const sources[] = {"", "log", "image", "memory"};

	if (!code->bytes.len && !code->note.len)
		return;
	od_json_key_open(json, "code", '{');
	code_bytes(json, code);
	od_json_key_string(json, "source", od_str_from(sources[code->source]));
	if (code->disassembly.count) {
		od_json_key_open(json, "disassembly", '[');
		for (size_t i = 0; i < code->disassembly.count; i++)
			instruction(json, code, &code->disassembly.items[i]);
		od_json_close(json, ']');
	}
	od_json_key_string(json, "no_disassembly", code->no_disassembly);
	od_json_key_string(json, "note", code->note);
	od_json_close(json, '}');
}

void od_json_traces(struct od_json *json, const struct od_event *event)
{
	if (!event->traces.count)
		return;
	od_json_key_open(json, "traces", '[');
	for (size_t i = 0; i < event->traces.count; i++) {
		const struct od_trace *trace = &event->traces.items[i];
		od_json_open(json, '{');
		od_json_key_string(json, "role", trace->role);
		od_json_key_number(json, "cpu", trace->cpu);
		od_json_key_number(json, "pid", trace->pid);
		od_json_key_string(json, "comm", trace->comm);
		od_json_key_open(json, "frames", '[');
		for (size_t j = 0; j < trace->frames.count; j++)
			od_json_trace_frame(json, &trace->frames.items[j], NULL);
		od_json_close(json, ']');
		od_json_close(json, '}');
	}
	od_json_close(json, ']');
}

static void image(struct od_json *json, const struct od_image_use *image)
{
	od_json_open(json, '{');
	od_json_key_string(json, "module", image->module);
	od_json_key_string(json, "path", image->path);
	od_json_key_string(json, "verdict", od_str_from(od_verdicts[image->verdict].name));
	od_json_key_open(json, "evidence", '[');
	for (unsigned i = 0; i < OD_EVIDENCE_COUNT; i++)
		if (image->evidence & (1u << i))
			od_json_string(json, od_str_from(od_evidences[i].name));
	od_json_close(json, ']');
	od_json_key_strings(json, "details", image->details.items, image->details.count);
	od_json_close(json, '}');
}

void od_json_images(struct od_json *json, const struct od_event *event)
{
	if (!event->images.count)
		return;
	od_json_key_open(json, "images", '[');
	for (size_t i = 0; i < event->images.count; i++)
		image(json, &event->images.items[i]);
	od_json_close(json, ']');
}
