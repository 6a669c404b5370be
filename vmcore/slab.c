// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmcore/slab.h"

#include "vmcore/vmcoreinfo.h"

enum { CPU_LIMIT = 8192, OBJECT_LIMIT = 1 << 15, SHEAF_LIMIT = 4096, PAGE_SHIFT = 12, NAME_SIZE = 64, WORD = 8 };

/* x86_64 with 4 levels and without CONFIG_RANDOMIZE_MEMORY: Documentation/arch/x86/x86_64/mm.rst */
static const uint64_t VMEMMAP_X86 = 0xffffea0000000000;

/* A slab, and how its free objects are chained. */
struct slab {
	const struct od_kernel *kernel;
	uint64_t page, cache;	/* struct page or slab; struct kmem_cache */
	uint64_t base;		/* the address of its first byte */
	uint64_t size, left, link, random, count;
};

static bool find_vmemmap(const struct od_kernel *kernel, uint64_t page_size, uint64_t *ret)
{
	struct od_str info = kernel->dump->vmcoreinfo;
	uint64_t start, physical;

	if (kernel->at.vmemmap_base)
		return od_memory_word(kernel->memory, kernel->at.vmemmap_base, ret);
	if (od_str_equal(kernel->dump->arch, OD_STR("x86_64"))) {
		*ret = VMEMMAP_X86;
		return true;
	}
	/* arm64: vmemmap, arch/arm64/include/asm/pgtable.h */
	if (!od_vmcoreinfo_number(info, "NUMBER(VMEMMAP_START)", &start) ||
	    !od_vmcoreinfo_number(info, "NUMBER(PHYS_OFFSET)", &physical))
		return false;
	*ret = start - (physical >> PAGE_SHIFT) * page_size;
	return true;
}

/*
 * page_folio(): a tail page has the address of its head, + 1, or where pages have a power of 2 as size, since 7.1, the mask
 * that leads there, + 1 (_compound_head(), include/linux/page-flags.h). No page's address is as high as a mask.
 */
static uint64_t head_of(const struct od_kernel *kernel, uint64_t page)
{
	const uint64_t masks = -(uint64_t)(1 << 26);
	uint64_t head;

	if (!od_kernel_get(kernel, page, OD_MEMBER_PAGE_HEAD, &head))
		return 0;
	if (!(head & 1))
		return page;
	return head >= masks ? page & head : head - 1;
}

/* PageSlab(): since 6.11 a page's type is a number in the high byte, before it is a flag. */
static bool is_slab(const struct od_kernel *kernel, uint64_t page)
{
	uint64_t bit, type, value;

	if (od_btf_enum_value(kernel->btf, "pagetype", "PGTY_slab", &type))
		return od_kernel_get(kernel, page, OD_MEMBER_PAGE_TYPE, &value) && value >> 24 == type;
	return od_btf_enum_value(kernel->btf, "pageflags", "PG_slab", &bit) && bit < 64 &&
	       od_kernel_get(kernel, page, OD_MEMBER_PAGE_FLAGS, &value) && value >> bit & 1;
}

static bool find_page(const struct od_kernel *kernel, uint64_t address, uint64_t *page, uint64_t *base)
{
	struct od_dump *dump = kernel->dump;
	uint64_t inside = address % OD_PAGE_SIZE, physical, vmemmap;
	uint64_t size = od_btf_size(kernel->btf, od_btf_struct(kernel->btf, "page"));

	if (dump->page_size != OD_PAGE_SIZE || !size || !dump->walk(dump, address - inside, &physical) ||
	    !find_vmemmap(kernel, size, &vmemmap))
		return false;
	uint64_t own = vmemmap + (physical >> PAGE_SHIFT) * size, head = head_of(kernel, own);
	if (!head || head > own || (own - head) % size)
		return false;
	*page = head;
	*base = address - inside - ((own - head) / size << PAGE_SHIFT);
	return true;
}

/* A bit-field of 15 bits, behind 16 of others (struct slab). */
static bool read_count(const struct od_kernel *kernel, uint64_t page, enum od_kernel_member member, uint64_t *ret)
{
	const struct od_btf_member *field = &kernel->members[member];
	uint64_t value;

	if (!kernel->known[member] || !field->bits || field->bits > 16 ||
	    !od_memory_uint(kernel->memory, page + field->offset, 4, &value))
		return false;
	*ret = value >> field->bit_offset & (((uint64_t)1 << field->bits) - 1);
	return true;
}

static bool open_slab(const struct od_kernel *kernel, uint64_t address, struct slab *ret)
{
	bool own = kernel->known[OD_MEMBER_SLAB_CACHE];

	*ret = (struct slab){.kernel = kernel};
	if (!find_page(kernel, address, &ret->page, &ret->base) || !is_slab(kernel, ret->page) ||
	    !od_kernel_get(kernel, ret->page, own ? OD_MEMBER_SLAB_CACHE : OD_MEMBER_PAGE_SLAB_CACHE, &ret->cache) ||
	    !od_kernel_get(kernel, ret->cache, OD_MEMBER_CACHE_SIZE, &ret->size) ||
	    !od_kernel_get(kernel, ret->cache, OD_MEMBER_CACHE_OFFSET, &ret->link) || !ret->size ||
	    !read_count(kernel, ret->page, own ? OD_MEMBER_SLAB_OBJECTS : OD_MEMBER_PAGE_OBJECTS, &ret->count))
		return false;
	od_kernel_get(kernel, ret->cache, OD_MEMBER_CACHE_LEFT, &ret->left);
	od_kernel_get(kernel, ret->cache, OD_MEMBER_CACHE_RANDOM, &ret->random);
	return ret->count && ret->count <= OBJECT_LIMIT;
}

static uint64_t swapped(uint64_t value)
{
	return __builtin_bswap64(value);
}

/* freelist_ptr_decode() of CONFIG_SLAB_FREELIST_HARDENED; the bytes of the address are swapped since 5.7. */
static bool next_free(const struct slab *slab, uint64_t object, uint64_t *ret)
{
	enum { RELEASE_SWAPPED = 0x507 };
	uint64_t at = object + slab->link;

	if (!od_memory_word(slab->kernel->memory, at, ret))
		return false;
	if (slab->kernel->known[OD_MEMBER_CACHE_RANDOM])
		*ret ^= slab->random ^ (slab->kernel->release >= RELEASE_SWAPPED ? swapped(at) : at);
	return true;
}

/* Looks for the object in a chain of free ones. OD_SLAB_ALLOCATED: it is not in it. */
static enum od_slab_state walk(const struct slab *slab, uint64_t first, uint64_t object)
{
	uint64_t at = first;

	for (uint64_t i = 0; at; i++) {
		if (at == object)
			return OD_SLAB_FREE;
		if (i >= slab->count || at - slab->base >= slab->size * slab->count || !next_free(slab, at, &at))
			return OD_SLAB_UNKNOWN;
	}
	return OD_SLAB_ALLOCATED;
}

static uint64_t cpu_count(const struct od_kernel *kernel)
{
	uint64_t count = kernel->model->system.cpus.known ? kernel->model->system.cpus.value : 0;

	return count < CPU_LIMIT ? count : CPU_LIMIT;
}

/* What a CPU that works on this slab holds back for itself. */
static enum od_slab_state walk_cpus(const struct slab *slab, uint64_t object)
{
	const struct od_kernel *kernel = slab->kernel;
	uint64_t variable, page, first;

	if (!od_kernel_get(kernel, slab->cache, OD_MEMBER_CACHE_CPU, &variable))
		return OD_SLAB_ALLOCATED;
	for (uint64_t cpu = 0; cpu < cpu_count(kernel); cpu++) {
		uint64_t own = od_kernel_percpu(kernel, variable, cpu);
		if (!own || !od_kernel_get(kernel, own, OD_MEMBER_CPU_SLAB, &page) || page != slab->page ||
		    !od_kernel_get(kernel, own, OD_MEMBER_CPU_FREELIST, &first))
			continue;
		return walk(slab, first, object);
	}
	return OD_SLAB_ALLOCATED;
}

static bool is_in_sheaf(const struct od_kernel *kernel, uint64_t sheaf, uint64_t object)
{
	uint64_t size, at, objects = sheaf ? od_kernel_address(kernel, sheaf, OD_MEMBER_SHEAF_OBJECTS) : 0;

	if (!objects || !od_kernel_get(kernel, sheaf, OD_MEMBER_SHEAF_SIZE, &size))
		return false;
	for (uint64_t i = 0; i < size && i < SHEAF_LIMIT; i++)
		if (od_memory_word(kernel->memory, objects + i * WORD, &at) && at == object)
			return true;
	return false;
}

/*
 * Since 6.18 CPUs and nodes keep free objects in sheaves, and nothing in the slab says so: those of the CPUs are looked
 * through; what is not in them may be in a node's.
 */
static enum od_slab_state walk_sheaves(const struct slab *slab, uint64_t object)
{
	const struct od_kernel *kernel = slab->kernel;
	uint64_t variable, main, spare;

	if (!od_kernel_get(kernel, slab->cache, OD_MEMBER_CACHE_SHEAVES, &variable) || !variable)
		return OD_SLAB_ALLOCATED;
	for (uint64_t cpu = 0; cpu < cpu_count(kernel); cpu++) {
		uint64_t own = od_kernel_percpu(kernel, variable, cpu);
		if (!own || !od_kernel_get(kernel, own, OD_MEMBER_SHEAVES_MAIN, &main) ||
		    !od_kernel_get(kernel, own, OD_MEMBER_SHEAVES_SPARE, &spare))
			continue;
		if (is_in_sheaf(kernel, main, object) || is_in_sheaf(kernel, spare, object))
			return OD_SLAB_FREE;
	}
	return OD_SLAB_UNKNOWN;
}

static enum od_slab_state state_of(const struct slab *slab, uint64_t object)
{
	bool own = slab->kernel->known[OD_MEMBER_SLAB_FREELIST];
	uint64_t first;

	if (!od_kernel_get(slab->kernel, slab->page, own ? OD_MEMBER_SLAB_FREELIST : OD_MEMBER_PAGE_FREELIST, &first))
		return OD_SLAB_UNKNOWN;
	enum od_slab_state state = walk(slab, first, object);
	if (state == OD_SLAB_ALLOCATED)
		state = walk_cpus(slab, object);
	return state == OD_SLAB_ALLOCATED ? walk_sheaves(slab, object) : state;
}

bool od_slab_find(const struct od_kernel *kernel, uint64_t address, struct od_slab_object *ret)
{
	struct slab slab;
	uint64_t name, size;
	char text[NAME_SIZE];

	if (!open_slab(kernel, address, &slab) || !od_kernel_get(kernel, slab.cache, OD_MEMBER_CACHE_NAME, &name) ||
	    !od_kernel_get(kernel, slab.cache, OD_MEMBER_CACHE_OBJECT_SIZE, &size))
		return false;
	uint64_t index = (address - slab.base) / slab.size, object = slab.base + index * slab.size + slab.left;
	*ret = (struct od_slab_object){
		.cache = od_arena_copy(kernel->model->arena, od_memory_string(kernel->memory, name, text, sizeof(text))),
		.start = object, .size = size, .index = index, .count = slab.count,
		.outside = index >= slab.count || address < object || address - object >= size,
	};
	if (index < slab.count)
		ret->state = state_of(&slab, object);
	return ret->cache.len;
}
