// SPDX-License-Identifier: GPL-3.0-or-later
#include "lib/vmcore_views.h"

struct words {
	struct od_trail *trail;
	const char *const *items;
	size_t count, at;
	struct od_vmcore_views *views;
};

static struct od_str peek(const struct words *words)
{
	return words->at < words->count ? od_str_from(words->items[words->at]) : (struct od_str){NULL, 0};
}

static bool take(struct words *words, const char *text)
{
	if (!od_str_equal(peek(words), od_str_from(text)))
		return false;
	words->at++;
	return true;
}

static struct od_vmcore_query *ask(struct words *words, enum od_vmcore_question question)
{
	struct od_vmcore_views *views = words->views;

	if (views->count == OD_VIEW_LIMIT) {
		od_fail(words->trail, OD_ERR_USAGE, "more than %d views", OD_VIEW_LIMIT);
		return NULL;
	}
	struct od_vmcore_query *query = &views->queries[views->count++];
	*query = (struct od_vmcore_query){.question = question};
	return query;
}

static bool read_number(struct words *words, uint64_t *ret)
{
	struct od_str word = peek(words);

	if (!(od_scan_0x(&word, ret) || od_scan_u64(&word, ret)) || word.len)
		return false;
	words->at++;
	return true;
}

/* A PID or the address of a task: it begins with a digit, or is an address without 0x. */
static bool is_task(struct od_str word)
{
	uint64_t number;

	return word.len && od_scan_hex(&word, &number) && (!word.len || (!number && word.ptr[0] == 'x'));
}

static bool read_bt(struct words *words)
{
	struct od_vmcore_query *query;
	uint64_t cpu = 0;

	if (take(words, "-a"))
		return ask(words, OD_ASK_STACK_OF_CPUS);
	if (take(words, "all"))
		return ask(words, OD_ASK_STACK_OF_TASKS);
	if (take(words, "-c")) {
		if (!read_number(words, &cpu)) {
			od_fail(words->trail, OD_ERR_USAGE, "bt -c wants the number of a CPU");
			return false;
		}
		query = ask(words, OD_ASK_STACK_OF_CPU);
		if (query)
			query->number = cpu;
		return query;
	}
	if (!is_task(peek(words)))
		return ask(words, OD_ASK_STACK_OF_PANIC);
	query = ask(words, OD_ASK_STACK_OF_TASK);
	if (query)
		query->text = peek(words);
	words->at++;
	return query;
}

static bool read_argument(struct words *words, const char *view, const char *what, struct od_str *ret)
{
	*ret = peek(words);
	if (!ret->len) {
		od_fail(words->trail, OD_ERR_USAGE, "%s wants %s", view, what);
		return false;
	}
	words->at++;
	return true;
}

static bool read_dis(struct words *words)
{
	struct od_vmcore_query *query = ask(words, OD_ASK_CODE);

	return query && read_argument(words, "dis", "a symbol or an address", &query->text);
}

static bool read_rd(struct words *words)
{
	struct od_vmcore_query *query = ask(words, OD_ASK_MEMORY);

	if (!query || !read_argument(words, "rd", "a symbol or an address", &query->text))
		return false;
	read_number(words, &query->number);
	return true;
}

/* The address is a word that no view is named by. */
static bool is_view(struct od_str word);

static bool read_struct(struct words *words)
{
	struct od_vmcore_query *query = ask(words, OD_ASK_TYPE);

	if (!query || !read_argument(words, "struct", "the name of a type", &query->type))
		return false;
	if (peek(words).len && !is_view(peek(words)))
		query->text = od_str_from(words->items[words->at++]);
	return true;
}

/* An address, or what memory is used for. */
static bool read_kmem(struct words *words)
{
	struct od_vmcore_query *query;

	if (take(words, "-i") || !peek(words).len || is_view(peek(words))) {
		words->views->parts |= OD_VMCORE_PART_KMEM;
		return true;
	}
	query = ask(words, OD_ASK_WHERE);
	if (!query)
		return false;
	words->views->parts |= OD_VMCORE_PART_ANSWERS;
	query->text = od_str_from(words->items[words->at++]);
	return true;
}

static bool read_net(struct words *words)
{
	if (take(words, "-a")) {
		words->views->parts |= OD_VMCORE_PART_ARP;
		return true;
	}
	words->views->parts |= OD_VMCORE_PART_NET;
	return true;
}

static const struct {
	const char *name;
	unsigned part;
	bool (*read)(struct words *words);	/* what follows the name; NULL: nothing */
} views[] = {
	{"sys", OD_VMCORE_PART_SYS, NULL},
	{"log", OD_VMCORE_PART_LOG, NULL},
	{"bt", OD_VMCORE_PART_BT, read_bt},
	{"mod", OD_VMCORE_PART_MOD, NULL},
	{"ps", OD_VMCORE_PART_PS, NULL},
	{"kmem", 0, read_kmem},
	{"net", 0, read_net},
	{"dis", OD_VMCORE_PART_ANSWERS, read_dis},
	{"rd", OD_VMCORE_PART_ANSWERS, read_rd},
	{"struct", OD_VMCORE_PART_ANSWERS, read_struct},
};

enum { VIEW_COUNT = sizeof(views) / sizeof(views[0]) };

static size_t find_view(struct od_str word)
{
	size_t i = 0;

	while (i < VIEW_COUNT && !od_str_equal(word, od_str_from(views[i].name)))
		i++;
	return i;
}

static bool is_view(struct od_str word)
{
	return find_view(word) < VIEW_COUNT;
}

static bool read_file(struct words *words)
{
	struct od_vmcore_views *read = words->views;

	if (words->at == words->count || read->file_count == OD_FILE_LIMIT) {
		od_fail(words->trail, OD_ERR_USAGE, "+ wants the name of a file, at most %d times", OD_FILE_LIMIT - 1);
		return false;
	}
	read->files[read->file_count++] = words->items[words->at++];
	return true;
}

od_status od_vmcore_views_read(struct od_trail *trail, const char *const *items, size_t count,
			       struct od_vmcore_views *ret)
{
	struct words words = {trail, items, count, 0, ret};

	*ret = (struct od_vmcore_views){.file_count = 1};
	while (take(&words, "+"))
		if (!read_file(&words))
			return OD_ERR_USAGE;
	while (words.at < count) {
		struct od_str word = peek(&words);
		size_t view = find_view(word);
		if (view == VIEW_COUNT)
			return od_fail(trail, OD_ERR_USAGE, "'%.*s' is no view: sys, log, bt, mod, ps, dis, rd, struct, kmem or net",
				       OD_FMT(word));
		words.at++;
		ret->parts |= views[view].part;
		if (views[view].read && !views[view].read(&words))
			return OD_ERR_USAGE;
	}
	return OD_OK;
}
