// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmcore/slab.h"

#include "vmcore/lists.h"
#include "vmcore/vmcoreinfo.h"

enum {
	CPU_LIMIT = 8192, NODE_LIMIT = 1024, OBJECT_LIMIT = 1 << 15, SHEAF_LIMIT = 4096, BARN_LIMIT = 1 << 10,
	DEFERRED_LIMIT = 1 << 16, NAME_SIZE = 64, WORD = 8,
};

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
	uint64_t start, physical, first;

	if (kernel->at.vmemmap_base)
		return od_memory_word(kernel->memory, kernel->at.vmemmap_base, ret);
	if (od_str_equal(kernel->dump->arch, OD_STR("x86_64"))) {
		*ret = VMEMMAP_X86;
		return true;
	}
	if (kernel->at.vmemmap)
		return od_memory_word(kernel->memory, kernel->at.vmemmap, ret);
	/* vmemmap of arm64 and riscv64, arch/…/include/asm/pgtable.h */
	if (!od_vmcoreinfo_number(info, "NUMBER(VMEMMAP_START)", &start))
		return false;
	if (!kernel->at.vmemmap_start_pfn || !od_memory_word(kernel->memory, kernel->at.vmemmap_start_pfn, &first)) {
		if (!od_vmcoreinfo_number(info, "NUMBER(PHYS_OFFSET)", &physical) &&
		    !od_vmcoreinfo_number(info, "NUMBER(phys_ram_base)", &physical))
			return false;
		first = physical / kernel->dump->page_size;
	}
	*ret = start - first * page_size;
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
	uint64_t size = od_btf_size(kernel->btf, od_btf_struct(kernel->btf, "page")), physical, vmemmap;

	if (!size)
		return false;
	const uint64_t inside = address % dump->page_size;
	if (!dump->walk(dump, address - inside, &physical) || !find_vmemmap(kernel, size, &vmemmap))
		return false;
	uint64_t own = vmemmap + physical / dump->page_size * size, head = head_of(kernel, own);
	if (!head || head > own || (own - head) % size)
		return false;
	*page = head;
	*base = address - inside - (own - head) / size * dump->page_size;
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
	*ret = od_btf_bits(value, 4, field->bit_offset, field->bits, kernel->memory->big_endian);
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

/* Looks for the object among those that a sheaf holds; 0: there is no sheaf. */
static enum od_slab_state search_sheaf(const struct od_kernel *kernel, uint64_t sheaf, uint64_t object)
{
	uint64_t size, at, objects = sheaf ? od_kernel_address(kernel, sheaf, OD_MEMBER_SHEAF_OBJECTS) : 0;

	if (!sheaf)
		return OD_SLAB_ALLOCATED;
	if (!objects || !od_kernel_get(kernel, sheaf, OD_MEMBER_SHEAF_SIZE, &size) || size > SHEAF_LIMIT)
		return OD_SLAB_UNKNOWN;
	for (uint64_t i = 0; i < size; i++) {
		if (!od_memory_word(kernel->memory, objects + i * WORD, &at))
			return OD_SLAB_UNKNOWN;
		if (at == object)
			return OD_SLAB_FREE;
	}
	return OD_SLAB_ALLOCATED;
}

/* What the CPUs keep: a sheaf to work with, one to spare, and one of those that kfree_rcu() was given. */
static enum od_slab_state walk_cpu_sheaves(const struct slab *slab, uint64_t variable, uint64_t object)
{
	static const struct { enum od_kernel_member member; enum od_slab_state held; } kept[] = {
		{OD_MEMBER_SHEAVES_MAIN, OD_SLAB_FREE}, {OD_MEMBER_SHEAVES_SPARE, OD_SLAB_FREE},
		{OD_MEMBER_SHEAVES_RCU, OD_SLAB_WAITS},
	};
	const struct od_kernel *kernel = slab->kernel;
	uint64_t sheaf;

	for (uint64_t cpu = 0; cpu < cpu_count(kernel); cpu++) {
		uint64_t own = od_kernel_percpu(kernel, variable, cpu);
		for (size_t i = 0; i < sizeof(kept) / sizeof(kept[0]); i++) {
			if (!own || !od_kernel_get(kernel, own, kept[i].member, &sheaf))
				return OD_SLAB_UNKNOWN;
			enum od_slab_state state = search_sheaf(kernel, sheaf, object);
			if (state != OD_SLAB_ALLOCATED)
				return state == OD_SLAB_FREE ? kept[i].held : state;
		}
	}
	return OD_SLAB_ALLOCATED;
}

/* struct node_barn of a node: struct kmem_cache holds it since 7.1, struct kmem_cache_node before. 0: it has none. */
static bool find_barn(const struct slab *slab, uint64_t node, uint64_t *ret)
{
	const struct od_kernel *kernel = slab->kernel;
	uint64_t pair = od_btf_size(kernel->btf, od_btf_struct(kernel->btf, "kmem_cache_per_node_ptrs"));
	uint64_t nodes = od_kernel_address(kernel, slab->cache, OD_MEMBER_CACHE_NODES), own;

	if (kernel->known[OD_MEMBER_CACHE_PER_NODE])
		return pair && od_kernel_get(kernel, od_kernel_address(kernel, slab->cache, OD_MEMBER_CACHE_PER_NODE) + node * pair,
					     OD_MEMBER_NODE_POINTERS_BARN, ret);
	if (!nodes || !od_memory_word(kernel->memory, nodes + node * WORD, &own))
		return false;
	*ret = 0;
	return !own || od_kernel_get(kernel, own, OD_MEMBER_NODE_BARN, ret);
}

/* The full sheaves of one node. */
static enum od_slab_state walk_barn(const struct slab *slab, uint64_t barn, uint64_t object)
{
	const struct od_kernel *kernel = slab->kernel;
	struct od_list_walk walk = {.memory = kernel->memory, .limit = BARN_LIMIT};

	walk.head = od_kernel_address(kernel, barn, OD_MEMBER_BARN_FULL);
	if (!walk.head || !kernel->known[OD_MEMBER_SHEAF_LIST])
		return OD_SLAB_UNKNOWN;
	while (od_list_next(&walk)) {
		uint64_t sheaf = walk.at - kernel->members[OD_MEMBER_SHEAF_LIST].offset;
		enum od_slab_state state = search_sheaf(kernel, sheaf, object);
		if (state != OD_SLAB_ALLOCATED)
			return state;
	}
	return walk.end == OD_LIST_COMPLETE ? OD_SLAB_ALLOCATED : OD_SLAB_UNKNOWN;
}

static enum od_slab_state walk_barns(const struct slab *slab, uint64_t object)
{
	const struct od_kernel *kernel = slab->kernel;
	uint64_t count = 1, barn;

	if (kernel->at.nr_node_ids && !od_memory_uint(kernel->memory, kernel->at.nr_node_ids, 4, &count))
		return OD_SLAB_UNKNOWN;
	for (uint64_t node = 0; node < count && node < NODE_LIMIT; node++) {
		if (!find_barn(slab, node, &barn))
			return OD_SLAB_UNKNOWN;
		enum od_slab_state state = barn ? walk_barn(slab, barn, object) : OD_SLAB_ALLOCATED;
		if (state != OD_SLAB_ALLOCATED)
			return state;
	}
	return OD_SLAB_ALLOCATED;
}

/* What kfree_nolock() was given where it could take no lock waits in a list of each CPU, linked like free objects, but bare. */
static enum od_slab_state walk_deferred(const struct slab *slab, uint64_t object)
{
	const struct od_kernel *kernel = slab->kernel;
	uint64_t at;

	for (uint64_t cpu = 0; kernel->at.defer_free_objects && cpu < cpu_count(kernel); cpu++) {
		uint64_t list = od_kernel_percpu(kernel, kernel->at.defer_free_objects, cpu);
		if (!list || !od_memory_word(kernel->memory, list, &at))
			return OD_SLAB_UNKNOWN;
		for (unsigned i = 0; at; i++) {
			if (at == object + slab->link)
				return OD_SLAB_FREE;
			if (i == DEFERRED_LIMIT || !od_memory_word(kernel->memory, at, &at))
				return OD_SLAB_UNKNOWN;
		}
	}
	return OD_SLAB_ALLOCATED;
}

/* lib/maple_tree.c takes objects ahead of use into sheaves that no list holds (kmem_cache_prefill_sheaf(), its only user in 7.2). */
static bool may_be_taken_ahead(const struct slab *slab)
{
	uint64_t name;
	char text[NAME_SIZE];

	return !od_kernel_get(slab->kernel, slab->cache, OD_MEMBER_CACHE_NAME, &name) ||
	       od_str_equal(od_memory_string(slab->kernel->memory, name, text, sizeof(text)), OD_STR("maple_node"));
}

/*
 * Since 6.18 CPUs and nodes keep free objects in sheaves, and nothing in the slab says so. A cache with a capacity of 0 has
 * none (cache_has_sheaves(), mm/slab.h; slub_debug= does that).
 */
static enum od_slab_state walk_sheaves(const struct slab *slab, uint64_t object)
{
	const struct od_kernel *kernel = slab->kernel;
	uint64_t variable, capacity;

	if (!kernel->known[OD_MEMBER_CACHE_SHEAVES])
		return OD_SLAB_ALLOCATED;
	if (!od_kernel_get(kernel, slab->cache, OD_MEMBER_CACHE_SHEAVES, &variable))
		return OD_SLAB_UNKNOWN;
	if (!variable || (od_kernel_get(kernel, slab->cache, OD_MEMBER_CACHE_CAPACITY, &capacity) && !capacity))
		return OD_SLAB_ALLOCATED;
	enum od_slab_state state = walk_cpu_sheaves(slab, variable, object);
	if (state == OD_SLAB_ALLOCATED)
		state = walk_barns(slab, object);
	return state == OD_SLAB_ALLOCATED && may_be_taken_ahead(slab) ? OD_SLAB_UNKNOWN : state;
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
	if (state == OD_SLAB_ALLOCATED)
		state = walk_deferred(slab, object);
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
