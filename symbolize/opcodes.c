// SPDX-License-Identifier: GPL-3.0-or-later
/* Upstream's bfd.h insists on a config.h before it; these two are what it looks for. */
#define PACKAGE "oopsdecode"
#define PACKAGE_VERSION "0"

#include "symbolize/opcodes.h"

#include <bfd.h>
#include <dis-asm.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/library.h"

/* The entry points of one libopcodes, with the libbfd that belongs to it; open_library() has their order. */
struct library {
	__typeof__(bfd_scan_arch) *scan_arch;
	__typeof__(disassembler) *find;
	__typeof__(init_disassemble_info) *init;
	__typeof__(disassemble_init_for_target) *init_target;
	__typeof__(disassemble_free_target) *free_target;
};

struct od_opcodes {
	struct library library;
	struct disassemble_info info;
	disassembler_ftype decode;
	struct od_str bytes;
	uint64_t address, current;
	struct od_buf text;
	od_address_text show;
	void *user;
	bool target;
};

/* Debian's cross libraries, by the first word of arch->bfd_name; the package that has them. */
struct cross {
	const char *family, *suffix, *package;
};

static const struct cross crosses[] = {
	{"aarch64", "arm64", "binutils-aarch64-linux-gnu"},
	{"arm", "armhf", "binutils-arm-linux-gnueabihf"},
	{"arm", "armel", "binutils-arm-linux-gnueabi"},
	{"riscv", "riscv64", "binutils-riscv64-linux-gnu"},
	{"powerpc", "ppc64el", "binutils-powerpc64le-linux-gnu"},
	{"powerpc", "ppc64", "binutils-powerpc64-linux-gnu"},
	{"powerpc", "powerpc", "binutils-powerpc-linux-gnu"},
	{"s390", "s390x", "binutils-s390x-linux-gnu"},
	{"mips", "mips64el", "binutils-mips64el-linux-gnuabi64"},
	{"mips", "mipsel", "binutils-mipsel-linux-gnu"},
	{"mips", "mips", "binutils-mips-linux-gnu"},
	{"sparc", "sparc64", "binutils-sparc64-linux-gnu"},
	{"hppa", "hppa", "binutils-hppa-linux-gnu"},
	{"alpha", "alpha", "binutils-alpha-linux-gnu"},
	{"m68k", "m68k", "binutils-m68k-linux-gnu"},
	{"sh", "sh4", "binutils-sh4-linux-gnu"},
	{"Loongarch64", "loongarch64", "binutils-loongarch64-linux-gnu"},
};

__attribute__((format(printf, 2, 3)))
static int put_plain(void *stream, const char *format, ...)
{
	struct od_opcodes *opcodes = stream;
	char text[256];
	va_list args;

	va_start(args, format);
	int length = vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	od_buf_put_string(&opcodes->text, text);
	return length;
}

#if OD_OPCODES_STYLED
__attribute__((format(printf, 3, 4)))
static int put_styled(void *stream, enum disassembler_style style, const char *format, ...)
{
	struct od_opcodes *opcodes = stream;
	char text[256];
	va_list args;

	(void)style;
	va_start(args, format);
	int length = vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	od_buf_put_string(&opcodes->text, text);
	return length;
}
#endif

static void put_address(bfd_vma address, struct disassemble_info *info)
{
	struct od_opcodes *opcodes = info->stream;
	opcodes->show(opcodes->user, opcodes->current, address, &opcodes->text);
}

/* The default one prints a message. */
static void ignore_memory_error(int status, bfd_vma address, struct disassemble_info *info)
{
	(void)status;
	(void)address;
	(void)info;
}

/* NULL is left where the library lacks one of them. */
static bool open_library(const char *name, struct library *ret)
{
	/* bfd_scan_arch() is found in the libbfd that it is linked with. */
	static const char *const names[] = {"bfd_scan_arch", "disassembler", "init_disassemble_info",
					    "disassemble_init_for_target", "disassemble_free_target"};
	_Static_assert(sizeof(*ret) == sizeof(names), "one name a function");

	return od_library_load(name, names, sizeof(names) / sizeof(names[0]), ret);
}

static bool is_family(const struct od_arch *arch, const char *family)
{
	size_t length = strcspn(arch->bfd_name, ":");
	return strlen(family) == length && !memcmp(arch->bfd_name, family, length);
}

static bool open_knowing(const char *name, const struct od_arch *arch, struct library *ret)
{
	return open_library(name, ret) && ret->scan_arch(arch->bfd_name);
}

/* A library that knows the architecture; its row of `crosses` when one would have to be installed. */
static bool find_library(const struct od_arch *arch, struct library *ret, const struct cross **missing)
{
	for (size_t i = 0; i < sizeof(crosses) / sizeof(crosses[0]); i++) {
		char name[64];
		if (!is_family(arch, crosses[i].family))
			continue;
		snprintf(name, sizeof(name), "libopcodes-%s-%s.so", OD_OPCODES_VERSION, crosses[i].suffix);
		if (open_library(name, ret))
			return true;
		if (!*missing)
			*missing = &crosses[i];
	}
	return open_knowing(OD_OPCODES_SONAME, arch, ret) ||
	       open_knowing("libopcodes-" OD_OPCODES_VERSION "-multiarch.so", arch, ret);
}

bool od_opcodes_prepare(const struct od_arch *arch)
{
	const struct cross *missing = NULL;
	struct library library;

	return arch->bfd_name && find_library(arch, &library, &missing);
}

static bool set_up(struct od_opcodes *opcodes, const struct od_arch *arch)
{
	struct disassemble_info *info = &opcodes->info;
	const bfd_arch_info_type *type = opcodes->library.scan_arch(arch->bfd_name);

	if (!type)
		return false;
#if OD_OPCODES_STYLED
	opcodes->library.init(info, opcodes, put_plain, put_styled);
#else
	opcodes->library.init(info, opcodes, put_plain);
#endif
	info->arch = type->arch;
	info->mach = type->mach;
	info->endian = arch->big_endian ? BFD_ENDIAN_BIG : BFD_ENDIAN_LITTLE;
	info->endian_code = info->endian;
	info->display_endian = info->endian;
	info->buffer = (bfd_byte *)(uintptr_t)opcodes->bytes.ptr;
	info->buffer_length = opcodes->bytes.len;
	info->buffer_vma = opcodes->address;
	info->print_address_func = put_address;
	info->memory_error_func = ignore_memory_error;
	opcodes->library.init_target(info);
	opcodes->target = true;
	opcodes->decode = opcodes->library.find(type->arch, arch->big_endian, type->mach, NULL);
	return opcodes->decode;
}

struct od_opcodes *od_opcodes_create(const struct od_arch *arch, struct od_str bytes, uint64_t address,
				     od_address_text show, void *user, struct od_arena *arena,
				     struct od_str *reason)
{
	const struct cross *missing = NULL;
	struct library library;

	if (!arch->bfd_name || !find_library(arch, &library, &missing)) {
		*reason = missing ? od_arena_printf(arena, "no disassembler for %s is installed (Debian: apt install %s)",
						    arch->name, missing->package)
				  : od_arena_printf(arena, "this system has no disassembler for %s (%s; Debian: apt install "
						    "libbinutils)", arch->name, OD_OPCODES_SONAME);
		return NULL;
	}
	struct od_opcodes *opcodes = calloc(1, sizeof(*opcodes));
	if (opcodes) {
		opcodes->library = library;
		opcodes->bytes = bytes;
		opcodes->address = address;
		opcodes->show = show;
		opcodes->user = user;
		if (set_up(opcodes, arch))
			return opcodes;
	}
	*reason = od_arena_printf(arena, "the disassembler does not know %s", arch->name);
	od_opcodes_destroy(opcodes);
	return NULL;
}

void od_opcodes_destroy(struct od_opcodes *opcodes)
{
	if (!opcodes)
		return;
	if (opcodes->target)
		opcodes->library.free_target(&opcodes->info);
	od_buf_deinit(&opcodes->text);
	free(opcodes);
}

/* How the disassemblers show bytes that are no instruction. */
static bool is_bad(struct od_str text)
{
	static const char *const marks[] = {"(bad)", ".byte", ".inst", ".short", ".long", ".word", ".4byte",
					    "undefined", "UNDEFINED"};

	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (od_str_find(text, od_str_from(marks[i])) >= 0)
			return true;
	return false;
}

bool od_opcodes_decode(struct od_opcodes *opcodes, size_t offset, struct od_str *text, size_t *size, bool *bad)
{
	if (offset >= opcodes->bytes.len)
		return false;
	od_buf_clear(&opcodes->text);
	opcodes->current = opcodes->address + offset;
	int length = opcodes->decode(opcodes->current, &opcodes->info);
	if (length <= 0 || (size_t)length > opcodes->bytes.len - offset || opcodes->text.failed)
		return false;
	*text = od_str_trim(od_buf_str(&opcodes->text));
	*size = (size_t)length;
	*bad = is_bad(*text);
	return true;
}

char *od_opcodes_demangle(const char *name)
{
	enum { PARAMETERS = 1 << 0, ANSI = 1 << 1 }; /* of libiberty's demangle.h, which binutils-dev does not bring */
	static const char *const names[] = {"bfd_demangle"};
	__typeof__(&bfd_demangle) demangle;

	if (!od_library_load(OD_BFD_SONAME, names, 1, &demangle))
		return NULL;
	return demangle(NULL, name, PARAMETERS | ANSI);
}
