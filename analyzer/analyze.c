// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzer/analyzer.h"

#include "analyzer/cause.h"
#include "analyzer/explain.h"
#include "analyzer/finding.h"
#include "analyzer/register_values.h"
#include "analyzer/signature.h"
#include "analyzer/taint.h"

void od_analyze(struct od_event *event, const struct od_module_line *module_lines, size_t count)
{
	if (event->arch && event->arch->decode_error)
		event->arch->decode_error(event);
	od_taint_read(event, module_lines, count);
	od_title(event);
	od_find_cause(event);
	od_read_registers(event);
	od_explain(event);
	od_find(event);
	od_advise(event);
	od_sign(event);
}
