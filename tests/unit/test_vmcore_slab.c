// SPDX-License-Identifier: GPL-3.0-or-later
/* Whether an object of a slab is free, with sheaves as of Linux 6.18 and later, in synthetic memory of four pages. */
#include "tests/test.h"
#include "vmcore/container.h"
#include "vmcore/slab.h"

#define BASE 0xff30000000000000
#define PAGES (BASE + 0x1000)	/* struct page of each */
#define CACHE (BASE + 0x2000)
#define CPU (BASE + 0x2100)	/* struct slub_percpu_sheaves */
#define MAIN (BASE + 0x2200)	/* struct slab_sheaf */
#define SPARE (BASE + 0x2300)
#define FOR_RCU (BASE + 0x2400)
#define BARN (BASE + 0x2500)
#define FULL (BASE + 0x2600)
#define OFFSETS (BASE + 0x2700)	/* __per_cpu_offset[1] */
#define VMEMMAP (BASE + 0x2710)
#define NODES (BASE + 0x2718)
#define DEFERRED (BASE + 0x2720)
#define NAME (BASE + 0x2740)

enum { SIZE = 64, COUNT = 16, PAGE_STRUCT = 64, TYPE_U64 = 1, TYPE_U32 = 2 };

static unsigned char bytes[0x4000];

static size_t read_memory(void *user, uint64_t address, void *buffer, size_t len)
{
	(void)user;
	if (address < BASE || address - BASE >= sizeof(bytes))
		return 0;
	len = len < sizeof(bytes) - (size_t)(address - BASE) ? len : sizeof(bytes) - (size_t)(address - BASE);
	memcpy(buffer, bytes + (address - BASE), len);
	return len;
}

static bool walk(struct od_dump *dump, uint64_t address, uint64_t *ret)
{
	(void)dump;
	*ret = address - BASE;
	return true;
}

static void put(uint64_t address, uint64_t value)
{
	memcpy(bytes + (address - BASE), &value, sizeof(value));
}

static uint64_t object(unsigned index)
{
	return BASE + index * SIZE;
}

static void put_sheaf(uint64_t sheaf, unsigned index)
{
	put(sheaf + 16, 1);
	put(sheaf + 24, object(index));
}

/* Objects 0 and 1 are in the slab's own list, 2 and 3 in the CPU's sheaves, 4 in that of kfree_rcu(), 5 in the node's, 7 put off. */
static void make_memory(const char *name, unsigned capacity)
{
	memset(bytes, 0, sizeof(bytes));
	put(object(0), object(1));
	put(PAGES + 16, CACHE);
	put(PAGES + 24, object(0));
	put(PAGES + 32, COUNT);
	put(PAGES + 40, 0xf5000000);
	put(CACHE, CPU);
	put(CACHE + 8, SIZE | (uint64_t)SIZE << 32);
	put(CACHE + 24, NAME);
	put(CACHE + 32, capacity);
	put(CACHE + 40, BARN);
	put(CPU, MAIN);
	put(CPU + 8, SPARE);
	put(CPU + 16, FOR_RCU);
	put_sheaf(MAIN, 2);
	put_sheaf(SPARE, 3);
	put_sheaf(FOR_RCU, 4);
	put_sheaf(FULL, 5);
	put(BARN, FULL);
	put(FULL, BARN);
	put(VMEMMAP, PAGES);
	put(NODES, 1);
	put(DEFERRED, object(7));
	memcpy(bytes + (NAME - BASE), name, strlen(name) + 1);
}

/* 1 u64; 2 u32; 3 struct page; 4 enum pagetype { PGTY_slab }; 5 struct kmem_cache_per_node_ptrs */
static struct od_btf *make_types(void)
{
	static const char strings[] = "\0page\0pagetype\0PGTY_slab\0kmem_cache_per_node_ptrs";
	static const uint32_t words[] = {
		0x0001eb9f, 24, 0, 19 * 4, 19 * 4, sizeof(strings), 0, 1 << 24, 8, 64, 0, 1 << 24, 4, 32,
		1, 4 << 24, PAGE_STRUCT, 6, 6 << 24 | 1, 4, 15, 0xf5, 25, 4 << 24, 16,
	};
	unsigned char *copy = malloc(sizeof(words) + sizeof(strings));
	struct od_btf *btf;

	assert_non_null(copy);
	memcpy(copy, words, sizeof(words));
	memcpy(copy + sizeof(words), strings, sizeof(strings));
	assert_int_equal(od_btf_create(NULL, copy, sizeof(words) + sizeof(strings), &btf), OD_OK);
	return btf;
}

static void know_members(struct od_kernel *kernel)
{
	static const struct { enum od_kernel_member member; unsigned offset, type, bits; } rows[] = {
		{OD_MEMBER_PAGE_HEAD, 8, TYPE_U64, 0}, {OD_MEMBER_SLAB_CACHE, 16, TYPE_U64, 0},
		{OD_MEMBER_SLAB_FREELIST, 24, TYPE_U64, 0}, {OD_MEMBER_SLAB_OBJECTS, 32, TYPE_U32, 15},
		{OD_MEMBER_PAGE_TYPE, 40, TYPE_U32, 0}, {OD_MEMBER_CACHE_SHEAVES, 0, TYPE_U64, 0},
		{OD_MEMBER_CACHE_SIZE, 8, TYPE_U32, 0}, {OD_MEMBER_CACHE_OBJECT_SIZE, 12, TYPE_U32, 0},
		{OD_MEMBER_CACHE_OFFSET, 16, TYPE_U32, 0}, {OD_MEMBER_CACHE_NAME, 24, TYPE_U64, 0},
		{OD_MEMBER_CACHE_CAPACITY, 32, TYPE_U32, 0}, {OD_MEMBER_CACHE_PER_NODE, 40, TYPE_U64, 0},
		{OD_MEMBER_NODE_POINTERS_BARN, 0, TYPE_U64, 0}, {OD_MEMBER_BARN_FULL, 0, TYPE_U64, 0},
		{OD_MEMBER_SHEAF_LIST, 0, TYPE_U64, 0}, {OD_MEMBER_SHEAF_SIZE, 16, TYPE_U32, 0},
		{OD_MEMBER_SHEAF_OBJECTS, 24, TYPE_U64, 0}, {OD_MEMBER_SHEAVES_MAIN, 0, TYPE_U64, 0},
		{OD_MEMBER_SHEAVES_SPARE, 8, TYPE_U64, 0}, {OD_MEMBER_SHEAVES_RCU, 16, TYPE_U64, 0},
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		kernel->known[rows[i].member] = true;
		kernel->members[rows[i].member] = (struct od_btf_member){.offset = rows[i].offset, .type = rows[i].type,
									 .bits = rows[i].bits};
	}
}

static void free_objects_are_found_in_sheaves(void **unused)
{
	static const struct {
		const char *name;
		unsigned capacity, object;
		uint64_t place, damage;	/* 0: none */
		enum od_slab_state state;
	} rows[] = {
		{"widget", 12, 0, 0, 0, OD_SLAB_FREE},
		{"widget", 12, 1, 0, 0, OD_SLAB_FREE},
		{"widget", 12, 2, 0, 0, OD_SLAB_FREE},
		{"widget", 12, 3, 0, 0, OD_SLAB_FREE},
		{"widget", 12, 4, 0, 0, OD_SLAB_WAITS},
		{"widget", 12, 5, 0, 0, OD_SLAB_FREE},
		{"widget", 12, 6, 0, 0, OD_SLAB_ALLOCATED},
		{"widget", 12, 7, 0, 0, OD_SLAB_FREE},
		{"widget", 0, 6, 0, 0, OD_SLAB_ALLOCATED},
		{"widget", 0, 6, BARN, 1, OD_SLAB_ALLOCATED},		/* nobody looks there */
		{"maple_node", 12, 5, 0, 0, OD_SLAB_FREE},
		{"maple_node", 12, 6, 0, 0, OD_SLAB_UNKNOWN},
		{"widget", 12, 6, BARN, BASE + 0x9000, OD_SLAB_UNKNOWN},	/* a hole */
		{"widget", 12, 6, FULL, FULL, OD_SLAB_UNKNOWN},		/* a loop */
		{"widget", 12, 2, BARN, BASE + 0x9000, OD_SLAB_FREE},
		{"widget", 12, 6, MAIN + 16, 0xffffffff, OD_SLAB_UNKNOWN},
		{"widget", 12, 6, CPU + 8, BASE + 0x9000, OD_SLAB_UNKNOWN},
		{"widget", 12, 6, CPU + 8, 0, OD_SLAB_ALLOCATED},		/* no spare one */
		{"widget", 12, 6, CACHE + 40, 0, OD_SLAB_ALLOCATED},		/* a node without */
		{"widget", 12, 6, BASE + 7 * SIZE, BASE + 7 * SIZE, OD_SLAB_UNKNOWN},	/* what is put off leads back */
	};

	(void)unused;
	for (size_t n = 0; n < 2 * ARRAY_SIZE(rows); n++) {
		const size_t i = n / 2;
		const bool large = n % 2;	/* pages of 64 kB, and vmemmap in the variable of ppc64 */
		struct od_dump *dump = calloc(1, sizeof(*dump));
		struct od_vmcore model = {.arena = od_arena_create(1 << 20), .system = {.cpus = od_num(1)}};
		struct od_slab_object got;
		assert_non_null(dump);
		*dump = (struct od_dump){.memory = {.read = read_memory, .word = 8}, .page_size = large ? 65536 : 4096, .walk = walk};
		struct od_kernel kernel = {
			.dump = dump, .memory = &dump->memory, .model = &model, .btf = make_types(),
			.at = {.vmemmap_base = large ? 0 : VMEMMAP, .vmemmap = large ? VMEMMAP : 0, .__per_cpu_offset = OFFSETS,
			       .nr_node_ids = NODES, .defer_free_objects = DEFERRED},
		};
		know_members(&kernel);
		make_memory(rows[i].name, rows[i].capacity);
		if (rows[i].place)
			put(rows[i].place, rows[i].damage);
		print_message("row %zu: object %u of %s\n", i, rows[i].object, rows[i].name);
		assert_true(od_slab_find(&kernel, object(rows[i].object) + 3, &got));
		assert_str(got.cache, rows[i].name);
		assert_int_equal(got.start, object(rows[i].object));
		assert_int_equal(got.state, rows[i].state);
		od_kernel_end(&kernel);
		od_arena_destroy(model.arena);
		free(dump);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(free_objects_are_found_in_sheaves),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
