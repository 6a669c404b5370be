// SPDX-License-Identifier: GPL-3.0-or-later
#include "triage/store.h"

#include <stdlib.h>
#include <stdio.h>

struct od_store {
	const struct od_db_driver *driver;
	void *db;
	int64_t run;	/* the number of this one; 0: not asked for yet */
};

enum { SCHEMA_VERSION = 3 };

/* Statements that lead from version i to i + 1; NULL at the end. */
static const char *const version_1[] = {
	"CREATE TABLE od_file (path BYTEA PRIMARY KEY, inode BIGINT, size BIGINT, mtime BIGINT)",
	"CREATE TABLE od_crash (host TEXT, hash TEXT, path BYTEA, time BIGINT, log BYTEA, PRIMARY KEY (host, hash))",
	"CREATE TABLE od_event (host TEXT, hash TEXT, number BIGINT, json BYTEA, PRIMARY KEY (host, hash, number))",
	"CREATE TABLE od_note (signature TEXT PRIMARY KEY, status TEXT, note BYTEA)",
	NULL,
};

/* The brief stands before the document, so that SQLite finds it without reading the pages that the latter fills. */
static const char *const version_2[] = {
	"ALTER TABLE od_file ADD COLUMN length BIGINT",
	"ALTER TABLE od_file ADD COLUMN hash TEXT",
	"CREATE INDEX od_file_hash ON od_file (hash)",
	"ALTER TABLE od_event RENAME TO od_event_1",
	"CREATE TABLE od_event (host TEXT, hash TEXT, number BIGINT, brief BYTEA, json BYTEA, "
	"CONSTRAINT od_event_2 PRIMARY KEY (host, hash, number))",
	"INSERT INTO od_event (host, hash, number, json) SELECT host, hash, number, json FROM od_event_1",
	"DROP TABLE od_event_1",
	NULL,
};

/* The run stands before the log for the same reason. */
static const char *const version_3[] = {
	"ALTER TABLE od_note ADD COLUMN link BYTEA",
	"ALTER TABLE od_crash RENAME TO od_crash_1",
	"CREATE TABLE od_crash (host TEXT, hash TEXT, path BYTEA, time BIGINT, run BIGINT, log BYTEA, "
	"CONSTRAINT od_crash_3 PRIMARY KEY (host, hash))",
	"INSERT INTO od_crash (host, hash, path, time, log) SELECT host, hash, path, time, log FROM od_crash_1",
	"DROP TABLE od_crash_1",
	NULL,
};

static const char *const *const migrations[SCHEMA_VERSION] = {version_1, version_2, version_3};

static od_status run(struct od_store *store, struct od_trail *trail, const char *sql, const struct od_db_value *values,
		     size_t count, od_db_row_fn row, void *user)
{
	return store->driver->run(store->db, trail, sql, values, count, row, user);
}

od_status od_store_begin(struct od_store *store, struct od_trail *trail)
{
	return run(store, trail, store->driver->begin, NULL, 0, NULL, NULL);
}

od_status od_store_end(struct od_store *store, struct od_trail *trail, od_status status)
{
	if (status == OD_OK)
		status = run(store, trail, "COMMIT", NULL, 0, NULL, NULL);
	if (status != OD_OK)
		run(store, NULL, "ROLLBACK", NULL, 0, NULL, NULL);
	return status;
}

bool od_store_is_lost(const struct od_store *store)
{
	return store->driver->is_lost && store->driver->is_lost(store->db);
}

od_status od_store_reconnect(struct od_store *store, struct od_trail *trail)
{
	return store->driver->reconnect(store->db, trail);
}

static const char SCHEMA_OF[] = "SELECT value FROM od_meta WHERE name = 'schema'";

static bool take_number(void *user, const struct od_db_value *columns, size_t count)
{
	(void)count;
	*(int64_t *)user = columns[0].number;
	return false;
}

static od_status migrate(struct od_store *store, struct od_trail *trail)
{
	int64_t version = 0;
	od_status status = OD_OK;

	if (store->driver->lock)
		status = run(store, trail, store->driver->lock, NULL, 0, NULL, NULL);
	if (status == OD_OK)
		status = run(store, trail, "CREATE TABLE IF NOT EXISTS od_meta (name TEXT PRIMARY KEY, value BIGINT)", NULL, 0, NULL, NULL);
	if (status == OD_OK)
		status = run(store, trail, SCHEMA_OF, NULL, 0, take_number, &version);
	if (status == OD_OK && version > SCHEMA_VERSION)
		return od_fail(trail, OD_ERR_UNSUPPORTED, "written by a later version (schema %lld, known is %d)",
			       (long long)version, SCHEMA_VERSION);
	if (status != OD_OK || version == SCHEMA_VERSION)
		return status;
	for (; status == OD_OK && version < SCHEMA_VERSION; version++)
		for (size_t i = 0; status == OD_OK && migrations[version][i]; i++)
			status = run(store, trail, migrations[version][i], NULL, 0, NULL, NULL);
	const struct od_db_value value = od_db_number(SCHEMA_VERSION);
	if (status == OD_OK)
		status = run(store, trail,
			     "INSERT INTO od_meta (name, value) VALUES ('schema', $1) "
			     "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
			     &value, 1, NULL, NULL);
	return status;
}

/* Looked at without a lock: a report need not wait for a writer. */
static bool is_current(struct od_store *store)
{
	int64_t version = 0;

	return run(store, NULL, SCHEMA_OF, NULL, 0, take_number, &version) == OD_OK && version == SCHEMA_VERSION;
}

static bool is_server(const char *url)
{
	return strncmp(url, "postgresql://", 13) == 0 || strncmp(url, "postgres://", 11) == 0;
}

od_status od_store_open(struct od_trail *trail, const char *url, struct od_store **ret)
{
	struct od_store *store = calloc(1, sizeof(*store));

	if (!store)
		return od_fail(trail, OD_ERR_NOMEM, "out of memory");
	store->driver = is_server(url) ? &od_db_postgres : &od_db_sqlite;
	if (strncmp(url, "sqlite:", 7) == 0)
		url += 7;
	od_status status = store->driver->open(trail, url, &store->db);
	if (status == OD_OK && !is_current(store)) {
		status = od_store_begin(store, trail);
		if (status == OD_OK)
			status = od_store_end(store, trail, migrate(store, trail));
	}
	if (status != OD_OK) {
		od_store_close(store);
		return od_fail(trail, status, "cannot use the database");
	}
	*ret = store;
	return OD_OK;
}

void od_store_close(struct od_store *store)
{
	if (!store)
		return;
	if (store->db)
		store->driver->close(store->db);
	free(store);
}

struct files {
	void (*take)(void *user, const struct od_file_row *row);
	void *user;
};

static bool take_file(void *user, const struct od_db_value *columns, size_t count)
{
	const struct files *files = user;
	const struct od_file_row row = {
		.id = {columns[0].text, columns[1].number, columns[2].number, columns[3].number},
		.length = columns[4].number,
		.hash = columns[5].text,
	};

	if (count == 6)
		files->take(files->user, &row);
	return count == 6;
}

od_status od_store_files(struct od_store *store, struct od_trail *trail, struct od_str first, struct od_str last,
			 void (*take)(void *user, const struct od_file_row *row), void *user)
{
	const struct od_db_value values[] = {od_db_bytes(first), od_db_bytes(last)};
	struct files files = {take, user};

	return run(store, trail,
		   "SELECT path, inode, size, mtime, length, hash FROM od_file WHERE path >= $1 AND path <= $2 ORDER BY path",
		   values, 2, take_file, &files);
}

static od_status put_file(struct od_store *store, struct od_trail *trail, const struct od_file_row *file)
{
	const struct od_db_value values[] = {
		od_db_bytes(file->id.path), od_db_number(file->id.inode), od_db_number(file->id.size),
		od_db_number(file->id.mtime), od_db_number(file->length),
		file->hash.len ? od_db_text(file->hash) : (struct od_db_value){0},
	};

	return run(store, trail,
		   "INSERT INTO od_file (path, inode, size, mtime, length, hash) VALUES ($1, $2, $3, $4, $5, $6) "
		   "ON CONFLICT (path) DO UPDATE SET inode = excluded.inode, size = excluded.size, "
		   "mtime = excluded.mtime, length = excluded.length, hash = excluded.hash",
		   values, 6, NULL, NULL);
}

/* Removes a crash that only this file told of. */
static od_status forget_crash(struct od_store *store, struct od_trail *trail, const struct od_put *put)
{
	const struct od_db_value values[] = {od_db_text(put->host), od_db_text(put->outgrown), od_db_bytes(put->file->id.path)};
	od_status status = run(store, trail,
			       "DELETE FROM od_event WHERE host = $1 AND hash = $2 AND EXISTS (SELECT 1 FROM od_crash c "
			       "WHERE c.host = $1 AND c.hash = $2 AND c.path = $3) AND NOT EXISTS (SELECT 1 FROM od_file f "
			       "WHERE f.hash = $2 AND f.path <> $3)",
			       values, 3, NULL, NULL);
	if (status == OD_OK)
		status = run(store, trail,
			     "DELETE FROM od_crash WHERE host = $1 AND hash = $2 AND path = $3 AND NOT EXISTS "
			     "(SELECT 1 FROM od_file f WHERE f.hash = $2 AND f.path <> $3)",
			     values, 3, NULL, NULL);
	return status;
}

od_status od_store_last_run(struct od_store *store, struct od_trail *trail, int64_t *ret)
{
	*ret = 0;
	return run(store, trail, "SELECT value FROM od_meta WHERE name = 'run'", NULL, 0, take_number, ret);
}

static od_status number_run(struct od_store *store, struct od_trail *trail)
{
	int64_t last;
	od_status status = store->run ? OD_OK : od_store_last_run(store, trail, &last);

	if (status == OD_OK && !store->run)
		store->run = last + 1;
	return status;
}

od_status od_store_finish_run(struct od_store *store, struct od_trail *trail)
{
	od_status status = number_run(store, trail);
	const struct od_db_value value = od_db_number(store->run);

	if (status != OD_OK)
		return status;
	return run(store, trail,
		   "INSERT INTO od_meta (name, value) VALUES ('run', $1) ON CONFLICT (name) DO UPDATE SET "
		   "value = CASE WHEN excluded.value > od_meta.value THEN excluded.value ELSE od_meta.value END",
		   &value, 1, NULL, NULL);
}

/* The smaller path, the earlier time and the earlier run: the same, whichever comes first. */
static od_status put_crash(struct od_store *store, struct od_trail *trail, const struct od_crash *crash)
{
	od_status status = number_run(store, trail);
	struct od_db_value values[] = {od_db_text(crash->host), od_db_text(crash->hash), od_db_bytes(crash->path), crash->time,
				       od_db_number(store->run), od_db_bytes(crash->log)};

	if (status != OD_OK)
		return status;
	if (!crash->log.len)
		values[5] = (struct od_db_value){0};
	return run(store, trail,
		   "INSERT INTO od_crash (host, hash, path, time, run, log) VALUES ($1, $2, $3, $4, $5, $6) "
		   "ON CONFLICT (host, hash) DO UPDATE SET "
		   "path = CASE WHEN excluded.path < od_crash.path THEN excluded.path ELSE od_crash.path END, "
		   "time = CASE WHEN od_crash.time IS NULL OR excluded.time < od_crash.time THEN excluded.time "
		   "ELSE od_crash.time END, run = CASE WHEN excluded.run < od_crash.run THEN excluded.run "
		   "ELSE od_crash.run END, log = COALESCE(od_crash.log, excluded.log)",
		   values, 6, NULL, NULL);
}

static od_status put_json(struct od_store *store, struct od_trail *trail, struct od_str host, struct od_str hash,
			  int64_t number, struct od_str json, struct od_str brief)
{
	const struct od_db_value values[] = {od_db_text(host), od_db_text(hash), od_db_number(number),
					     brief.len ? od_db_bytes(brief) : (struct od_db_value){0}, od_db_bytes(json)};

	return run(store, trail,
		   "INSERT INTO od_event (host, hash, number, brief, json) VALUES ($1, $2, $3, $4, $5) "
		   "ON CONFLICT (host, hash, number) DO UPDATE SET brief = excluded.brief, json = excluded.json "
		   "WHERE length(excluded.json) > length(od_event.json) OR "
		   "(length(excluded.json) = length(od_event.json) AND excluded.json > od_event.json)",
		   values, 5, NULL, NULL);
}

od_status od_store_put_event(struct od_store *store, struct od_trail *trail, const struct od_stored *event)
{
	const struct od_crash crash = {.host = event->host, .hash = event->hash, .path = event->path, .time = event->time};
	od_status status = put_crash(store, trail, &crash);

	if (status == OD_OK)
		status = put_json(store, trail, event->host, event->hash, event->index, event->json, event->brief);
	return status;
}

static od_status put_crashes(struct od_store *store, struct od_trail *trail, const struct od_crash *crashes, size_t count)
{
	od_status status = OD_OK;

	for (size_t i = 0; i < count && status == OD_OK; i++) {
		const struct od_crash *crash = &crashes[i];
		status = put_crash(store, trail, crash);
		for (size_t k = 0; k < crash->event_count && status == OD_OK; k++)
			status = put_json(store, trail, crash->host, crash->hash, (int64_t)k, crash->events[k], crash->briefs[k]);
	}
	return status;
}

od_status od_store_put(struct od_store *store, struct od_trail *trail, const struct od_put *put)
{
	od_status status = put->file && put->outgrown.len ? forget_crash(store, trail, put) : OD_OK;

	if (status == OD_OK && put->file)
		status = put_file(store, trail, put->file);
	return status == OD_OK ? put_crashes(store, trail, put->crashes, put->count) : status;
}

od_status od_store_replace(struct od_store *store, struct od_trail *trail, const struct od_crash *crash)
{
	const struct od_db_value values[] = {od_db_text(crash->host), od_db_text(crash->hash)};
	od_status status = run(store, trail, "DELETE FROM od_event WHERE host = $1 AND hash = $2", values, 2, NULL, NULL);

	return status == OD_OK ? put_crashes(store, trail, crash, 1) : status;
}

struct reading {
	bool (*take)(void *user, const struct od_stored *event);
	void *user;
};

static bool take_event(void *user, const struct od_db_value *columns, size_t count)
{
	const struct reading *reading = user;
	const struct od_stored event = {
		.host = columns[0].text,
		.hash = columns[1].text,
		.path = columns[2].text,
		.time = columns[3],
		.index = columns[4].number,
		.json = columns[5].text,
		.brief = columns[6].text,
		.length = columns[7].number,
		.run = columns[8].number,
	};

	return count == 9 && reading->take(reading->user, &event);
}

/* PostgreSQL sorts text by locale unless told otherwise. */
#define EVENTS(json, collate)                                                                                       \
	"SELECT e.host, e.hash, c.path, c.time, e.number, " json ", e.brief, length(e.json), c.run FROM od_event e " \
	"JOIN od_crash c ON c.host = e.host AND c.hash = e.hash ORDER BY e.host" collate ", e.hash" collate ", e.number"
#define BRIEFLY "CASE WHEN e.brief IS NULL THEN e.json ELSE NULL END"

static od_status read_events(struct od_store *store, struct od_trail *trail, const char *const sql[2],
			     struct reading *reading)
{
	return run(store, trail, sql[store->driver == &od_db_postgres], NULL, 0, take_event, reading);
}

od_status od_store_events(struct od_store *store, struct od_trail *trail, bool (*take)(void *user, const struct od_stored *event),
			  void *user)
{
	static const char *const sql[] = {EVENTS("e.json", ""), EVENTS("e.json", " COLLATE \"C\"")};

	return read_events(store, trail, sql, &(struct reading){take, user});
}

od_status od_store_briefs(struct od_store *store, struct od_trail *trail, bool (*take)(void *user, const struct od_stored *event),
			  void *user)
{
	static const char *const sql[] = {EVENTS(BRIEFLY, ""), EVENTS(BRIEFLY, " COLLATE \"C\"")};

	return read_events(store, trail, sql, &(struct reading){take, user});
}

od_status od_store_event(struct od_store *store, struct od_trail *trail, const struct od_stored *key,
			 bool (*take)(void *user, const struct od_stored *event), void *user)
{
	const struct od_db_value values[] = {od_db_text(key->host), od_db_text(key->hash), od_db_number(key->index)};
	struct reading reading = {take, user};

	return run(store, trail,
		   "SELECT e.host, e.hash, c.path, c.time, e.number, e.json, e.brief, length(e.json), c.run FROM od_event e "
		   "JOIN od_crash c ON c.host = e.host AND c.hash = e.hash WHERE e.host = $1 AND e.hash = $2 AND e.number = $3",
		   values, 3, take_event, &reading);
}

od_status od_store_log_keys(struct od_store *store, struct od_trail *trail, od_db_row_fn row, void *user)
{
	return run(store, trail, "SELECT host, hash FROM od_crash WHERE log IS NOT NULL ORDER BY host, hash", NULL, 0, row, user);
}

od_status od_store_log(struct od_store *store, struct od_trail *trail, struct od_str host, struct od_str hash,
		       od_db_row_fn row, void *user)
{
	const struct od_db_value values[] = {od_db_text(host), od_db_text(hash)};

	return run(store, trail, "SELECT path, log FROM od_crash WHERE host = $1 AND hash = $2", values, 2, row, user);
}

od_status od_store_annotate(struct od_store *store, struct od_trail *trail, const struct od_note *note)
{
	struct od_db_value values[] = {od_db_text(note->signature), od_db_text(note->status), {0}, {0}};

	if (note->note)
		values[2] = od_db_bytes(*note->note);
	if (note->link)
		values[3] = od_db_bytes(*note->link);
	return run(store, trail,
		   "INSERT INTO od_note (signature, status, note, link) VALUES ($1, $2, $3, $4) "
		   "ON CONFLICT (signature) DO UPDATE SET status = excluded.status, "
		   "note = COALESCE(excluded.note, od_note.note), link = COALESCE(excluded.link, od_note.link)",
		   values, 4, NULL, NULL);
}

od_status od_store_notes(struct od_store *store, struct od_trail *trail, od_db_row_fn row, void *user)
{
	return run(store, trail, "SELECT signature, status, note, link FROM od_note ORDER BY signature", NULL, 0, row, user);
}
