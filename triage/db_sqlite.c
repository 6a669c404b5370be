// SPDX-License-Identifier: GPL-3.0-or-later
#include "triage/db.h"

#include <sqlite3.h>
#include <stdlib.h>

enum {
	MOST_STATEMENTS = 32,	/* that are kept prepared */
	BUSY_MS = 60000,	/* how long another writer is waited for */
};

struct db {
	sqlite3 *handle;
	struct {
		const char *sql;	/* statements are literals: the same text is the same pointer */
		sqlite3_stmt *prepared;
	} statements[MOST_STATEMENTS];
	size_t count;
};

static od_status fail(struct db *db, struct od_trail *trail, const char *what)
{
	return od_fail(trail, OD_ERR_IO, "%s: %s", what, db->handle ? sqlite3_errmsg(db->handle) : "out of memory");
}

static void close_db(void *user)
{
	struct db *db = user;

	for (size_t i = 0; i < db->count; i++)
		sqlite3_finalize(db->statements[i].prepared);
	sqlite3_close(db->handle);
	free(db);
}

/* WAL: readers and one writer at once; a process that is killed leaves the last transaction whole. */
static od_status set_up(struct db *db, struct od_trail *trail)
{
	static const char *const pragmas[] = {"PRAGMA journal_mode=WAL", "PRAGMA synchronous=NORMAL",
					      "PRAGMA temp_store=MEMORY"};

	sqlite3_busy_timeout(db->handle, BUSY_MS);
	for (size_t i = 0; i < sizeof(pragmas) / sizeof(pragmas[0]); i++)
		if (sqlite3_exec(db->handle, pragmas[i], NULL, NULL, NULL) != SQLITE_OK)
			return fail(db, trail, "cannot use the database");
	return OD_OK;
}

static od_status open_db(struct od_trail *trail, const char *where, void **ret)
{
	struct db *db = calloc(1, sizeof(*db));

	if (!db)
		return od_fail(trail, OD_ERR_NOMEM, "out of memory");
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
	od_status status = sqlite3_open_v2(where, &db->handle, flags, NULL) == SQLITE_OK ?
				   set_up(db, trail) : fail(db, trail, "cannot open");
	if (status != OD_OK) {
		close_db(db);
		return od_fail(trail, status, "%s", where);
	}
	*ret = db;
	return OD_OK;
}

static od_status prepare(struct db *db, struct od_trail *trail, const char *sql, sqlite3_stmt **ret)
{
	for (size_t i = 0; i < db->count; i++)
		if (db->statements[i].sql == sql) {
			*ret = db->statements[i].prepared;
			return OD_OK;
		}
	if (db->count == MOST_STATEMENTS)
		return od_fail(trail, OD_ERR_USAGE, "too many statements");
	if (sqlite3_prepare_v3(db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, ret, NULL) != SQLITE_OK)
		return fail(db, trail, "cannot prepare");
	db->statements[db->count].sql = sql;
	db->statements[db->count++].prepared = *ret;
	return OD_OK;
}

static int bind(sqlite3_stmt *statement, int at, const struct od_db_value *value)
{
	const char *text = value->text.ptr ? value->text.ptr : "";

	switch (value->type) {
	case OD_DB_NULL: return sqlite3_bind_null(statement, at);
	case OD_DB_NUMBER: return sqlite3_bind_int64(statement, at, value->number);
	case OD_DB_TEXT: return sqlite3_bind_text64(statement, at, text, value->text.len, SQLITE_STATIC, SQLITE_UTF8);
	case OD_DB_BYTES: return sqlite3_bind_blob64(statement, at, text, value->text.len, SQLITE_STATIC);
	}
	return SQLITE_MISUSE;
}

static struct od_db_value column(sqlite3_stmt *statement, int at)
{
	struct od_db_value value = {0};
	const int type = sqlite3_column_type(statement, at);

	if (type == SQLITE_INTEGER)
		return od_db_number(sqlite3_column_int64(statement, at));
	if (type == SQLITE_TEXT)
		value.text.ptr = (const char *)sqlite3_column_text(statement, at);
	else if (type == SQLITE_BLOB)
		value.text.ptr = sqlite3_column_blob(statement, at);
	value.text.len = value.text.ptr ? (size_t)sqlite3_column_bytes(statement, at) : 0;
	value.type = type == SQLITE_TEXT ? OD_DB_TEXT : type == SQLITE_BLOB ? OD_DB_BYTES : OD_DB_NULL;
	return value;
}

static int step_all(sqlite3_stmt *statement, od_db_row_fn row, void *user)
{
	for (;;) {
		struct od_db_value columns[OD_DB_MOST_VALUES];
		int code = sqlite3_step(statement);
		if (code != SQLITE_ROW)
			return code;
		int count = sqlite3_column_count(statement);
		for (int i = 0; i < count && i < OD_DB_MOST_VALUES; i++)
			columns[i] = column(statement, i);
		if (row && !row(user, columns, (size_t)count))
			return SQLITE_DONE;
	}
}

static od_status run(void *user, struct od_trail *trail, const char *sql, const struct od_db_value *values, size_t count,
		     od_db_row_fn row, void *row_user)
{
	struct db *db = user;
	sqlite3_stmt *statement;
	od_status status = prepare(db, trail, sql, &statement);
	int code = SQLITE_OK;

	if (status != OD_OK)
		return status;
	for (size_t i = 0; i < count && code == SQLITE_OK; i++)
		code = bind(statement, (int)i + 1, &values[i]);
	if (code == SQLITE_OK)
		code = step_all(statement, row, row_user);
	if (code != SQLITE_DONE)
		status = fail(db, trail, "the database refused");
	sqlite3_reset(statement);
	sqlite3_clear_bindings(statement);
	return status;
}

const struct od_db_driver od_db_sqlite = {
	.scheme = "sqlite",
	.begin = "BEGIN IMMEDIATE",
	.open = open_db,
	.close = close_db,
	.run = run,
};
