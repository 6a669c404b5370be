// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * First inputs for fuzz targets: seeds wrappings DIRECTORY LOG...: each log in each wrapping, behind the byte of
 * fuzz_unpack.c. seeds reports DIRECTORY: a report of every class of finding, and of every kind as every architecture prints it. seeds elf DIRECTORY FILE...: ELF files taken apart into the form of make_elf.h; for module, behind the
 * byte of choices of fuzz_module.c.
 */
#include "symbolize/elf.h"
#include "tests/cube_text.h"
#include "tests/fuzz/file.h"
#include "tests/fuzz/make_elf.h"
#include "tests/test.h"
#include "tests/unit/finding_logs.h"
#include "tests/wrappings.h"

enum { SEED_LIMIT = 60000, LOG_LIMIT = 6000 };

static void save(const char *directory, const char *name, size_t number, struct od_str bytes)
{
	const char *slash = strrchr(name, '/');
	char path[512];

	if (bytes.len > SEED_LIMIT)
		return;
	snprintf(path, sizeof(path), "%s/%s-%zu", directory, slash ? slash + 1 : name, number);
	fuzz_save(path, bytes.ptr, bytes.len);
}

/* The lines of the log around its first report. */
static struct od_str cut(struct od_str text)
{
	ptrdiff_t at = od_str_find(text, OD_STR("Call Trace:"));
	size_t from = at > LOG_LIMIT / 2 ? (size_t)at - LOG_LIMIT / 2 : 0;

	text = od_str_first(od_str_from_index(text, from), LOG_LIMIT);
	ptrdiff_t end = od_str_find_char(text, '\n');
	return from && end >= 0 ? od_str_from_index(text, (size_t)end + 1) : text;
}

static void write_wrappings(const char *directory, const char *path)
{
	struct od_file file;

	OD_LAW(od_file_load(NULL, path, 1 << 24, &file) == OD_OK);
	struct od_str text = cut((struct od_str){(const char *)file.data, file.size});
	for (size_t i = 0; i < ARRAY_SIZE(wrappings); i++) {
		struct od_buf out = {0};
		od_buf_put_char(&out, (char)(i * 7));
		wrap(&out, &wrappings[i], text);
		save(directory, path, i, od_buf_str(&out));
		od_buf_deinit(&out);
	}
	od_file_deinit(&file);
}

/* Numbered from `first` on, so that no report has the name of another one of its kind. */
static void write_row(const char *directory, const struct cube_row *row, size_t first)
{
	for (size_t a = 0; a < ARRAY_SIZE(cube_arches); a++) {
		struct od_buf out = {0};
		if (!cube_names(row->arches, cube_arches[a].name))
			continue;
		cube_expand(&out, row, &cube_arches[a]);
		save(directory, row->kind, first + a, od_buf_str(&out));
		od_buf_deinit(&out);
	}
}

static void write_reports(const char *directory)
{
	size_t number = 0;

	for (size_t i = 0; i < ARRAY_SIZE(finding_logs); i++)
		save(directory, finding_logs[i].class_name, number++, od_str_from(finding_logs[i].log));
	for (size_t i = 0; i < ARRAY_SIZE(cube_rows); i++, number += ARRAY_SIZE(cube_arches))
		write_row(directory, &cube_rows[i], number);
	for (size_t i = 0; i < ARRAY_SIZE(cube_variants); i++, number += ARRAY_SIZE(cube_arches))
		write_row(directory, &cube_variants[i], number);
}

static size_t section_kind(const char *name)
{
	size_t i = 0;

	while (i < FUZZ_SECTION_KINDS && strcmp(fuzz_sections[i].name, name) != 0)
		i++;
	return i;
}

static void put_number(struct od_buf *out, uint64_t value, unsigned size)
{
	for (unsigned i = 0; i < size; i++)
		od_buf_put_char(out, (char)(value >> 8 * i));
}

static void put_image(struct od_buf *out, const struct od_image *image)
{
	size_t machine = 0, count = 0, at;

	while (machine < FUZZ_MACHINES - 1 && fuzz_machines[machine] != image->machine_number)
		machine++;
	put_number(out, (image->relocatable ? 0 : FUZZ_LINKED) | (image->big_endian ? FUZZ_BIG_ENDIAN : 0) |
				(image->bits == 64 ? FUZZ_BITS_64 : 0), 1);
	put_number(out, machine, 1);
	at = out->len;
	put_number(out, 0, 1);
	for (size_t i = 1; i < image->section_count && count < FUZZ_SECTIONS; i++) {
		struct od_str bytes = od_section_bytes(&image->sections[i]);
		size_t kind = section_kind(image->sections[i].name);
		if (kind == FUZZ_SECTION_KINDS || bytes.len >= 1 << 16)
			continue;
		put_number(out, kind, 1);
		put_number(out, 0, 1);
		put_number(out, bytes.len, FUZZ_SIZE_BYTES);
		od_buf_put(out, bytes);
		count++;
	}
	out->data[at] = (char)count;
}

static void write_elf(const char *directory, const char *path, bool module)
{
	struct od_image *image = od_image_open(NULL, path);
	struct od_buf out = {0};

	OD_LAW(image);
	if (image->fault == OD_IMAGE_OK || image->fault == OD_IMAGE_NO_SYMBOLS) {
		if (module)
			od_buf_put_char(&out, 0);
		put_image(&out, image);
		save(directory, path, 0, od_buf_str(&out));
	}
	od_buf_deinit(&out);
	od_image_close(image);
}

int main(int argc, char **argv)
{
	OD_LAW(argc > 2);
	if (!strcmp(argv[1], "reports"))
		write_reports(argv[2]);
	for (int i = 3; i < argc; i++) {
		if (!strcmp(argv[1], "wrappings"))
			write_wrappings(argv[2], argv[i]);
		else
			write_elf(argv[2], argv[i], !strcmp(argv[1], "module"));
	}
	return 0;
}
