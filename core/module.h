// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * What a kernel module says of itself, what a kernel is, and whether the one would load in the other.
 *
 * symbolize fills od_ko and od_kernel, the analyzer od_load, render reads. Strings are borrowed from
 * what the producer of the struct owns. Plain data; thread safe while nobody writes.
 */
#ifndef OD_CORE_MODULE_H
#define OD_CORE_MODULE_H

#include "core/arena.h"
#include "core/model.h"
#include "core/str.h"

/* key=value of .modinfo, in the file's order; keys may occur more than once. */
struct od_module_fact {
	struct od_str key, value;
};

struct od_module_param {
	struct od_str name, type, description;	/* type and description may be empty */
};

/* How a symbol agrees with a kernel's Module.symvers. */
enum od_symbol_state {
	OD_SYMBOL_UNCHECKED = 0,
	OD_SYMBOL_SAME,		/* there, with the same CRC (or without CRCs to compare) */
	OD_SYMBOL_DIFFERENT,	/* there, with another CRC */
	OD_SYMBOL_MISSING,
};

/* A symbol that is imported or exported. Its name comes first: tables are sorted and searched by it. */
struct od_module_symbol {
	struct od_str name;
	struct od_str name_space; /* exported: its namespace; imported: as Module.symvers says */
	struct od_str provider;	/* imported: "vmlinux" or the module's name, as Module.symvers says */
	uint32_t crc, kernel_crc;
	bool has_crc;		/* CONFIG_MODVERSIONS */
	bool gpl_only;		/* exported with EXPORT_SYMBOL_GPL */
	bool weak;		/* may be missing */
	bool used;		/* imported: the symbol table refers to it (module_layout is only a CRC) */
	enum od_symbol_state state;
};

/* The loader's groups of sections, in its order. */
enum od_module_group {
	OD_GROUP_TEXT,
	OD_GROUP_RODATA,
	OD_GROUP_RO_AFTER_INIT,
	OD_GROUP_DATA,
	OD_GROUP_NONE,		/* not kept by the loader, or kept elsewhere (per-CPU data) */
};

struct od_module_section {
	struct od_str name;
	enum od_module_group group;
	bool init;		/* in the region that is freed after initialisation */
	uint64_t offset;	/* from the start of the group */
	uint64_t size;
};

/* init_module and cleanup_module, and what the author called them. */
struct od_module_alias {
	struct od_str name, target;
};

enum od_signature_state {
	OD_SIGNATURE_ABSENT = 0,
	OD_SIGNATURE_STRIPPED,	/* none, although the module is of the kernel's own tree */
	OD_SIGNATURE_PRESENT,
	OD_SIGNATURE_DAMAGED,	/* the marker is there, what it announces is not */
	OD_SIGNATURE_UNREAD,	/* it is there; what reads it, OpenSSL, cannot be loaded */
};

struct od_module_signature {
	enum od_signature_state state;
	struct od_str format;	/* "PKCS#7" */
	struct od_str signer;	/* common name of the issuer of the key's certificate */
	struct od_str key;	/* serial number or key identifier: "66:F5:…" */
	struct od_str hash;	/* "sha256" */
	uint64_t size;		/* bytes of signature */
};

struct od_ko {
	struct od_str path, name, build_id, machine; /* machine: the contract's word for the architecture; "": unknown */
	struct od_str release;	/* first word of vermagic */
	struct od_str vermagic, srcversion, version, license;
	bool intree, retpoline, staging;
	bool has_symbols;	/* it has a symbol table */
	bool has_this_module;	/* .gnu.linkonce.this_module */
	bool has_versions;	/* CRCs of what it imports */
	OD_LIST(struct od_module_fact) facts;
	OD_LIST(struct od_module_param) params;
	OD_LIST(struct od_module_symbol) imports;	/* sorted by name */
	OD_LIST(struct od_module_symbol) exports;	/* sorted by name */
	OD_LIST(struct od_module_section) sections;	/* in the file's order */
	OD_LIST(struct od_module_alias) aliases;
	struct od_module_signature signature;
};

/* A kernel, as its build directory (linux-headers) describes it. */
struct od_kernel {
	struct od_str directory, release;
	struct od_str magic;	/* its version magic, without the architecture's words */
	struct od_str machine;	/* the contract's word; "": unknown */
	bool has_symvers, modversions, checks_signatures, forces_signatures, allows_missing_namespaces, retpoline;
};

/* What the loader would do about one thing. */
enum od_load_effect {
	OD_LOAD_REFUSED,	/* the module is not loaded */
	OD_LOAD_TAINT,		/* it is loaded, with this message */
	OD_LOAD_NOTE,		/* depends on something that the files do not tell */
};

struct od_load_finding {
	enum od_load_effect effect;
	struct od_str message;	/* what dmesg will show, without time stamp; "": nothing */
	struct od_str error;	/* what insmod says: "Invalid module format"; "": nothing */
	struct od_str why;
};

struct od_load {
	const struct od_kernel *kernel;
	bool loads;
	OD_LIST(struct od_load_finding) findings;	/* in the loader's order */
};

/* A raw address, placed. */
struct od_module_place {
	uint64_t address;
	const struct od_module_section *section; /* NULL: outside the module */
	uint64_t section_offset;
	struct od_str symbol;	/* "": none */
	uint64_t symbol_offset;
	od_places places;	/* innermost inline first; empty: no debug info */
};

#endif
