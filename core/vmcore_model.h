// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * What a dump of memory says: written by vmcore/, its frames' places by symbolize/, read by render/.
 *
 * Ownership: one arena, in which everything lives, strings included; `stacks` is an event of its own.
 * Threads: as for an event. Strings come from the dump and are untrusted: escape before showing.
 * Absent means unknown, as in core/model.h; what could not be read is in `notes`, with its reason.
 */
#ifndef OD_CORE_VMCORE_MODEL_H
#define OD_CORE_VMCORE_MODEL_H

#include "core/model.h"

/* What a person asks to see; none: the report, which is all but the log and the answers. */
enum od_vmcore_part {
	OD_VMCORE_PART_SYS = 1 << 0,
	OD_VMCORE_PART_LOG = 1 << 1,
	OD_VMCORE_PART_BT = 1 << 2,	/* the stacks that are wanted */
	OD_VMCORE_PART_MOD = 1 << 3,
	OD_VMCORE_PART_PS = 1 << 4,
	OD_VMCORE_PART_KMEM = 1 << 5,
	OD_VMCORE_PART_NET = 1 << 6,
	OD_VMCORE_PART_ARP = 1 << 7,
	OD_VMCORE_PART_ANSWERS = 1 << 8,
};

/* A question about the dump. */
enum od_vmcore_question {
	OD_ASK_STACK_OF_PANIC,	/* of the CPU that panicked; of all where none did */
	OD_ASK_STACK_OF_CPUS,
	OD_ASK_STACK_OF_CPU,	/* number */
	OD_ASK_STACK_OF_TASK,	/* text: a PID, or the address of a task_struct */
	OD_ASK_STACK_OF_TASKS,
	OD_ASK_CODE,		/* text: a function's symbol or an address in it */
	OD_ASK_MEMORY,		/* text: symbol or address; number: how many words */
	OD_ASK_TYPE,		/* type: a struct; text: where one is, or empty: its layout */
	OD_ASK_WHERE,		/* text: symbol or address: what it belongs to */
};

struct od_vmcore_query {
	enum od_vmcore_question question;
	struct od_str text, type;
	uint64_t number;		/* OD_ASK_TYPE: how many rows at most; 0: the usual */
};

struct od_vmcore_system {
	struct od_str format;		/* of the dump: "ELF", "kdump-compressed" */
	struct od_str release, version, machine, nodename;
	struct od_str build_id;		/* of the kernel, lower-case hex */
	struct od_num crash_time;	/* seconds since 1970 */
	struct od_num uptime;		/* seconds */
	bool has_load;
	struct od_num load[3];		/* load averages, in hundredths */
	struct od_num cpus, online;	/* possible and online */
	struct od_num memory;		/* bytes of RAM that the kernel manages */
	struct od_num kernel_offset;
	struct od_str taint;		/* letters */
};

/* Registers that an exception saved on the stack. */
struct od_vmcore_exception {
	size_t frame;			/* index of the frame that was interrupted */
	OD_LIST(struct od_register) registers;
};

/* What a frame had in its stack pointer and frame pointer, where the unwinder knows them. */
struct od_vmcore_spot {
	struct od_num sp, fp;
	bool lost;			/* what its callee left of its registers is not its own: it went over to another stack */
};

/* A stack; its frames are stacks->traces.items[trace]. */
struct od_vmcore_stack {
	size_t trace;
	bool wanted;			/* it was asked for */
	OD_LIST(struct od_vmcore_exception) exceptions;
	OD_LIST(struct od_register) registers; /* of a task that sleeps: those that it left, of the first frame */
	OD_LIST(struct od_vmcore_spot) spots; /* beside the frames */
	od_frame_variables variables;
	struct od_str end;		/* why it ends: "user space", "a hole in the dump at 0x…" */
	bool complete;			/* it ends where a stack ends */
};

struct od_vmcore_task {
	uint64_t address;
	uint64_t pid, tgid;
	struct od_num parent;
	struct od_str comm;
	char state;			/* a letter as ps shows it: R S D T t X Z P I; 0: unknown */
	struct od_num cpu;
	bool running;			/* on its CPU */
	bool panicked;
	struct od_vmcore_stack *stack;	/* of a task that sleeps; NULL: it was not followed */
};

struct od_vmcore_cpu {
	uint64_t number;
	size_t task;			/* index in tasks + 1; 0: unknown */
	OD_LIST(struct od_register) registers;	/* as the dump saved them */
	bool panicked;
	bool has_stack;
	struct od_vmcore_stack stack;
};

struct od_vmcore_module {
	struct od_str name;
	uint64_t address;		/* of its struct module */
	struct od_num base, size;	/* of what stays loaded; base: of its code */
	struct od_str taint;		/* letters */
	struct od_str state;		/* "live", "coming", "going" */
	struct od_str version, build_id;
};

/* What the log says against what memory says. */
struct od_vmcore_check {
	bool agrees;
	struct od_str text;		/* a sentence */
};

/* A pointer that a report of the log is about, and what memory has there. */
struct od_vmcore_pointer {
	struct od_str name;		/* in words of the source, or "the address of the fault", or a register */
	uint64_t address;
	struct od_str where;		/* a phrase */
	struct od_str type, value;	/* of a variable: "struct sess", and what stands there: "{id = 7, next = NULL}" */
	struct od_str cache, state;	/* of an object of the slab allocator: "kmalloc-64"; "allocated", "free", "waits for RCU" or empty */
	struct od_num object, size;	/* where it begins, what its user was given */
};

/* A row of a table: of memory, of a network, of a struct. */
struct od_vmcore_row {
	unsigned depth;			/* of a member: in how many structs it stands */
	struct od_num address;
	struct od_str name, type, value; /* may be empty */
	struct od_num number;		/* the value as a number, where it is one */
};

/* What was found for a question that has an answer of its own. */
struct od_vmcore_answer {
	enum od_vmcore_question question;
	struct od_str title;		/* "fw_load_thread [fw_load]", "struct list_head", … */
	struct od_num address, size;
	OD_LIST(struct od_vmcore_row) rows; /* OD_ASK_MEMORY: words; OD_ASK_TYPE: members */
	struct od_str text;		/* OD_ASK_WHERE */
	struct od_event *code;		/* OD_ASK_CODE: its ip and code */
	struct od_str note;		/* why it ends early; empty: it does not */
};

struct od_vmcore {
	struct od_arena *arena;
	unsigned parts;			/* enum od_vmcore_part, or 0 */
	const struct od_arch *arch;	/* NULL: unknown */
	struct od_vmcore_system system;
	struct od_str log;		/* as dmesg prints it */
	bool log_cut;			/* a hole in the dump ends it early */
	OD_LIST(struct od_vmcore_cpu) cpus;
	OD_LIST(struct od_vmcore_task) tasks;
	OD_LIST(struct od_vmcore_module) modules;
	OD_LIST(struct od_vmcore_check) checks;
	OD_LIST(struct od_vmcore_pointer) pointers;
	OD_LIST(struct od_vmcore_row) memory;	/* name; number: bytes */
	OD_LIST(struct od_vmcore_row) devices;	/* of the network: address of the net_device, name, type: IP addresses */
	OD_LIST(struct od_vmcore_row) neighbours; /* name: device; type: IP address; value: hardware address and state */
	OD_LIST(struct od_vmcore_answer) answers;
	OD_LIST(struct od_str) notes;	/* what is missing and why: sentences */
	struct od_event *stacks;	/* traces: of the CPUs, in their order, then of tasks */
};

#endif
