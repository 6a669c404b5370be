// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * One ELF image: its sections laid out in one address space, what it says of itself, and its bytes.
 *
 * The image owns its file; everything that is reached through it is borrowed from it. An image
 * belongs to one thread at a time (its debug sections are relocated in place, when needed).
 */
#ifndef OD_SYMBOLIZE_ELF_H
#define OD_SYMBOLIZE_ELF_H

#include <gelf.h>

#include "core/status.h"
#include "core/str.h"
#include "io/input.h"
#include "symbolize/machine.h"

struct od_section {
	Elf_Scn *scn;
	const char *name;	/* never NULL */
	GElf_Shdr header;
	/*
	 * Where the section lies in the image's address space: sh_addr in a linked image; in a
	 * relocatable one a place of its own, so that no two sections overlap. 0: not loaded.
	 */
	uint64_t address;
	/* Of a module: where the loader places it; layout.h. */
	uint64_t group_offset;	/* from the start of its group of sections, which begins a page */
	uint64_t packed_offset;	/* from the start of its region, where groups begin no page of their own */
	bool placed;		/* it is in one of them */
	bool init;		/* in the region that is freed after initialisation */
	size_t relocations;	/* index of the section that holds its relocations; 0: none */
};

/* Why an image cannot be used. */
enum od_image_fault {
	OD_IMAGE_OK = 0,
	OD_IMAGE_UNREADABLE,	/* it could not be opened or decompressed */
	OD_IMAGE_NOT_ELF,
	OD_IMAGE_TRUNCATED,
	OD_IMAGE_NO_SYMBOLS,
};

struct od_names;
struct od_dwarf;
struct od_index;
struct od_patch_map;
struct od_edge_map;

struct od_image {
	char *path;
	const struct od_opener *opener; /* of this file and those that it refers to */
	struct od_file file;
	Elf *elf;
	enum od_image_fault fault;
	struct od_trail trail;	/* what was wrong, for OD_IMAGE_UNREADABLE */

	const struct od_machine *machine; /* NULL: unknown to this build */
	unsigned machine_number, bits;
	bool big_endian;
	bool relocatable;	/* ET_REL: a module */
	struct od_section *sections;
	size_t section_count;
	size_t symtab;		/* index of .symtab; 0: none */
	Elf_Data *symbols;	/* of .symtab */
	uint64_t core_size, init_size; /* of a module's executable regions */

	/* .modinfo; empty where it has none. Borrowed from the file. */
	struct od_str name, vermagic, srcversion;
	char build_id[129];	/* lower-case hex; "": none */

	struct od_names *names;	/* symbols.c */
	struct od_dwarf *dwarf;	/* dwarf.c */
	bool dwarf_tried;
	struct od_image *debug;	/* the file with its debug info (debuglink.c); NULL: itself, or none */
	struct od_image *shared; /* the file that its debug info refers to; NULL: none */
	bool debug_tried;
	struct od_index *index;	/* index.c; NULL: none */
	struct od_patch_map *patches; /* patches.c; NULL: none yet */
	unsigned patch_lookups;
	struct od_edge_map *edges; /* edges.c; NULL: none yet */
	unsigned edge_lookups;
};

/*
 * Opens the image at `path` by the opener (NULL: this process), which must outlive it. NULL only when memory
 * is exhausted: a file that is of no use has a `fault`, and nothing but path, fault and trail may be looked at.
 */
struct od_image *od_image_open(const struct od_opener *opener, const char *path);

/* Frees the image with its names and debug info. NULL is fine. */
void od_image_close(struct od_image *image);

/* The section of this name; NULL: none. */
struct od_section *od_image_section(const struct od_image *image, const char *name);

/* The section that holds the address; NULL: none. The end of a section belongs to it when nothing else begins there. */
const struct od_section *od_image_section_at(const struct od_image *image, uint64_t address);

/* The section's bytes in the file, decompressed, or the empty slice (no bits, damaged). Borrowed. */
struct od_str od_section_bytes(const struct od_section *section);

/* True when the image has sections with DWARF. */
bool od_image_has_dwarf(const struct od_image *image);

/*
 * The address, in the image's address space, of a symbol of .symtab; false: it is undefined,
 * absolute or in a section that is not loaded.
 */
bool od_image_symbol_address(const struct od_image *image, const GElf_Sym *symbol, uint64_t *ret);

/* `bytes` (1 to 8) bytes as a number of the image's byte order. */
uint64_t od_image_number(const struct od_image *image, const void *from, unsigned bytes);

/* The reverse: writes the lowest `bytes` bytes of the number. */
void od_image_put_number(const struct od_image *image, void *to, unsigned bytes, uint64_t value);

/* A sentence that says what is wrong with the file ("… is not an ELF file"), written to `text`. */
void od_image_fault_text(const struct od_image *image, char *text, size_t size);

#endif
