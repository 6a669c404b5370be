// SPDX-License-Identifier: GPL-3.0-or-later
#include "triage/archive.h"

#include <archive.h>
#include <archive_entry.h>

#include "core/buf.h"
#include "triage/layout.h"

enum {
	MOST_BYTES = 64 << 20,	/* of one log */
	MOST_ENTRIES = 1000000,
};

static od_status fail(struct archive *archive, struct od_trail *trail)
{
	const char *text = archive_error_string(archive);

	return od_fail(trail, OD_ERR_FORMAT, "%s", text ? text : "damaged archive");
}

static od_status read_entry(struct archive *archive, struct od_trail *trail, struct od_buf *bytes)
{
	char chunk[65536];

	od_buf_clear(bytes);
	while (bytes->len < MOST_BYTES) {
		ssize_t count = archive_read_data(archive, chunk, sizeof(chunk));
		if (count < 0)
			return fail(archive, trail);
		if (!count)
			return OD_OK;
		od_buf_put(bytes, (struct od_str){chunk, (size_t)count});
	}
	return OD_OK;
}

static bool is_log(struct archive_entry *entry, const char *name)
{
	const char *slash = strrchr(name, '/');
	enum od_file_role role = od_layout_role(slash ? slash + 1 : name);

	return archive_entry_filetype(entry) == AE_IFREG && (role == OD_ROLE_LOG || role == OD_ROLE_PART);
}

static od_status read_all(struct archive *archive, struct od_trail *trail,
			  void (*take)(void *user, struct od_str name, struct od_str bytes), void *user)
{
	struct archive_entry *entry;
	struct od_buf bytes = {0};
	od_status status = OD_OK;

	for (size_t i = 0; i < MOST_ENTRIES && status == OD_OK; i++) {
		int code = archive_read_next_header(archive, &entry);
		if (code == ARCHIVE_EOF)
			break;
		if (code != ARCHIVE_OK && code != ARCHIVE_WARN) {
			status = fail(archive, trail);
			break;
		}
		const char *name = archive_entry_pathname(entry);
		if (!name || !is_log(entry, name))
			continue;
		status = read_entry(archive, trail, &bytes);
		if (!bytes.failed)
			take(user, od_str_from(name), od_buf_str(&bytes));
	}
	od_buf_deinit(&bytes);
	return status;
}

od_status od_archive_read(struct od_trail *trail, const char *path,
			  void (*take)(void *user, struct od_str name, struct od_str bytes), void *user)
{
	struct archive *archive = archive_read_new();
	od_status status;

	if (!archive)
		return od_fail(trail, OD_ERR_NOMEM, "out of memory");
	archive_read_support_filter_all(archive);
	archive_read_support_format_tar(archive);
	if (archive_read_open_filename(archive, path, 65536) == ARCHIVE_OK)
		status = read_all(archive, trail, take, user);
	else
		status = fail(archive, trail);
	archive_read_free(archive);
	return status;
}
