// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Sources: kernel/kallsyms.c (the module names that stand for code of the kernel's own), kernel/bpf/core.c
 * bpf_get_prog_name(), kernel/bpf/trampoline.c, kernel/trace/ftrace.c, kernel/kprobes.c; Linux 6.1 and 6.12.
 */
#include "symbolize/special.h"

struct row {
	struct od_str module;	/* empty: the kernel, or bpf */
	struct od_str function;	/* how it begins */
	unsigned digits;	/* hexadecimal ones that must follow: functions of the kernel begin like this, too */
	const char *sentence;
};

static const struct row rows[] = {
	{OD_STR(""), OD_STR("bpf_trampoline_"), 1, "a BPF trampoline, which the kernel makes at run time"},
	{OD_STR(""), OD_STR("bpf_dispatcher_"), 1, "a BPF dispatcher, which the kernel makes at run time"},
	{OD_STR(""), OD_STR("bpf_prog_"), 16,
	 "a BPF program, compiled at run time; see it with: bpftool prog dump jited tag TAG linum"},
	{OD_STR(""), OD_STR("ftrace_trampoline"), 0, "an ftrace trampoline, which the kernel makes at run time"},
	{OD_STR(""), OD_STR("kprobe_insn_page"), 0, "the copy of a probed instruction, which kprobes makes at run time"},
	{OD_STR(""), OD_STR("kprobe_optinsn_page"), 0, "an optimised probe, which kprobes makes at run time"},
	{OD_STR("bpf"), OD_STR(""), 0, "BPF code, compiled at run time; see it with: bpftool prog dump jited"},
	{OD_STR("__builtin__ftrace"), OD_STR(""), 0, "an ftrace trampoline, which the kernel makes at run time"},
	{OD_STR("__builtin__kprobes"), OD_STR(""), 0,
	 "the copy of a probed instruction, which kprobes makes at run time"},
};

static bool fits(const struct row *row, const struct od_frame *frame)
{
	struct od_str rest = frame->function;
	uint64_t tag;

	if (row->module.len ? !od_str_equal(frame->module, row->module)
			    : frame->module.len && !od_str_equal(frame->module, OD_STR("bpf")))
		return false;
	if (!od_scan_text(&rest, row->function) || rest.len < row->digits)
		return false;
	struct od_str digits = od_str_first(rest, row->digits);
	return !row->digits || (od_scan_hex(&digits, &tag) && !digits.len);
}

const char *od_special_code(const struct od_frame *frame)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (fits(&rows[i], frame))
			return rows[i].sentence;
	return NULL;
}
