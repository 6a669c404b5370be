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

bool od_index_init(struct od_index *index, const struct od_rule *const *tables)
{
	uint16_t headers = 0, rules = 0;

	*index = (struct od_index){0};
	for (const struct od_header *header = od_headers; header->literal; header++) {
		if (headers == OD_INDEX_HEADERS)
			return false;
		uint16_t *first = header->inside ? index->inside : index->headers;
		index->header[headers++] = (struct od_index_header){header, (uint16_t)strlen(header->literal), 0};
		if (header->inside)
			index->inside_second[(unsigned char)header->literal[1]] = true;
		append(&first[(unsigned char)header->literal[0]], headers, next_header, index);
	}
	for (; *tables; tables++) {
		for (const struct od_rule *rule = *tables; rule->prefix; rule++) {
			if (rules == OD_INDEX_RULES)
				return false;
			index->rule[rules++] = (struct od_index_rule){rule, (uint16_t)strlen(rule->prefix), 0};
			append(&index->rules[(unsigned char)rule->prefix[0]], rules, next_rule, index);
		}
	}
	return true;
}
