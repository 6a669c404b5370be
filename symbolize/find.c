// SPDX-License-Identifier: GPL-3.0-or-later
#include "symbolize/find.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/input.h"
#include "symbolize/tree.h"

enum { TREE_LIMIT = 64 };

struct od_finder {
	struct od_arena *arena;
	const char **modules;
	size_t module_count;
	struct od_str vmlinux;	/* empty: not given */
	struct od_str root;	/* without a slash at its end */
	bool search;		/* in the usual places */
	struct od_tree *trees;	/* given with -M */
	size_t tree_count;
	struct od_tree places[TREE_LIMIT]; /* usual places, as they were needed */
	size_t place_count;
};

/* Where the modules of a release are, below the root. %s: the release. Debug files first. */
static const char *const module_places[] = {
	"/usr/lib/debug/lib/modules/%s", "/usr/lib/debug/usr/lib/modules/%s", "/lib/modules/%s",
	"/usr/lib/modules/%s",
};

/* Where a kernel with debug info is: Debian and Ubuntu, Fedora and RHEL (two), SUSE, own builds (two), Arch. */
static const char *const kernel_places[] = {
	"/usr/lib/debug/boot/vmlinux-%s", "/usr/lib/debug/lib/modules/%s/vmlinux",
	"/usr/lib/debug/usr/lib/modules/%s/vmlinux", "/usr/lib/debug/boot/vmlinux-%s.debug",
	"/lib/modules/%s/build/vmlinux", "/lib/modules/%s/vmlinux", "/usr/lib/modules/%s/build/vmlinux",
	"/boot/vmlinux-%s",
};

/* Symbols without debug info. Debian's are a line that says where the real one is. */
static const char *const map_places[] = {
	"/usr/lib/debug/boot/System.map-%s", "/boot/System.map-%s", "/lib/modules/%s/System.map",
	"/lib/modules/%s/build/System.map",
};

static const struct od_str suffixes[] = {
	OD_STR(".ko"),	   OD_STR(".ko.debug"), OD_STR(".ko.xz"), OD_STR(".ko.zst"), OD_STR(".ko.gz"),
	OD_STR(".ko.debug.xz"), OD_STR(".ko.debug.zst"), OD_STR(".ko.debug.gz"),
};

struct od_str od_module_stem(struct od_str path)
{
	ptrdiff_t slash = od_str_find_last_char(path, '/');
	struct od_str name = slash < 0 ? path : od_str_from_index(path, (size_t)slash + 1);

	for (size_t i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++)
		if (name.len > suffixes[i].len && od_str_ends(name, suffixes[i]))
			return od_str_first(name, name.len - suffixes[i].len);
	return (struct od_str){NULL, 0};
}

/* A name from a log that may stand in a path as one component. */
static bool is_component(struct od_str text)
{
	return text.len && text.len < 256 && text.ptr[0] != '.' && od_str_find_char(text, '/') < 0 &&
	       od_str_find_char(text, '\0') < 0;
}

static bool is_hex_text(struct od_str text)
{
	for (size_t i = 0; i < text.len; i++)
		if (!od_is_hex(text.ptr[i]))
			return false;
	return text.len > 2 && text.len <= 128;
}

static od_status check_named(struct od_trail *trail, const char *path, bool directory)
{
	struct stat status;
	const char *what = directory ? "directory" : "file";

	if (stat(path, &status) || access(path, R_OK | (directory ? X_OK : 0))) {
		od_fail_errno(trail, errno, "cannot open %s %s", what, path);
		return OD_ERR_MISSING;
	}
	if (!S_ISDIR(status.st_mode) == directory)
		return od_fail(trail, OD_ERR_MISSING, "cannot use %s: it is %sa directory", path,
			       directory ? "not " : "");
	return OD_OK;
}

static od_status check_options(struct od_trail *trail, const struct od_symbolize_options *options)
{
	od_status status = OD_OK;

	for (size_t i = 0; i < options->module_count && status == OD_OK; i++)
		status = check_named(trail, options->modules[i], false);
	for (size_t i = 0; i < options->module_dir_count && status == OD_OK; i++)
		status = check_named(trail, options->module_dirs[i], true);
	if (options->vmlinux && status == OD_OK)
		status = check_named(trail, options->vmlinux, false);
	return status;
}

static bool copy_modules(struct od_finder *finder, const struct od_symbolize_options *options)
{
	finder->modules = od_arena_alloc(finder->arena, (options->module_count + 1) * sizeof(*finder->modules));
	for (size_t i = 0; finder->modules && i < options->module_count; i++) {
		finder->modules[i] = od_arena_copy(finder->arena, od_str_from(options->modules[i])).ptr;
		finder->module_count++;
	}
	return finder->modules;
}

static bool copy_options(struct od_finder *finder, const struct od_symbolize_options *options)
{
	struct od_str root = od_str_from(options->root ? options->root : "/");

	finder->arena = od_arena_create(0);
	if (!finder->arena || !copy_modules(finder, options))
		return false;
	finder->search = root.len > 0;
	while (root.len && root.ptr[root.len - 1] == '/')
		root.len--;
	finder->root = od_arena_copy(finder->arena, root);
	finder->vmlinux = od_arena_copy(finder->arena, od_str_from(options->vmlinux));
	finder->trees = od_arena_alloc(finder->arena, (options->module_dir_count + 1) * sizeof(*finder->trees));
	for (size_t i = 0; finder->trees && i < options->module_dir_count; i++) {
		if (!od_tree_init(&finder->trees[i], od_str_from(options->module_dirs[i])))
			return false;
		finder->tree_count++;
	}
	return finder->trees && !od_arena_exhausted(finder->arena);
}

void od_finder_destroy(struct od_finder *finder)
{
	if (!finder)
		return;
	for (size_t i = 0; i < finder->tree_count; i++)
		od_tree_deinit(&finder->trees[i]);
	for (size_t i = 0; i < finder->place_count; i++)
		od_tree_deinit(&finder->places[i]);
	od_arena_destroy(finder->arena);
	free(finder);
}

od_status od_finder_create(struct od_trail *trail, const struct od_symbolize_options *options,
			   struct od_finder **ret)
{
	od_status status = check_options(trail, options);

	if (status != OD_OK)
		return status;
	struct od_finder *finder = calloc(1, sizeof(*finder));
	if (!finder || !copy_options(finder, options)) {
		od_finder_destroy(finder);
		return od_fail(trail, OD_ERR_NOMEM, "out of memory");
	}
	*ret = finder;
	return OD_OK;
}

struct od_str od_finder_root(const struct od_finder *finder, bool *anywhere)
{
	*anywhere = finder->search;
	return finder->root;
}

size_t od_finder_named(const struct od_finder *finder, const char *const **ret)
{
	*ret = finder->modules;
	return finder->module_count;
}

/* Appends a path once. */
static void add_path(struct od_arena *arena, od_paths *paths, struct od_str path)
{
	for (size_t i = 0; i < paths->count; i++)
		if (od_str_equal(paths->items[i], path))
			return;
	struct od_str *item = path.len ? od_list_push(arena, paths) : NULL;
	if (item)
		*item = path;
}

static void add_existing(struct od_arena *arena, od_paths *paths, struct od_str path)
{
	struct stat status;

	if (path.len && stat(path.ptr, &status) == 0 && S_ISREG(status.st_mode))
		add_path(arena, paths, path);
}

static void add_map(struct od_arena *arena, od_paths *paths, struct od_str path)
{
	enum { SMALLEST = 1 << 16 };
	struct stat status;

	if (path.len && stat(path.ptr, &status) == 0 && S_ISREG(status.st_mode) && status.st_size >= SMALLEST)
		add_path(arena, paths, path);
}

static bool file_fits(const struct od_tree_file *file, const struct od_wanted *wanted)
{
	if (wanted->module.len)
		return od_str_equal_module(file->stem, wanted->module);
	struct od_str rest = file->stem;
	if (!od_scan_literal(&rest, "vmlinux"))
		return false;
	return !rest.len || od_str_equal(rest, OD_STR(".debug")) ||
	       (od_scan_char(&rest, '-') && wanted->release.len && od_str_starts(rest, wanted->release));
}

static void search_tree(struct od_tree *tree, const struct od_wanted *wanted, struct od_arena *arena,
			od_paths *paths)
{
	od_tree_walk(tree);
	for (size_t i = 0; i < tree->files.count; i++)
		if (file_fits(&tree->files.items[i], wanted))
			add_path(arena, paths, od_arena_copy(arena, tree->files.items[i].path));
}

/* The tree of a usual place; NULL: there is no such directory. */
static struct od_tree *place_tree(struct od_finder *finder, struct od_str path)
{
	struct stat status;

	for (size_t i = 0; i < finder->place_count; i++)
		if (od_str_equal(finder->places[i].top, path))
			return &finder->places[i];
	if (!path.len || stat(path.ptr, &status) || !S_ISDIR(status.st_mode))
		return NULL;
	if (finder->place_count == TREE_LIMIT) { /* logs of many releases: forget the oldest */
		od_tree_deinit(&finder->places[0]);
		memmove(finder->places, finder->places + 1, --finder->place_count * sizeof(finder->places[0]));
	}
	struct od_tree *tree = &finder->places[finder->place_count];
	if (!od_tree_init(tree, path)) {
		od_tree_deinit(tree);
		return NULL;
	}
	finder->place_count++;
	return tree;
}

/* root + template with %s replaced by the release. */
static struct od_str expand(const struct od_finder *finder, struct od_arena *arena, const char *place,
			    struct od_str release)
{
	const char *mark = strstr(place, "%s");

	return od_arena_printf(arena, "%s%.*s%.*s%s", finder->root.ptr, (int)(mark - place), place,
			       OD_FMT(release), mark + 2);
}

/*
 * The file of a module by modules.dep of its directory (depmod(8)): "PATH:" and what it needs, a line each, PATH
 * below the directory. It saves walking thousands of files. False: it does not tell.
 */
static bool search_list(struct od_str directory, struct od_str module, struct od_arena *arena, od_paths *paths)
{
	enum { LIMIT = 64 << 20 };
	struct od_file file;
	size_t before = paths->count;
	struct od_str list = od_arena_printf(arena, "%s/modules.dep", directory.ptr), line, path;

	if (!list.len || od_file_load(NULL, list.ptr, LIMIT, &file) != OD_OK)
		return false;
	struct od_str text = {(const char *)file.data, file.size};
	while (od_scan_until(&text, '\n', &line)) {
		od_scan_char(&text, '\n');
		if (od_scan_until(&line, ':', &path) && od_str_equal_module(od_module_stem(path), module) &&
		    od_str_find(path, OD_STR("..")) < 0)
			add_existing(arena, paths, od_arena_printf(arena, "%s/%.*s", directory.ptr, OD_FMT(path)));
	}
	od_file_deinit(&file);
	return paths->count > before;
}

static void search_build_id(const struct od_finder *finder, struct od_str id, struct od_arena *arena,
			    od_paths *paths)
{
	if (!is_hex_text(id))
		return;
	add_existing(arena, paths,
		     od_arena_printf(arena, "%s/usr/lib/debug/.build-id/%.2s/%.*s.debug", finder->root.ptr, id.ptr,
				     (int)id.len - 2, id.ptr + 2));
}

static void search_places(struct od_finder *finder, const struct od_wanted *wanted, struct od_arena *arena,
			  od_paths *paths)
{
	if (!is_component(wanted->release))
		return;
	if (!wanted->module.len) {
		for (size_t i = 0; i < sizeof(kernel_places) / sizeof(kernel_places[0]); i++)
			add_existing(arena, paths, expand(finder, arena, kernel_places[i], wanted->release));
		for (size_t i = 0; i < sizeof(map_places) / sizeof(map_places[0]); i++)
			add_map(arena, paths, expand(finder, arena, map_places[i], wanted->release));
		return;
	}
	for (size_t i = 0; i < sizeof(module_places) / sizeof(module_places[0]); i++) {
		struct od_str directory = expand(finder, arena, module_places[i], wanted->release);
		if (directory.len && search_list(directory, wanted->module, arena, paths))
			continue;
		struct od_tree *tree = place_tree(finder, directory);
		if (tree)
			search_tree(tree, wanted, arena, paths);
	}
}

bool od_finder_may_find(const struct od_finder *finder, const struct od_wanted *wanted)
{
	return finder->search || finder->tree_count || (wanted->module.len ? finder->module_count : finder->vmlinux.len);
}

void od_finder_search(struct od_finder *finder, const struct od_wanted *wanted, struct od_arena *arena,
		      od_paths *paths)
{
	for (size_t i = 0; wanted->module.len && i < finder->module_count; i++) {
		struct od_str path = od_str_from(finder->modules[i]);
		if (od_str_equal_module(od_module_stem(path), wanted->module))
			add_path(arena, paths, path);
	}
	if (!wanted->module.len)
		add_path(arena, paths, finder->vmlinux);
	for (size_t i = 0; i < finder->tree_count; i++)
		search_tree(&finder->trees[i], wanted, arena, paths);
	if (!finder->search)
		return;
	search_build_id(finder, wanted->build_id, arena, paths);
	search_places(finder, wanted, arena, paths);
}
