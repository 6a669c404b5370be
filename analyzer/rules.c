// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzer/rules.h"

const struct od_rule od_rules[] = {
	{OD_KIND_NULL_DEREF, od_rule_fault},
	{OD_KIND_PAGING_REQUEST, od_rule_fault},
	{OD_KIND_USER_ACCESS, od_rule_fault},
	{OD_KIND_NX_EXEC, od_rule_fault},
	{OD_KIND_USER_EXEC, od_rule_fault},
	{OD_KIND_GPF, od_rule_gpf},
	{OD_KIND_BUG_ON, od_rule_bug},
	{OD_KIND_WARNING, od_rule_warning},
	{OD_KIND_DIVIDE_ERROR, od_rule_divide},
	{OD_KIND_PANIC, od_rule_panic},
};

const size_t od_rule_count = sizeof(od_rules) / sizeof(od_rules[0]);
