// SPDX-License-Identifier: GPL-3.0-or-later
/* Source: debuginfod_find_debuginfo(3) of elfutils 0.188, whose ABI has been stable since 0.178. */
#include "symbolize/debuginfod.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { ASKED_LIMIT = 64, ID_SIZE = 129 };

static const char library_name[] = "libdebuginfod.so.1";

/* The functions of the library that are used. */
struct api {
	void *(*begin)(void);
	void (*end)(void *client);
	int (*find)(void *client, const unsigned char *id, int size, char **path);
	void (*set_progress)(void *client, int (*progress)(void *client, long done, long total));
	void (*set_user)(void *client, void *user);
};

struct od_debuginfod {
	od_fetch_progress progress;
	void *user;
	void *library;
	struct api api;
	void *client;
	bool given_up, stopped;
	char *path;
	char asked[ASKED_LIMIT][ID_SIZE]; /* in vain */
	size_t asked_count;
	char reason[256];
};

struct od_debuginfod *od_debuginfod_create(od_fetch_progress progress, void *user)
{
	struct od_debuginfod *debuginfod = calloc(1, sizeof(*debuginfod));

	if (debuginfod) {
		debuginfod->progress = progress;
		debuginfod->user = user;
	}
	return debuginfod;
}

void od_debuginfod_destroy(struct od_debuginfod *debuginfod)
{
	if (!debuginfod)
		return;
	if (debuginfod->client)
		debuginfod->api.end(debuginfod->client);
	free(debuginfod->path);
	free(debuginfod);	/* the library stays: its TLS library does not survive being unloaded */
}

const char *od_debuginfod_reason(const struct od_debuginfod *debuginfod)
{
	return debuginfod->reason;
}

static bool load_api(struct od_debuginfod *debuginfod)
{
	struct api *api = &debuginfod->api;
	const struct {
		const char *name;
		void *function;
	} functions[] = {
		{"debuginfod_begin", &api->begin}, {"debuginfod_end", &api->end},
		{"debuginfod_find_debuginfo", &api->find}, {"debuginfod_set_progressfn", &api->set_progress},
		{"debuginfod_set_user_data", &api->set_user},
	};

	debuginfod->library = dlopen(library_name, RTLD_NOW | RTLD_LOCAL);
	for (size_t i = 0; debuginfod->library && i < sizeof(functions) / sizeof(functions[0]); i++) {
		void *function = dlsym(debuginfod->library, functions[i].name);
		if (!function)
			return false;
		memcpy(functions[i].function, &function, sizeof(function));
	}
	return debuginfod->library;
}

/* The library hands on its client only; whose it is it knows by debuginfod_get_user_data(). */
static int report(void *client, long done, long total)
{
	void *library = dlopen(library_name, RTLD_NOW | RTLD_NOLOAD);
	void *(*get_user)(void *) = NULL;
	void *function = library ? dlsym(library, "debuginfod_get_user_data") : NULL;

	memcpy(&get_user, &function, sizeof(function));
	struct od_debuginfod *debuginfod = get_user ? get_user(client) : NULL;
	if (library)
		dlclose(library);
	if (!debuginfod || !debuginfod->progress)
		return 0;
	debuginfod->stopped = !debuginfod->progress(debuginfod->user, done > 0 ? (uint64_t)done : 0,
						    total > 0 ? (uint64_t)total : 0);
	return debuginfod->stopped;
}

static bool open_client(struct od_debuginfod *debuginfod)
{
	if (debuginfod->client)
		return true;
	if (!load_api(debuginfod)) {
		snprintf(debuginfod->reason, sizeof(debuginfod->reason),
			 "libdebuginfod is not installed (Debian: apt install libdebuginfod1)");
		return false;
	}
	debuginfod->client = debuginfod->api.begin();
	if (!debuginfod->client)
		return false;
	debuginfod->api.set_user(debuginfod->client, debuginfod);
	debuginfod->api.set_progress(debuginfod->client, report);
	return true;
}

static bool was_asked(const struct od_debuginfod *debuginfod, struct od_str id)
{
	for (size_t i = 0; i < debuginfod->asked_count; i++)
		if (od_str_equal(od_str_from(debuginfod->asked[i]), id))
			return true;
	return false;
}

static void fail(struct od_debuginfod *debuginfod, const char *id, int error)
{
	if (debuginfod->asked_count < ASKED_LIMIT)
		snprintf(debuginfod->asked[debuginfod->asked_count++], ID_SIZE, "%s", id);
	debuginfod->given_up = error != ENOENT || debuginfod->asked_count == ASKED_LIMIT;
	if (error == ENOSYS)
		snprintf(debuginfod->reason, sizeof(debuginfod->reason),
			 "no debuginfod server is named; set DEBUGINFOD_URLS, for example to "
			 "https://debuginfod.elfutils.org/");
	else if (debuginfod->stopped)
		snprintf(debuginfod->reason, sizeof(debuginfod->reason), "debuginfod gave no answer in time");
	else
		snprintf(debuginfod->reason, sizeof(debuginfod->reason), "debuginfod: %s",
			 error == ENOENT ? "no server has this build" : strerror(error));
}

const char *od_debuginfod_find(struct od_debuginfod *debuginfod, struct od_str build_id)
{
	char id[ID_SIZE];

	if (!build_id.len || build_id.len >= sizeof(id) || debuginfod->given_up || was_asked(debuginfod, build_id))
		return NULL;
	for (size_t i = 0; i < build_id.len; i++)
		if (!od_is_hex(build_id.ptr[i]))
			return NULL;
	snprintf(id, sizeof(id), "%.*s", OD_FMT(build_id));
	debuginfod->reason[0] = '\0';
	free(debuginfod->path);
	debuginfod->path = NULL;
	if (!open_client(debuginfod)) {
		debuginfod->given_up = true;
		return NULL;
	}
	/* A size of 0 says that the ID is hexadecimal text. */
	int fd = debuginfod->api.find(debuginfod->client, (const unsigned char *)id, 0, &debuginfod->path);
	if (fd < 0) {
		fail(debuginfod, id, -fd);
		return NULL;
	}
	close(fd);
	return debuginfod->path;
}
