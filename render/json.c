// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * The JSON contract: one line per document. Every key is written where the contract lists it.
 * An event is complete in itself, so that a document can be written while the log is read.
 */
#include "render/excerpt.h"
#include "render/json_frame.h"
#include "render/render.h"

static void identity(struct od_json *json, const struct od_event *event)
{
	od_json_key_string(json, "kind", od_str_from(od_kinds[event->kind].name));
	od_json_key_string(json, "severity", od_str_from(od_severity_name(event->severity)));
	od_json_key_string(json, "title", event->title);
	od_json_key_string(json, "message", event->message);
	if (event->span.first) {
		od_json_key_number(json, "first_line", od_num(event->span.first));
		od_json_key_number(json, "last_line", od_num(event->span.last));
	}
	od_json_key_seconds(json, "time", event->time_usec);
	od_json_key_string(json, "wall_time", event->wall_time);
}

static void taint(struct od_json *json, const struct od_event *event)
{
	if (!event->taint_raw.len)
		return;
	od_json_key_open(json, "taint", '{');
	od_json_key_string(json, "raw", event->taint_raw);
	od_json_key_open(json, "flags", '[');
	for (size_t i = 0; i < event->taint.count; i++) {
		const struct od_taint_flag *flag = &event->taint.items[i];
		od_json_open(json, '{');
		od_json_key_string(json, "letter", (struct od_str){&flag->letter, 1});
		od_json_key_string(json, "name", flag->name);
		od_json_key_string(json, "meaning", flag->meaning);
		if (flag->line)
			od_json_key_number(json, "line", od_num(flag->line));
		od_json_close(json, '}');
	}
	od_json_close(json, ']');
	od_json_close(json, '}');
}

static void system_state(struct od_json *json, const struct od_event *event)
{
	if (!event->arch && event->likely_arch) {
		od_json_key_string(json, "arch", od_str_from(event->likely_arch->name));
		od_json_key_string(json, "arch_status", OD_STR("likely"));
	}
	if (event->arch) {
		od_json_key_string(json, "arch", od_str_from(event->arch->name));
		od_json_key_string(json, "endian", od_str_from(event->arch->big_endian ? "big" : "little"));
	}
	od_json_key_string(json, "kernel_release", event->kernel_release);
	od_json_key_string(json, "kernel_version", event->kernel_version);
	od_json_key_string(json, "hardware", event->hardware);
	od_json_key_number(json, "cpu", event->cpu);
	od_json_key_number(json, "pid", event->pid);
	od_json_key_string(json, "comm", event->comm);
	taint(json, event);
	od_json_key_number(json, "counter", event->counter);
	od_json_key_hex(json, "kernel_offset", event->kernel_offset);
}

static void error_code(struct od_json *json, const struct od_error_code *error)
{
	if (!error->value.known && !error->bits.count)
		return;
	od_json_key_open(json, "error_code", '{');
	od_json_key_hex(json, "raw", error->value);
	od_json_key_string(json, "name", error->name);
	if (error->bits.count) {
		od_json_key_open(json, "bits", '[');
		for (size_t i = 0; i < error->bits.count; i++) {
			const struct od_code_bit *bit = &error->bits.items[i];
			od_json_open(json, '{');
			od_json_key_number(json, "bit", od_num(bit->bit));
			od_json_key_string(json, "name", bit->name);
			od_json_key_number(json, "value", od_num(bit->value));
			od_json_key_string(json, "meaning", bit->meaning);
			od_json_close(json, '}');
		}
		od_json_close(json, ']');
	}
	od_json_close(json, '}');
}

static void fault(struct od_json *json, const struct od_fault *fault)
{
	if (!fault->address.known && !fault->access && !fault->mode && !fault->error_code.value.known &&
	    !fault->error_code.bits.count)
		return;
	od_json_key_open(json, "fault", '{');
	od_json_key_hex(json, "address", fault->address);
	od_json_key_string(json, "access", od_str_from(od_access_name(fault->access)));
	od_json_key_string(json, "mode", od_str_from(od_mode_name(fault->mode)));
	error_code(json, &fault->error_code);
	od_json_close(json, '}');
}

/* The lines around the place that a person wants to see first, where the source is at hand. */
static void excerpt(struct od_json *json, const struct od_render_options *options, const struct od_event *event)
{
	const struct od_frame *frame = od_excerpt_frame(event);
	struct od_excerpt excerpt;

	if (!frame || !frame->places.count || !od_excerpt_read(options, &frame->places.items[0], OD_EXCERPT_AROUND, &excerpt))
		return;
	od_json_key_open(json, "excerpt", '{');
	od_json_key_string(json, "file", frame->places.items[0].file);
	od_json_key_number(json, "line", od_num(frame->places.items[0].line));
	od_json_key_open(json, "lines", '[');
	for (size_t i = 0; i < excerpt.count; i++) {
		od_json_open(json, '{');
		od_json_key_number(json, "line", od_num(excerpt.lines[i].number));
		od_json_key_string(json, "text", excerpt.lines[i].text);
		od_json_close(json, '}');
	}
	od_json_close(json, ']');
	od_json_close(json, '}');
}

static void key_frame(struct od_json *json, const char *key, const struct od_frame *frame, const od_frame_variables *variables)
{
	if (!frame)
		return;
	od_json_key(json, key);
	od_json_frame(json, frame, variables);
}

static void registers(struct od_json *json, const char *key, const struct od_register *items, size_t count)
{
	if (!count)
		return;
	od_json_key_open(json, key, '{');
	for (size_t i = 0; i < count; i++) {
		od_json_key_from_log(json, items[i].name);
		od_json_hex(json, items[i].value);
	}
	od_json_close(json, '}');
}

static void machine_state(struct od_json *json, const struct od_event *event)
{
	fault(json, &event->fault);
	key_frame(json, "ip", event->has_ip ? &event->ip : NULL, &event->variables);
	key_frame(json, "responsible", event->responsible, NULL);
	key_frame(json, "lr", event->has_lr ? &event->lr : NULL, &event->variables);
	if (event->source_file.len) {
		od_json_key_open(json, "reported_at", '{');
		od_json_key_string(json, "file", event->source_file);
		od_json_key_number(json, "line", event->source_line);
		od_json_close(json, '}');
	}
	od_json_key_string(json, "condition", event->condition);
	registers(json, "registers", event->registers.items, event->registers.count);
	registers(json, "user_registers", event->user_registers.items, event->user_registers.count);
	od_json_code(json, &event->code);
	od_json_key_open(json, "trace", '[');
	for (size_t i = 0; i < event->trace.count; i++)
		od_json_trace_frame(json, &event->trace.items[i], &event->variables);
	od_json_close(json, ']');
	od_json_traces(json, event);
}

static void object(struct od_json *json, const struct od_object *object)
{
	if (!object->cache.len && !object->address.known && !object->size.known)
		return;
	od_json_key_open(json, "object", '{');
	od_json_key_string(json, "cache", object->cache);
	od_json_key_hex(json, "address", object->address);
	od_json_key_number(json, "size", object->size);
	od_json_key_number(json, "offset", object->offset);
	od_json_close(json, '}');
}

static void locks(struct od_json *json, const struct od_event *event)
{
	if (!event->locks.count)
		return;
	od_json_key_open(json, "locks", '[');
	for (size_t i = 0; i < event->locks.count; i++) {
		const struct od_lock *lock = &event->locks.items[i];
		od_json_open(json, '{');
		od_json_key_string(json, "name", lock->name);
		od_json_key_hex(json, "address", lock->address);
		if (lock->comm.len) {
			od_json_key_open(json, "holder", '{');
			od_json_key_string(json, "comm", lock->comm);
			od_json_key_number(json, "pid", lock->pid);
			od_json_close(json, '}');
		}
		if (lock->frame.raw.len)
			key_frame(json, "frame", &lock->frame, NULL);
		od_json_close(json, '}');
	}
	od_json_close(json, ']');
}

static void modules(struct od_json *json, const struct od_event *event)
{
	if (!event->modules.count)
		return;
	od_json_key_open(json, "modules", '[');
	for (size_t i = 0; i < event->modules.count; i++) {
		const struct od_module *module = &event->modules.items[i];
		if (module->flags.len)
			od_json_string_pair(json, module->name, module->flags);
		else
			od_json_string(json, module->name);
	}
	od_json_close(json, ']');
}

static void completeness(struct od_json *json, const struct od_event *event)
{
	if (event->integrity) {
		od_json_key_open(json, "integrity", '[');
		for (unsigned i = 0; i < OD_INTEGRITY_COUNT; i++)
			if (event->integrity & (1u << i))
				od_json_string(json, od_str_from(od_integrities[i].name));
		od_json_close(json, ']');
	}
	if (!event->unknown_lines.count)
		return;
	od_json_key_open(json, "unknown_lines", '[');
	for (size_t i = 0; i < event->unknown_lines.count; i++) {
		od_json_open(json, '{');
		od_json_key_number(json, "line", od_num(event->unknown_lines.items[i].line));
		od_json_key_string(json, "text", event->unknown_lines.items[i].text);
		od_json_close(json, '}');
	}
	od_json_close(json, ']');
}

static void relations(struct od_json *json, const struct od_event *event)
{
	if (event->repeat_of >= 0)
		od_json_key_number(json, "repeat_of", od_num((uint64_t)event->repeat_of));
	if (event->consequence_of >= 0)
		od_json_key_number(json, "consequence_of", od_num((uint64_t)event->consequence_of));
}

static void explanation(struct od_json *json, const struct od_explanation *explanation)
{
	if (!explanation->sentence.len && !explanation->paragraph.len && !explanation->next.count)
		return;
	od_json_key_open(json, "explanation", '{');
	od_json_key_string(json, "sentence", explanation->sentence);
	od_json_key_string(json, "paragraph", explanation->paragraph);
	od_json_key_strings(json, "next", explanation->next.items, explanation->next.count);
	od_json_close(json, '}');
}

static void signature(struct od_json *json, const struct od_signature *signature)
{
	if (!signature->id.len)
		return;
	od_json_key_open(json, "signature", '{');
	od_json_key_string(json, "id", signature->id);
	od_json_key_number(json, "version", od_num(signature->version));
	od_json_key_strings(json, "basis", signature->basis.items, signature->basis.count);
	od_json_close(json, '}');
}

static void cause(struct od_json *json, const struct od_cause *cause)
{
	if (!cause->confidence)
		return;
	od_json_key_open(json, "cause", '{');
	od_json_key_string(json, "class", od_str_from(cause->class_name));
	od_json_key_string(json, "expression", cause->expression);
	od_json_key_string(json, "pointer", cause->pointer);
	od_json_key_string(json, "type", cause->type);
	od_json_key_string(json, "member", cause->member);
	od_json_key_hex(json, "offset", cause->offset);
	od_json_key_hex(json, "value", cause->value);
	od_json_key_string(json, "confidence", od_str_from(od_confidence_name(cause->confidence)));
	od_json_key_strings(json, "evidence", cause->evidence.items, cause->evidence.count);
	od_json_key_string(json, "text", cause->text);
	od_json_close(json, '}');
}

static void findings(struct od_json *json, const struct od_event *event)
{
	if (!event->findings.count)
		return;
	od_json_key_open(json, "findings", '[');
	for (size_t i = 0; i < event->findings.count; i++) {
		const struct od_finding *finding = &event->findings.items[i];
		od_json_open(json, '{');
		od_json_key_string(json, "class", od_str_from(finding->class_name));
		od_json_key_string(json, "confidence", od_str_from(od_confidence_name(finding->confidence)));
		od_json_key_string(json, "claim", finding->claim);
		od_json_key_strings(json, "evidence", finding->evidence.items, finding->evidence.count);
		od_json_key_strings(json, "drawing", finding->drawing.items, finding->drawing.count);
		od_json_key_string(json, "reference", od_str_from(finding->reference));
		od_json_close(json, '}');
	}
	od_json_close(json, ']');
}

static void begin(struct od_buf *out, const struct od_render_options *options)
{
	struct od_json json = {.out = out};

	od_json_open(&json, '{');
	od_json_key_number(&json, "schema", od_num(1));
	od_json_key_open(&json, "tool", '{');
	od_json_key_string(&json, "name", OD_STR("oopsdecode"));
	od_json_key_string(&json, "version", od_str_from(options->tool_version));
	od_json_close(&json, '}');
	od_json_key_open(&json, "events", '[');
}

static void event(struct od_buf *out, const struct od_render_options *options,
		  const struct od_event *event, uint64_t index)
{
	struct od_json json = {.out = out, .comma = index > 0};

	od_json_open(&json, '{');
	identity(&json, event);
	system_state(&json, event);
	excerpt(&json, options, event);
	machine_state(&json, event);
	object(&json, &event->object);
	od_json_oom(&json, event);
	locks(&json, event);
	modules(&json, event);
	completeness(&json, event);
	relations(&json, event);
	explanation(&json, &event->explanation);
	od_json_images(&json, event);
	cause(&json, &event->cause);
	findings(&json, event);
	signature(&json, &event->signature);
	od_json_close(&json, '}');
}

static void module_lines(struct od_json *json, const struct od_document_end *end)
{
	od_json_key_open(json, "module_lines", '[');
	for (size_t i = 0; i < end->module_line_count; i++) {
		const struct od_module_line *line = &end->module_lines[i];
		od_json_open(json, '{');
		od_json_key_number(json, "line", od_num(line->line));
		od_json_key_string(json, "module", line->module);
		od_json_key_string(json, "what", od_str_from(line->what));
		if (line->taint)
			od_json_key_string(json, "taint", (struct od_str){&line->taint, 1});
		od_json_key_string(json, "text", line->text);
		od_json_close(json, '}');
	}
	od_json_close(json, ']');
}

static void diagnostics(struct od_json *json, const struct od_document_end *end)
{
	static const char *const severities[] = {"note", "warning", "error"};

	od_json_key_open(json, "diagnostics", '[');
	for (size_t i = 0; i < end->diagnostic_count; i++) {
		const struct od_diagnostic *diagnostic = &end->diagnostics[i];
		od_json_open(json, '{');
		od_json_key_string(json, "severity", od_str_from(severities[diagnostic->severity]));
		if (diagnostic->line)
			od_json_key_number(json, "line", od_num(diagnostic->line));
		od_json_key_string(json, "text", diagnostic->text);
		od_json_close(json, '}');
	}
	od_json_close(json, ']');
}

static void source(struct od_json *json, const struct od_source *source)
{
	od_json_key_open(json, "source", '{');
	od_json_key_string(json, "path", source->path);
	od_json_key_string(json, "format", od_str_from(source->format));
	od_json_key_string(json, "compression", od_str_from(source->compression));
	od_json_key_number(json, "lines", od_num(source->lines));
	od_json_key_number(json, "bytes", od_num(source->bytes));
	od_json_close(json, '}');
}

static void end(struct od_buf *out, const struct od_render_options *options,
		const struct od_document_end *end)
{
	struct od_json json = {.out = out, .comma = true};

	od_json_close(&json, ']');
	module_lines(&json, end);
	diagnostics(&json, end);
	if (end->source)
		source(&json, end->source);
	if (options->vmcore)
		od_json_vmcore(&json, options->vmcore);
	od_json_close(&json, '}');
	od_buf_put_char(out, '\n');
}

const struct od_renderer od_render_json = {
	.name = "json",
	.summary = "one JSON document per input, on one line",
	.begin = begin,
	.event = event,
	.end = end,
};
