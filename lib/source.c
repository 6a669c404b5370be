// SPDX-License-Identifier: GPL-3.0-or-later
#include "lib/source.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/input.h"

enum { FILE_LIMIT = 16 << 20, DEPTH_LIMIT = 64 };

struct od_source_reader {
	char **dirs;
	size_t count;
	char *root;		/* below which recorded paths are; NULL: nowhere */
	const struct od_opener *opener; /* NULL: this process */
	/* the file that was read last; found is false when there was none */
	char path[PATH_MAX];
	bool found;
	struct od_file file;
};

static od_status check_directory(struct od_trail *trail, const char *path)
{
	struct stat status;
	if (stat(path, &status) != 0)
		return (void)od_fail_errno(trail, errno, "%s", path), OD_ERR_MISSING;
	if (!S_ISDIR(status.st_mode))
		return (void)od_fail_errno(trail, ENOTDIR, "%s", path), OD_ERR_MISSING;
	return OD_OK;
}

od_status od_source_reader_create(struct od_trail *trail, const char *const *dirs, size_t count, const char *root,
				  struct od_source_reader **ret)
{
	struct od_source_reader *reader = calloc(1, sizeof(*reader));
	const bool anywhere = !root || *root;
	if (!reader || (count && !(reader->dirs = calloc(count, sizeof(*reader->dirs)))) ||
	    (anywhere && !(reader->root = strdup(root ? root : "")))) {
		od_source_reader_destroy(reader);
		return od_fail(trail, OD_ERR_NOMEM, "out of memory");
	}
	for (; reader->count < count; reader->count++) {
		od_status status = check_directory(trail, dirs[reader->count]);
		if (status == OD_OK && !(reader->dirs[reader->count] = strdup(dirs[reader->count])))
			status = od_fail(trail, OD_ERR_NOMEM, "out of memory");
		if (status != OD_OK) {
			od_source_reader_destroy(reader);
			return status;
		}
	}
	*ret = reader;
	return OD_OK;
}

void od_source_reader_use(struct od_source_reader *reader, const struct od_opener *opener)
{
	reader->opener = opener;
}

void od_source_reader_destroy(struct od_source_reader *reader)
{
	if (!reader)
		return;
	for (size_t i = 0; i < reader->count; i++)
		free(reader->dirs[i]);
	free(reader->dirs);
	free(reader->root);
	od_file_deinit(&reader->file);
	free(reader);
}

static bool is_source_name(struct od_str name)
{
	static const char *const suffixes[] = {".c", ".h", ".S", ".s", ".rs", ".cc", ".cpp", ".inc", ".def", NULL};
	for (size_t i = 0; suffixes[i]; i++)
		if (od_str_ends(name, od_str_from(suffixes[i])))
			return true;
	return false;
}

static bool load(struct od_source_reader *reader, const char *path)
{
	return od_file_load_with(reader->opener, NULL, path, FILE_LIMIT, &reader->file) == OD_OK;
}

/* DIR/a/b/c.c, then DIR/b/c.c, then DIR/c.c */
static bool load_below(struct od_source_reader *reader, const char *dir, struct od_str path)
{
	for (unsigned depth = 0; path.len && depth < DEPTH_LIMIT; depth++) {
		char candidate[PATH_MAX];
		while (od_scan_char(&path, '/'))
			;
		int len = snprintf(candidate, sizeof(candidate), "%s/%.*s", dir, OD_FMT(path));
		if (len > 0 && (size_t)len < sizeof(candidate) && load(reader, candidate))
			return true;
		ptrdiff_t slash = od_str_find_char(path, '/');
		if (slash < 0)
			return false;
		path = od_str_from_index(path, (size_t)slash + 1);
	}
	return false;
}

/* A path with ".." could lead out of the directory that the user named. */
static bool is_plain_path(struct od_str path)
{
	return path.len && path.len < PATH_MAX && od_str_find(path, OD_STR("..")) < 0 && is_source_name(path);
}

static bool load_recorded(struct od_source_reader *reader)
{
	char path[PATH_MAX];

	if (!reader->root)
		return false;
	int len = snprintf(path, sizeof(path), "%s%s", reader->root, reader->path);
	return len > 0 && (size_t)len < sizeof(path) && load(reader, path);
}

static bool open_place(struct od_source_reader *reader, const struct od_place *place)
{
	if (od_str_equal(place->path, od_str_from(reader->path)))
		return reader->found;
	od_file_deinit(&reader->file);
	reader->found = false;
	snprintf(reader->path, sizeof(reader->path), "%.*s", OD_FMT(place->path));
	if (!is_plain_path(place->path))
		return false;
	for (size_t i = 0; i < reader->count && !reader->found; i++)
		reader->found = load_below(reader, reader->dirs[i], place->path);
	if (!reader->found)
		reader->found = load_recorded(reader);
	return reader->found;
}

struct od_str od_source_reader_line(void *user, const struct od_place *place, unsigned line)
{
	struct od_source_reader *reader = user;
	struct od_str missing = {0};

	if (!line || !open_place(reader, place))
		return missing;
	struct od_str text = {(const char *)reader->file.data, reader->file.size};
	for (; line > 1; line--) {
		ptrdiff_t end = od_str_find_char(text, '\n');
		if (end < 0)
			return missing;
		text = od_str_from_index(text, (size_t)end + 1);
	}
	if (!text.len)
		return missing;
	ptrdiff_t end = od_str_find_char(text, '\n');
	return end < 0 ? text : od_str_first(text, (size_t)end);
}
