// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * A module as its loader reads it: .modinfo, versions, exports, layout, signature, held against a Module.symvers.
 * The input: a byte of choices, the signature's trailer and bytes, the symvers text, the sections.
 */
#include "oopsdecode/module.h"
#include "tests/fuzz/file.h"
#include "tests/fuzz/json.h"
#include "tests/fuzz/make_elf.h"

static bool collect(void *user, const char *bytes, size_t len)
{
	od_buf_put(user, (struct od_str){bytes, len});
	return true;
}

/* scripts/sign-file.c: the signature, struct module_signature, the marker. */
static void put_signature(struct od_buf *out, struct fuzz_bytes trailer, struct fuzz_bytes signature)
{
	od_buf_put(out, fuzz_text(signature.data, signature.size));
	od_buf_put(out, fuzz_text(trailer.data, trailer.size));
	od_buf_put_string(out, "~Module signature appended~\n");
}

static void describe(const char *path, const char *symvers, const char *format)
{
	static const uint64_t addresses[] = {0xffffffffc0000000, 0xffffffffc0000040, 0xffffffffc0001008, 0xffffffffc0400000, 0};
	const struct od_module_options options = {
		.size = sizeof(options), .format = format, .lists = true, .symvers = symvers, .base = addresses[0],
		.addresses = addresses, .address_count = sizeof(addresses) / sizeof(addresses[0]),
	};
	struct od_buf out = {0};
	char error[256];

	if (od_module_describe(&options, path, collect, &out, error, sizeof(error)) == OD_RESULT_OK &&
	    !strcmp(format, "json"))
		OD_LAW(fuzz_is_json(od_buf_str(&out)));
	od_buf_deinit(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_bytes bytes = {data, size}, trailer = {0}, signature = {0}, symvers = {0};
	unsigned choices = (unsigned)fuzz_uint(&bytes, 1);

	if (choices & 1) {
		trailer = fuzz_slice(&bytes, 12);
		signature = fuzz_slice(&bytes, fuzz_uint(&bytes, 2));
	}
	if (choices & 2)
		symvers = fuzz_slice(&bytes, fuzz_uint(&bytes, 2));
	struct od_buf elf = fuzz_elf_file(&bytes);
	if (choices & 1)
		put_signature(&elf, trailer, signature);
	struct fuzz_file file = fuzz_file_open(elf.data, elf.len);
	struct fuzz_file list = fuzz_file_open(symvers.data, symvers.size);
	describe(file.path, choices & 2 ? list.path : NULL, choices & 4 ? "text" : "json");
	fuzz_file_close(&list);
	fuzz_file_close(&file);
	od_buf_deinit(&elf);
	return 0;
}
