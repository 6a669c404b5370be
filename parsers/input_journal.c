// SPDX-License-Identifier: GPL-3.0-or-later
/* sd_journal(3), fields after systemd.journal-fields(7). */
#include "parsers/journal.h"

#if OD_HAVE_SYSTEMD

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <systemd/sd-journal.h>

#include "core/library.h"
#include "parsers/unpack.h"

enum {
	BOOT_LIMIT = 4096,
	CHUNK_SIZE = 64 * 1024,
};

/* The functions of the library that are used; names[] has their order. */
struct api {
	__typeof__(&sd_journal_open) open;
	__typeof__(&sd_journal_open_directory) open_directory;
	__typeof__(&sd_journal_close) close;
	__typeof__(&sd_journal_add_match) add_match;
	__typeof__(&sd_journal_flush_matches) flush_matches;
	__typeof__(&sd_journal_seek_head) seek_head;
	__typeof__(&sd_journal_next) next;
	__typeof__(&sd_journal_get_data) get_data;
	__typeof__(&sd_journal_get_realtime_usec) get_realtime_usec;
	__typeof__(&sd_journal_query_unique) query_unique;
	__typeof__(&sd_journal_restart_unique) restart_unique;
	__typeof__(&sd_journal_enumerate_available_unique) enumerate_unique;
};

static const char *const names[] = {
	"sd_journal_open", "sd_journal_open_directory", "sd_journal_close", "sd_journal_add_match",
	"sd_journal_flush_matches", "sd_journal_seek_head", "sd_journal_next", "sd_journal_get_data",
	"sd_journal_get_realtime_usec", "sd_journal_query_unique", "sd_journal_restart_unique",
	"sd_journal_enumerate_available_unique",
};
_Static_assert(sizeof(struct api) == sizeof(names), "one name a function");

struct od_journal {
	struct api api;
	sd_journal *handle;
	struct od_buf chunk;
};

struct boot {
	char match[64];		/* "_BOOT_ID=…" */
	uint64_t usec;		/* of its first entry */
};

/* sd_journal functions return -errno. */
static od_status failed(struct od_trail *trail, int result, const char *what)
{
	return od_fail_errno(trail, -result, "%s", what);
}

static int by_time(const void *left, const void *right)
{
	const struct boot *a = left, *b = right;
	return a->usec < b->usec ? -1 : a->usec > b->usec;
}

static bool find_first_entry(struct od_journal *journal, struct boot *boot)
{
	journal->api.flush_matches(journal->handle);
	bool found = journal->api.add_match(journal->handle, boot->match, 0) >= 0 && journal->api.seek_head(journal->handle) >= 0 &&
		     journal->api.next(journal->handle) > 0 && journal->api.get_realtime_usec(journal->handle, &boot->usec) >= 0;
	journal->api.flush_matches(journal->handle);
	return found;
}

static size_t list_boots(struct od_journal *journal, struct boot *boots)
{
	const void *data;
	size_t length, count = 0, kept = 0;

	if (journal->api.query_unique(journal->handle, "_BOOT_ID") < 0)
		return 0;
	journal->api.restart_unique(journal->handle);
	while (journal->api.enumerate_unique(journal->handle, &data, &length) > 0)
		if (count < BOOT_LIMIT && length < sizeof(boots[0].match)) {
			memcpy(boots[count].match, data, length);
			boots[count++].match[length] = '\0';
		}
	for (size_t i = 0; i < count; i++)
		if (find_first_entry(journal, &boots[i]))
			boots[kept++] = boots[i];
	qsort(boots, kept, sizeof(*boots), by_time);
	return kept;
}

static od_status choose_boot(struct od_trail *trail, struct od_journal *journal, int64_t number)
{
	struct boot *boots = calloc(BOOT_LIMIT, sizeof(*boots));
	if (!boots)
		return od_fail(trail, OD_ERR_NOMEM, "out of memory");
	int64_t count = (int64_t)list_boots(journal, boots);
	int64_t index = number > 0 ? number - 1 : count - 1 + number;
	od_status status = OD_OK;
	if (index < 0 || index >= count)
		status = od_fail(trail, OD_ERR_MISSING, "the journal knows %" PRId64 " boots, there is none with number %" PRId64,
				 count, number);
	else if (journal->api.add_match(journal->handle, boots[index].match, 0) < 0)
		status = od_fail(trail, OD_ERR_NOMEM, "out of memory");
	free(boots);
	return status;
}

static od_status set_up(struct od_trail *trail, struct od_journal *journal, const struct od_journal_choice *choice)
{
	if (!od_library_load(OD_SYSTEMD_SONAME, names, sizeof(names) / sizeof(names[0]), &journal->api))
		return od_fail(trail, OD_ERR_UNSUPPORTED, OD_SYSTEMD_SONAME " cannot be loaded (Debian: apt install libsystemd0); "
			       "journalctl -k -o export | oopsdecode does the same");
	int result = choice->directory ? journal->api.open_directory(&journal->handle, choice->directory, 0)
				       : journal->api.open(&journal->handle, SD_JOURNAL_LOCAL_ONLY);
	if (result < 0) {
		journal->handle = NULL;
		return failed(trail, result, "cannot open the journal");
	}
	if (choice->one_boot) {
		od_status status = choose_boot(trail, journal, choice->boot);
		if (status != OD_OK)
			return status;
	}
	result = journal->api.add_match(journal->handle, "_TRANSPORT=kernel", 0);
	if (result >= 0)
		result = journal->api.seek_head(journal->handle);
	return result < 0 ? failed(trail, result, "cannot read the journal") : OD_OK;
}

od_status od_journal_open(struct od_trail *trail, const struct od_journal_choice *choice, struct od_journal **ret)
{
	struct od_journal *journal = calloc(1, sizeof(*journal));
	if (!journal)
		return od_fail(trail, OD_ERR_NOMEM, "out of memory");
	od_status status = set_up(trail, journal, choice);
	if (status != OD_OK) {
		od_journal_close(journal);
		return status;
	}
	*ret = journal;
	return OD_OK;
}

void od_journal_close(struct od_journal *journal)
{
	if (!journal)
		return;
	if (journal->handle)
		journal->api.close(journal->handle);
	od_buf_deinit(&journal->chunk);
	free(journal);
}

/* The value of a field; empty: the entry has none. Borrowed until the next call. */
static struct od_str field(struct od_journal *journal, const char *name)
{
	const void *data;
	size_t length, skip = strlen(name) + 1;
	if (journal->api.get_data(journal->handle, name, &data, &length) < 0 || length < skip)
		return (struct od_str){0};
	return (struct od_str){(const char *)data + skip, length - skip};
}

static void read_origin(struct od_journal *journal, struct od_origin *origin)
{
	static const char *const fields[] = {"PRIORITY", "_SOURCE_MONOTONIC_TIMESTAMP"};
	char number[24];
	uint64_t usec;

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		od_origin_field(origin, od_str_from(fields[i]), field(journal, fields[i]));
	if (journal->api.get_realtime_usec(journal->handle, &usec) < 0)
		return;
	snprintf(number, sizeof(number), "%" PRIu64, usec);
	od_origin_field(origin, OD_STR("__REALTIME_TIMESTAMP"), od_str_from(number));
}

static void put_line(struct od_buf *out, const struct od_origin *origin, struct od_str line)
{
	if (origin->wall_time[0])
		od_buf_printf(out, "%s ", origin->wall_time);
	if (origin->level >= 0)
		od_buf_printf(out, "<%d>", origin->level);
	if (origin->time_usec.known)
		od_buf_printf(out, "[%5" PRIu64 ".%06" PRIu64 "] ", origin->time_usec.value / 1000000,
			      origin->time_usec.value % 1000000);
	od_buf_put(out, line);
	od_buf_put_char(out, '\n');
}

static void put_entry(struct od_journal *journal)
{
	struct od_origin origin = od_origin_none;
	read_origin(journal, &origin);
	struct od_str message = field(journal, "MESSAGE");
	do {
		ptrdiff_t end = od_str_find_char(message, '\n');
		size_t len = end < 0 ? message.len : (size_t)end;
		put_line(&journal->chunk, &origin, od_str_first(message, len));
		message = od_str_from_index(message, len + 1);
	} while (message.len);
}

od_status od_journal_read(struct od_journal *journal, struct od_trail *trail, struct od_str *ret)
{
	int result = 1;

	od_buf_clear(&journal->chunk);
	while (journal->chunk.len < CHUNK_SIZE && (result = journal->api.next(journal->handle)) > 0)
		put_entry(journal);
	if (!journal->chunk.len && result < 0)
		return failed(trail, result, "cannot read the journal");
	if (journal->chunk.failed)
		return od_fail(trail, OD_ERR_NOMEM, "out of memory");
	*ret = od_buf_str(&journal->chunk);
	return OD_OK;
}

#else

od_status od_journal_open(struct od_trail *trail, const struct od_journal_choice *choice, struct od_journal **ret)
{
	(void)choice;
	(void)ret;
	return od_fail(trail, OD_ERR_UNSUPPORTED, "this program was built without libsystemd and cannot read the journal; "
		       "journalctl -k -o export | oopsdecode does the same");
}

void od_journal_close(struct od_journal *journal)
{
	(void)journal;
}

od_status od_journal_read(struct od_journal *journal, struct od_trail *trail, struct od_str *ret)
{
	(void)journal;
	(void)ret;
	return od_fail(trail, OD_ERR_UNSUPPORTED, "no libsystemd");
}

#endif
