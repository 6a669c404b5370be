// SPDX-License-Identifier: GPL-3.0-or-later
#include "symbolize/demangle.h"
#include "symbolize/symbolize.h"

#include <stdlib.h>

#include "symbolize/advice.h"
#include "symbolize/cache.h"
#include "symbolize/code.h"
#include "symbolize/code_cache.h"
#include "symbolize/facts.h"
#include "symbolize/debuginfod.h"
#include "symbolize/debuglink.h"
#include "symbolize/find.h"
#include "symbolize/frame_scope.h"
#include "symbolize/groups.h"
#include "symbolize/layouts.h"
#include "symbolize/match.h"
#include "symbolize/raw.h"
#include "symbolize/resolve.h"
#include "symbolize/worker.h"

/* Files that are tried for one module. */
enum { TRY_LIMIT = 16 };

struct od_symbolizer {
	struct od_finder *finder;
	struct od_cache cache;
	struct od_code_cache *codes;
	struct od_debuginfod *debuginfod; /* NULL: not asked for */
	struct od_broker broker;
	struct od_worker *worker;	/* who does it for us; NULL: this process does it */
	struct od_remote *remote;	/* in the worker: whom to ask for files; NULL: nobody */
	bool no_facts;
	char *no_worker;		/* why there is none although one was asked for; NULL: there is */
};

static bool open_store(struct od_symbolizer *symbolizer, const struct od_symbolize_options *options)
{
	const uint64_t limit = (uint64_t)512 << 20, smallest = 1 << 20;
	const bool wanted = options->cache_dir && options->cache_dir[0];
	struct od_cache *cache = &symbolizer->cache;

	cache->smallest = options->cache_smallest ? options->cache_smallest : smallest;
	if (wanted)
		cache->store = od_store_create(options->cache_dir, options->cache_limit ? options->cache_limit : limit);
	symbolizer->codes = od_code_cache_create(cache->store);
	return symbolizer->codes && (cache->store || !wanted);
}

static bool open_debuginfod(struct od_symbolizer *symbolizer, const struct od_symbolize_options *options)
{
	if (options->debuginfod)
		symbolizer->debuginfod = od_debuginfod_create(options->fetch_progress, options->fetch_user);
	return symbolizer->debuginfod || !options->debuginfod;
}

/* In the worker: everything outside is asked of the parent. */
static void enter_worker(void *user, struct od_remote *remote)
{
	struct od_symbolizer *symbolizer = user;
	struct od_cache *cache = &symbolizer->cache;

	symbolizer->worker = NULL;
	symbolizer->remote = remote;
	cache->opener = &remote->opener;
	if (cache->store)
		cache->store = od_store_create_with(&remote->files, od_store_limit(cache->store));
}

static void leave_worker(void *user)
{
	struct od_symbolizer *symbolizer = user;

	od_cache_deinit(&symbolizer->cache);
}

static void symbolize(void *user, struct od_event *event, bool disassemble);

/* Without a worker it is done here, which must be said. */
static void start_worker(struct od_symbolizer *symbolizer, const struct od_symbolize_options *options)
{
	const struct od_worker_tools tools = {enter_worker, symbolize, leave_worker, symbolizer};
	const struct od_sandbox_limits limits = {options->sandbox_memory, options->sandbox_seconds};
	struct od_trail trail = {0};

	symbolizer->broker = (struct od_broker){
		.finder = symbolizer->finder, .debuginfod = symbolizer->debuginfod, .store = symbolizer->cache.store};
	if (od_worker_create(&trail, &tools, &symbolizer->broker, &limits, &symbolizer->worker) == OD_OK)
		return;
	od_fail(&trail, OD_ERR_IO, "images are read without a sandbox");
	symbolizer->no_worker = strdup(trail.text);
}

od_status od_symbolizer_create(struct od_trail *trail, const struct od_symbolize_options *options,
			       struct od_symbolizer **ret)
{
	struct od_finder *finder = NULL;
	od_status status = od_finder_create(trail, options, &finder);

	if (status != OD_OK)
		return status;
	struct od_symbolizer *symbolizer = calloc(1, sizeof(*symbolizer));
	if (symbolizer) {
		symbolizer->finder = finder;
		symbolizer->no_facts = options->no_facts;
	}
	if (!symbolizer || !open_store(symbolizer, options) || !open_debuginfod(symbolizer, options)) {
		if (symbolizer)
			od_symbolizer_destroy(symbolizer);
		else
			od_finder_destroy(finder);
		return od_fail(trail, OD_ERR_NOMEM, "out of memory");
	}
	if (options->sandbox)
		start_worker(symbolizer, options);
	*ret = symbolizer;
	return OD_OK;
}

const char *od_symbolizer_note(const struct od_symbolizer *symbolizer, size_t number)
{
	if (symbolizer->worker)
		return od_worker_note(symbolizer->worker, number);
	return number ? NULL : symbolizer->no_worker;
}

void od_symbolizer_destroy(struct od_symbolizer *symbolizer)
{
	if (!symbolizer)
		return;
	od_worker_destroy(symbolizer->worker);
	od_broker_deinit(&symbolizer->broker);
	free(symbolizer->no_worker);
	od_code_cache_destroy(symbolizer->codes);
	od_cache_deinit(&symbolizer->cache);
	od_debuginfod_destroy(symbolizer->debuginfod);
	od_finder_destroy(symbolizer->finder);
	free(symbolizer);
}

static struct od_str printed_build_id(const struct od_group *group)
{
	for (size_t i = 0; i < group->frames.count; i++)
		if (group->frames.items[i]->build_id.len)
			return group->frames.items[i]->build_id;
	return (struct od_str){NULL, 0};
}

/* Files named with -m may be called anything: the module's name is inside. */
static void add_named(struct od_symbolizer *symbolizer, const struct od_group *group, struct od_arena *arena,
		      od_paths *paths)
{
	const char *const *named;
	size_t count = od_finder_named(symbolizer->finder, &named);

	for (size_t i = 0; group->module.len && i < count && i < OD_CACHE_SIZE / 2; i++) {
		const struct od_image *image = od_cache_get(&symbolizer->cache, named[i]);
		/* one that cannot be read may have been meant: what is wrong with it is the answer then */
		if (!image || (!image->fault && !od_str_equal_module(image->name, group->module)))
			continue;
		struct od_str *path = od_list_push(arena, paths);
		if (path)
			*path = od_str_from(named[i]);
	}
}

static od_paths search(struct od_symbolizer *symbolizer, const struct od_event *event, const struct od_group *group)
{
	od_paths paths = {0};
	struct od_wanted wanted = {group->module, event->kernel_release, printed_build_id(group)};

	if (!od_finder_may_find(symbolizer->finder, &wanted)) /* it is not worth a question */
		return paths;
	if (symbolizer->remote)
		od_remote_search(symbolizer->remote, &wanted, event->arena, &paths);
	else
		od_finder_search(symbolizer->finder, &wanted, event->arena, &paths);
	const char *const *named;
	size_t count = od_finder_named(symbolizer->finder, &named);
	bool first_is_named = false;
	for (size_t i = 0; i < count && paths.count; i++)
		first_is_named |= od_str_equal(paths.items[0], od_str_from(named[i]));
	if (first_is_named)
		return paths;
	od_paths by_name = {0};
	add_named(symbolizer, group, event->arena, &by_name);
	for (size_t i = 0; i < paths.count && by_name.count; i++) {
		struct od_str *path = od_list_push(event->arena, &by_name);
		if (path)
			*path = paths.items[i];
	}
	return by_name.count ? by_name : paths;
}

/* The image that a group's frames are looked up in. */
struct chosen {
	struct od_image *image;	/* NULL: none */
	size_t use;		/* index in event->images */
	struct od_str fault;	/* what is wrong with a file that is of no use */
};

static bool judge(struct od_event *event, const struct od_group *group, struct od_image *image,
		  struct chosen *chosen)
{
	struct od_image_use *use = od_list_push(event->arena, &event->images);

	if (!use)
		return false;
	use->module = group->module;
	use->path = od_arena_copy(event->arena, od_str_from(image->path));
	od_match(image, event, group, use);
	bool fits = use->verdict != OD_VERDICT_MISMATCH;
	if (!chosen->image || fits) {
		chosen->image = image;
		chosen->use = event->images.count - 1;
	}
	return fits;
}

/* A file that the user named was passed over for this one: that must be seen. */
static void warn_of_substitute(struct od_event *event, const struct chosen *chosen, size_t first)
{
	if (chosen->use == first)
		return;
	struct od_image_use *use = &event->images.items[chosen->use];
	const struct od_image_use *refused = &event->images.items[first];
	if (use->verdict == OD_VERDICT_MISMATCH)
		return;
	struct od_str *item = od_list_push(event->arena, &use->details);
	if (item)
		*item = od_arena_printf(event->arena, "used instead of %.*s, which is NOT the file that crashed",
					OD_FMT(refused->path));
}

/* The image at the path; of one without symbols the file that has them. NULL: out of memory. */
static struct od_image *open_image(struct od_symbolizer *symbolizer, const char *path, struct od_arena *scratch)
{
	bool anywhere;
	struct od_str root = od_finder_root(symbolizer->finder, &anywhere);
	struct od_image *image = od_cache_get(&symbolizer->cache, path);

	od_opener_working(symbolizer->cache.opener, path);
	if (!image || image->fault != OD_IMAGE_NO_SYMBOLS || !image->sections)
		return image;
	od_image_find_debug(image, root, anywhere, scratch);
	return image->debug && !image->debug->fault ? image->debug : image;
}

/* The first file that is not proven to be another one; else the first that is one at all. */
static struct chosen choose(struct od_symbolizer *symbolizer, struct od_event *event, const struct od_group *group)
{
	od_paths paths = search(symbolizer, event, group);
	struct chosen chosen = {0};
	size_t first = event->images.count;

	for (size_t i = 0; i < paths.count && i < TRY_LIMIT; i++) {
		struct od_image *image = open_image(symbolizer, paths.items[i].ptr, event->arena);
		char text[OD_TRAIL_SIZE + 512];
		if (!image)
			continue;
		if (!image->fault) {
			if (judge(event, group, image, &chosen))
				break;
			continue;
		}
		od_image_fault_text(image, text, sizeof(text));
		if (!chosen.fault.len)
			chosen.fault = od_arena_copy(event->arena, od_str_from(text));
	}
	if (chosen.image)
		warn_of_substitute(event, &chosen, first);
	return chosen;
}

/* The path of the build's debug info from a server; NULL: it was not to be had. */
static const char *fetch_path(struct od_symbolizer *symbolizer, struct od_str build_id)
{
	if (!symbolizer->debuginfod || !build_id.len)
		return NULL;
	return symbolizer->remote ? od_remote_fetch(symbolizer->remote, build_id)
				  : od_debuginfod_find(symbolizer->debuginfod, build_id);
}

static const char *fetch_reason(const struct od_symbolizer *symbolizer)
{
	return symbolizer->remote ? od_remote_fetch_reason(symbolizer->remote) : od_debuginfod_reason(symbolizer->debuginfod);
}

/* The debug info of the build from a server; NULL: it has none, or it gave another file. */
static struct od_image *fetch(struct od_symbolizer *symbolizer, struct od_str build_id)
{
	const char *path = fetch_path(symbolizer, build_id);
	struct od_image *image = path ? od_image_open(symbolizer->cache.opener, path) : NULL;

	if (image && od_str_equal(od_str_from(image->build_id), build_id) && od_image_has_dwarf(image))
		return image;
	od_image_close(image);
	return NULL;
}

/* Gives the group's image its debug info from a server, or the group an image, where there is none here. */
static void fetch_missing(struct od_symbolizer *symbolizer, struct od_event *event, const struct od_group *group,
			  struct chosen *chosen)
{
	if (chosen->image) {
		struct od_image *image = chosen->image;
		if (!image->debug && !od_image_has_dwarf(image))
			image->debug = fetch(symbolizer, od_str_from(image->build_id));
		return;
	}
	struct od_str build_id = printed_build_id(group);
	const char *path = fetch_path(symbolizer, build_id);
	struct od_image *image = path ? od_cache_get(&symbolizer->cache, path) : NULL;
	if (!image)
		return;
	if (image->fault || !od_str_equal(od_str_from(image->build_id), build_id))
		chosen->fault = od_arena_printf(event->arena, "debuginfod gave %s, which is not of build %.*s", path,
						OD_FMT(build_id));
	else
		judge(event, group, image, chosen);
}

/* Why a server did not help, behind what is missing. */
static struct od_str add_reason(const struct od_symbolizer *symbolizer, const struct od_event *event,
				const struct od_image *image, const struct od_group *group, struct od_str detail)
{
	if (!symbolizer->debuginfod)
		return detail;
	const char *reason = fetch_reason(symbolizer);
	if (!reason[0] && !printed_build_id(group).len && !(image && image->build_id[0]))
		reason = "there is no build ID to ask debuginfod for";
	return reason[0] ? od_arena_printf(event->arena, "%.*s; %s", OD_FMT(detail), reason) : detail;
}

static struct od_str mismatch_detail(const struct od_event *event, const struct od_image_use *use)
{
	if (!use->details.count)
		return use->path;
	return od_arena_printf(event->arena, "%.*s: %.*s", OD_FMT(use->path), OD_FMT(use->details.items[0]));
}

static void refuse(const struct od_group *group, enum od_frame_status status, struct od_str detail, int image)
{
	for (size_t i = 0; i < group->frames.count; i++) {
		struct od_frame *frame = group->frames.items[i];
		frame->status = status;
		frame->status_detail = detail;
		frame->image = image;
	}
}

/* Instructions from the image, where the log could not read them. */
static void take_code(struct od_event *event, const struct od_group *group, const struct chosen *chosen)
{
	uint64_t address;

	if (!event->has_ip || !event->ip.function.len || event->code.bytes.len ||
	    !od_str_equal_module(event->ip.module, group->module) ||
	    !od_frame_address(chosen->image, &event->ip, &address))
		return;
	od_code_from_image(chosen->image, event, address);
}

/* Addresses that the log does not name, where it tells how far the kernel was moved. */
static void resolve_raw(const struct od_groups *groups, struct od_image *image, int number)
{
	uint64_t slide;

	if (!groups->raw.count || !od_kernel_slide(image, groups->event, &slide))
		return;
	for (size_t i = 0; i < groups->raw.count; i++)
		if (od_resolve_raw(image, groups->event, groups->raw.items[i], slide))
			groups->raw.items[i]->image = number;
}

/* The same of a module, section by section. */
static void resolve_raw_of_module(const struct od_groups *groups, const struct od_group *group, struct od_image *image, int number)
{
	uint64_t slide;

	for (size_t i = 0; i < groups->raw.count; i++)
		if (od_module_slide(image, group, groups->raw.items[i], &slide) &&
		    od_resolve_raw(image, groups->event, groups->raw.items[i], slide))
			groups->raw.items[i]->image = number;
}

static void symbolize_group(struct od_symbolizer *symbolizer, const struct od_groups *groups, const struct od_group *group)
{
	struct od_event *event = groups->event;
	struct chosen chosen = choose(symbolizer, event, group);
	if (!chosen.image)
		fetch_missing(symbolizer, event, group, &chosen);
	int number = (int)chosen.use + 1;

	if (!chosen.image) {
		struct od_str detail = chosen.fault.len ? chosen.fault
							: od_advise_missing(event->arena, event, group->module);
		refuse(group, OD_FRAME_NO_IMAGE, add_reason(symbolizer, event, NULL, group, detail), 0);
		return;
	}
	const struct od_image_use *use = &event->images.items[chosen.use];
	if (use->verdict == OD_VERDICT_MISMATCH) {
		refuse(group, OD_FRAME_MISMATCH, mismatch_detail(event, use), number);
		return;
	}
	bool anywhere;
	struct od_str root = od_finder_root(symbolizer->finder, &anywhere);
	od_image_find_debug(chosen.image, root, anywhere, event->arena);
	fetch_missing(symbolizer, event, group, &chosen);
	od_opener_working(symbolizer->cache.opener, chosen.image->debug ? chosen.image->debug->path : chosen.image->path);
	for (size_t i = 0; i < group->frames.count; i++) {
		group->frames.items[i]->image = number;
		struct od_frame *frame = group->frames.items[i];
		od_resolve_frame(chosen.image, event, frame);
		if (frame->status == OD_FRAME_NO_DEBUG_INFO)
			frame->status_detail = add_reason(symbolizer, event, chosen.image, group, frame->status_detail);
	}
	take_code(event, group, &chosen);
	if (group->module.len)
		resolve_raw_of_module(groups, group, chosen.image, number);
	else
		resolve_raw(groups, chosen.image, number);
	if (!symbolizer->no_facts)
		od_facts_gather(chosen.image, event, group, &event->images.items[chosen.use]);
}

static void disassemble_code(struct od_symbolizer *symbolizer, struct od_event *event)
{
	const char *why = od_broker_avoids(&symbolizer->broker, OD_BROKER_CODE);

	od_opener_working(symbolizer->cache.opener, OD_BROKER_CODE);
	if (why && event->code.bytes.len)
		event->code.no_disassembly = od_arena_printf(event->arena, "the disassembler %s", why);
	if (!why)
		od_disassemble(event);
}

static void symbolize(void *user, struct od_event *event, bool disassemble)
{
	struct od_symbolizer *symbolizer = user;
	struct od_groups groups = {.event = event};

	od_groups_collect(&groups);
	if (groups.raw.count && event->kernel_offset.known)
		od_groups_find(&groups, (struct od_str){NULL, 0}); /* the addresses may be of the kernel */
	for (size_t i = 0; i < groups.items.count; i++)
		symbolize_group(symbolizer, &groups, &groups.items.items[i]);
	if (disassemble)
		disassemble_code(symbolizer, event);
}

/* The worker could not do it. */
static void refuse_all(struct od_event *event, const char *why)
{
	struct od_groups groups = {.event = event};
	struct od_str detail = od_arena_printf(event->arena, "the reader of images %s", why);

	od_groups_collect(&groups);
	for (size_t i = 0; i < groups.items.count; i++)
		refuse(&groups.items.items[i], OD_FRAME_NO_IMAGE, detail, 0);
	if (event->code.bytes.len)
		event->code.no_disassembly = detail;
}

static bool symbolize_somewhere(struct od_symbolizer *symbolizer, struct od_event *event, bool disassemble)
{
	char why[512];

	if (!symbolizer->worker)
		symbolize(symbolizer, event, disassemble);
	else if (!od_worker_symbolize(symbolizer->worker, event, disassemble, why, sizeof(why))) {
		refuse_all(event, why);
		return false;
	}
	return true;
}

/*
 * The code is in the log, and its disassembly is known; or it is in the image, and most likely is. Else the worker
 * needs a disassembler, which takes longer to load than all the rest.
 */
static bool symbolize_known(struct od_symbolizer *symbolizer, struct od_event *event)
{
	struct od_code_cache *codes = symbolizer->codes;
	const bool known = od_code_cache_recall(codes, event);
	const struct od_code code = event->code;

	if (!known && (!symbolizer->worker || code.bytes.len || !od_code_cache_expects(codes, event)))
		return false;
	const bool done = symbolize_somewhere(symbolizer, event, false);
	if (known)
		event->code = code;
	else if (done && !event->code.bytes.len)
		od_disassemble(event); /* says that there is no code */
	return known || !done || !event->code.bytes.len || od_code_cache_recall(codes, event);
}

void od_symbolize(struct od_symbolizer *symbolizer, struct od_event *event)
{
	if (!symbolize_known(symbolizer, event) && symbolize_somewhere(symbolizer, event, true))
		od_code_cache_learn(symbolizer->codes, event);
	od_demangle_event(event);
}

/* The image that a frame of the event was resolved in, in this process; NULL: there is none. */
static struct od_image *resolved_image(struct od_symbolizer *symbolizer, const struct od_event *event, const struct od_frame *frame)
{
	if (symbolizer->worker || frame->status != OD_FRAME_RESOLVED || frame->image < 1 ||
	    (size_t)frame->image > event->images.count)
		return NULL;
	struct od_image *image = od_cache_get(&symbolizer->cache, event->images.items[frame->image - 1].path.ptr);
	return image && !image->fault ? image : NULL;
}

bool od_symbolizer_scope(struct od_symbolizer *symbolizer, const struct od_event *event, const struct od_frame *frame,
			 struct od_arena *arena, od_frame_scopes *scopes)
{
	struct od_image *image = resolved_image(symbolizer, event, frame);

	return image && od_frame_scope_read(image, event->arch, frame, arena, scopes);
}

bool od_symbolizer_layouts(struct od_symbolizer *symbolizer, struct od_event *event, const struct od_layout_wish *wish,
			   struct od_arena *arena, struct od_layouts *ret)
{
	od_symbolize(symbolizer, event);
	struct od_image *image = resolved_image(symbolizer, event, &event->ip);

	return image && od_layouts_read(image->debug ? image->debug : image, wish, arena, ret);
}

bool od_symbolizer_is_sandboxed(const struct od_symbolizer *symbolizer)
{
	return symbolizer->worker;
}

/* A job, and the symbolizer that it uses. */
struct confined {
	struct od_symbolizer *symbolizer;
	const struct od_confined_job *job;
};

static int run_confined(void *user, struct od_remote *remote, struct od_buf *text)
{
	const struct confined *confined = user;

	enter_worker(confined->symbolizer, remote);
	int status = confined->job->run(confined->job->user, &remote->opener, remote, text);
	leave_worker(confined->symbolizer);
	return status;
}

static bool take_confined(void *user, struct od_str bytes)
{
	const struct confined *confined = user;

	return confined->job->take(confined->job->user, bytes);
}

bool od_symbolizer_confine(struct od_symbolizer *symbolizer, const struct od_confined_job *job, int *ret,
			   struct od_buf *text, char *why, size_t size)
{
	struct confined confined = {symbolizer, job};
	static const struct od_arch *const arches[] = { /* dumps are of these */
		&od_arch_x86_64, &od_arch_arm64, &od_arch_riscv64, &od_arch_s390x, &od_arch_ppc64le, &od_arch_ppc64, NULL,
	};
	const struct od_worker_job work = {run_confined, take_confined, &confined, arches};
	const struct od_sandbox_limits limits = {.seconds = 600}; /* for a dump of any size */

	symbolizer->broker.named = job->file;
	bool done = od_worker_run(&work, &symbolizer->broker, &limits, ret, text, why, size);
	symbolizer->broker.named = NULL;
	return done;
}

bool od_confined_write(void *output, const char *bytes, size_t length)
{
	return od_remote_write(output, (struct od_str){bytes, length});
}
