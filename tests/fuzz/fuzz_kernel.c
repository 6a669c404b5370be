// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Tasks, modules, CPUs and their stacks in memory that lies. The input: where variables and members are, registers of
 * the CPUs (ELF notes), memory. Types come from a table of integers and arrays.
 */
#include "render/render.h"
#include "tests/fuzz/json.h"
#include "tests/fuzz/memory.h"
#include "vmcore/where.h"

enum { TYPES = 7, LIMIT = 64 << 20 };

/* BTF of: u64, u32, u16, u8, char[16], u64[8], struct of 64 bytes */
static unsigned char *make_btf(size_t *size)
{
	static const uint32_t words[] = {
		0x0001eb9f, 24, 0, (2 * 3 + 4 * 4 + 2 * 6) * 4, (2 * 3 + 4 * 4 + 2 * 6) * 4, 1,
		0, 1 << 24, 8, 64, 0, 1 << 24, 4, 32, 0, 1 << 24, 2, 16, 0, 1 << 24, 1, 8,
		0, 3 << 24, 0, 4, 1, 16, 0, 3 << 24, 0, 1, 1, 8, 0, 4 << 24, 64, 0, 2 << 24, 1, 0,
	};
	unsigned char *bytes = malloc(sizeof(words));

	OD_LAW(bytes);
	memcpy(bytes, words, sizeof(words));
	*size = sizeof(words) - 4 + 1;
	return bytes;
}

/* kallsyms of two functions, in the layout of scripts/kallsyms.c, 6.0. */
static size_t read_table(void *user, uint64_t address, void *buffer, size_t len)
{
	static const struct {
		uint32_t count, offsets[2];
		unsigned char names[4];
		char tokens[20];
		uint16_t index[256];
		uint64_t base;
	} table = {.count = 2, .offsets = {0, 0x8000}, .names = {1, 0, 1, 1}, .tokens = "T__crash_kexec\0Tg", .index = {0, 15},
		   .base = 0xffffffff81000000};

	(void)user;
	if (address >= sizeof(table))
		return 0;
	len = len < sizeof(table) - address ? len : sizeof(table) - (size_t)address;
	memcpy(buffer, (const char *)&table + address, len);
	return len;
}

static struct od_kallsyms *make_symbols(void)
{
	const struct od_memory memory = {.read = read_table, .word = 8};
	const struct od_kallsyms_place place = {.count = 0, .offsets = 4, .names = 12, .tokens = 16, .token_index = 36, .base = 552};
	struct od_kallsyms *symbols;

	OD_LAW(od_kallsyms_read(NULL, &memory, &place, &symbols) == OD_OK);
	return symbols;
}

static void read_members(struct fuzz_bytes *bytes, struct od_kernel *kernel)
{
	for (int i = 0; i < OD_MEMBER_COUNT; i++) {
		uint64_t choice = fuzz_uint(bytes, 1);
		kernel->known[i] = choice != 0xff;
		kernel->members[i] = (struct od_btf_member){
			.offset = (choice >> 3) * 8, .type = (uint32_t)(choice % (TYPES + 1)),
			.bit_offset = (uint32_t)choice & 4, .bits = choice & 0x80 ? 4 : 0};
	}
}

static void read_variables(struct fuzz_bytes *bytes, struct od_variables *at)
{
	uint64_t *fields[] = {
#define OD_VARIABLE(name) &at->name,
#include "vmcore/kernel.def"
	};

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		uint64_t place = fuzz_uint(bytes, 2);
		*fields[i] = place == 0xffff ? 0 : FUZZ_MEMORY_BASE + place;
	}
}

static void render(struct od_vmcore *model)
{
	const struct od_render_options options = {.tool_version = "fuzz", .vmcore = model};
	const struct od_source source = {.path = OD_STR("-")};
	const struct od_document_end end = {.source = &source};
	struct od_buf out = {0};

	for (size_t i = 0; od_renderers[i]; i++) {
		od_buf_clear(&out);
		od_renderers[i]->begin(&out, &options);
		od_renderers[i]->end(&out, &options, &end);
		if (od_renderers[i] == &od_render_json)
			OD_LAW(fuzz_is_json(od_buf_str(&out)));
	}
	od_buf_deinit(&out);
}

/* Pages lie in memory as they are. */
static bool walk(struct od_dump *dump, uint64_t address, uint64_t *ret)
{
	(void)dump;
	*ret = address - FUZZ_MEMORY_BASE;
	return true;
}

static void read_all(struct od_kernel *kernel)
{
	static const uint64_t asked[] = {FUZZ_MEMORY_BASE, FUZZ_MEMORY_BASE + 0x123, FUZZ_MEMORY_BASE + 0x1008};

	od_read_system(kernel);
	od_read_modules(kernel);
	od_read_tasks(kernel);
	od_read_cpus(kernel);
	od_read_blocked(kernel);
	od_read_memory_use(kernel);
	od_read_network(kernel);
	for (size_t i = 0; i < sizeof(asked) / sizeof(asked[0]); i++)
		OD_LAW(od_where_find(kernel, asked[i]).text.len);
}

static const char *const archs[] = {"x86_64", "arm64", "riscv64", "s390x", "ppc64"};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_bytes bytes = {data, size};
	struct fuzz_memory *image = malloc(sizeof(*image));
	struct od_dump *dump = calloc(1, sizeof(*dump));
	struct od_vmcore model = {.arena = od_arena_create(LIMIT), .arch = &od_arch_x86_64, .stacks = od_event_create()};
	struct od_container container = {.format = "ELF"};
	struct od_kernel kernel = {.dump = dump, .model = &model, .symbols = make_symbols()};
	size_t btf_size;

	OD_LAW(image && dump && model.arena && model.stacks);
	dump->headers = &container;
	model.stacks->arch = &od_arch_x86_64;
	read_members(&bytes, &kernel);
	read_variables(&bytes, &kernel.at);
	kernel.release = fuzz_uint(&bytes, 2);
	dump->arch = od_str_from(archs[kernel.release % (sizeof(archs) / sizeof(archs[0]))]);
	dump->page_size = OD_PAGE_SIZE;
	dump->walk = walk;
	dump->vmcoreinfo = fuzz_string(&bytes);
	struct fuzz_bytes notes = fuzz_slice(&bytes, fuzz_uint(&bytes, 2));
	dump->notes = fuzz_text(notes.data, notes.size);
	dump->memory = fuzz_memory_fill(image, &bytes);
	dump->memory.big_endian = container.big_endian = od_str_equal(dump->arch, OD_STR("s390x"));
	dump->lowest = dump->memory.big_endian ? 0 : (uint64_t)0xc0 << 56;
	kernel.memory = &dump->memory;
	unsigned char *btf = make_btf(&btf_size);
	OD_LAW(od_btf_create(NULL, btf, btf_size, &kernel.btf) == OD_OK);
	read_all(&kernel);
	render(&model);
	od_kernel_end(&kernel);
	od_event_destroy(model.stacks);
	od_arena_destroy(model.arena);
	free(dump);
	free(image);
	return 0;
}
