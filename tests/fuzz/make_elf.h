// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * An ELF file out of a fuzz target's input, so that what is fuzzed is what sections hold and not whether there is a
 * file. The input: class and byte order, machine, then sections, each with its kind (a row of the table below), flags,
 * the size and the bytes. seeds.c takes real files apart into this form.
 */
#ifndef OD_TESTS_FUZZ_MAKE_ELF_H
#define OD_TESTS_FUZZ_MAKE_ELF_H

#include <elf.h>

#include "core/buf.h"
#include "tests/fuzz/bytes.h"

enum { FUZZ_SECTIONS = 48, FUZZ_LINKED = 1, FUZZ_BIG_ENDIAN = 2, FUZZ_BITS_64 = 4, FUZZ_SIZE_BYTES = 3 };

/* Flags of a section. */
enum { FUZZ_COMPRESSED = 1, FUZZ_NOBITS = 2, FUZZ_LONGER = 4, FUZZ_NO_LINK = 8 };

static const uint16_t fuzz_machines[] = {
	EM_X86_64, EM_386, EM_AARCH64, EM_ARM, EM_RISCV, EM_PPC64, EM_PPC, EM_S390, EM_MIPS, 258 /* EM_LOONGARCH */,
	EM_SPARCV9, EM_PARISC, EM_68K, EM_XTENSA, 195 /* EM_ARC_COMPACT2 */, EM_OPENRISC, EM_CSKY, EM_SH, EM_ALPHA,
	EM_ALTERA_NIOS2, EM_MICROBLAZE,
};
enum { FUZZ_MACHINES = sizeof(fuzz_machines) / sizeof(fuzz_machines[0]) };

/* Only add at the end: inputs hold indexes of this table. */
static const struct fuzz_section {
	const char *name;
	uint32_t type;
	uint64_t flags;
} fuzz_sections[] = {
	{".symtab", SHT_SYMTAB, 0}, {".strtab", SHT_STRTAB, 0}, {".text", SHT_PROGBITS, SHF_ALLOC | SHF_EXECINSTR},
	{".init.text", SHT_PROGBITS, SHF_ALLOC | SHF_EXECINSTR}, {".exit.text", SHT_PROGBITS, SHF_ALLOC | SHF_EXECINSTR},
	{".text.unlikely", SHT_PROGBITS, SHF_ALLOC | SHF_EXECINSTR}, {".rodata", SHT_PROGBITS, SHF_ALLOC},
	{".data", SHT_PROGBITS, SHF_ALLOC | SHF_WRITE}, {".bss", SHT_NOBITS, SHF_ALLOC | SHF_WRITE},
	{".modinfo", SHT_PROGBITS, SHF_ALLOC}, {"__versions", SHT_PROGBITS, SHF_ALLOC},
	{"__version_ext_crcs", SHT_PROGBITS, SHF_ALLOC}, {"__version_ext_names", SHT_PROGBITS, SHF_ALLOC},
	{".gnu.linkonce.this_module", SHT_PROGBITS, SHF_ALLOC | SHF_WRITE}, {"__ksymtab", SHT_PROGBITS, SHF_ALLOC},
	{"__ksymtab_gpl", SHT_PROGBITS, SHF_ALLOC}, {"__ksymtab_strings", SHT_PROGBITS, SHF_ALLOC},
	{"__kcrctab", SHT_PROGBITS, SHF_ALLOC}, {".note.gnu.build-id", SHT_NOTE, SHF_ALLOC},
	{".debug_info", SHT_PROGBITS, 0}, {".debug_abbrev", SHT_PROGBITS, 0}, {".debug_line", SHT_PROGBITS, 0},
	{".debug_str", SHT_PROGBITS, 0}, {".debug_line_str", SHT_PROGBITS, 0}, {".debug_aranges", SHT_PROGBITS, 0},
	{".debug_ranges", SHT_PROGBITS, 0}, {".debug_rnglists", SHT_PROGBITS, 0}, {".debug_loc", SHT_PROGBITS, 0},
	{".debug_loclists", SHT_PROGBITS, 0}, {".debug_addr", SHT_PROGBITS, 0}, {".debug_str_offsets", SHT_PROGBITS, 0},
	{".debug_frame", SHT_PROGBITS, 0}, {".debug_types", SHT_PROGBITS, 0}, {".gnu_debuglink", SHT_PROGBITS, 0},
	{".gnu_debugaltlink", SHT_PROGBITS, 0}, {".rela.text", SHT_RELA, 0}, {".rela.debug_info", SHT_RELA, 0},
	{".rela.debug_line", SHT_RELA, 0}, {".rela.debug_aranges", SHT_RELA, 0}, {".rela.debug_addr", SHT_RELA, 0},
	{".rel.text", SHT_REL, 0}, {".rel.debug_info", SHT_REL, 0}, {".altinstructions", SHT_PROGBITS, SHF_ALLOC},
	{".rela.altinstructions", SHT_RELA, 0}, {"__jump_table", SHT_PROGBITS, SHF_ALLOC | SHF_WRITE},
	{".rela__jump_table", SHT_RELA, 0}, {"__mcount_loc", SHT_PROGBITS, SHF_ALLOC}, {".rela__mcount_loc", SHT_RELA, 0},
	{".retpoline_sites", SHT_PROGBITS, SHF_ALLOC}, {".rela.retpoline_sites", SHT_RELA, 0},
	{".return_sites", SHT_PROGBITS, SHF_ALLOC}, {".rela.return_sites", SHT_RELA, 0},
	{".static_call_sites", SHT_PROGBITS, SHF_ALLOC}, {".parainstructions", SHT_PROGBITS, SHF_ALLOC},
	{"__bug_table", SHT_PROGBITS, SHF_ALLOC | SHF_WRITE}, {".rela__bug_table", SHT_RELA, 0},
	{".rela.init.text", SHT_RELA, 0}, {".rela.debug_loclists", SHT_RELA, 0}, {".rela.debug_rnglists", SHT_RELA, 0},
	{".rela.debug_str_offsets", SHT_RELA, 0}, {".symtab_shndx", SHT_SYMTAB_SHNDX, 0}, {".debug_macro", SHT_PROGBITS, 0},
};
enum { FUZZ_SECTION_KINDS = sizeof(fuzz_sections) / sizeof(fuzz_sections[0]) };

struct fuzz_elf {
	bool bits64, big_endian, linked;
	uint16_t machine;
	size_t count;
	struct { unsigned kind, flags; struct fuzz_bytes bytes; uint64_t offset, name; } sections[FUZZ_SECTIONS];
};

static inline struct fuzz_elf fuzz_elf_read(struct fuzz_bytes *bytes)
{
	unsigned form = (unsigned)fuzz_uint(bytes, 1);
	struct fuzz_elf elf = {
		.bits64 = form & FUZZ_BITS_64, .big_endian = form & FUZZ_BIG_ENDIAN, .linked = form & FUZZ_LINKED,
		.machine = fuzz_machines[fuzz_uint(bytes, 1) % FUZZ_MACHINES],
	};
	unsigned count = (unsigned)fuzz_uint(bytes, 1) % (FUZZ_SECTIONS + 1);

	for (; elf.count < count && bytes->size; elf.count++) {
		elf.sections[elf.count].kind = (unsigned)fuzz_uint(bytes, 1) % FUZZ_SECTION_KINDS;
		elf.sections[elf.count].flags = (unsigned)fuzz_uint(bytes, 1);
		elf.sections[elf.count].bytes = fuzz_slice(bytes, fuzz_uint(bytes, FUZZ_SIZE_BYTES));
	}
	return elf;
}

static inline void fuzz_elf_put(const struct fuzz_elf *elf, struct od_buf *out, uint64_t value, unsigned size)
{
	for (unsigned i = 0; i < size; i++)
		od_buf_put_char(out, (char)(value >> 8 * (elf->big_endian ? size - 1 - i : i)));
}

static inline void fuzz_elf_put_word(const struct fuzz_elf *elf, struct od_buf *out, uint64_t value)
{
	fuzz_elf_put(elf, out, value, elf->bits64 ? 8 : 4);
}

static inline void fuzz_elf_put_header(const struct fuzz_elf *elf, struct od_buf *out, uint64_t table)
{
	const unsigned char ident[EI_NIDENT] = {0x7f, 'E', 'L', 'F', elf->bits64 ? 2 : 1, elf->big_endian ? 2 : 1, 1};

	od_buf_put(out, fuzz_text(ident, sizeof(ident)));
	fuzz_elf_put(elf, out, elf->linked ? ET_EXEC : ET_REL, 2);
	fuzz_elf_put(elf, out, elf->machine, 2);
	fuzz_elf_put(elf, out, 1, 4);
	fuzz_elf_put_word(elf, out, 0);
	fuzz_elf_put_word(elf, out, 0);
	fuzz_elf_put_word(elf, out, table);
	fuzz_elf_put(elf, out, 0, 4);
	fuzz_elf_put(elf, out, elf->bits64 ? 64 : 52, 2);
	fuzz_elf_put(elf, out, 0, 4);
	fuzz_elf_put(elf, out, 0, 2);
	fuzz_elf_put(elf, out, elf->bits64 ? 64 : 40, 2);
	fuzz_elf_put(elf, out, elf->count + 2, 2);
	fuzz_elf_put(elf, out, elf->count + 1, 2);
}

/* The index of the first section of this name; 0: none. */
static inline size_t fuzz_elf_find(const struct fuzz_elf *elf, const char *name)
{
	for (size_t i = 0; i < elf->count; i++)
		if (!strcmp(fuzz_sections[elf->sections[i].kind].name, name))
			return i + 1;
	return 0;
}

static inline size_t fuzz_elf_entry(const struct fuzz_elf *elf, uint32_t type)
{
	switch (type) {
	case SHT_SYMTAB:
		return elf->bits64 ? 24 : 16;
	case SHT_RELA:
		return elf->bits64 ? 24 : 12;
	case SHT_REL:
		return elf->bits64 ? 16 : 8;
	default:
		return 0;
	}
}

static inline void fuzz_elf_put_section(const struct fuzz_elf *elf, struct od_buf *out, size_t i)
{
	const struct fuzz_section *kind = &fuzz_sections[elf->sections[i].kind];
	unsigned flags = elf->sections[i].flags;
	bool relocations = kind->type == SHT_RELA || kind->type == SHT_REL;
	size_t prefix = kind->type == SHT_RELA ? 5 : 4;
	size_t link = relocations || kind->type == SHT_SYMTAB_SHNDX ? fuzz_elf_find(elf, ".symtab")
		      : kind->type == SHT_SYMTAB		     ? fuzz_elf_find(elf, ".strtab") : 0;
	uint64_t size = elf->sections[i].bytes.size + (flags & FUZZ_LONGER ? 1u << 20 : 0);
	bool loaded = elf->linked && kind->flags & SHF_ALLOC;

	fuzz_elf_put(elf, out, elf->sections[i].name, 4);
	fuzz_elf_put(elf, out, flags & FUZZ_NOBITS ? SHT_NOBITS : kind->type, 4);
	fuzz_elf_put_word(elf, out, kind->flags | (flags & FUZZ_COMPRESSED ? SHF_COMPRESSED : 0));
	fuzz_elf_put_word(elf, out, loaded ? 0xffffffff81000000 + (uint64_t)i * 0x10000 : 0);
	fuzz_elf_put_word(elf, out, elf->sections[i].offset);
	fuzz_elf_put_word(elf, out, size);
	fuzz_elf_put(elf, out, flags & FUZZ_NO_LINK ? 0 : link, 4);
	fuzz_elf_put(elf, out, relocations ? fuzz_elf_find(elf, kind->name + prefix) : 0, 4);
	fuzz_elf_put_word(elf, out, kind->flags & SHF_EXECINSTR ? 16 : 1);
	fuzz_elf_put_word(elf, out, fuzz_elf_entry(elf, kind->type));
}

/* Appends the file. */
static inline void fuzz_elf_write(struct fuzz_elf *elf, struct od_buf *out)
{
	struct od_buf names = {0};
	uint64_t at = elf->bits64 ? 64 : 52;

	od_buf_put_char(&names, '\0');
	for (size_t i = 0; i < elf->count; i++) {
		elf->sections[i].offset = at;
		elf->sections[i].name = names.len;
		at += (elf->sections[i].bytes.size + 15) & ~(size_t)15;
		od_buf_put_string(&names, fuzz_sections[elf->sections[i].kind].name);
		od_buf_put_char(&names, '\0');
	}
	fuzz_elf_put_header(elf, out, at + ((names.len + 15) & ~(size_t)15));
	for (size_t i = 0; i < elf->count; i++) {
		struct fuzz_bytes bytes = elf->sections[i].bytes;
		od_buf_put(out, fuzz_text(bytes.data, bytes.size));
		while (bytes.size++ % 16)
			od_buf_put_char(out, '\0');
	}
	size_t len = names.len;
	od_buf_put(out, od_buf_str(&names));
	for (size_t i = len; i % 16; i++)
		od_buf_put_char(out, '\0');
	for (size_t i = 0; i < (elf->bits64 ? 64u : 40u); i++)
		od_buf_put_char(out, '\0');
	for (size_t i = 0; i < elf->count; i++)
		fuzz_elf_put_section(elf, out, i);
	const uint64_t row[] = {0, SHT_STRTAB};
	fuzz_elf_put(elf, out, row[0], 4);
	fuzz_elf_put(elf, out, row[1], 4);
	fuzz_elf_put_word(elf, out, 0);
	fuzz_elf_put_word(elf, out, 0);
	fuzz_elf_put_word(elf, out, at);
	fuzz_elf_put_word(elf, out, len);
	fuzz_elf_put(elf, out, 0, 4);
	fuzz_elf_put(elf, out, 0, 4);
	fuzz_elf_put_word(elf, out, 1);
	fuzz_elf_put_word(elf, out, 0);
	od_buf_deinit(&names);
}

/* A whole file: the input itself where it begins as one, or made of the sections that it lists. */
static inline struct od_buf fuzz_elf_file(struct fuzz_bytes *bytes)
{
	struct od_buf out = {0};

	if (bytes->size > 4 && !memcmp(bytes->data, ELFMAG, SELFMAG)) {
		od_buf_put(&out, fuzz_text(bytes->data, bytes->size));
		bytes->size = 0;
		return out;
	}
	struct fuzz_elf elf = fuzz_elf_read(bytes);
	fuzz_elf_write(&elf, &out);
	return out;
}

#endif
