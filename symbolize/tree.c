// SPDX-License-Identifier: GPL-3.0-or-later
#include "symbolize/tree.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "symbolize/find.h"

enum { DEPTH_LIMIT = 32, FILE_LIMIT = 1 << 18, DIRECTORY_LIMIT = 1 << 18 };

/* A directory that is still to be read. */
struct pending {
	struct od_str path;
	unsigned depth;
};

typedef OD_LIST(struct pending) pending_list;

static void close_directory(DIR **directory)
{
	if (*directory)
		closedir(*directory);
}

bool od_tree_init(struct od_tree *tree, struct od_str top)
{
	*tree = (struct od_tree){.arena = od_arena_create(0)};
	if (!tree->arena)
		return false;
	tree->top = od_arena_copy(tree->arena, top);
	return !od_arena_exhausted(tree->arena);
}

void od_tree_deinit(struct od_tree *tree)
{
	od_arena_destroy(tree->arena);
	*tree = (struct od_tree){0};
}

static bool is_kernel(struct od_str name)
{
	return od_str_starts(name, OD_STR("vmlinux"));
}

static void add_file(struct od_tree *tree, struct od_str directory, struct od_str name)
{
	struct od_str stem = is_kernel(name) ? name : od_module_stem(name);

	if (!stem.len || tree->files.count >= FILE_LIMIT)
		return;
	struct od_tree_file *file = od_list_push(tree->arena, &tree->files);
	if (!file)
		return;
	file->path = od_arena_printf(tree->arena, "%s/%s", directory.ptr, name.ptr);
	ptrdiff_t at = od_str_find_last_char(file->path, '/');
	struct od_str last = od_str_from_index(file->path, (size_t)at + 1);
	file->stem = is_kernel(name) ? last : od_module_stem(last);
}

static bool is_directory(DIR *directory, const struct dirent *entry)
{
	struct stat status;

	if (entry->d_type != DT_UNKNOWN)
		return entry->d_type == DT_DIR;
	return fstatat(dirfd(directory), entry->d_name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
	       S_ISDIR(status.st_mode);
}

static void read_directory(struct od_tree *tree, const struct pending *current, pending_list *rest,
			   struct od_arena *scratch)
{
	__attribute__((cleanup(close_directory))) DIR *directory = opendir(current->path.ptr);
	const struct dirent *entry;

	while (directory && (entry = readdir(directory))) {
		if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, ".."))
			continue;
		if (!is_directory(directory, entry)) {
			add_file(tree, current->path, od_str_from(entry->d_name));
			continue;
		}
		if (current->depth >= DEPTH_LIMIT || rest->count >= DIRECTORY_LIMIT)
			continue;
		struct od_str path = od_arena_printf(scratch, "%s/%s", current->path.ptr, entry->d_name);
		struct pending *next = path.len ? od_list_push(scratch, rest) : NULL;
		if (next)
			*next = (struct pending){path, current->depth + 1};
	}
}

void od_tree_walk(struct od_tree *tree)
{
	struct od_arena *scratch = tree->walked ? NULL : od_arena_create(0);
	pending_list rest = {0};

	if (!scratch)
		return;
	tree->walked = true;
	struct pending *first = od_list_push(scratch, &rest);
	if (first)
		first->path = tree->top;
	for (size_t i = 0; i < rest.count; i++) {
		struct pending current = rest.items[i]; /* the list may move */
		read_directory(tree, &current, &rest, scratch);
	}
	od_arena_destroy(scratch);
}
