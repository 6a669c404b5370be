// SPDX-License-Identifier: GPL-3.0-or-later
/* One event as the JSON contract gives it, section by section; a section without facts writes nothing. */
#include "triage/html.h"

#include "core/escape.h"

struct page {
	struct od_buf *out;
	struct od_arena *scratch;
};

static struct od_str text_of(struct page *page, const struct od_node *node, const char *key)
{
	return od_node_text(page->scratch, od_node_get(node, key));
}

static size_t children(const struct od_node *node, enum od_node_type type)
{
	return node && node->type == type ? node->children : 0;
}

static void heading(struct page *page, const char *text)
{
	od_buf_printf(page->out, "<h2>%s</h2>\n", text);
}

static void list(struct page *page, const struct od_node *texts)
{
	const struct od_node *text = texts ? od_node_first(texts) : NULL;

	if (!children(texts, OD_NODE_ARRAY))
		return;
	od_buf_put_string(page->out, "<ul>\n");
	for (size_t i = 0; i < texts->children; i++, text = od_node_behind(text)) {
		od_html_element(page->out, "li", NULL, od_node_text(page->scratch, text));
		od_buf_put_char(page->out, '\n');
	}
	od_buf_put_string(page->out, "</ul>\n");
}

static void put_why(struct page *page, const struct od_node *event)
{
	const struct od_node *cause = od_node_get(event, "cause"), *explanation = od_node_get(event, "explanation");
	const struct od_str confidence = text_of(page, cause, "confidence");
	const bool certain = od_str_equal(confidence, OD_STR("certain"));

	if (!cause && !explanation)
		return;
	heading(page, "Why");
	if (cause) {
		od_buf_put_string(page->out, "<p>");
		od_html_element(page->out, "span", certain ? "tag certain" : "tag", confidence);
		od_buf_put_char(page->out, ' ');
		od_escape_html(page->out, text_of(page, cause, "text"));
		od_buf_put_string(page->out, "</p>\n");
		list(page, od_node_get(cause, "evidence"));
	}
	od_html_element(page->out, "p", NULL, text_of(page, explanation, "paragraph"));
	if (children(od_node_get(explanation, "next"), OD_NODE_ARRAY)) {
		od_buf_put_string(page->out, "<h3>Next</h3>\n");
		list(page, od_node_get(explanation, "next"));
	}
}

static void put_source(struct page *page, const struct od_node *event)
{
	const struct od_node *excerpt = od_node_get(event, "excerpt"), *lines = od_node_get(excerpt, "lines");
	const struct od_node *line = lines ? od_node_first(lines) : NULL;
	uint64_t fault = 0, number = 0;

	if (!children(lines, OD_NODE_ARRAY))
		return;
	od_node_number(od_node_get(excerpt, "line"), &fault);
	od_buf_put_string(page->out, "<h2>Source</h2>\n<p class=\"mono\">");
	od_escape_html(page->out, text_of(page, excerpt, "file"));
	od_buf_printf(page->out, ":%llu</p>\n<pre>", (unsigned long long)fault);
	for (size_t i = 0; i < lines->children; i++, line = od_node_behind(line)) {
		if (!od_node_number(od_node_get(line, "line"), &number))
			continue;
		od_buf_printf(page->out, "<span%s>%c %5llu │ ", number == fault ? " class=\"fault\"" : "", number == fault ? '>' : ' ',
			      (unsigned long long)number);
		od_escape_html(page->out, text_of(page, line, "text"));
		od_buf_put_string(page->out, "</span>\n");
	}
	od_buf_put_string(page->out, "</pre>\n");
}

static void put_bits(struct page *page, const struct od_node *bits)
{
	const struct od_node *bit = bits ? od_node_first(bits) : NULL;

	if (!children(bits, OD_NODE_ARRAY))
		return;
	od_buf_put_string(page->out, "<table><tr><th>bit<th>name<th>value<th>meaning</tr>\n");
	for (size_t i = 0; i < bits->children; i++, bit = od_node_behind(bit)) {
		uint64_t number = 0, value = 0;
		od_node_number(od_node_get(bit, "bit"), &number);
		od_node_number(od_node_get(bit, "value"), &value);
		od_buf_printf(page->out, "<tr><td>%llu", (unsigned long long)number);
		od_html_element(page->out, "td", "mono", text_of(page, bit, "name"));
		od_buf_printf(page->out, "<td>%llu", (unsigned long long)value);
		od_html_element(page->out, "td", NULL, text_of(page, bit, "meaning"));
		od_buf_put_string(page->out, "</tr>\n");
	}
	od_buf_put_string(page->out, "</table>\n");
}

static void put_access(struct page *page, const struct od_node *event)
{
	const struct od_node *fault = od_node_get(event, "fault"), *error = od_node_get(fault, "error_code");

	if (!fault)
		return;
	heading(page, "Access");
	od_buf_put_string(page->out, "<dl>\n");
	od_html_row(page->out, "Address", text_of(page, fault, "address"));
	od_html_row(page->out, "Access", text_of(page, fault, "access"));
	od_html_row(page->out, "Mode", text_of(page, fault, "mode"));
	od_html_row(page->out, "Error code", text_of(page, error, "raw"));
	od_html_row(page->out, "Read as", text_of(page, error, "name"));
	od_buf_put_string(page->out, "</dl>\n");
	put_bits(page, od_node_get(error, "bits"));
}

static void put_task(struct page *page, const struct od_node *event)
{
	static const struct {
		const char *key, *label;
	} rows[] = {
		{"kernel_release", "Kernel"}, {"kernel_version", "Build"}, {"arch", "Architecture"}, {"hardware", "Hardware"},
		{"comm", "Command"},
	};

	heading(page, "Where it ran");
	od_buf_put_string(page->out, "<dl>\n");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		od_html_row(page->out, rows[i].label, text_of(page, event, rows[i].key));
	for (unsigned i = 0; i < 2; i++) {
		const struct od_node *number = od_node_get(event, i ? "cpu" : "pid");
		if (number && number->type == OD_NODE_NUMBER)
			od_html_row(page->out, i ? "CPU" : "PID", number->raw);
	}
	od_html_row(page->out, "Taint", text_of(page, od_node_get(event, "taint"), "raw"));
	od_buf_put_string(page->out, "</dl>\n");
}

static void put_code(struct page *page, const struct od_node *event)
{
	const struct od_node *code = od_node_get(event, "code"), *lines = od_node_get(code, "disassembly");
	const struct od_node *line = lines ? od_node_first(lines) : NULL;

	if (!children(lines, OD_NODE_ARRAY))
		return;
	heading(page, "Code");
	od_buf_put_string(page->out, "<pre>");
	for (size_t i = 0; i < lines->children; i++, line = od_node_behind(line)) {
		const struct od_node *fault = od_node_get(line, "fault");
		const bool marked = fault && od_str_equal(fault->raw, OD_STR("true"));
		struct od_str bytes = text_of(page, line, "bytes");
		od_buf_put_string(page->out, marked ? "<span class=\"fault\">&gt; " : "<span>  ");
		od_escape_html(page->out, bytes);
		od_buf_pad(page->out, ' ', bytes.len < 30 ? 30 - bytes.len : 1);
		od_escape_html(page->out, text_of(page, line, "text"));
		od_buf_put_string(page->out, "</span>\n");
	}
	od_buf_put_string(page->out, "</pre>\n");
}

static void put_places(struct page *page, const struct od_node *places)
{
	const struct od_node *place = places ? od_node_first(places) : NULL;

	for (size_t i = 0; i < children(places, OD_NODE_ARRAY); i++, place = od_node_behind(place)) {
		uint64_t line;
		if (!od_node_number(od_node_get(place, "line"), &line))
			continue;
		od_buf_put_string(page->out, "<span class=\"src mono\">");
		od_escape_html(page->out, text_of(page, place, "file"));
		od_buf_printf(page->out, ":%llu in ", (unsigned long long)line);
		od_escape_html(page->out, text_of(page, place, "function"));
		od_buf_put_string(page->out, "</span>");
	}
}

static void put_frame(struct page *page, const struct od_node *frame)
{
	const struct od_node *reliable = od_node_get(frame, "reliable");
	const bool doubted = reliable && od_str_equal(reliable->raw, OD_STR("false"));
	const struct od_str context = text_of(page, frame, "context");

	od_buf_put_string(page->out, doubted ? "<li class=\"q\">? " : "<li>");
	od_html_element(page->out, "code", NULL, text_of(page, frame, "raw"));
	if (context.len && !od_str_equal(context, OD_STR("TASK"))) {
		od_buf_put_char(page->out, ' ');
		od_html_element(page->out, "span", "tag", context);
	}
	put_places(page, od_node_get(frame, "source"));
	od_buf_put_string(page->out, "</li>\n");
}

static void put_frames(struct page *page, const struct od_node *frames)
{
	const struct od_node *frame = frames ? od_node_first(frames) : NULL;

	if (!children(frames, OD_NODE_ARRAY))
		return;
	od_buf_put_string(page->out, "<ol class=\"trace\">\n");
	for (size_t i = 0; i < frames->children; i++, frame = od_node_behind(frame))
		put_frame(page, frame);
	od_buf_put_string(page->out, "</ol>\n");
}

static void put_traces(struct page *page, const struct od_node *event)
{
	const struct od_node *ip = od_node_get(event, "ip"), *traces = od_node_get(event, "traces");
	const struct od_node *trace = traces ? od_node_first(traces) : NULL;

	if (ip) {
		heading(page, "At");
		od_buf_put_string(page->out, "<ol class=\"trace\">\n");
		put_frame(page, ip);
		od_buf_put_string(page->out, "</ol>\n");
	}
	if (children(od_node_get(event, "trace"), OD_NODE_ARRAY)) {
		heading(page, "Call trace");
		put_frames(page, od_node_get(event, "trace"));
	}
	for (size_t i = 0; i < children(traces, OD_NODE_ARRAY); i++, trace = od_node_behind(trace)) {
		od_html_element(page->out, "h3", NULL, text_of(page, trace, "role"));
		put_frames(page, od_node_get(trace, "frames"));
	}
}

static void put_registers(struct page *page, const struct od_node *event)
{
	const struct od_node *registers = od_node_get(event, "registers");
	const struct od_node *value = registers ? od_node_first(registers) : NULL;

	if (!children(registers, OD_NODE_OBJECT))
		return;
	heading(page, "Registers");
	od_buf_put_string(page->out, "<div class=\"regs mono\">\n");
	for (size_t i = 0; i < registers->children; i++, value = od_node_behind(value)) {
		od_buf_put_string(page->out, "<span><b>");
		od_escape_html(page->out, value->key);
		od_buf_put_string(page->out, "</b>");
		od_escape_html(page->out, od_node_text(page->scratch, value));
		od_buf_put_string(page->out, "</span>\n");
	}
	od_buf_put_string(page->out, "</div>\n");
}

static void put_images(struct page *page, const struct od_node *event)
{
	const struct od_node *images = od_node_get(event, "images");
	const struct od_node *image = images ? od_node_first(images) : NULL;

	if (!children(images, OD_NODE_ARRAY))
		return;
	heading(page, "Files that were used");
	od_buf_put_string(page->out, "<ul>\n");
	for (size_t i = 0; i < images->children; i++, image = od_node_behind(image)) {
		od_buf_put_string(page->out, "<li><code>");
		od_escape_html(page->out, text_of(page, image, "path"));
		od_buf_put_string(page->out, "</code> ");
		od_html_element(page->out, "span", "tag", text_of(page, image, "verdict"));
		od_buf_put_string(page->out, "</li>\n");
	}
	od_buf_put_string(page->out, "</ul>\n");
}

void od_html_event(struct od_buf *out, struct od_arena *scratch, const struct od_node *event)
{
	struct page page = {out, scratch};
	void (*const sections[])(struct page *page, const struct od_node *event) = {
		put_why, put_source, put_access, put_traces, put_code, put_task, put_registers, put_images,
	};

	for (size_t i = 0; i < sizeof(sections) / sizeof(sections[0]); i++)
		sections[i](&page, event);
}
