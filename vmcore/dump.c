// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmcore/dump.h"

#include <stdlib.h>

#include "core/arch.h"
#include "vmcore/vmcoreinfo.h"

enum { SEARCH_PAGES = 1 << 18 };	/* 1 GB of what is there is searched for VMCOREINFO */

static const uint64_t lowest_upper_half = 0xff00000000000000; /* 5 levels on x86_64, 52 bits on arm64 */

static bool read_part(struct od_dump *dump, uint64_t physical, void *page)
{
	for (size_t i = 0; i < dump->part_count; i++)
		if (dump->parts[i].container->ops->read_page(dump->parts[i].container, physical, page))
			return true;
	return false;
}

/* The page, from the cache or the file; NULL: a hole. */
static const unsigned char *get_page(struct od_dump *dump, uint64_t physical)
{
	size_t index = (size_t)(physical / OD_PAGE_SIZE % OD_PAGE_SLOTS);
	struct od_page_slot *slot = &dump->slots[index];
	unsigned char *page = dump->pages + index * OD_PAGE_SIZE;

	if (slot->tag != physical + 1) {
		slot->present = dump->container->ops->read_page(dump->container, physical, page) ||
				read_part(dump, physical, page);
		slot->tag = physical + 1;
	}
	if (!slot->present)
		dump->holes++;
	return slot->present ? page : NULL;
}

size_t od_dump_read_physical(struct od_dump *dump, uint64_t physical, void *buffer, size_t len)
{
	size_t done = 0;

	while (done < len) {
		uint64_t at = physical + done;
		size_t inside = (size_t)(at % OD_PAGE_SIZE), piece = OD_PAGE_SIZE - inside;
		const unsigned char *page = at < physical ? NULL : get_page(dump, at - inside);
		if (!page)
			break;
		if (piece > len - done)
			piece = len - done;
		memcpy((char *)buffer + done, page + inside, piece);
		done += piece;
	}
	return done;
}

static bool translate(struct od_dump *dump, uint64_t page, uint64_t *ret)
{
	struct od_tlb_slot *slot = &dump->tlb[page / OD_PAGE_SIZE % OD_TLB_SLOTS];

	if (slot->tag != page + 1) {
		uint64_t physical;
		if (!dump->walk(dump, page, &physical))
			return false;
		*slot = (struct od_tlb_slot){page + 1, physical};
	}
	*ret = slot->physical;
	return true;
}

static size_t read_translated(void *user, uint64_t address, void *buffer, size_t len)
{
	struct od_dump *dump = user;
	size_t done = 0;

	while (done < len && address + done >= address) {
		uint64_t at = address + done, physical;
		size_t inside = (size_t)(at % OD_PAGE_SIZE), piece = OD_PAGE_SIZE - inside;
		if (piece > len - done)
			piece = len - done;
		if (!translate(dump, at - inside, &physical))
			break;
		size_t got = od_dump_read_physical(dump, physical + inside, (char *)buffer + done, piece);
		done += got;
		if (got < piece)
			break;
	}
	return done;
}

static size_t read_foreign(void *user, uint64_t address, void *buffer, size_t len)
{
	struct od_dump *dump = user;

	if (!dump->container->ops->read_virtual)
		return 0;
	return dump->container->ops->read_virtual(dump->container, address, buffer, len);
}

/* The kernel's copy of VMCOREINFO begins a page (crash_save_vmcoreinfo_init(), kernel/crash_core.c 6.1). */
static struct od_str search_info(struct od_dump *dump)
{
	const struct od_container_ops *ops = dump->container->ops;
	unsigned char *page = od_arena_alloc(dump->container->arena, OD_PAGE_SIZE);
	uint64_t at = 0;

	for (unsigned i = 0; page && i < SEARCH_PAGES; i++, at += OD_PAGE_SIZE) {
		if (ops->next_page ? !ops->next_page(dump->container, &at) : at >= dump->container->limit)
			break;
		if (ops->read_page(dump->container, at, page) && memcmp(page, "OSRELEASE=", 10) == 0)
			return (struct od_str){(char *)page, strnlen((char *)page, OD_PAGE_SIZE)};
	}
	return (struct od_str){NULL, 0};
}

static void find_info(struct od_dump *dump)
{
	dump->vmcoreinfo = dump->headers->vmcoreinfo;
	if (!dump->vmcoreinfo.len)
		dump->vmcoreinfo = od_vmcoreinfo_in_notes(dump->notes, dump->headers->big_endian);
	if (!dump->vmcoreinfo.len)
		dump->vmcoreinfo = dump->container->vmcoreinfo;
	if (dump->vmcoreinfo.len)
		return;
	dump->vmcoreinfo = search_info(dump);
	dump->info_by_search = dump->vmcoreinfo.len > 0;
}

/* The machine's name as this program says it, by its own or by what only its kernel puts into VMCOREINFO. */
static struct od_str find_arch(const struct od_dump *dump, struct od_str name)
{
	static const struct { const char *key, *arch; } keys[] = {
		{"SYMBOL(lowcore_ptr)", "s390x"}, {"SYMBOL(mmu_psize_defs)", "ppc64"}, {"NUMBER(kimage_voffset)", "arm64"}, {"NUMBER(va_kernel_pa_offset)", "riscv64"},
		 {"SYMBOL(init_top_pgt)", "x86_64"}, {"SYMBOL(init_level4_pgt)", "x86_64"},
	};
	static const struct { const char *name, *arch; } others[] = {
		{"aarch64", "arm64"}, {"ppc64le", "ppc64"}, {"S390X", "s390x"}, {"PPC64", "ppc64"}, /* the latter two by QEMU */
	};
	struct od_str value;

	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (od_str_equal(name, od_str_from(others[i].name)))
			return od_str_from(others[i].arch);
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if (!od_arch_find(name) && od_vmcoreinfo_get(dump->vmcoreinfo, keys[i].key, &value))
			return od_str_from(keys[i].arch);
	return name;
}

static const struct { const char *arch; void (*begin)(struct od_dump *dump); } pagings[] = {
	{"x86_64", od_paging_x86_64_begin}, {"arm64", od_paging_arm64_begin}, {"riscv64", od_paging_riscv64_begin},
	{"s390x", od_paging_s390x_begin}, {"ppc64", od_paging_ppc64_begin},
};

bool od_paging_is_known(struct od_str arch)
{
	for (size_t i = 0; i < sizeof(pagings) / sizeof(pagings[0]); i++)
		if (od_str_equal(arch, od_str_from(pagings[i].arch)))
			return true;
	return false;
}

/* True when only libkdumpfile can read the pages: packed by lzo or snappy, or of a machine whose tables it walks. */
static bool needs_library(const struct od_dump *dump)
{
	return !dump->headers || dump->headers->is_packed_otherwise || !od_paging_is_known(dump->arch);
}

static void know_machine(struct od_dump *dump, struct od_container *container)
{
	dump->container = container;
	dump->notes = dump->headers ? dump->headers->notes : container->notes;
	find_info(dump);
	dump->arch = find_arch(dump, container->arch);
	dump->container = NULL;
}

/*
 * What can be read by hand is: libkdumpfile 0.5.1 takes zeroes for what a cut file lacks, and crashes on damaged
 * headers. It has the formats, packings and machines that are not known here.
 */
static od_status open_containers(struct od_trail *trail, struct od_dump *dump)
{
	struct od_trail ignored = {{0}};
	od_status status = od_kdump_open(trail, dump->file, &dump->headers);

	if (status == OD_ERR_UNSUPPORTED) {
		od_trail_clear(trail);
		status = od_elfcore_open(trail, dump->file, &dump->headers);
	}
	if (status != OD_OK && status != OD_ERR_UNSUPPORTED)
		return status;
	if (status != OD_OK)
		od_trail_clear(trail);
	else
		know_machine(dump, dump->headers);
	if (needs_library(dump) && !od_dumpfile_is_flat(dump->file)) {
		od_status other = od_libkdumpfile_open(dump->headers ? &ignored : trail, dump->file, &dump->container);
		status = dump->headers ? OD_OK : other;
	} else if (status != OD_OK) {
		od_fail(trail, status, "the flattened stream holds neither an ELF core nor a kdump-compressed file");
	}
	if (!dump->container)
		dump->container = dump->headers;
	if (!dump->headers)
		dump->headers = dump->container;
	return status;
}

/*
 * QEMU writes the headers of a ppc64le guest in the order in which its CPU takes interrupts (target/ppc/arch_dump.c, 7.2), which
 * need not be that of its memory: init_uts_ns names that ("ppc64le").
 */
static bool has_big_endian_memory(struct od_dump *dump)
{
	enum { UTS_FIELD = 65, MACHINE = 4 };	/* struct new_utsname, include/uapi/linux/utsname.h */
	uint64_t base, offset;
	char text[UTS_FIELD];

	if (!od_str_equal(dump->arch, OD_STR("ppc64")) || !od_vmcoreinfo_hex(dump->vmcoreinfo, "SYMBOL(init_uts_ns)", &base) ||
	    !od_vmcoreinfo_number(dump->vmcoreinfo, "OFFSET(uts_namespace.name)", &offset))
		return dump->container->big_endian;
	struct od_str machine = od_memory_string(&dump->memory, base + offset + MACHINE * UTS_FIELD, text, sizeof(text));
	return od_str_starts(machine, OD_STR("ppc64")) ? !od_str_equal(machine, OD_STR("ppc64le")) : dump->container->big_endian;
}

static od_status set_up(struct od_trail *trail, struct od_dump *dump)
{
	od_status status = open_containers(trail, dump);

	if (status != OD_OK)
		return status;
	od_trail_clear(trail);
	dump->pages = malloc((size_t)OD_PAGE_SLOTS * OD_PAGE_SIZE);
	if (!dump->pages)
		return od_fail(trail, OD_ERR_NOMEM, "out of memory");
	dump->notes = dump->headers->notes;
	if (!dump->vmcoreinfo.len)
		find_info(dump);
	dump->arch = find_arch(dump, dump->headers->arch.len ? dump->headers->arch : dump->container->arch);
	if (!od_vmcoreinfo_number(dump->vmcoreinfo, "PAGESIZE", &dump->page_size) || !dump->page_size)
		dump->page_size = OD_PAGE_SIZE;
	dump->lowest = lowest_upper_half;
	for (size_t i = 0; i < sizeof(pagings) / sizeof(pagings[0]); i++)
		if (od_str_equal(dump->arch, od_str_from(pagings[i].arch)))
			pagings[i].begin(dump);
	dump->memory = (struct od_memory){
		.read = dump->walk ? read_translated : read_foreign,
		.user = dump,
		.word = dump->container->word,
	};
	dump->memory.big_endian = has_big_endian_memory(dump);
	return OD_OK;
}

od_status od_dump_open(struct od_trail *trail, const struct od_opener *opener, const char *path, struct od_dump **ret)
{
	struct od_dump *dump = calloc(1, sizeof(*dump));

	if (!dump)
		return od_fail(trail, OD_ERR_NOMEM, "out of memory");
	od_status status = od_dumpfile_open(trail, opener, path, &dump->file);
	if (status == OD_OK)
		status = set_up(trail, dump);
	if (status != OD_OK) {
		od_dump_close(dump);
		return status;
	}
	*ret = dump;
	return OD_OK;
}

od_status od_dump_add(struct od_trail *trail, const struct od_opener *opener, struct od_dump *dump, const char *path)
{
	struct od_part part = {NULL, NULL};
	od_status status;

	if (dump->part_count == OD_PART_LIMIT)
		return od_fail(trail, OD_ERR_FORMAT, "more than %d parts", OD_PART_LIMIT);
	status = od_dumpfile_open(trail, opener, path, &part.file);
	if (status == OD_OK)
		status = od_kdump_open(trail, part.file, &part.container);
	if (status == OD_OK && (!part.container->last || !dump->headers->last || part.container->limit != dump->headers->limit))
		status = od_fail(trail, OD_ERR_FORMAT, "not a further part of this dump");
	if (status != OD_OK) {
		od_container_close(part.container);
		od_dumpfile_close(part.file);
		return status;
	}
	dump->parts[dump->part_count++] = part;
	return OD_OK;
}

uint64_t od_dump_missing(const struct od_dump *dump)
{
	const struct od_container *own = dump->headers;
	uint64_t here = own->last - own->first;

	for (size_t i = 0; i < dump->part_count; i++)
		here += dump->parts[i].container->last - dump->parts[i].container->first;
	return own->last && here < own->limit ? own->limit - here : 0;
}

bool od_dump_looks_encrypted(struct od_dump *dump)
{
	enum { USER_HALF = OD_PAGE_SIZE / 2, WORD = 8, NOISE = USER_HALF / WORD / 2 };
	unsigned char table[USER_HALF];
	unsigned used = 0;

	if (dump->walk != od_paging_x86_64 || od_dump_read_physical(dump, dump->root, table, sizeof(table)) != sizeof(table))
		return false;
	for (size_t i = 0; i < sizeof(table); i += WORD)
		used += od_memory_decode(&dump->memory, table + i, WORD) != 0;
	return used > NOISE;
}

void od_dump_close(struct od_dump *dump)
{
	if (!dump)
		return;
	for (size_t i = 0; i < dump->part_count; i++) {
		od_container_close(dump->parts[i].container);
		od_dumpfile_close(dump->parts[i].file);
	}
	if (dump->headers != dump->container)
		od_container_close(dump->headers);
	od_container_close(dump->container);
	od_dumpfile_close(dump->file);
	free(dump->pages);
	free(dump);
}
