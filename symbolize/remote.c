// SPDX-License-Identifier: GPL-3.0-or-later
#include "symbolize/remote.h"

#include <string.h>

#include "symbolize/protocol.h"

/* Asks, and waits for the answer. False: there is none any more, or it is a no (*ret is that, then). */
static bool ask(struct od_remote *remote, enum od_say type, struct od_str bytes, struct od_message *ret)
{
	const struct od_message message = {.type = type, .bytes = bytes, .fd = -1};

	*ret = (struct od_message){.status = 1, .fd = -1};
	return od_channel_send(remote->channel, &message) && od_channel_receive(remote->channel, OD_SAY_LIMIT, ret) &&
	       ret->type == (uint32_t)type && !ret->status;
}

/* Text with the NUL at its end. */
static struct od_str whole(const char *text)
{
	return (struct od_str){text, strlen(text) + 1};
}

static od_status open_file(void *user, struct od_trail *trail, const char *path, int *ret)
{
	struct od_message answer;

	if (ask(user, OD_SAY_OPEN, whole(path), &answer) && answer.fd >= 0) {
		*ret = answer.fd;
		return OD_OK;
	}
	return od_fail(trail, OD_ERR_IO, "%s", answer.bytes.len > 1 ? answer.bytes.ptr : "cannot open");
}

static void note(void *user, const char *path)
{
	struct od_remote *remote = user;

	od_sandbox_note(remote->board, path);
}

static int load(void *user, const char *name)
{
	struct od_message answer;

	return ask(user, OD_SAY_LOAD, whole(name), &answer) ? answer.fd : -1;
}

static int begin(void *user, uint64_t size)
{
	struct od_message answer;

	return ask(user, OD_SAY_BEGIN, (struct od_str){(const char *)&size, sizeof(size)}, &answer) ? answer.fd : -1;
}

static bool end(void *user, const char *name)
{
	struct od_message answer;

	return ask(user, OD_SAY_END, whole(name ? name : ""), &answer);
}

void od_remote_init(struct od_remote *remote, struct od_channel *channel, struct od_sandbox_board *board)
{
	*remote = (struct od_remote){
		.channel = channel,
		.board = board,
		.opener = {.open = open_file, .working = note, .user = remote},
		.files = {.open = load, .begin = begin, .end = end, .user = remote},
	};
}

static void put_text(struct od_buf *buf, struct od_str text)
{
	od_buf_put(buf, text);
	od_buf_put_char(buf, '\0');
}

/* The paths of a search, each ended by NUL; those of one that was made before are at hand. */
static struct od_str search(struct od_remote *remote, struct od_str asked)
{
	struct od_remote_search *row = &remote->searches[remote->next_search % OD_REMOTE_SEARCHES];
	struct od_message answer;

	for (size_t i = 0; i < OD_REMOTE_SEARCHES; i++)
		if (remote->searches[i].paths.len && od_str_equal(od_buf_str(&remote->searches[i].asked), asked))
			return od_buf_str(&remote->searches[i].paths);
	if (!ask(remote, OD_SAY_SEARCH, asked, &answer) || !answer.bytes.len)
		return (struct od_str){NULL, 0};
	od_buf_clear(&row->asked);
	od_buf_clear(&row->paths);
	od_buf_put(&row->asked, asked);
	od_buf_put(&row->paths, answer.bytes);
	if (row->asked.failed || row->paths.failed)
		od_buf_clear(&row->paths);
	else
		remote->next_search++;
	return answer.bytes;
}

void od_remote_search(struct od_remote *remote, const struct od_wanted *wanted, struct od_arena *arena, od_paths *paths)
{
	struct od_buf asked = {0};
	struct od_str path;

	put_text(&asked, wanted->module);
	put_text(&asked, wanted->release);
	put_text(&asked, wanted->build_id);
	struct od_str found = asked.failed ? (struct od_str){NULL, 0} : search(remote, od_buf_str(&asked));
	while (od_scan_until(&found, '\0', &path)) {
		od_scan_char(&found, '\0');
		struct od_str *item = od_list_push(arena, paths);
		if (item)
			*item = od_arena_copy(arena, path);
	}
	od_buf_deinit(&asked);
}

const char *od_remote_fetch(struct od_remote *remote, struct od_str build_id)
{
	struct od_message answer;
	struct od_buf asked = {0};

	put_text(&asked, build_id);
	od_buf_clear(&remote->fetched);
	if (!asked.failed && ask(remote, OD_SAY_FETCH, od_buf_str(&asked), &answer))
		od_buf_put(&remote->fetched, answer.bytes);
	od_buf_deinit(&asked);
	return remote->fetched.len && remote->fetched.data[0] ? remote->fetched.data : NULL;
}

const char *od_remote_fetch_reason(const struct od_remote *remote)
{
	struct od_str rest = {remote->fetched.data, remote->fetched.len};
	ptrdiff_t end = od_str_find_char(rest, '\0');

	return end >= 0 && (size_t)end + 1 < rest.len ? rest.ptr + end + 1 : "";
}

bool od_remote_write(struct od_remote *remote, struct od_str bytes)
{
	struct od_message answer;

	return ask(remote, OD_SAY_OUTPUT, bytes, &answer);
}
