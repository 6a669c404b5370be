// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Classes that the kernel names by words of its own, each in the file that the row names; and locks that are held where
 * they must not be: kernel/locking/lockdep.c, 6.12.
 */
#include "analyzer/finding.h"

static struct od_str line_of(struct od_str text, size_t at)
{
	size_t begin = at, end = at;

	while (begin && text.ptr[begin - 1] != '\n')
		begin--;
	while (end < text.len && text.ptr[end] != '\n')
		end++;
	return od_str_trim((struct od_str){text.ptr + begin, end - begin});
}

/* The line with these words: of the message, the header, or the lines that the event keeps. */
static bool find_line(const struct od_finder *finder, const char *words, struct od_str *ret)
{
	const struct od_event *event = finder->event;
	const struct od_str texts[] = {event->message, event->header};
	const struct od_str needle = od_str_from(words);

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		ptrdiff_t at = od_str_find(texts[i], needle);
		if (at < 0)
			continue;
		*ret = line_of(texts[i], (size_t)at);
		return true;
	}
	for (size_t i = 0; i < event->said.count; i++) {
		*ret = event->said.items[i].text;
		if (od_str_find(*ret, needle) >= 0)
			return true;
	}
	return false;
}

bool od_find_words(const struct od_find_row *row, struct od_finder *finder)
{
	struct od_str line;
	struct od_buf claim = {0};

	if (!find_line(finder, row->words, &line))
		return false;
	od_phrase_template(&claim, row->claim, finder->event);
	od_finder_claim(finder, OD_CONFIDENCE_CERTAIN, "%.*s.", OD_FMT(od_buf_str(&claim)));
	od_buf_deinit(&claim);
	od_finder_evidence(finder, "The kernel printed: \"%.*s\".", OD_FMT(line));
	return true;
}

/* The number and what it is out of, in the kernel's own words: "index 4 is out of range for type 'int [4]'". */
bool od_find_quoted(const struct od_find_row *row, struct od_finder *finder)
{
	struct od_str line;

	if (!find_line(finder, row->words, &line))
		return false;
	od_finder_claim(finder, OD_CONFIDENCE_CERTAIN, "%.*s %s: %.*s.",
			OD_FMT(od_finder_function(finder, finder->event->responsible)), row->claim,
			OD_FMT(line));
	if (finder->event->source_file.len)
		od_finder_evidence(finder, "The compiler's check of this operation stands at %.*s:%llu.",
				   OD_FMT(finder->event->source_file),
				   (unsigned long long)finder->event->source_line.value);
	else
		od_finder_evidence(finder, "The kernel printed: \"%.*s\".", OD_FMT(line));
	return true;
}

/* A lock that is still held where the task, the memory or the section ends. */
bool od_find_held(const struct od_find_row *row, struct od_finder *finder)
{
	const struct od_event *event = finder->event;
	const struct od_lock *lock = event->locks.count ? &event->locks.items[0] : NULL;

	if (!lock || !lock->frame.function.len)
		return false;
	od_finder_claim(finder, OD_CONFIDENCE_CERTAIN, "%.*s took %.*s, and %s.",
			OD_FMT(od_finder_function(finder, &lock->frame)), OD_FMT(lock->name), row->claim);
	for (size_t i = 0; i < event->locks.count && i < 8; i++)
		if (event->locks.items[i].frame.function.len)
			od_finder_evidence(finder, "The lock %.*s is held, taken in %.*s.",
					   OD_FMT(event->locks.items[i].name),
					   OD_FMT(od_finder_place(finder, &event->locks.items[i].frame)));
	return true;
}
