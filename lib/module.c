// SPDX-License-Identifier: GPL-3.0-or-later
#include "oopsdecode/module.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "analyzer/module_load.h"
#include "render/module.h"
#include "symbolize/module_info.h"
#include "symbolize/symbolize.h"
#include "symbolize/worker.h"

enum { PATH_SIZE = 4096 };

struct request {
	struct od_module_options options;
	struct od_trail trail;
	struct od_module_file *file;
	struct od_kernel kernel;
	struct od_load load;
	struct od_module_place *places;
	od_result failure;	/* what a failed step means to the caller */
	const struct od_opener *opener; /* NULL: this process */
	char directory[PATH_SIZE], symvers[PATH_SIZE + 16]; /* of the kernel; "": none */
};

static void request_deinit(struct request *request)
{
	od_module_file_close(request->file);
	free(request->places);
}

/* A release's build directory, where Debian and others have it; anything with a slash is one itself. */
static void build_directory(const char *kernel, char *ret, size_t size)
{
	static const char *const places[] = {"/lib/modules/%s/build", "/usr/src/linux-headers-%s"};

	for (size_t i = 0; !strchr(kernel, '/') && i < sizeof(places) / sizeof(places[0]); i++) {
		size_t before = strcspn(places[i], "%");
		snprintf(ret, size, "%.*s%s%s", (int)before, places[i], kernel, places[i] + before + 2);
		if (access(ret, F_OK) == 0)
			return;
	}
	if (strchr(kernel, '/'))
		snprintf(ret, size, "%s", kernel);
}

/* Which of the kernel's files are there. */
static void find_kernel(struct request *request)
{
	const struct od_module_options *options = &request->options;

	if (options->kernel) {
		build_directory(options->kernel, request->directory, sizeof(request->directory));
		snprintf(request->symvers, sizeof(request->symvers), "%s/Module.symvers", request->directory);
		if (access(request->symvers, R_OK) != 0)
			request->symvers[0] = '\0';
	}
}

static od_status read_kernel(struct request *request)
{
	const char *path = request->options.symvers ? request->options.symvers : request->symvers;

	request->failure = OD_RESULT_USAGE;
	if (request->options.kernel) {
		od_status status = od_kernel_read(&request->trail, request->opener, request->file->arena,
						  request->directory, &request->kernel);
		if (status != OD_OK)
			return status;
	}
	if (!path[0])
		return OD_OK;
	request->kernel.has_symvers = true;
	return od_module_check_symvers(&request->trail, request->opener, path, request->file);
}

static od_status locate(struct request *request)
{
	const struct od_module_options *options = &request->options;

	if (!options->address_count)
		return OD_OK;
	request->failure = OD_RESULT_NOMEM;
	request->places = calloc(options->address_count, sizeof(*request->places));
	if (!request->places)
		return od_fail(&request->trail, OD_ERR_NOMEM, "out of memory");
	for (size_t i = 0; i < options->address_count; i++)
		od_module_locate(request->file, options->base, options->addresses[i], &request->places[i]);
	return OD_OK;
}

static od_status render(struct request *request, od_write_fn write, void *user)
{
	const struct od_module_options *options = &request->options;
	struct od_buf out = {0};
	const struct od_module_view view = {
		.module = &request->file->info,
		.load = options->kernel ? &request->load : NULL,
		.places = request->places,
		.place_count = options->address_count,
		.lists = options->lists,
		.tool_version = od_version(),
	};

	request->failure = OD_RESULT_NOMEM;
	if (options->format && !strcmp(options->format, "json"))
		od_render_module_json(&out, &view);
	else
		od_render_module_text(&out, &view);
	bool failed = out.failed || od_arena_exhausted(request->file->arena);
	if (!failed)
		write(user, out.data, out.len);
	od_buf_deinit(&out);
	return failed ? od_fail(&request->trail, OD_ERR_NOMEM, "out of memory") : OD_OK;
}

static od_result describe(struct request *request, const char *path, od_write_fn write, void *user)
{
	od_status status = od_module_file_open(&request->trail, request->opener, path, &request->file);

	if (status == OD_OK)
		status = read_kernel(request);
	if (status == OD_OK && request->options.kernel)
		od_judge_load(request->file->arena, &request->file->info, &request->kernel, &request->load);
	if (status == OD_OK)
		status = locate(request);
	if (status == OD_OK)
		status = render(request, write, user);
	if (status == OD_OK)
		return request->options.kernel && !request->load.loads ? OD_RESULT_NO_EVENT : OD_RESULT_OK;
	return status == OD_ERR_NOMEM ? OD_RESULT_NOMEM : request->failure;
}

/* The same by a child that may open nothing. */
struct confined {
	struct request *request;
	const char *path;
	od_write_fn write;
	void *user;
};

static int describe_confined(void *user, struct od_remote *remote, struct od_buf *text)
{
	const struct confined *confined = user;

	confined->request->opener = &remote->opener;
	od_result result = describe(confined->request, confined->path, od_confined_write, remote);
	od_buf_put_string(text, confined->request->trail.text);
	return (int)result;
}

static bool take_output(void *user, struct od_str bytes)
{
	const struct confined *confined = user;

	return confined->write(confined->user, bytes.ptr, bytes.len);
}

static od_result describe_in_sandbox(struct request *request, const char *path, od_write_fn write, void *user)
{
	struct confined confined = {request, path, write, user};
	const struct od_worker_job job = {describe_confined, take_output, &confined, NULL};
	const struct od_sandbox_limits limits = {0};
	struct od_broker broker = {0};
	struct od_buf text = {0};
	char why[256];
	int result = OD_RESULT_INPUT;

	od_module_prepare_signatures(path);
	if (!od_worker_run(&job, &broker, &limits, &result, &text, why, sizeof(why)))
		od_fail(&request->trail, OD_ERR_IO, "%s: its reader %s", path, why);
	else if (text.len)
		od_fail(&request->trail, OD_ERR_IO, "%s", text.data);
	od_broker_deinit(&broker);
	od_buf_deinit(&text);
	return result < OD_RESULT_OK || result > OD_RESULT_NOMEM ? OD_RESULT_INPUT : (od_result)result;
}

od_result od_module_describe(const struct od_module_options *options, const char *path, od_write_fn write, void *user,
			     char *error, size_t error_size)
{
	__attribute__((cleanup(request_deinit))) struct request request = {.failure = OD_RESULT_INPUT};

	memcpy(&request.options, options, options->size < sizeof(*options) ? options->size : sizeof(*options));
	find_kernel(&request);
	od_result result = request.options.sandbox ? describe_in_sandbox(&request, path, write, user)
						   : describe(&request, path, write, user);
	if (error && error_size && request.trail.text[0])
		snprintf(error, error_size, "%s", request.trail.text);
	return result;
}
