// SPDX-License-Identifier: GPL-3.0-or-later
#include "triage/html.h"

#include <stdlib.h>

#include "core/escape.h"

enum {
	MOST_COLUMNS = 16,	/* kernels in the map */
	MOST_ROWS = 20,		/* groups in it */
	LABEL_WIDTH = 330,
	CELL_WIDTH = 40,
	CELL_HEIGHT = 22,
	HEADER_HEIGHT = 130,
	LONGEST_LABEL = 46,	/* characters of a title that fit */
};

struct span {
	const struct od_grouping *grouping;
	size_t begin, end;	/* in grouping->order */
};

static struct span span_of(const struct od_grouping *grouping, const struct od_group *group)
{
	return group ? (struct span){grouping, group->begin, group->end} : (struct span){grouping, 0, grouping->member_count};
}

static const struct od_member *member_at(struct span span, size_t i)
{
	return &span.grouping->members[span.grouping->order[i]];
}

/* From 1970 to the end of year 9999: lines of other programs may say anything. */
static bool is_moment(int64_t time)
{
	return time >= 0 && time < 253402300800;
}

/* The first and last moment of all crashes: every timeline has the same axis. False: fewer than two are known. */
static bool moments(const struct od_grouping *grouping, int64_t *first, int64_t *last)
{
	*first = INT64_MAX;
	*last = INT64_MIN;
	for (size_t i = 0; i < grouping->group_count; i++) {
		if (!is_moment(grouping->groups[i].first) || !is_moment(grouping->groups[i].last))
			continue;
		*first = grouping->groups[i].first < *first ? grouping->groups[i].first : *first;
		*last = grouping->groups[i].last > *last ? grouping->groups[i].last : *last;
	}
	return *first < *last;
}

struct axis {
	int64_t first, last, width; /* of a bar, in seconds: an hour, or as many whole days as are needed */
};

/* Where the bars begin, so that the last moment is in one of them. False: fewer than two moments are known. */
static bool find_axis(const struct od_grouping *grouping, unsigned bins, struct axis *ret)
{
	const int64_t hour = 3600, day = 86400;

	if (!bins || !moments(grouping, &ret->first, &ret->last))
		return false;
	ret->width = (ret->last - ret->first) / hour + 1 < bins ? hour : ((ret->last - ret->first) / day / bins + 1) * day;
	int64_t begin = ret->first - ret->first % ret->width;
	while ((ret->last - begin) / ret->width >= bins) {
		ret->width += day;
		begin = ret->first - ret->first % ret->width;
	}
	ret->first = begin;
	return true;
}

static void put_bar(struct od_buf *out, unsigned i, double height, int64_t begin, uint64_t count)
{
	od_buf_printf(out, "<rect class=\"bar\" x=\"%u\" y=\"%.1f\" width=\"9\" height=\"%.1f\"><title>", i * 10, 60 - height, height);
	od_html_count(out, count, "crash");
	od_buf_put_string(out, " from ");
	struct od_buf when = {0};
	od_html_time(&when, begin);
	/* The title of an SVG element is plain text: without the tags. */
	struct od_str text = od_buf_str(&when);
	if (od_scan_literal(&text, "<time>") && od_str_ends(text, OD_STR("</time>")))
		od_buf_put(out, od_str_first(text, text.len - strlen("</time>")));
	od_buf_deinit(&when);
	od_buf_put_string(out, "</title></rect>");
}

void od_html_timeline(struct od_buf *out, const struct od_grouping *grouping, const struct od_group *group, unsigned bins,
		      bool axis)
{
	const struct span span = span_of(grouping, group);
	uint64_t counts[OD_MOST_BINS] = {0}, most = 1;
	struct axis time;

	bins = bins < OD_MOST_BINS ? bins : OD_MOST_BINS;
	if (!find_axis(grouping, bins, &time))
		return;
	for (size_t i = span.begin; i < span.end; i++) {
		const int64_t when = member_at(span, i)->time;
		if (when >= time.first && when <= time.last)
			counts[(when - time.first) / time.width]++;
	}
	for (unsigned i = 0; i < bins; i++)
		most = counts[i] > most ? counts[i] : most;
	od_buf_printf(out, "<figure><svg viewBox=\"0 0 %u 61\" width=\"%u\" role=\"img\" aria-label=\"crashes over time\">", bins * 10,
		      bins * (axis ? 18 : 10));
	od_buf_printf(out, "<line class=\"rule\" x1=\"0\" y1=\"60.5\" x2=\"%u\" y2=\"60.5\"/>", bins * 10);
	for (unsigned i = 0; i < bins; i++)
		if (counts[i])
			put_bar(out, i, 2 + 56.0 * (double)counts[i] / (double)most, time.first + i * time.width, counts[i]);
	od_buf_put_string(out, "</svg>");
	if (axis) {
		od_buf_put_string(out, "<figcaption>");
		od_html_time(out, time.first);
		od_buf_put_string(out, " to ");
		od_html_time(out, time.last);
		if (time.width < 86400)
			od_buf_put_string(out, ", a bar an hour");
		else if (time.width == 86400)
			od_buf_put_string(out, ", a bar a day");
		else
			od_buf_printf(out, ", a bar every %lld days", (long long)(time.width / 86400));
		od_buf_printf(out, ", the highest %llu</figcaption>", (unsigned long long)most);
	}
	od_buf_put_string(out, "</figure>\n");
}

/* A label of at most LONGEST_LABEL characters; cut inside no character, since what is cut is escaped afterwards. */
static void put_label(struct od_buf *out, struct od_str text)
{
	size_t len = text.len < LONGEST_LABEL ? text.len : LONGEST_LABEL;

	while (len < text.len && len && ((unsigned char)text.ptr[len] & 0xc0) == 0x80)
		len--;
	od_escape_html(out, od_str_first(text, len));
	if (len < text.len)
		od_buf_put_string(out, "…");
}

static void put_cell(struct od_buf *out, unsigned column, unsigned row, uint64_t count, uint64_t most)
{
	const unsigned x = LABEL_WIDTH + column * CELL_WIDTH, y = HEADER_HEIGHT + row * CELL_HEIGHT;

	od_buf_printf(out, "<rect class=\"cell\" fill-opacity=\"%.2f\" x=\"%u\" y=\"%u\" width=\"%d\" height=\"%d\" rx=\"2\"/>",
		      0.15 + 0.6 * (double)count / (double)most, x, y, CELL_WIDTH - 2, CELL_HEIGHT - 2);
	od_buf_printf(out, "<text class=\"on\" text-anchor=\"middle\" x=\"%u\" y=\"%u\">%llu</text>", x + CELL_WIDTH / 2 - 1, y + 14,
		      (unsigned long long)count);
}

static void put_group(struct od_buf *out, const struct od_grouping *grouping, unsigned row, const struct od_tally *columns,
		      unsigned count, uint64_t most)
{
	const struct od_group *group = &grouping->groups[row];
	const struct span span = span_of(grouping, group);
	char page[OD_PAGE_NAME];

	od_html_page_name(group->id, page);
	od_buf_printf(out, "<a href=\"%s\"><text x=\"0\" y=\"%u\">", page, HEADER_HEIGHT + row * CELL_HEIGHT + 14);
	put_label(out, od_grouping_name(grouping, group->title));
	od_buf_put_string(out, "</text></a>");
	for (unsigned column = 0; column < count; column++) {
		uint64_t cell = 0;
		for (size_t i = span.begin; i < span.end; i++)
			cell += member_at(span, i)->kernel == columns[column].name;
		if (cell)
			put_cell(out, column, row, cell, most);
	}
	od_buf_put_char(out, '\n');
}

/* The largest cell: how often the commonest kernel of a group occurs in it. */
static uint64_t largest(const struct od_grouping *grouping, unsigned rows)
{
	uint64_t most = 1;

	for (unsigned row = 0; row < rows; row++) {
		struct od_tally top;
		if (od_tally(grouping, &grouping->groups[row], OD_COLUMN_KERNEL, &top, 1) && top.count > most)
			most = top.count;
	}
	return most;
}

/* For qsort_r(): as versions. */
static int by_version(const void *a, const void *b, void *user)
{
	const struct od_str x = od_grouping_name(user, ((const struct od_tally *)a)->name);
	const struct od_str y = od_grouping_name(user, ((const struct od_tally *)b)->name);

	return strverscmp(x.ptr, y.ptr);
}

void od_html_map(struct od_buf *out, const struct od_grouping *grouping)
{
	const struct od_group all = {.begin = 0, .end = grouping->member_count};
	const unsigned rows = (unsigned)(grouping->group_count < MOST_ROWS ? grouping->group_count : MOST_ROWS);
	struct od_tally columns[MOST_COLUMNS];
	size_t different = od_tally(grouping, &all, OD_COLUMN_KERNEL, columns, MOST_COLUMNS);
	const unsigned count = (unsigned)(different < MOST_COLUMNS ? different : MOST_COLUMNS);

	if (!rows || count < 2)
		return;
	const uint64_t most = largest(grouping, rows);
	qsort_r(columns, count, sizeof(*columns), by_version, (void *)grouping);
	od_buf_printf(out, "<h2>Kernels</h2>\n<figure><svg viewBox=\"0 0 %u %u\" width=\"%u\" role=\"img\" aria-label=\"groups by kernel\">\n",
		      LABEL_WIDTH + count * CELL_WIDTH + 60, HEADER_HEIGHT + rows * CELL_HEIGHT,
		      LABEL_WIDTH + count * CELL_WIDTH + 60);
	for (unsigned column = 0; column < count; column++) {
		const unsigned x = LABEL_WIDTH + column * CELL_WIDTH + CELL_WIDTH / 2;
		od_buf_printf(out, "<text transform=\"translate(%u %d) rotate(-50)\">", x, HEADER_HEIGHT - 6);
		put_label(out, od_grouping_name(grouping, columns[column].name));
		od_buf_put_string(out, "</text>");
	}
	od_buf_put_char(out, '\n');
	for (unsigned row = 0; row < rows; row++)
		put_group(out, grouping, row, columns, count, most);
	od_buf_printf(out, "</svg><figcaption>Crashes of the first %u bugs on the %u commonest kernels", rows, count);
	if (different > count)
		od_buf_printf(out, " of %zu", different);
	od_buf_put_string(out, "</figcaption></figure>\n");
}
