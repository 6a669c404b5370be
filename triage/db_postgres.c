// SPDX-License-Identifier: GPL-3.0-or-later
#include "triage/db.h"

#include <inttypes.h>
#include <libpq-fe.h>
#include <stdio.h>

static od_status fail(PGconn *connection, struct od_trail *trail, const char *what)
{
	struct od_str message = od_str_trim(od_str_from(PQerrorMessage(connection)));

	return od_fail(trail, OD_ERR_IO, "%s: %.*s", what, OD_FMT(message));
}

static void ignore_notice(void *user, const PGresult *result)
{
	(void)user;
	(void)result;
}

static void close_db(void *db)
{
	PQfinish(db);
}

static od_status open_db(struct od_trail *trail, const char *where, void **ret)
{
	/* A lost transaction is no harm: with it goes the note that its file was read, so it is read again. */
	static const char setting[] = "SET synchronous_commit=off";
	PGconn *connection = PQconnectdb(where);

	if (PQstatus(connection) != CONNECTION_OK) {
		od_status status = fail(connection, trail, "cannot connect");
		PQfinish(connection);
		return status;
	}
	PQsetNoticeReceiver(connection, ignore_notice, NULL);
	PQclear(PQexec(connection, setting));
	*ret = connection;
	return OD_OK;
}

struct parameters {
	const char *values[OD_DB_MOST_VALUES];
	int lengths[OD_DB_MOST_VALUES], formats[OD_DB_MOST_VALUES];
	char numbers[OD_DB_MOST_VALUES][24];
};

static void fill(struct parameters *to, const struct od_db_value *values, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct od_db_value *value = &values[i];
		snprintf(to->numbers[i], sizeof(to->numbers[i]), "%" PRId64, value->number);
		to->values[i] = value->type == OD_DB_NULL     ? NULL :
				value->type == OD_DB_NUMBER   ? to->numbers[i] :
				value->text.ptr		      ? value->text.ptr :
								"";
		to->lengths[i] = (int)value->text.len;
		to->formats[i] = value->type == OD_DB_BYTES;
	}
}

enum { BYTEA_OID = 17, INT8_OID = 20 }; /* src/include/catalog/pg_type.dat */

/* *owned is to be freed with PQfreemem(). */
static struct od_db_value column(PGresult *result, int row, int at, unsigned char **owned)
{
	const char *text = PQgetvalue(result, row, at);
	struct od_db_value value = {.type = OD_DB_TEXT, .text = {text, (size_t)PQgetlength(result, row, at)}};

	if (PQgetisnull(result, row, at))
		return (struct od_db_value){0};
	if (PQftype(result, at) == BYTEA_OID) {
		*owned = PQunescapeBytea((const unsigned char *)text, &value.text.len);
		value.text.ptr = (const char *)*owned;
		value.type = OD_DB_BYTES;
	} else if (PQftype(result, at) == INT8_OID) {
		struct od_str digits = value.text;
		uint64_t number = 0;
		bool negative = od_scan_char(&digits, '-');
		od_scan_u64(&digits, &number);
		return od_db_number(negative ? -(int64_t)number : (int64_t)number);
	}
	return value;
}

static bool give_row(PGresult *result, int row, od_db_row_fn take, void *user)
{
	struct od_db_value columns[OD_DB_MOST_VALUES];
	unsigned char *owned[OD_DB_MOST_VALUES] = {0};
	int count = PQnfields(result);

	if (count > OD_DB_MOST_VALUES)
		count = OD_DB_MOST_VALUES;
	for (int i = 0; i < count; i++)
		columns[i] = column(result, row, i, &owned[i]);
	bool more = take(user, columns, (size_t)count);
	for (int i = 0; i < count; i++)
		PQfreemem(owned[i]);
	return more;
}

/* Rows come one by one, so that memory does not depend on how many there are. */
static od_status run(void *db, struct od_trail *trail, const char *sql, const struct od_db_value *values, size_t count,
		     od_db_row_fn row, void *user)
{
	struct parameters parameters;
	od_status status = OD_OK;
	PGresult *result;

	fill(&parameters, values, count);
	if (!PQsendQueryParams(db, sql, (int)count, NULL, parameters.values, parameters.lengths, parameters.formats, 0))
		return fail(db, trail, "cannot send");
	PQsetSingleRowMode(db);
	while ((result = PQgetResult(db))) {
		ExecStatusType type = PQresultStatus(result);
		if (type != PGRES_SINGLE_TUPLE && type != PGRES_TUPLES_OK && type != PGRES_COMMAND_OK && status == OD_OK)
			status = fail(db, trail, "the database refused");
		for (int i = 0; row && i < PQntuples(result); i++)
			if (!give_row(result, i, row, user))
				row = NULL;
		PQclear(result);
	}
	return status;
}

const struct od_db_driver od_db_postgres = {
	.scheme = "postgresql",
	.begin = "BEGIN",
	.lock = "SELECT pg_advisory_xact_lock(7235421)",
	.open = open_db,
	.close = close_db,
	.run = run,
};
