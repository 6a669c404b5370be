// SPDX-License-Identifier: GPL-3.0-or-later
/* Pages into a directory, each replaced as a whole. */
#include "triage/html.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

struct site {
	struct od_triage *triage;
	const struct od_grouping *grouping;
	int directory;
	struct od_buf page;
};

static od_status write_all(struct od_trail *trail, int file, struct od_str bytes)
{
	while (bytes.len) {
		ssize_t written = write(file, bytes.ptr, bytes.len);
		if (written < 0 && errno != EINTR)
			return od_fail_errno(trail, errno, "cannot write");
		bytes = od_str_from_index(bytes, written > 0 ? (size_t)written : 0);
	}
	return OD_OK;
}

/* Under another name first: who reads the old page meanwhile reads all of it. */
static od_status write_page(struct site *site, const char *name)
{
	struct od_trail *trail = &site->triage->trail;
	char fresh[OD_PAGE_NAME + 8];

	if (site->page.failed)
		return od_fail(trail, OD_ERR_NOMEM, "out of memory");
	snprintf(fresh, sizeof(fresh), ".%s.new", name);
	int file = openat(site->directory, fresh, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0666);
	if (file < 0)
		return od_fail_errno(trail, errno, "cannot create %s", name);
	od_status status = write_all(trail, file, od_buf_str(&site->page));
	if (close(file) != 0 && status == OD_OK)
		status = od_fail_errno(trail, errno, "cannot close");
	if (status == OD_OK && renameat(site->directory, fresh, site->directory, name) != 0)
		status = od_fail_errno(trail, errno, "cannot rename");
	if (status != OD_OK) {
		unlinkat(site->directory, fresh, 0);
		return od_fail(trail, status, "cannot write %s", name);
	}
	od_buf_clear(&site->page);
	return OD_OK;
}

/* For od_store_event(). */
static bool keep_json(void *user, const struct od_stored *event)
{
	od_buf_put(user, event->json);
	return false;
}

static od_status write_group(struct site *site, size_t number)
{
	const struct od_group *group = &site->grouping->groups[number];
	const struct od_member *example = &site->grouping->members[od_group_example(site->grouping, group)];
	const struct od_stored key = {.host = od_grouping_name(site->grouping, example->host),
				      .hash = od_grouping_name(site->grouping, example->hash),
				      .index = example->number};
	struct od_buf json = {0};
	char name[OD_PAGE_NAME];

	od_status status = od_store_event(site->triage->store, &site->triage->trail, &key, keep_json, &json);
	if (status == OD_OK) {
		od_html_page_name(group->id, name);
		od_html_group(&site->page, site->triage, site->grouping, number, od_buf_str(&json));
		status = write_page(site, name);
	}
	od_buf_deinit(&json);
	return status;
}

static int by_text(const void *a, const void *b)
{
	return strcmp(a, b);
}

static bool is_page(const char *name)
{
	struct od_str rest = od_str_from(name);
	uint64_t number;

	return od_scan_literal(&rest, "group-") && od_scan_hex_width(&rest, 16, &number) && od_str_equal(rest, OD_STR(".html"));
}

/* Pages of an earlier run whose group has gone into another one. */
static od_status remove_stale(const struct site *site)
{
	const size_t count = site->grouping->group_count;
	char (*names)[OD_PAGE_NAME] = calloc(count + 1, sizeof(*names));
	int copy = dup(site->directory);
	DIR *dir = copy < 0 ? NULL : fdopendir(copy);

	for (size_t i = 0; names && i < count; i++)
		od_html_page_name(site->grouping->groups[i].id, names[i]);
	if (names && count)
		qsort(names, count, sizeof(*names), by_text);
	for (struct dirent *entry; names && dir && (entry = readdir(dir));)
		if (is_page(entry->d_name) && !bsearch(entry->d_name, names, count, sizeof(*names), by_text))
			unlinkat(site->directory, entry->d_name, 0);
	const bool good = names && dir;
	if (dir)
		closedir(dir);
	else if (copy >= 0)
		close(copy);
	free(names);
	return good ? OD_OK : OD_ERR_NOMEM;
}

static od_status write_site(struct site *site)
{
	od_status status = OD_OK;

	for (size_t i = 0; i < site->grouping->group_count && status == OD_OK; i++)
		status = write_group(site, i);
	if (status != OD_OK)
		return status;
	od_html_overview(&site->page, site->triage, site->grouping);
	status = write_page(site, "index.html");
	return status == OD_OK ? remove_stale(site) : status;
}

static od_status open_directory(struct od_trail *trail, const char *path, int *ret)
{
	if (mkdir(path, 0777) != 0 && errno != EEXIST)
		return od_fail_errno(trail, errno, "cannot make the directory");
	*ret = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return *ret < 0 ? od_fail_errno(trail, errno, "cannot open it") : OD_OK;
}

od_result od_triage_write_html(struct od_triage *triage, const char *directory)
{
	struct site site = {.triage = triage, .directory = -1};
	struct od_grouping *grouping = NULL;

	od_trail_clear(&triage->trail);
	od_status status = open_directory(&triage->trail, directory, &site.directory);
	if (status == OD_OK)
		status = od_triage_group(triage, &grouping);
	if (status == OD_OK) {
		site.grouping = grouping;
		status = write_site(&site);
	}
	if (status != OD_OK)
		od_fail(&triage->trail, status, "cannot write pages into %s", directory);
	od_grouping_destroy(grouping);
	od_buf_deinit(&site.page);
	if (site.directory >= 0)
		close(site.directory);
	return status == OD_OK ? OD_RESULT_OK : status == OD_ERR_NOMEM ? OD_RESULT_NOMEM : OD_RESULT_INPUT;
}
