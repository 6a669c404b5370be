// SPDX-License-Identifier: GPL-3.0-or-later
#include "triage/walk.h"

#include <errno.h>
#include <fts.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "triage/layout.h"

/* What a directory holds, in fts_number. */
enum { HAS_LOG = 1, HAS_DUMP = 2 };

static void add(const struct od_walk *walk, const char *path, size_t root, bool is_archive, const struct stat *stat)
{
	char *copy = strdup(path);

	if (!copy)
		return;
	walk->found(walk->user, (struct od_job){
					.path = copy,
					.root = root,
					.is_archive = is_archive,
					.id = {od_str_from(copy), (int64_t)stat->st_ino, stat->st_size,
					       stat->st_mtim.tv_sec * INT64_C(1000000000) + stat->st_mtim.tv_nsec},
				});
}

/* systemd-pstore puts the pieces together as dmesg.txt beside them. */
static bool has_whole(const char *path)
{
	char whole[4096];
	const char *slash = strrchr(path, '/');
	int length = snprintf(whole, sizeof(whole), "%.*s/dmesg.txt", slash ? (int)(slash - path) : 1, slash ? path : ".");

	return length > 0 && length < (int)sizeof(whole) && access(whole, F_OK) == 0;
}

static void take_file(const struct od_walk *walk, FTSENT *entry, size_t root, const struct stat *stat)
{
	enum od_file_role role = od_layout_role(entry->fts_name);

	switch (role) {
	case OD_ROLE_OTHER: return;
	case OD_ROLE_DUMP: entry->fts_parent->fts_number |= HAS_DUMP; return;
	case OD_ROLE_UNFINISHED:
		walk->trouble(walk->user, entry->fts_path, "kdump has not finished it");
		return;
	case OD_ROLE_PART:
		if (has_whole(entry->fts_path))
			return;
		break;
	case OD_ROLE_LOG: entry->fts_parent->fts_number |= HAS_LOG; break;
	case OD_ROLE_ARCHIVE: break;
	}
	add(walk, entry->fts_path, root, role == OD_ROLE_ARCHIVE, stat);
}

static void take_link(const struct od_walk *walk, FTSENT *entry, size_t root)
{
	struct stat stat_of;

	if (stat(entry->fts_accpath, &stat_of))
		walk->trouble(walk->user, entry->fts_path, strerror(errno));
	else if (S_ISREG(stat_of.st_mode))
		take_file(walk, entry, root, &stat_of);
}

static void take_entry(const struct od_walk *walk, FTSENT *entry, size_t root)
{
	switch (entry->fts_info) {
	case FTS_F: take_file(walk, entry, root, entry->fts_statp); break;
	case FTS_SL:
	case FTS_SLNONE: take_link(walk, entry, root); break;
	case FTS_DP:
		if (entry->fts_number == HAS_DUMP)
			walk->dump(walk->user, entry->fts_path);
		break;
	case FTS_DC: walk->trouble(walk->user, entry->fts_path, "a loop of directories"); break;
	case FTS_DNR:
	case FTS_ERR:
	case FTS_NS: walk->trouble(walk->user, entry->fts_path, strerror(entry->fts_errno)); break;
	}
}

static int by_name(const FTSENT **a, const FTSENT **b)
{
	return strcmp((*a)->fts_name, (*b)->fts_name);
}

static bool is_archive_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return od_layout_role(slash ? slash + 1 : path) == OD_ROLE_ARCHIVE;
}

od_status od_walk(struct od_trail *trail, const char *path, const struct od_walk *walk)
{
	char *roots[] = {strdup(path), NULL};
	struct stat stat_of;
	FTSENT *entry;

	if (!roots[0])
		return od_fail(trail, OD_ERR_NOMEM, "out of memory");
	if (stat(path, &stat_of)) {
		free(roots[0]);
		return od_fail_errno(trail, errno, "%s", path);
	}
	if (!S_ISDIR(stat_of.st_mode)) {
		add(walk, path, 0, is_archive_name(path), &stat_of);
		free(roots[0]);
		return OD_OK;
	}
	FTS *tree = fts_open(roots, FTS_PHYSICAL | FTS_COMFOLLOW | FTS_NOCHDIR, by_name);
	while (tree && (entry = fts_read(tree)))
		take_entry(walk, entry, strlen(path));
	if (tree)
		fts_close(tree);
	free(roots[0]);
	return tree ? OD_OK : od_fail_errno(trail, errno, "%s", path);
}
