// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/scan.h"

#include <hs/hs.h>
#include <stdlib.h>

#include "core/library.h"

const char *const od_triggers[] = {
	"BUG",		    "WARNING: ",	"INFO: ",	   "Kernel panic", "cut here",
	"nable to handle",  "Oops",		"[#",		   "UBSAN: ",		 "oom-killer",
	"page allocation ", "list_add ",	"list_del cor",	   "usercopy: ",	 "nobody cared",
	"detected buffer o",
	"hard LOCKUP",	    "unregister_netdev", "slab error in ", "Slab corruption",	 "slab: double free",
	"VFS: ",	    "EXT4-fs error",	"BTRFS",	   "Internal error",	 "Hardware Error",
	"NMI received",	    "rust",		"Linux version ",  "taint",		 "odule",
	"ymbol ",	    "printk messages",	"exploit attempt", "SMEP",		 "double fault",
	"version magic",    "Unhandled ",	"Insufficient stac","Division by zero",	 "Kernel Fault",
	"bus error, epc",   "SError Interrupt",	"Bad mode in ",	   "External Abort",	 "Kernel stack ",
	"null pointer dere","Page fault: bad",	"ECR",		   "by insn @ ",	 "Accessing user",
	"OOPS: Bogus kernel",
	"Invalid Read @ 0x",
	"Invalid Write @ 0x",
	"***   FORMAT=",    "BAD KERNEL TRAP",
	"rnel attempted to","tried to execute",
	"Badness ",	    "detected buffer",	"CFI failure ",	   "Missing ENDBR",	 "nexpected kernel #CP",
	"do_IRQ: stack over","PANIC: ",		"detected LOCKUP", "Debug: sleeping",	 "cheduling while at",
	"bad: scheduling",  "Bad page state",	"pagealloc: ",	   "emory: Kill",
	"-fs error",	    "REISERFS error",	"Machine Check Exc","for reason ",	 "achine check in ",
	"usercopy whitelist", "unreferenced obj", "Watchdog CPU:",	" Comm: ",	   "hung_task_timeout",
	"oom-kill:const", "SLUB: Unable to a", "Kernel Panic - n",	"PANIC at ",
	"EDAC MC",	    "MCE MEMORY ERROR",	 "refcount_t: ",
	"CSD lock (#",	    ": Vector: ",	    "(code ",		"Slab 0x",	"ODEBUG: ",
	"unaligned access", "Backtrace:",	 "Kernel bug at ", "Data read fault ",	"Data write fault ",
	"etadata corruption ", "bad frame format: ",
	/* containers that hide what they hold from a search */
	"\"MESSAGE\":[",	    "\"MESSAGE\" : [",   "uoted-printable",  "__CURSOR=",
	NULL,
};

enum { TRIGGER_COUNT = sizeof(od_triggers) / sizeof(od_triggers[0]) - 1 };

/* The functions of the library that are used; names[] has their order. */
struct api {
	__typeof__(&hs_compile_lit_multi) compile;
	__typeof__(&hs_free_compile_error) free_error;
	__typeof__(&hs_alloc_scratch) alloc_scratch;
	__typeof__(&hs_free_scratch) free_scratch;
	__typeof__(&hs_free_database) free_database;
	__typeof__(&hs_scan) scan;
};

static const char *const names[] = {
	"hs_compile_lit_multi", "hs_free_compile_error", "hs_alloc_scratch", "hs_free_scratch", "hs_free_database", "hs_scan",
};
_Static_assert(sizeof(struct api) == sizeof(names), "one name a function");

struct od_scanner {
	struct api api;
	hs_database_t *database;
	hs_scratch_t *scratch;
};

static bool compile(struct od_scanner *scanner)
{
	unsigned flags[TRIGGER_COUNT] = {0}, ids[TRIGGER_COUNT] = {0};
	size_t lengths[TRIGGER_COUNT];
	hs_compile_error_t *error = NULL;

	for (size_t i = 0; i < TRIGGER_COUNT; i++)
		lengths[i] = strlen(od_triggers[i]);
	hs_error_t status = scanner->api.compile(od_triggers, flags, ids, lengths, TRIGGER_COUNT, HS_MODE_BLOCK, NULL,
						 &scanner->database, &error);
	scanner->api.free_error(error);
	return status == HS_SUCCESS && scanner->api.alloc_scratch(scanner->database, &scanner->scratch) == HS_SUCCESS;
}

struct od_scanner *od_scanner_create(void)
{
	struct od_scanner *scanner = calloc(1, sizeof(*scanner));
	if (scanner && !od_library_load(OD_HS_SONAME, names, sizeof(names) / sizeof(names[0]), &scanner->api)) {
		free(scanner);
		return NULL;
	}
	if (scanner && !compile(scanner)) {
		od_scanner_destroy(scanner);
		return NULL;
	}
	return scanner;
}

void od_scanner_destroy(struct od_scanner *scanner)
{
	if (!scanner)
		return;
	scanner->api.free_scratch(scanner->scratch);
	scanner->api.free_database(scanner->database);
	free(scanner);
}

/* The first match is enough: its last byte lies in the line that is wanted. */
static int take_match(unsigned id, unsigned long long from, unsigned long long to, unsigned flags, void *user)
{
	(void)id;
	(void)from;
	(void)flags;
	*(ptrdiff_t *)user = (ptrdiff_t)to - 1;
	return 1;
}

ptrdiff_t od_scanner_find(struct od_scanner *scanner, struct od_str text)
{
	enum { STEP = 1 << 20 }; /* the library takes 32-bit lengths; longer than any trigger that it could cut */
	for (size_t done = 0; done < text.len; done += STEP - 32) {
		struct od_str part = od_str_first(od_str_from_index(text, done), STEP);
		ptrdiff_t found = -1;
		(void)scanner->api.scan(scanner->database, part.ptr, (unsigned)part.len, 0, scanner->scratch, take_match, &found);
		if (found >= 0)
			return (ptrdiff_t)done + found;
		if (part.len < STEP)
			break;
	}
	return -1;
}

uint64_t od_count_lines(struct od_str text)
{
	uint64_t count = 0;
	for (size_t i = 0; i < text.len; i++)
		count += text.ptr[i] == '\n';
	return count;
}
