// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * What a database must be able to do. The SQL is written once, in store.c, in what SQLite and
 * PostgreSQL have in common: parameters are $1, $2, … in the order in which they first appear. Values
 * are always parameters, never pasted into the text. One thread at a time.
 */
#ifndef OD_TRIAGE_DB_H
#define OD_TRIAGE_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/status.h"
#include "core/str.h"

enum od_db_type { OD_DB_NULL, OD_DB_NUMBER, OD_DB_TEXT, OD_DB_BYTES };

struct od_db_value {
	enum od_db_type type;
	int64_t number;
	struct od_str text;	/* TEXT: valid UTF-8 without NUL; BYTES: anything */
};

static inline struct od_db_value od_db_number(int64_t number)
{
	return (struct od_db_value){.type = OD_DB_NUMBER, .number = number};
}

static inline struct od_db_value od_db_text(struct od_str text)
{
	return (struct od_db_value){.type = OD_DB_TEXT, .text = text};
}

static inline struct od_db_value od_db_bytes(struct od_str bytes)
{
	return (struct od_db_value){.type = OD_DB_BYTES, .text = bytes};
}

/* One row; its values live until the call returns. False: no more rows are wanted. */
typedef bool (*od_db_row_fn)(void *user, const struct od_db_value *columns, size_t count);

enum { OD_DB_MOST_VALUES = 10 };

struct od_db_driver {
	const char *scheme;	/* what a URL begins with, without "://" or ":" */
	const char *begin;	/* begins a transaction that will write */
	const char *lock;	/* in a transaction: keeps others from changing the schema; NULL: `begin` did */
	/* `where`: the whole URL for servers, what follows "scheme:" for files. */
	od_status (*open)(struct od_trail *trail, const char *where, void **ret);
	void (*close)(void *db);
	/* Whether the connection has broken; NULL: there is none that could. */
	bool (*is_lost)(void *db);
	/* Connects anew, once. A transaction that was under way is undone, or was done before. */
	od_status (*reconnect)(void *db, struct od_trail *trail);
	/*
	 * Runs one statement. Rows go to `row` (may be NULL); it must not run another statement. What a statement without
	 * rows does wrong inside a transaction may be told by a later one, "COMMIT" at the latest.
	 */
	od_status (*run)(void *db, struct od_trail *trail, const char *sql, const struct od_db_value *values, size_t count,
			 od_db_row_fn row, void *user);
};

extern const struct od_db_driver od_db_sqlite, od_db_postgres;

#endif
