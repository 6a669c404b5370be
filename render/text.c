// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * The view for people. The order is that in which they ask: what happened, where, why, in
 * which situation; then the evidence; then what to do.
 */
#include "render/text_parts.h"

#include <inttypes.h>

static enum od_style severity_style(enum od_severity severity)
{
	static const enum od_style styles[] = {
		[OD_SEVERITY_INFO] = OD_STYLE_BOLD,	  [OD_SEVERITY_REPORT] = OD_STYLE_CAUTION,
		[OD_SEVERITY_STALL] = OD_STYLE_CAUTION,	  [OD_SEVERITY_WARNING] = OD_STYLE_CAUTION,
		[OD_SEVERITY_BUG] = OD_STYLE_FATAL,	  [OD_SEVERITY_OOPS] = OD_STYLE_FATAL,
		[OD_SEVERITY_PANIC] = OD_STYLE_FATAL,
	};
	return styles[severity];
}

static void when(struct od_page *page, const struct od_event *event)
{
	if (event->wall_time.len) {
		od_page_say(page, OD_STYLE_DIM, " · ");
		od_page_words(page, OD_STYLE_DIM, event->wall_time);
	} else if (event->time_usec.known) {
		od_page_sayf(page, OD_STYLE_DIM, " · %" PRIu64 ".%06" PRIu64 " s",
			     event->time_usec.value / 1000000, event->time_usec.value % 1000000);
	}
}

/* ━━ Event 1 · lines 382–431 · 5.145148 s ━━━━━━ */
static void separator(struct od_page *page, const struct od_event *event, uint64_t index)
{
	if (index)
		od_page_skip(page);
	od_page_line(page, 0, 0);
	od_page_say(page, OD_STYLE_DIM, "━━ ");
	od_page_sayf(page, OD_STYLE_BOLD, "Event %" PRIu64, index + 1);
	if (event->span.first)
		od_page_sayf(page, OD_STYLE_DIM, " · lines %" PRIu64 "–%" PRIu64, event->span.first,
			     event->span.last);
	when(page, event);
	if (page->column + 4 < page->wrap) {
		od_page_piece(page, OD_STYLE_PLAIN, OD_STR(" "));
		od_page_rule(page, OD_STYLE_DIM, "━");
	}
	od_page_end(page);
}

static void headline(struct od_page *page, const struct od_event *event)
{
	static const char *const accesses[] = {": address", ": read from address", ": write to address",
					       ": execution at address"};
	enum od_style style = severity_style(event->severity);

	od_page_line(page, 0, 2);
	od_page_words(page, style, event->title.len ? event->title : od_str_from(od_kinds[event->kind].title));
	if (event->fault.address.known)
		od_page_sayf(page, style, "%s 0x%" PRIx64, accesses[event->fault.access],
			     event->fault.address.value);
	od_page_end(page);
}

static void relations(struct od_page *page, const struct od_event *event)
{
	if (event->repeat_of >= 0) {
		od_page_line(page, 0, 2);
		od_page_sayf(page, OD_STYLE_CAUTION, "The same as event %" PRId64 ", again.",
			     event->repeat_of + 1);
		od_page_end(page);
	}
	if (event->consequence_of >= 0) {
		od_page_line(page, 0, 2);
		od_page_sayf(page, OD_STYLE_CAUTION, "A consequence of event %" PRId64 ": look at that one first.",
			     event->consequence_of + 1);
		od_page_end(page);
	}
	od_page_skip(page);
}

static void text_row(struct od_page *page, const char *label, struct od_str text)
{
	if (!text.len)
		return;
	od_page_label(page, label);
	od_page_words(page, OD_STYLE_PLAIN, text);
	od_page_end(page);
}

static void access_bits(struct od_page *page, const struct od_error_code *error)
{
	unsigned widest = 0;

	for (size_t i = 0; i < error->bits.count; i++)
		if (error->bits.items[i].name.len > widest && error->bits.items[i].name.len < 16)
			widest = (unsigned)error->bits.items[i].name.len;
	for (size_t i = 0; i < error->bits.count; i++) {
		const struct od_code_bit *bit = &error->bits.items[i];
		enum od_style style = bit->value ? OD_STYLE_PLAIN : OD_STYLE_DIM;
		od_page_line(page, OD_PAGE_LABEL_WIDTH, OD_PAGE_LABEL_WIDTH + 2);
		od_page_piecef(page, style, "bit %-2u ", bit->bit);
		unsigned column = page->column + widest;
		od_page_piece(page, style, bit->name);
		od_page_to(page, column);
		od_page_piecef(page, style, " = %u  ", bit->value);
		page->fresh = true;
		od_page_words(page, style, bit->meaning);
		od_page_end(page);
	}
}

/* The address stands in the headline. */
static void access_row(struct od_page *page, const struct od_event *event)
{
	static const char *const accesses[] = {"access", "read", "write", "execution"};
	static const char *const modes[] = {"", " by the kernel", " by a user program"};
	const struct od_fault *fault = &event->fault;
	const struct od_error_code *error = &fault->error_code;
	bool any = fault->access || fault->mode;

	if (!any && !error->name.len)
		return;
	od_page_label(page, any ? "Access" : "Error");
	if (any) {
		od_page_say(page, OD_STYLE_PLAIN, accesses[fault->access]);
		od_page_say(page, OD_STYLE_PLAIN, modes[fault->mode]);
	}
	if (error->raw.len) {
		od_page_say(page, OD_STYLE_DIM, any ? ", error code " : "error code ");
		od_page_words(page, OD_STYLE_DIM, error->raw);
	}
	if (error->raw.len && error->name.len) {
		od_page_say(page, OD_STYLE_DIM, " (");
		od_page_words(page, OD_STYLE_DIM, error->name);
		od_page_say(page, OD_STYLE_DIM, ")");
	}
	od_page_end(page);
	access_bits(page, error);
}

static void object_row(struct od_page *page, const struct od_object *object)
{
	if (!object->cache.len && !object->address.known)
		return;
	od_page_label(page, "Object");
	od_page_words(page, OD_STYLE_PLAIN, object->cache);
	if (object->address.known)
		od_page_sayf(page, OD_STYLE_PLAIN, " at 0x%" PRIx64, object->address.value);
	if (object->size.known)
		od_page_sayf(page, OD_STYLE_PLAIN, ", %" PRIu64 " bytes", object->size.value);
	if (object->offset.known)
		od_page_sayf(page, OD_STYLE_PLAIN, ", accessed at offset %" PRIu64, object->offset.value);
	od_page_end(page);
}

static void lock_rows(struct od_page *page, const struct od_event *event)
{
	for (size_t i = 0; i < event->locks.count; i++) {
		const struct od_lock *lock = &event->locks.items[i];
		od_page_label(page, i ? "" : "Locks");
		od_page_words(page, OD_STYLE_PLAIN, lock->name);
		if (lock->frame.raw.len) {
			od_page_say(page, OD_STYLE_DIM, " taken at ");
			od_page_words(page, OD_STYLE_PLAIN, lock->frame.raw);
		}
		od_page_end(page);
	}
}

static void task_row(struct od_page *page, const struct od_event *event)
{
	const char *comma = "";

	if (!event->comm.len && !event->pid.known && !event->cpu.known)
		return;
	od_page_label(page, "Task");
	if (event->comm.len) {
		od_page_words(page, OD_STYLE_PLAIN, event->comm);
		comma = ", ";
	}
	if (event->pid.known) {
		od_page_sayf(page, OD_STYLE_PLAIN, "%sPID %" PRIu64, comma, event->pid.value);
		comma = ", ";
	}
	if (event->cpu.known)
		od_page_sayf(page, OD_STYLE_PLAIN, "%sCPU %" PRIu64, comma, event->cpu.value);
	od_page_end(page);
}

static void taint(struct od_page *page, const struct od_event *event)
{
	if (!event->has_taint)
		return;
	if (!event->taint.count) {
		text_row(page, "Taint", event->taint_raw.len ? event->taint_raw : OD_STR("none"));
		return;
	}
	od_page_label(page, "Taint");
	for (size_t i = 0; i < event->taint.count; i++) {
		const struct od_taint_flag *flag = &event->taint.items[i];
		if (i)
			od_page_say(page, OD_STYLE_PLAIN, ", ");
		od_page_words(page, OD_STYLE_BOLD, (struct od_str){&flag->letter, 1});
		od_page_say(page, OD_STYLE_PLAIN, " ");
		od_page_words(page, OD_STYLE_PLAIN, flag->name);
		if (flag->line)
			od_page_sayf(page, OD_STYLE_DIM, " (line %" PRIu64 ")", flag->line);
	}
	od_page_end(page);
}

static void system_rows(struct od_page *page, const struct od_event *event)
{
	task_row(page, event);
	if (event->kernel_release.len) {
		od_page_label(page, "Kernel");
		od_page_words(page, OD_STYLE_PLAIN, event->kernel_release);
		if (event->kernel_version.len) {
			od_page_say(page, OD_STYLE_DIM, " ");
			od_page_words(page, OD_STYLE_DIM, event->kernel_version);
		}
		if (event->arch)
			od_page_sayf(page, OD_STYLE_DIM, ", %s", event->arch->name);
		else if (event->likely_arch)
			od_page_sayf(page, OD_STYLE_DIM, ", likely %s", event->likely_arch->name);
		od_page_end(page);
	}
	taint(page, event);
	text_row(page, "Hardware", event->hardware);
	text_row(page, "Signature", event->signature.id);
}

static void evidence(struct od_page *page, const struct od_image_use *image)
{
	const char *comma = ": ";

	for (size_t i = 0; i < image->details.count; i++, comma = ", ") {
		od_page_say(page, OD_STYLE_PLAIN, comma);
		od_page_words(page, OD_STYLE_PLAIN, image->details.items[i]);
	}
	if (image->details.count)
		return;
	for (unsigned i = 0; i < OD_EVIDENCE_COUNT; i++) {
		if (!(image->evidence & (1u << i)))
			continue;
		od_page_say(page, OD_STYLE_PLAIN, comma);
		od_page_say(page, OD_STYLE_PLAIN, od_evidences[i].sentence);
		comma = ", ";
	}
}

static void image_rows(struct od_page *page, const struct od_event *event)
{
	static const struct {
		const char *text;
		enum od_style style;
	} verdicts[OD_VERDICT_COUNT] = {
		[OD_VERDICT_UNKNOWN] = {" may be the right file, but nothing in the log proves it", OD_STYLE_CAUTION},
		[OD_VERDICT_MATCH] = {" matches", OD_STYLE_GOOD},
		[OD_VERDICT_MISMATCH] = {" is NOT the file that crashed", OD_STYLE_FATAL},
	};

	for (size_t i = 0; i < event->images.count; i++) {
		const struct od_image_use *image = &event->images.items[i];
		od_page_label(page, i ? "" : "Image");
		od_page_words(page, OD_STYLE_PLAIN, image->path);
		od_page_say(page, verdicts[image->verdict].style, verdicts[image->verdict].text);
		evidence(page, image);
		od_page_end(page);
	}
}

/*
 * Name and value in a grid whose cells fit the usual registers; one with a longer name
 * (kernel_gs_base) takes the next cell too.
 */
static void register_rows(struct od_page *page, const struct od_event *event)
{
	enum { INDENT = 4, NAME = 4, GAP = 2 };
	unsigned value = event->arch && event->arch->bits == 32 ? 10 : 18;
	unsigned cell = NAME + value + GAP;

	if (!event->registers.count)
		return;
	od_page_label(page, "Registers");
	for (size_t i = 0; i < event->registers.count; i++) {
		const struct od_register *reg = &event->registers.items[i];
		unsigned name = (unsigned)od_escape_terminal_width(od_str_first(reg->name, 64)) + 1;
		unsigned start = INDENT;
		while (i && start < page->column + GAP)
			start += cell;
		if (i == 0 || start + (name > NAME ? name : NAME) + value > page->wrap) {
			od_page_end(page);
			od_page_line(page, INDENT, INDENT);
			start = INDENT;
		}
		od_page_to(page, start);
		od_page_piece(page, OD_STYLE_DIM, od_str_first(reg->name, 64));
		od_page_to(page, start + (name > NAME ? name : NAME));
		od_page_piecef(page, OD_STYLE_PLAIN, "0x%" PRIx64, reg->value);
	}
	od_page_end(page);
	od_page_skip(page);
}

static void note_rows(struct od_page *page, const struct od_event *event)
{
	text_row(page, "Details", event->explanation.paragraph);
	for (unsigned i = 0; i < OD_INTEGRITY_COUNT; i++) {
		if (!(event->integrity & (1u << i)))
			continue;
		od_page_label(page, "Note");
		od_page_say(page, OD_STYLE_CAUTION, od_integrities[i].sentence);
		od_page_end(page);
	}
	for (size_t i = 0; i < event->explanation.next.count; i++) {
		od_page_label(page, i ? "" : "Next");
		od_page_say(page, OD_STYLE_PLAIN, "· ");
		page->hang = OD_PAGE_LABEL_WIDTH + 2;
		od_page_words(page, OD_STYLE_PLAIN, event->explanation.next.items[i]);
		od_page_end(page);
	}
}

static void begin(struct od_buf *out, const struct od_render_options *options)
{
	/* Of a log nothing: where no event is found, no text is written. */
	if (options->vmcore)
		od_text_vmcore_begin(out, options);
}

static void whole_event(struct od_page *page, const struct od_render_options *options,
			const struct od_event *event)
{
	od_text_source(page, options, event);
	od_text_why(page, options, event);
	access_row(page, event);
	object_row(page, &event->object);
	od_text_oom(page, event);
	lock_rows(page, event);
	system_rows(page, event);
	image_rows(page, event);
	od_page_skip(page);
	od_text_code(page, event);
	od_text_traces(page, options, event);
	register_rows(page, event);
	note_rows(page, event);
}

static void event(struct od_buf *out, const struct od_render_options *options,
		  const struct od_event *event, uint64_t index)
{
	struct od_page page = od_page_on(out, options);

	if (options->vmcore && options->vmcore->parts) /* only parts of the dump were asked for */
		return;
	separator(&page, event, index);
	headline(&page, event);
	relations(&page, event);
	/* What repeats is told once: a log can hold the same warning a thousand times. */
	if (event->repeat_of < 0 || options->raw_trace)
		whole_event(&page, options, event);
	else
		task_row(&page, event);
	od_page_close(&page);
}

static void end(struct od_buf *out, const struct od_render_options *options,
		const struct od_document_end *end)
{
	struct od_page page = od_page_on(out, options);

	if (options->vmcore)
		od_text_vmcore_end(out, options);
	if (options->vmcore && options->vmcore->parts)
		return;
	if (end->event_count)
		od_text_end(&page, end);
}

const struct od_renderer od_render_text = {
	.name = "text",
	.summary = "for people: wrapped to the terminal, with colours where it has them",
	.begin = begin,
	.event = event,
	.end = end,
};
