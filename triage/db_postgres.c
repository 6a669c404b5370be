// SPDX-License-Identifier: GPL-3.0-or-later
#include "triage/db.h"

#include <inttypes.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>

enum { PENDING_LIMIT = 256 };	/* their answers, which nobody reads meanwhile, fit into the socket's buffer */

/*
 * In a transaction, statements without rows are sent one after the other (pipeline mode, libpq 14), and their answers read
 * together: otherwise each would wait for the server's.
 */
struct session {
	PGconn *connection;
	char *where;
	unsigned pending;	/* answers that were not read */
	bool lost;		/* it broke, though libpq may not say so: PQstatus() does not know of what could not be sent */
};

static od_status fail(PGconn *connection, struct od_trail *trail, const char *what)
{
	struct od_str message = od_str_trim(od_str_from(PQerrorMessage(connection)));
	ptrdiff_t end = od_str_find_char(message, '\n'); /* what follows are guesses and hints */

	if (end >= 0)
		message = od_str_first(message, (size_t)end);
	return od_fail(trail, OD_ERR_IO, "%s: %.*s", what, OD_FMT(message));
}

static void ignore_notice(void *user, const PGresult *result)
{
	(void)user;
	(void)result;
}

static void close_db(void *db)
{
	struct session *session = db;

	PQfinish(session->connection);
	free(session->where);
	free(session);
}

/* Commits are synchronous whatever the server's default is: a run that ends well says that all is stored. */
static void set_up(PGconn *connection)
{
	PQsetNoticeReceiver(connection, ignore_notice, NULL);
	PQclear(PQexec(connection, "SET synchronous_commit=on"));
}

static bool is_lost(void *db)
{
	const struct session *session = db;

	return session->lost || PQstatus(session->connection) != CONNECTION_OK;
}

static od_status reconnect(void *db, struct od_trail *trail)
{
	struct session *session = db;

	/* Not PQreset(): a connection that broke in a pipeline is out of step with its answers afterwards (libpq 15). */
	PQfinish(session->connection);
	session->connection = PQconnectdb(session->where);
	session->pending = 0;
	session->lost = false;
	if (is_lost(db))
		return fail(session->connection, trail, "cannot connect");
	set_up(session->connection);
	return OD_OK;
}

static od_status open_db(struct od_trail *trail, const char *where, void **ret)
{
	struct session *session = calloc(1, sizeof(*session));
	char *copy = strdup(where);

	if (!session || !copy) {
		free(copy);
		free(session);
		return od_fail(trail, OD_ERR_NOMEM, "out of memory");
	}
	session->where = copy;
	session->connection = PQconnectdb(where);
	if (is_lost(session)) {
		od_status status = fail(session->connection, trail, "cannot connect");
		close_db(session);
		return status;
	}
	set_up(session->connection);
	*ret = session;
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

/* An error that no server sent, or the one of a server that ends (57P0x: operator intervention). */
static bool is_end(const PGresult *result)
{
	const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);

	return !state || strncmp(state, "57P0", 4) == 0;
}

/* Reads the answer of one statement; false: there is none any more. */
static bool take_answer(struct session *session, struct od_trail *trail, od_db_row_fn row, void *user, od_status *status)
{
	PGconn *connection = session->connection;
	PGresult *result;
	bool any = false;

	while ((result = PQgetResult(connection))) {
		ExecStatusType type = PQresultStatus(result);
		bool fine = type == PGRES_SINGLE_TUPLE || type == PGRES_TUPLES_OK || type == PGRES_COMMAND_OK ||
			    type == PGRES_PIPELINE_SYNC;
		any = true;
		session->lost |= type == PGRES_FATAL_ERROR && is_end(result);
		if (!fine && *status == OD_OK)
			*status = fail(connection, trail, "the database refused");
		for (int i = 0; row && i < PQntuples(result); i++)
			if (!give_row(result, i, row, user))
				row = NULL;
		PQclear(result);
		if (type == PGRES_PIPELINE_SYNC)
			break;
	}
	return any;
}

/* Reads all answers that are outstanding. */
static od_status settle(struct session *session, struct od_trail *trail)
{
	PGconn *connection = session->connection;
	od_status status = OD_OK;

	if (!session->pending)
		return OD_OK;
	if (!PQpipelineSync(connection))
		status = fail(connection, trail, "cannot send");
	for (unsigned i = 0; i <= session->pending; i++) /* and of the sync itself */
		if (!take_answer(session, trail, NULL, NULL, &status))
			break;
	session->pending = 0;
	if (!PQexitPipelineMode(connection) && status == OD_OK)
		status = fail(connection, trail, "the database refused");
	return status;
}

static od_status send_statement(struct session *session, struct od_trail *trail, const char *sql, const struct od_db_value *values,
		      size_t count)
{
	struct parameters parameters;

	fill(&parameters, values, count);
	if (PQsendQueryParams(session->connection, sql, (int)count, NULL, parameters.values, parameters.lengths,
			      parameters.formats, 0))
		return OD_OK;
	session->lost = true;
	return fail(session->connection, trail, "cannot send");
}

/* Rows come one by one, so that memory does not depend on how many there are. */
static od_status ask(struct session *session, struct od_trail *trail, const char *sql, const struct od_db_value *values,
		     size_t count, od_db_row_fn row, void *user)
{
	od_status status = send_statement(session, trail, sql, values, count);

	if (status != OD_OK)
		return status;
	PQsetSingleRowMode(session->connection);
	take_answer(session, trail, row, user, &status);
	return status;
}

static od_status run(void *db, struct od_trail *trail, const char *sql, const struct od_db_value *values, size_t count,
		     od_db_row_fn row, void *user)
{
	struct session *session = db;
	const bool later = !row && count && PQtransactionStatus(session->connection) != PQTRANS_IDLE;
	od_status status = later && session->pending < PENDING_LIMIT ? OD_OK : settle(session, trail);

	if (status != OD_OK || !later)
		return status == OD_OK ? ask(session, trail, sql, values, count, row, user) : status;
	if (!session->pending && !PQenterPipelineMode(session->connection))
		return fail(session->connection, trail, "the database refused");
	session->pending++;
	return send_statement(session, trail, sql, values, count);
}

const struct od_db_driver od_db_postgres = {
	.scheme = "postgresql",
	.begin = "BEGIN",
	.lock = "SELECT pg_advisory_xact_lock(7235421)",
	.open = open_db,
	.close = close_db,
	.is_lost = is_lost,
	.reconnect = reconnect,
	.run = run,
};
