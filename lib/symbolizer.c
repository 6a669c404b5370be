// SPDX-License-Identifier: GPL-3.0-or-later
#include "oopsdecode/symbolizer.h"

#include <stdio.h>
#include <stdlib.h>

#include "symbolize/symbolize.h"

/* An answer is an event of one frame, in the words of the public header. */
struct od_symbolizer_session {
	struct od_symbolizer *symbolizer;
	struct od_event *event;	/* of the last answer, which lives in its arena */
	struct od_symbolizer_answer answer;
};

od_result od_symbolizer_open(const struct od_symbolizer_options *options, struct od_symbolizer_session **ret,
			     char *error, size_t error_size)
{
	struct od_symbolizer_options own = {0};
	struct od_symbolizer_session *session = calloc(1, sizeof(*session));
	struct od_trail trail = {.text = "out of memory"};
	od_status status = OD_ERR_NOMEM;

	*ret = NULL;
	memcpy(&own, options, options->size < sizeof(own) ? options->size : sizeof(own));
	const struct od_symbolize_options symbolize = {
		.modules = own.modules,
		.module_count = own.module_count,
		.module_dirs = own.module_dirs,
		.module_dir_count = own.module_dir_count,
		.vmlinux = own.vmlinux,
		.root = own.no_search ? "" : own.root,
		.cache_dir = own.cache_dir,
		.sandbox = own.sandbox,
	};
	if (session) {
		od_trail_clear(&trail);
		status = od_symbolizer_create(&trail, &symbolize, &session->symbolizer);
	}
	if (status == OD_OK) {
		*ret = session;
		return OD_RESULT_OK;
	}
	if (error && error_size)
		snprintf(error, error_size, "%s", trail.text);
	free(session);
	return status == OD_ERR_NOMEM ? OD_RESULT_NOMEM : OD_RESULT_USAGE;
}

void od_symbolizer_close(struct od_symbolizer_session *session)
{
	if (!session)
		return;
	od_event_destroy(session->event);
	od_symbolizer_destroy(session->symbolizer);
	free(session);
}

static struct od_str copy(struct od_event *event, const char *text)
{
	return text ? od_arena_copy(event->arena, od_str_from(text)) : (struct od_str){NULL, 0};
}

static void ask(struct od_event *event, const struct od_symbolizer_query *query)
{
	struct od_frame *frame = &event->ip;

	event->has_ip = true;
	event->kernel_release = copy(event, query->release);
	event->kernel_offset = od_num(query->kernel_offset);
	frame->function = copy(event, query->function);
	frame->module = copy(event, query->module);
	frame->build_id = copy(event, query->build_id);
	frame->is_return_address = query->return_address;
	if (!query->function)
		frame->address = od_num(query->address);
	else
		frame->offset = od_num(query->offset);
	if (query->function_size)
		frame->size = od_num(query->function_size);
}

static const char *text_of(struct od_str text)
{
	return text.ptr ? text.ptr : "";
}

static bool answer_places(const struct od_event *event, struct od_symbolizer_answer *answer)
{
	const struct od_frame *frame = &event->ip;
	struct od_symbolizer_place *places =
		od_arena_alloc(event->arena, (frame->places.count + 1) * sizeof(*places));
	const char **candidates = od_arena_alloc(event->arena, (frame->candidates.count + 1) * sizeof(*candidates));

	if (!places || !candidates)
		return false;
	for (size_t i = 0; i < frame->places.count; i++) {
		const struct od_place *place = &frame->places.items[i];
		places[i] = (struct od_symbolizer_place){text_of(place->function), text_of(place->file),
							 text_of(place->path), place->line, place->column,
							 place->inlined};
	}
	for (size_t i = 0; i < frame->candidates.count; i++)
		candidates[i] = text_of(frame->candidates.items[i]);
	answer->places = places;
	answer->place_count = frame->places.count;
	answer->candidates = candidates;
	answer->candidate_count = frame->candidates.count;
	return true;
}

static bool answer_event(const struct od_event *event, struct od_symbolizer_answer *answer)
{
	const struct od_frame *frame = &event->ip;
	const struct od_image_use *use = NULL;

	if (frame->image > 0 && (size_t)frame->image <= event->images.count)
		use = &event->images.items[frame->image - 1];
	*answer = (struct od_symbolizer_answer){
		.status = od_frame_statuses[frame->status].name,
		.detail = text_of(frame->status_detail),
		.image = use ? text_of(use->path) : "",
		.verdict = use ? od_verdicts[use->verdict].name : "",
	};
	return answer_places(event, answer);
}

od_result od_symbolizer_look_up(struct od_symbolizer_session *session, const struct od_symbolizer_query *query,
				const struct od_symbolizer_answer **ret)
{
	struct od_symbolizer_query own = {0};

	memcpy(&own, query, query->size < sizeof(own) ? query->size : sizeof(own));
	if (!own.function && (!own.address || own.module))
		return OD_RESULT_USAGE;
	od_event_destroy(session->event);
	session->event = od_event_create();
	if (!session->event)
		return OD_RESULT_NOMEM;
	ask(session->event, &own);
	od_symbolize(session->symbolizer, session->event);
	if (!answer_event(session->event, &session->answer) || od_arena_exhausted(session->event->arena))
		return OD_RESULT_NOMEM;
	*ret = &session->answer;
	return OD_RESULT_OK;
}
