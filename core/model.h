// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * The model: what a log says, and what was found out about it.
 *
 * Stages fill it in order, each field is written by exactly one of them and is const
 * for the next:  [p] parsers   [b] analyzer/blame   [s] symbolize   [a] analyzer
 *
 * Ownership: an event owns one arena, in which everything that it points to lives,
 * strings included; od_event_destroy() frees all at once. Strings are NUL-terminated
 * slices, and hold untrusted log text: escape before showing (core/escape.h).
 * Threads: an event belongs to one thread at a time.
 *
 * Absent means unknown: an od_num that is not known, an empty string, a NULL pointer or
 * an empty list. Every absent place has a reason (od_frame_status, integrity).
 */
#ifndef OD_CORE_MODEL_H
#define OD_CORE_MODEL_H

#include <stdbool.h>
#include <stdint.h>

#include "core/arch.h"
#include "core/arena.h"
#include "core/facts.h"
#include "core/str.h"

enum od_kind {
#define OD_KIND(identifier, name, severity, title) OD_KIND_##identifier,
#include "core/kinds.def"
#undef OD_KIND
	OD_KIND_COUNT,
};

enum od_severity {
	OD_SEVERITY_INFO,
	OD_SEVERITY_REPORT,
	OD_SEVERITY_STALL,
	OD_SEVERITY_WARNING,
	OD_SEVERITY_BUG,
	OD_SEVERITY_OOPS,
	OD_SEVERITY_PANIC,
};

enum od_frame_status {
#define OD_FRAME_STATUS(identifier, name, sentence) OD_FRAME_##identifier,
#include "core/reasons.def"
	OD_FRAME_STATUS_COUNT,
};

enum od_integrity {
#define OD_INTEGRITY(identifier, name, sentence) OD_INTEGRITY_##identifier,
#include "core/reasons.def"
	OD_INTEGRITY_COUNT,
};

enum od_verdict {
#define OD_VERDICT(identifier, name, sentence) OD_VERDICT_##identifier,
#include "core/reasons.def"
	OD_VERDICT_COUNT,
};

enum od_evidence {
#define OD_EVIDENCE(identifier, name, sentence) OD_EVIDENCE_##identifier,
#include "core/reasons.def"
	OD_EVIDENCE_COUNT,
};

enum od_confidence {
	OD_CONFIDENCE_NONE = 0,
	OD_CONFIDENCE_POSSIBLE,
	OD_CONFIDENCE_LIKELY,
	OD_CONFIDENCE_CERTAIN,
};

/* One row per enumerator: the contract's word and a sentence for people. */
struct od_reason {
	const char *name;
	const char *sentence;
};

struct od_kind_info {
	const char *name;
	enum od_severity severity;
	const char *title;
};

extern const struct od_kind_info od_kinds[OD_KIND_COUNT];
extern const struct od_reason od_frame_statuses[OD_FRAME_STATUS_COUNT];
extern const struct od_reason od_integrities[OD_INTEGRITY_COUNT];
extern const struct od_reason od_verdicts[OD_VERDICT_COUNT];
extern const struct od_reason od_evidences[OD_EVIDENCE_COUNT];

/* The contract's words: "oops", "read", "kernel". Never NULL; "" for unknown. */
const char *od_severity_name(enum od_severity severity);
const char *od_access_name(enum od_access access);
const char *od_mode_name(enum od_mode mode);
const char *od_confidence_name(enum od_confidence confidence);

/* By contract name; false: no such kind. */
bool od_kind_find(struct od_str name, enum od_kind *ret);

/* A number that may be unknown. */
struct od_num {
	uint64_t value;
	bool known;
};

static inline struct od_num od_num(uint64_t value)
{
	return (struct od_num){.value = value, .known = true};
}

/* Lines of the input, 1-based, inclusive; first is 0 when unknown. */
struct od_span {
	uint64_t first, last;
};

/* A place in the source, from debug info. */
struct od_place {
	struct od_str function;	/* the author's name */
	struct od_str file;	/* last component of path */
	struct od_str path;	/* as the compiler recorded it, made absolute with its directory */
	unsigned line;		/* 1-based; 0: unknown */
	unsigned column;	/* 1-based; 0: unknown */
	bool inlined;		/* inlined into the next place of the list */
};

typedef OD_LIST(struct od_place) od_places;

struct od_frame {
	/* [p] what the log says */
	struct od_str raw;		/* the frame's own text: "fn+0x1/0x2 [mod]" */
	struct od_span span;
	struct od_num address;		/* where the log prints one */
	struct od_str function;		/* empty: only an address */
	struct od_num offset, size;	/* size as kallsyms computes it: the distance to the next symbol */
	struct od_str module;		/* empty: the kernel itself */
	struct od_str build_id;		/* lower-case hex, where printed */
	struct od_str demangled;	/* [s] the function as its author wrote it, where a compiler mangled the name */
	struct od_str context;		/* "TASK", "IRQ", … ; empty: none printed */
	bool unreliable;		/* marked ? by the kernel */
	bool is_return_address;		/* look up address - arch->return_bias */

	/* [s] where that is */
	enum od_frame_status status;
	struct od_str status_detail;	/* a sentence that completes the status: which file, which command would help */
	od_places places; /* innermost inline first, the out-of-line function last */
	OD_LIST(struct od_str) candidates; /* for "ambiguous": what fits, as text */
	int image;			/* index in event.images + 1; 0: none */
};

/* A variable of a frame: its value, or the reason why there is none. */
struct od_frame_variable {
	const struct od_frame *frame;
	struct od_str function;	/* whose it is: the frame's, or one that was inlined there */
	struct od_str name, type;
	struct od_str value, reason; /* one of them is empty */
	struct od_num target;	/* the address, of a pointer to a struct or union */
	struct od_str object;	/* what stands there, where that was asked for: "{id = 7, next = NULL}" */
	bool parameter;
};

/* By frame, innermost function first; of a function from its last variable to its first. */
typedef OD_LIST(struct od_frame_variable) od_frame_variables;

struct od_register {
	struct od_str name;	/* lower case: "rax", "eflags", "fs_base" */
	uint64_t value;
};

/* The word that the CPU or the kernel gave for the fault's cause. */
struct od_error_code {
	struct od_str raw;	/* digits as printed on the die line: "0002"; empty: none */
	struct od_num value;
	struct od_str name;	/* [a] "x86 page fault" */
	OD_LIST(struct od_code_bit) bits; /* [a] lowest bit first */
};

struct od_fault {
	struct od_num address;		/* [p] */
	enum od_access access;		/* [p] from words of the log, else [a] from the error code */
	enum od_mode mode;		/* likewise */
	struct od_error_code error_code;
};

struct od_instruction_text {
	uint64_t address;	/* meaningful when code.address is known; else the offset in code.bytes */
	uint32_t offset, size;	/* in code.bytes */
	struct od_str text;	/* AT&T syntax on x86 */
	bool fault;		/* the faulting one */
};

enum od_code_source { OD_CODE_NONE = 0, OD_CODE_LOG, OD_CODE_IMAGE, OD_CODE_MEMORY /* of a dump */ };

struct od_code {
	/* [p], or [s] when the log had none and a matching image gave them */
	enum od_code_source source;
	struct od_span span;
	struct od_str bytes;		/* raw, in memory order */
	uint32_t fault_index;		/* of the marked byte in bytes */
	bool has_fault_index;
	struct od_num address;		/* of bytes[0], where it can be known */
	struct od_str note;		/* [p] "Unable to access opcode bytes at …": why there are none */

	/* [s] */
	OD_LIST(struct od_instruction_text) disassembly;
	struct od_str no_disassembly;	/* why there is none */
};

struct od_trace {
	struct od_str role;	/* "alloc", "free", "other-cpu", … ; empty for the event's own */
	struct od_num cpu, pid;
	struct od_str comm;
	OD_LIST(struct od_frame) frames; /* innermost first, in the log's order */
	bool heading_names_first; /* the first frame stands in the trace's heading: "Allocated in fn+0x…" */
};

struct od_object {
	struct od_str cache;
	struct od_num address, size, offset;
};

struct od_lock {
	struct od_str name;
	struct od_num address;
	struct od_str comm;	/* who holds it, where the log lists it under a task; empty: the event's own task */
	struct od_num pid;	/* likewise */
	struct od_frame frame;
};

/* A row of the OOM killer's table of processes; sizes in pages. A number that the kernel did not print is unknown. */
struct od_oom_task {
	struct od_num pid, uid, tgid, total_vm, rss, swap;
	struct od_num adj;	/* oom_score_adj, as a two's complement: it may be negative */
	struct od_str name;
};

/* Whom the OOM killer killed. */
struct od_oom_victim {
	struct od_num pid, uid, score, total_vm_kb, anon_rss_kb, file_rss_kb, shmem_rss_kb, pgtables_kb;
	struct od_num adj;	/* likewise */
	struct od_str comm;
};

enum { OD_OOM_BIGGEST = 10 };

/* The report of the OOM killer, for events of that kind. */
struct od_oom {
	struct od_num gfp_mask, order;
	struct od_num adj;	/* of who asked for memory; likewise */
	struct od_str gfp_flags; /* "GFP_KERNEL|__GFP_ZERO" */
	struct od_str constraint, memcg, task_memcg; /* the cgroup whose limit was met, and that of the victim */
	struct od_num usage_kb, limit_kb; /* of that cgroup */
	struct od_num page_kb;	/* size of a page, where the report tells it */
	struct od_oom_victim killed;
	OD_LIST(struct od_oom_task) tasks;
	uint64_t tasks_left_out; /* rows beyond what is kept */
	size_t biggest[OD_OOM_BIGGEST], biggest_count; /* indexes of the tasks that hold most, memory and swap together */
};

struct od_module {
	struct od_str name;
	struct od_str flags;	/* "OE+", without the parentheses */
};

struct od_taint_flag {
	char letter;
	struct od_str name;	/* "out-of-tree module" */
	struct od_str meaning;	/* a sentence */
	uint64_t line;		/* of the log line that set it; 0: unknown */
};

/* An image that frames were looked up in, and whether it is the right one. */
struct od_image_use {
	struct od_str module;	/* empty: vmlinux */
	struct od_str path;
	enum od_verdict verdict;
	uint32_t evidence;	/* bit (1 << OD_EVIDENCE_x): what agrees, or, in a mismatch, what disagrees */
	OD_LIST(struct od_str) details; /* sentences: "20 of 20 code bytes", "function size 0x1f, the file has 0x25" */
};

struct od_explanation {
	struct od_str sentence, paragraph;
	OD_LIST(struct od_str) next; /* what to do */
};

/* What tells bugs apart: analyzer/signature.h. */
struct od_signature {
	struct od_str id;	/* 16 hexadecimal digits */
	unsigned version;	/* of the algorithm */
	OD_LIST(struct od_str) basis; /* what the id is made of, and what it is compared by */
};

/* Which value was bad, in the words of the source. Absent texts are empty. */
struct od_cause {
	enum od_confidence confidence; /* NONE: there is no cause, and `text` may say why */
	const char *class_name;	/* "null-pointer-member": static */
	struct od_str expression, pointer, type, member;
	struct od_num offset, value;
	OD_LIST(struct od_str) evidence;
	struct od_str text;
};

/* A line of the log, without what loggers put in front. */
struct od_log_line {
	uint64_t line;
	struct od_str text;
};

/* What one rule of the analyzer has to say of an event. */
struct od_finding {
	const char *class_name;	/* "list-removed-twice": static */
	const char *reference;	/* the source of the facts it states: static */
	enum od_confidence confidence;
	struct od_str claim;	/* a sentence */
	OD_LIST(struct od_str) evidence; /* a sentence each */
	OD_LIST(struct od_str) drawing;	/* lines of a picture in plain text; usually none */
};

struct od_event {
	struct od_arena *arena;	/* owns everything below, and the event itself */

	/* [p] */
	enum od_kind kind;
	enum od_severity severity;
	struct od_span span;
	struct od_num time_usec;	/* printk time of the header line, in microseconds */
	struct od_str wall_time;	/* ISO 8601, where the log gives one */
	const struct od_arch *arch;	/* NULL: unknown */
	const struct od_arch *likely_arch; /* where that is unknown: of which its addresses or marks are typical, and no proof; NULL: none */
	struct od_str header;		/* text of the line that names the event, without prefix */
	struct od_str message;		/* what the author wrote: WARN()'s text, the panic's reason */
	struct od_str kernel_release, kernel_version, hardware;
	struct od_num cpu, pid;
	struct od_str comm;
	bool has_taint;			/* the log says "Tainted:" or "Not tainted" */
	struct od_str taint_raw;	/* letters and blanks after "Tainted: "; empty: not tainted */
	struct od_num counter;		/* the N of [#N] */
	struct od_str die_text, die_options; /* "Oops", "PREEMPT SMP NOPTI" */
	struct od_str source_file;	/* "kernel BUG at FILE:LINE!", "WARNING: … at FILE:LINE" */
	struct od_num source_line;
	struct od_fault fault;
	bool has_ip, has_lr;
	struct od_frame ip, lr;
	OD_LIST(struct od_register) registers;		/* at the fault */
	OD_LIST(struct od_register) user_registers;	/* at the system call boundary, where printed */
	struct od_code code;
	OD_LIST(struct od_frame) trace;
	OD_LIST(struct od_trace) traces;
	struct od_object object;
	struct od_oom oom;
	OD_LIST(struct od_lock) locks;
	OD_LIST(struct od_module) modules;
	struct od_num kernel_offset;	/* "Kernel Offset:" */
	uint32_t integrity;		/* bit (1 << OD_INTEGRITY_x) */
	OD_LIST(struct od_log_line) unknown_lines;	/* that no grammar knew */
	OD_LIST(struct od_log_line) said;	/* known lines without a field of their own, of kinds whose rules read them */
	struct od_str last_unloaded;	/* "[last unloaded: name]" of the list of modules */
	struct od_str raw;		/* the event's own lines, exactly, each ended by \n */
	uint64_t index;			/* in the document's "events" */
	int64_t repeat_of, consequence_of; /* indexes of earlier events; -1: none */

	/* [b] points into ip, trace or traces; NULL: nobody to blame */
	const struct od_frame *responsible;

	/* [s] */
	OD_LIST(struct od_image_use) images;
	OD_LIST(struct od_facts) facts; /* of the ip, then of its callers, as far as images tell */

	/* what BUG_ON(), WARN_ON() or an assertion of theirs tested, by the source: analyzer/condition.h */
	struct od_str condition;

	/* [a] */
	struct od_str title;
	OD_LIST(struct od_taint_flag) taint;
	struct od_explanation explanation;
	struct od_signature signature;
	struct od_cause cause;
	OD_LIST(struct od_finding) findings; /* the surest first */
	bool lr_is_caller;		/* the trace lacks the caller of the ip's function: its code shows that it is lr */
	od_frame_variables variables;	/* of the ip, of lr if that is its caller, and the first of trace, as far as registers tell */
};

/* A line about the life of a module; see "module_lines" of the contract. */
struct od_module_line {
	uint64_t line;
	struct od_str module;	/* may be empty */
	const char *what;	/* "out-of-tree", "unsigned", "license", … : static */
	char taint;		/* the letter that it sets; 0: none */
	struct od_str text;
};

enum od_diagnostic_severity { OD_DIAGNOSTIC_NOTE, OD_DIAGNOSTIC_WARNING, OD_DIAGNOSTIC_ERROR };

struct od_diagnostic {
	enum od_diagnostic_severity severity;
	uint64_t line;		/* 0: not about a line */
	struct od_str text;
};

/* What the input was; complete when its end was reached. */
struct od_source {
	struct od_str path;	/* "-" for standard input */
	const char *format;	/* "dmesg", "syslog", "journal-short", … : static */
	const char *compression; /* "gzip", "xz", "zstd" : static; NULL: none */
	uint64_t lines, bytes;	/* after decompression */
};

enum { OD_EVENT_LIMIT = 64 << 20 }; /* bytes of arena per event */

/* A new event in an arena of its own. NULL: out of memory. */
struct od_event *od_event_create(void);

/* Frees the event and all that it points to. NULL is fine. */
void od_event_destroy(struct od_event *event);

/* What images say about the frame; NULL: nothing. */
const struct od_facts *od_event_facts(const struct od_event *event, const struct od_frame *frame);

/* The value of a register by its lower-case name. */
struct od_num od_event_register(const struct od_event *event, const char *name);

#endif
