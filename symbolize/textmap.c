// SPDX-License-Identifier: GPL-3.0-or-later
/* Sources: the kernel's scripts/mksysmap, s_show() of kernel/kallsyms.c, Linux 6.1; the ELF gABI. */
#include "symbolize/textmap.h"

#include <elf.h>
#include <stdlib.h>

#include "core/buf.h"

enum { SYMBOL_LIMIT = 1 << 20 };
enum section { NONE, TEXT, DATA, SYMTAB, STRTAB, NAMES, SECTION_COUNT };

struct symbol {
	uint64_t address;
	char type;
	struct od_str name;
};

static const char section_names[] = "\0.text\0.data\0.symtab\0.strtab\0.shstrtab";

/* One line; false: it is none, or of a module. */
static bool scan_symbol(struct od_str line, struct symbol *ret)
{
	struct od_str type, rest;

	if (!od_scan_hex(&line, &ret->address) || !od_scan_char(&line, ' ') || !line.len)
		return false;
	type = od_str_first(line, 1);
	line = od_str_from_index(line, 1);
	ret->type = type.ptr[0];
	if (!od_scan_char(&line, ' ') || !od_scan_word(&line, &ret->name) || !ret->name.len)
		return false;
	rest = line;
	return od_str_find_char(rest, '[') < 0;
}

static struct od_str next_line(struct od_str *bytes)
{
	ptrdiff_t end = od_str_find_char(*bytes, '\n');
	struct od_str line = end < 0 ? *bytes : od_str_first(*bytes, (size_t)end);

	*bytes = od_str_from_index(*bytes, end < 0 ? bytes->len : (size_t)end + 1);
	while (line.len && line.ptr[line.len - 1] == '\r')
		line.len--;
	return line;
}

bool od_textmap_is_one(struct od_str bytes)
{
	struct symbol symbol;
	enum { LONGEST = 512 };
	struct od_str start = od_str_first(bytes, LONGEST + 1); /* not all of a large file that has no lines */
	struct od_str line = next_line(&start);

	return line.len >= 11 && line.len < LONGEST && scan_symbol(line, &symbol);
}

static bool is_code(char type)
{
	return type == 't' || type == 'T' || type == 'w' || type == 'W';
}

/* The range of the addresses of code, and of all others. */
struct extent {
	uint64_t first, end;
};

static void stretch(struct extent *extent, uint64_t address)
{
	if (!extent->end || address < extent->first)
		extent->first = address;
	if (address + 1 > extent->end)
		extent->end = address + 1;
}

struct tables {
	struct od_buf symbols, strings;
	struct extent text, data;
	size_t count;
};

static void add_symbol(struct tables *tables, const struct symbol *symbol)
{
	bool code = is_code(symbol->type);
	const Elf64_Sym entry = {
		.st_name = (Elf64_Word)tables->strings.len,
		.st_info = ELF64_ST_INFO(symbol->type >= 'a' ? STB_LOCAL : STB_GLOBAL, code ? STT_FUNC : STT_OBJECT),
		.st_shndx = code ? TEXT : DATA,
		.st_value = symbol->address,
	};

	stretch(code ? &tables->text : &tables->data, symbol->address);
	od_buf_put(&tables->symbols, (struct od_str){(const char *)&entry, sizeof(entry)});
	od_buf_put(&tables->strings, symbol->name);
	od_buf_put_char(&tables->strings, '\0');
	tables->count++;
}

static void read_symbols(struct od_str bytes, struct tables *tables)
{
	const Elf64_Sym none = {0};
	struct symbol symbol;

	od_buf_put(&tables->symbols, (struct od_str){(const char *)&none, sizeof(none)});
	od_buf_put_char(&tables->strings, '\0');
	while (bytes.len && tables->count < SYMBOL_LIMIT)
		/* Absolute and per-CPU symbols are numbers, not addresses. */
		if (scan_symbol(next_line(&bytes), &symbol) && symbol.address > 0x10000 &&
		    symbol.address != UINT64_MAX && symbol.type != 'a' && symbol.type != 'A')
			add_symbol(tables, &symbol);
}

static Elf64_Word name_of(enum section section)
{
	Elf64_Word at = 0;

	for (enum section i = 0; i < section; i++)
		at += (Elf64_Word)strlen(section_names + at) + 1;
	return at;
}

static Elf64_Shdr loaded(enum section section, struct extent extent, uint64_t flags)
{
	return (Elf64_Shdr){.sh_name = name_of(section), .sh_type = SHT_NOBITS, .sh_flags = SHF_ALLOC | flags,
			    .sh_addr = extent.first, .sh_size = extent.end - extent.first, .sh_addralign = 1};
}

static void write_elf(const struct tables *tables, struct od_buf *out)
{
	uint64_t at = sizeof(Elf64_Ehdr) + SECTION_COUNT * sizeof(Elf64_Shdr);
	Elf64_Ehdr header = {
		.e_ident = {ELFMAG0, ELFMAG1, ELFMAG2, ELFMAG3, ELFCLASS64,
			    __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? ELFDATA2LSB : ELFDATA2MSB, EV_CURRENT},
		.e_type = ET_EXEC,
		.e_version = EV_CURRENT,
		.e_shoff = sizeof(header),
		.e_ehsize = sizeof(header),
		.e_shentsize = sizeof(Elf64_Shdr),
		.e_shnum = SECTION_COUNT,
		.e_shstrndx = NAMES,
	};
	const Elf64_Shdr sections[SECTION_COUNT] = {
		[TEXT] = loaded(TEXT, tables->text, SHF_EXECINSTR),
		[DATA] = loaded(DATA, tables->data, SHF_WRITE),
		[SYMTAB] = {.sh_name = name_of(SYMTAB), .sh_type = SHT_SYMTAB, .sh_offset = at,
			    .sh_size = tables->symbols.len, .sh_link = STRTAB, .sh_info = 1, .sh_addralign = 8,
			    .sh_entsize = sizeof(Elf64_Sym)},
		[STRTAB] = {.sh_name = name_of(STRTAB), .sh_type = SHT_STRTAB, .sh_addralign = 1,
			    .sh_offset = at + tables->symbols.len, .sh_size = tables->strings.len},
		[NAMES] = {.sh_name = name_of(NAMES), .sh_type = SHT_STRTAB, .sh_addralign = 1,
			   .sh_offset = at + tables->symbols.len + tables->strings.len,
			   .sh_size = sizeof(section_names)},
	};

	od_buf_put(out, (struct od_str){(const char *)&header, sizeof(header)});
	od_buf_put(out, (struct od_str){(const char *)sections, sizeof(sections)});
	od_buf_put(out, od_buf_str(&tables->symbols));
	od_buf_put(out, od_buf_str(&tables->strings));
	od_buf_put(out, (struct od_str){section_names, sizeof(section_names)});
}

bool od_textmap_convert(struct od_str bytes, struct od_file *ret)
{
	struct tables tables = {0};
	struct od_buf out = {0};

	read_symbols(bytes, &tables);
	if (tables.text.end && !tables.symbols.failed && !tables.strings.failed)
		write_elf(&tables, &out);
	od_buf_deinit(&tables.symbols);
	od_buf_deinit(&tables.strings);
	if (!out.len || out.failed) {
		od_buf_deinit(&out);
		return false;
	}
	ret->data = (unsigned char *)out.data;
	ret->size = out.len;
	ret->mapped = false;
	return true;
}
