// SPDX-License-Identifier: GPL-3.0-or-later
/* Decoding kept logs again, after an upgrade. */
#include "triage/triage.h"

struct log_key {
	struct od_str host, hash;
};

struct log_keys {
	struct od_arena *arena;
	OD_LIST(struct log_key) items;
};

static bool take_log_key(void *user, const struct od_db_value *columns, size_t count)
{
	struct log_keys *keys = user;
	struct log_key *key = od_list_push(keys->arena, &keys->items);

	(void)count;
	if (key)
		*key = (struct log_key){od_arena_copy(keys->arena, columns[0].text), od_arena_copy(keys->arena, columns[1].text)};
	return key;
}

struct again {
	struct od_reader *reader;
	struct od_reading *reading;
};

static bool take_log(void *user, const struct od_db_value *columns, size_t count)
{
	struct again *again = user;

	(void)count;
	again->reading = od_reader_again(again->reader, columns[0].text, columns[1].text);
	return false;
}

static od_status redecode_one(struct od_triage *triage, struct od_reader *reader, const struct log_key *key)
{
	struct again again = {.reader = reader};
	od_status status = od_store_log(triage->store, &triage->trail, key->host, key->hash, take_log, &again);

	if (status == OD_OK && again.reading && again.reading->crashes.count && !again.reading->trouble.len) {
		struct od_crash *crash = &again.reading->crashes.items[0];
		crash->host = key->host;
		crash->hash = key->hash;
		triage->progress.events += crash->event_count;
		status = od_store_replace(triage->store, &triage->trail, crash);
	} else if (status == OD_OK && again.reading && again.reading->trouble.len) {
		od_triage_note_trouble(triage, again.reading->trouble.ptr, "");
	}
	triage->progress.done++;
	od_reading_destroy(again.reading);
	return status;
}

od_result od_triage_redecode(struct od_triage *triage)
{
	struct log_keys keys = {.arena = od_arena_create(0)};
	struct od_reader *reader = NULL;

	od_trail_clear(&triage->trail);
	if (!keys.arena)
		return OD_RESULT_NOMEM;
	od_status status = od_reader_create(&triage->trail, &triage->decode, NULL, false, &reader);
	if (status == OD_OK)
		status = od_store_log_keys(triage->store, &triage->trail, take_log_key, &keys);
	triage->progress.files = keys.items.count;
	for (size_t i = 0; i < keys.items.count && status == OD_OK && od_triage_report_progress(triage); i++)
		status = redecode_one(triage, reader, &keys.items.items[i]);
	od_reader_destroy(reader);
	od_arena_destroy(keys.arena);
	return od_triage_result(status);
}
