// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/index.h"

#include "parsers/headers.h"

/* Puts row number `number` at the end of the chain. */
static void append(uint16_t *first, uint16_t number, uint16_t *(*next_of)(struct od_index *, uint16_t), struct od_index *index)
{
	uint16_t *link = first;
	while (*link)
		link = next_of(index, *link);
	*link = number;
}

static uint16_t *next_header(struct od_index *index, uint16_t number)
{
	return &index->header[number - 1].next;
}

static uint16_t *next_rule(struct od_index *index, uint16_t number)
{
	return &index->rule[number - 1].next;
}

static bool add_header(struct od_index *index, const struct od_header *header, uint16_t number)
{
	struct od_str literal = od_str_from(header->literal);
	uint16_t *first = header->inside ? index->inside : index->headers;

	if (number > OD_INDEX_HEADERS || literal.len < 2 || (header->inside && !od_grams_add(&index->grams, literal)))
		return false;
	index->header[number - 1] = (struct od_index_header){header, (uint16_t)literal.len, 0};
	append(&first[od_index_pair(literal.ptr)], number, next_header, index);
	return true;
}

static bool add_rule(struct od_index *index, const struct od_rule *rule, uint16_t number)
{
	struct od_str prefix = od_str_from(rule->prefix);

	if (number > OD_INDEX_RULES || !prefix.len)
		return false;
	index->rule[number - 1] = (struct od_index_rule){rule, (uint16_t)prefix.len, 0};
	append(prefix.len > 1 ? &index->rules[od_index_pair(prefix.ptr)] : &index->short_rules[(unsigned char)prefix.ptr[0]],
	       number, next_rule, index);
	return true;
}

bool od_index_init(struct od_index *index, const struct od_rule *const *tables)
{
	uint16_t headers = 0, rules = 0;

	*index = (struct od_index){0};
	for (const struct od_header *header = od_headers; header->literal; header++)
		if (!add_header(index, header, ++headers))
			return false;
	for (; *tables; tables++)
		for (const struct od_rule *rule = *tables; rule->prefix; rule++)
			if (!add_rule(index, rule, ++rules))
				return false;
	return true;
}
