// SPDX-License-Identifier: GPL-3.0-or-later
#include "symbolize/broker.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "io/opener.h"
#include "symbolize/protocol.h"

void od_broker_deinit(struct od_broker *broker)
{
	for (size_t i = 0; i < broker->avoided_count; i++)
		free(broker->avoided[i].path);
	broker->avoided_count = 0;
	if (broker->drafting)
		od_store_end_file(broker->store, &broker->draft, NULL);
	broker->drafting = false;
}

const char *od_broker_avoids(const struct od_broker *broker, const char *path)
{
	for (size_t i = 0; i < broker->avoided_count; i++)
		if (!strcmp(broker->avoided[i].path, path))
			return broker->avoided[i].why;
	return NULL;
}

static void avoid(struct od_broker *broker, const char *path, const char *why)
{
	struct od_avoided *avoided = broker->avoided;
	char *copy = path[0] ? strdup(path) : NULL;

	if (!copy)
		return;
	if (broker->avoided_count == OD_AVOIDED_LIMIT) {
		free(avoided[0].path);
		memmove(avoided, avoided + 1, --broker->avoided_count * sizeof(*avoided));
	}
	struct od_avoided *last = &avoided[broker->avoided_count++];
	last->path = copy;
	snprintf(last->why, sizeof(last->why), "%s", why);
}

void od_broker_bury(struct od_broker *broker, struct od_sandbox *sandbox, char *why, size_t size)
{
	char path[PATH_MAX];

	snprintf(path, sizeof(path), "%.*s", (int)sizeof(path) - 1, sandbox->board->working);
	od_sandbox_end(sandbox, why, size);
	avoid(broker, path, why);
	if (broker->drafting)
		od_store_end_file(broker->store, &broker->draft, NULL);
	broker->drafting = false;
}

/* The next text of a message, NUL-terminated; "" behind the last. */
static const char *next_text(struct od_str *bytes)
{
	const char *text = bytes->ptr;
	ptrdiff_t end = od_str_find_char(*bytes, '\0');

	if (!bytes->len || end < 0)
		return "";
	*bytes = od_str_from_index(*bytes, (size_t)end + 1);
	return text;
}

static void put_text(struct od_buf *buf, struct od_str text)
{
	od_buf_put(buf, text);
	od_buf_put_char(buf, '\0');
}

/* An answer in the making; the descriptor is closed when it was sent. */
struct answer {
	struct od_buf bytes;
	int status, fd;
};

static void serve_open(struct od_broker *broker, struct od_str asked, struct answer *answer)
{
	const char *path = next_text(&asked), *why = od_broker_avoids(broker, path);
	struct od_trail trail = {0};

	if (why)
		od_fail(&trail, OD_ERR_IO, "its reader %s", why);
	else if (broker->named && !strcmp(broker->named, path))
		answer->status = od_open_named(&trail, path, &answer->fd) != OD_OK;
	else
		answer->status = od_open_regular(&trail, path, &answer->fd) != OD_OK;
	put_text(&answer->bytes, od_str_from(trail.text));
}

static void serve_search(struct od_broker *broker, struct od_str asked, struct answer *answer)
{
	struct od_arena *arena = od_arena_create(OD_SAY_LIMIT);
	struct od_wanted wanted;
	od_paths paths = {0};

	if (!arena || !broker->finder) {
		od_arena_destroy(arena);
		return;
	}
	wanted.module = od_str_from(next_text(&asked));
	wanted.release = od_str_from(next_text(&asked));
	wanted.build_id = od_str_from(next_text(&asked));
	od_finder_search(broker->finder, &wanted, arena, &paths);
	for (size_t i = 0; i < paths.count; i++)
		put_text(&answer->bytes, paths.items[i]);
	od_arena_destroy(arena);
	answer->status = 0;
}

static void serve_fetch(struct od_broker *broker, struct od_str asked, struct answer *answer)
{
	if (!broker->debuginfod)
		return;
	const char *path = od_debuginfod_find(broker->debuginfod, od_str_from(next_text(&asked)));
	put_text(&answer->bytes, od_str_from(path ? path : ""));
	put_text(&answer->bytes, od_str_from(od_debuginfod_reason(broker->debuginfod)));
	answer->status = 0;
}

static void serve_load(struct od_broker *broker, struct od_str asked, struct answer *answer)
{
	answer->fd = broker->store ? od_store_open_file(broker->store, next_text(&asked)) : -1;
	answer->status = answer->fd < 0;
}

static void serve_begin(struct od_broker *broker, struct od_str asked, struct answer *answer)
{
	uint64_t size = UINT64_MAX;

	if (!broker->store || broker->drafting || asked.len != sizeof(size))
		return;
	memcpy(&size, asked.ptr, sizeof(size));
	answer->fd = od_store_begin_file(broker->store, size, &broker->draft);
	answer->status = answer->fd < 0;
	broker->drafting = answer->fd >= 0;
}

static void serve_end(struct od_broker *broker, struct od_str asked, struct answer *answer)
{
	const char *name = next_text(&asked);

	if (!broker->drafting)
		return;
	answer->status = !od_store_end_file(broker->store, &broker->draft, name[0] ? name : NULL);
	broker->drafting = false;
}

bool od_broker_serve(struct od_broker *broker, struct od_sandbox *sandbox, const struct od_message *request)
{
	static void (*const services[])(struct od_broker *, struct od_str, struct answer *) = {
		[OD_SAY_OPEN] = serve_open, [OD_SAY_SEARCH] = serve_search, [OD_SAY_FETCH] = serve_fetch,
		[OD_SAY_LOAD] = serve_load, [OD_SAY_BEGIN] = serve_begin,   [OD_SAY_END] = serve_end,
	};
	struct answer answer = {.status = 1, .fd = -1};

	if (request->type >= sizeof(services) / sizeof(services[0]) || !services[request->type])
		return false;
	services[request->type](broker, request->bytes, &answer);
	const struct od_message message = {request->type, answer.status, od_buf_str(&answer.bytes), answer.fd};
	bool sent = od_sandbox_send(sandbox, &message);
	if (answer.fd >= 0)
		close(answer.fd);
	od_buf_deinit(&answer.bytes);
	return sent;
}
