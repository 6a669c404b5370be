// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * pstore: fs/pstore/inode.c (names of the files), fs/pstore/platform.c (the header line),
 * fs/pstore/ram.c (header and footer of ramoops), drivers/firmware/efi/efi-pstore.c (ids), 3.5 to 6.12.
 */
#include "parsers/pstore.h"

#include <errno.h>
#include <fts.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "core/buf.h"
#include "io/input.h"
#include "parsers/record.h"

enum {
	PART_LIMIT = 4096,		/* files that are taken */
	VISIT_LIMIT = 65536,		/* files that are looked at */
	DEPTH_LIMIT = 3,		/* systemd-pstore: TIME/NUMBER/dmesg-… */
	SIZE_LIMIT = 16 << 20,		/* bytes of one record */
	SET_SECONDS = 300,		/* records that lie further apart are of different dumps */
	KNOWN_SLOTS = 1 << 15,		/* lines of earlier dumps that are remembered */
};

struct part {
	char *path;
	size_t directory_len;	/* of path */
	uint64_t time;		/* seconds since 1970 */
	uint64_t set;		/* parts of one boot have the same */
	uint64_t count;		/* the dump: N of "Oops#N Part1" */
	uint64_t number;	/* the part in the dump */
	uint64_t id;
	bool console;
	bool compressed;	/* *.enc.z: the kernel that mounted pstore could not decompress it */
};

struct od_pstore {
	struct part *parts;
	size_t count, next;
	bool compressed;	/* there are records that we cannot decompress either */
	struct od_buf chunk;
	struct od_trail trouble;
	uint64_t *known;	/* KNOWN_SLOTS hashes of lines; 0: free */
	size_t known_count;
};

static const struct od_str reasons[] = {
	OD_STR("Panic"), OD_STR("Oops"), OD_STR("Emergency"), OD_STR("Restart"), OD_STR("Halt"), OD_STR("Poweroff"),
	OD_STR("Shutdown"), OD_STR("Unknown"), OD_STR("KMSG"),
};

static bool scan_reason(struct od_str *s)
{
	for (size_t i = 0; s->len && i < sizeof(reasons) / sizeof(reasons[0]); i++)
		if (s->ptr[0] == reasons[i].ptr[0] && od_scan_text(s, reasons[i]))
			return true;
	return false;
}

/* "Oops#1 Part1" */
static bool scan_dump_header(struct od_str *s, uint64_t *count, uint64_t *number)
{
	struct od_str rest = *s;
	if (!scan_reason(&rest) || !od_scan_char(&rest, '#') || !od_scan_u64(&rest, count) || !od_scan_literal(&rest, " Part") ||
	    !od_scan_u64(&rest, number))
		return false;
	*s = rest;
	return true;
}

/* "====1700000000.123456-D" of ramoops, before the header above. */
static bool scan_ramoops_header(struct od_str *s, uint64_t *seconds)
{
	struct od_str rest = *s;
	uint64_t fraction;
	if (!od_scan_literal(&rest, "====") || !od_scan_u64(&rest, seconds) || !od_scan_char(&rest, '.') ||
	    !od_scan_u64(&rest, &fraction))
		return false;
	if (od_scan_char(&rest, '-') && !od_scan_char(&rest, 'C') && !od_scan_char(&rest, 'D'))
		return false;
	*s = rest;
	return true;
}

static struct od_str emptied(struct od_str s)
{
	return (struct od_str){s.ptr + s.len, 0};
}

/* A line that pstore wrote, not the kernel's log. */
static bool scan_pstore_line(struct od_str *s, struct od_record *record)
{
	struct od_str rest = *s;
	uint64_t first, second;
	(void)record;
	if ((!scan_dump_header(&rest, &first, &second) && !scan_ramoops_header(&rest, &first)) || od_str_trim(rest).len)
		return false;
	*s = emptied(*s);
	return true;
}

/* "ECC: No errors detected", and of last_kmsg and up to 5.17 without "ECC: ". */
static bool scan_ecc_line(struct od_str *s, struct od_record *record)
{
	struct od_str rest = *s;
	uint64_t bytes, blocks;
	(void)record;
	(void)od_scan_literal(&rest, "ECC: ");
	bool counts = od_scan_u64(&rest, &bytes) && od_scan_literal(&rest, " Corrected bytes, ") &&
		      od_scan_u64(&rest, &blocks) && od_scan_literal(&rest, " unrecoverable blocks");
	if ((!counts && !od_scan_literal(&rest, "No errors detected")) || od_str_trim(rest).len)
		return false;
	*s = emptied(*s);
	return true;
}

const struct od_prefix od_prefixes_pstore[] = {
	{"pstore", "POERHSUK=", scan_pstore_line},
	{NULL, "EN0123456789", scan_ecc_line},
	{NULL, "", NULL},
};

/* "dmesg-efi-170000000001001": the id; false: another file. */
static bool scan_name(struct od_str name, const char *type, uint64_t *id)
{
	ptrdiff_t dash = od_str_find_last_char(name, '-');
	struct od_str digits = od_str_from_index(name, dash < 0 ? name.len : (size_t)dash + 1);

	return od_scan_text(&name, od_str_from(type)) && od_scan_char(&name, '-') && name.len > digits.len + 1 &&
	       od_scan_u64(&digits, id) && !digits.len;
}

/* efi-pstore: id = (time * 100 + part) * 1000 + count */
static void read_efi_id(struct part *part, struct od_str name)
{
	if (od_str_find(name, OD_STR("-efi")) < 0 || part->id < 100000000000000)
		return;
	part->count = part->id % 1000;
	part->number = part->id / 1000 % 100;
	part->time = part->id / 100000;
}

/* A record's text: a file, or what was compressed in it. */
struct text {
	struct od_file file;
	struct od_buf inflated;
	struct od_str text;
};

static od_status load_text(struct od_trail *trail, const struct part *part, struct text *ret)
{
	struct text text = {0};
	od_status status = od_file_load(trail, part->path, SIZE_LIMIT, &text.file);
	if (status != OD_OK)
		return status;
	text.text = (struct od_str){(const char *)text.file.data, text.file.size};
	if (part->compressed) {
		if (!od_inflate_pstore(text.text, SIZE_LIMIT, &text.inflated)) {
			od_file_deinit(&text.file);
			od_buf_deinit(&text.inflated);
			return od_fail(trail, OD_ERR_UNSUPPORTED, "%s is compressed by another method than deflate", part->path);
		}
		text.text = od_buf_str(&text.inflated);
	}
	*ret = text;
	return OD_OK;
}

static void drop_text(struct text *text)
{
	od_file_deinit(&text->file);
	od_buf_deinit(&text->inflated);
}

/* What the record says of itself goes before what its name says. False: it cannot be read. */
static bool read_header(struct part *part)
{
	struct text loaded;
	if (load_text(NULL, part, &loaded) != OD_OK)
		return false;
	struct od_str text = loaded.text;
	uint64_t count, number;
	if (scan_ramoops_header(&text, &part->time))
		(void)od_scan_char(&text, '\n');
	if (scan_dump_header(&text, &count, &number)) {
		part->count = count;
		part->number = number;
	}
	drop_text(&loaded);
	return true;
}

static od_status add_part(struct od_pstore *pstore, const FTSENT *entry, bool console, bool compressed, uint64_t id)
{
	char *path = strdup(entry->fts_path);
	if (!path)
		return OD_ERR_NOMEM;
	struct part *part = &pstore->parts[pstore->count++];
	*part = (struct part){
		.path = path,
		.directory_len = entry->fts_pathlen - entry->fts_namelen,
		.time = (uint64_t)entry->fts_statp->st_mtime,
		.id = id,
		.console = console,
		.compressed = compressed,
	};
	read_efi_id(part, od_str_from(entry->fts_name));
	if (read_header(part) || !compressed)
		return OD_OK;
	pstore->compressed = true;
	pstore->count--;
	free(path);
	return OD_OK;
}

static od_status take_entry(struct od_pstore *pstore, const FTSENT *entry)
{
	struct od_str name = od_str_from(entry->fts_name), compressed = OD_STR(".enc.z");
	uint64_t id;

	if (entry->fts_info != FTS_F || pstore->count == PART_LIMIT)
		return OD_OK;
	bool packed = od_str_ends(name, compressed);
	if (packed)
		name = od_str_first(name, name.len - compressed.len);
	if (scan_name(name, "dmesg", &id))
		return add_part(pstore, entry, false, packed, id);
	return !packed && scan_name(name, "console", &id) ? add_part(pstore, entry, true, false, id) : OD_OK;
}

static od_status visit(struct od_trail *trail, struct od_pstore *pstore, const char *directory)
{
	char *name = strdup(directory);
	char *paths[] = {name, NULL};
	FTS *tree = name ? fts_open(paths, FTS_PHYSICAL | FTS_NOCHDIR, NULL) : NULL;
	od_status status = OD_OK;
	FTSENT *entry;

	if (!tree)
		status = od_fail(trail, OD_ERR_NOMEM, "out of memory");
	for (unsigned seen = 0; status == OD_OK && seen < VISIT_LIMIT && (entry = fts_read(tree)); seen++) {
		if (entry->fts_info == FTS_DNR && entry->fts_level == 0)
			status = od_fail_errno(trail, entry->fts_errno, "cannot read");
		else if (entry->fts_level > DEPTH_LIMIT)
			(void)fts_set(tree, entry, FTS_SKIP);
		else if (take_entry(pstore, entry) != OD_OK)
			status = od_fail(trail, OD_ERR_NOMEM, "out of memory");
	}
	if (tree)
		fts_close(tree);
	free(name);
	return status;
}

static int compare_number(uint64_t a, uint64_t b)
{
	return a < b ? -1 : a > b;
}

static struct od_str directory_of(const struct part *part)
{
	return (struct od_str){part->path, part->directory_len};
}

static int by_time(const void *left, const void *right)
{
	const struct part *a = left, *b = right;
	int order = od_str_compare(directory_of(a), directory_of(b));
	return order ? order : compare_number(a->time, b->time);
}

static int by_dump(const void *left, const void *right)
{
	const struct part *a = left, *b = right;
	int order = compare_number(a->set, b->set);
	if (!order)
		order = compare_number(a->count, b->count);
	if (!order)
		order = compare_number(b->number, a->number);
	return order ? order : compare_number(a->id, b->id);
}

static bool same_dump(const struct part *a, const struct part *b)
{
	return a->set == b->set && a->count == b->count;
}

/* Dumps hold what the console showed: without them its record is read. */
static void drop_consoles(struct od_pstore *pstore)
{
	size_t kept = 0;
	for (size_t i = 0; i < pstore->count; i++)
		kept += !pstore->parts[i].console;
	if (!kept)
		return;
	kept = 0;
	for (size_t i = 0; i < pstore->count; i++) {
		if (pstore->parts[i].console)
			free(pstore->parts[i].path);
		else
			pstore->parts[kept++] = pstore->parts[i];
	}
	pstore->count = kept;
}

static void put_in_order(struct od_pstore *pstore)
{
	struct part *parts = pstore->parts;

	qsort(parts, pstore->count, sizeof(*parts), by_time);
	for (size_t i = 1; i < pstore->count; i++)
		parts[i].set = parts[i - 1].set + (parts[i].time - parts[i - 1].time > SET_SECONDS ||
						   !od_str_equal(directory_of(&parts[i]), directory_of(&parts[i - 1])));
	qsort(parts, pstore->count, sizeof(*parts), by_dump);
}

/* Notes the first gap in a dump: the oldest parts may be gone, one between others is missing. */
static void look_for_gaps(struct od_pstore *pstore)
{
	for (size_t i = 0; i < pstore->count && !pstore->trouble.text[0]; i++) {
		const struct part *part = &pstore->parts[i];
		bool last = i + 1 == pstore->count || !same_dump(part, part + 1);
		uint64_t next = last ? 0 : part[1].number;
		if (part->number > next + 1)
			od_fail(&pstore->trouble, OD_ERR_MISSING, "part %llu of dump %llu is missing",
				(unsigned long long)part->number - 1, (unsigned long long)part->count);
	}
	if (pstore->compressed && !pstore->trouble.text[0])
		od_fail(&pstore->trouble, OD_ERR_UNSUPPORTED,
			"there are records compressed by another method than deflate (.enc.z); they were not read");
}

od_status od_pstore_open(struct od_trail *trail, const char *directory, struct od_pstore **ret)
{
	struct od_pstore *pstore = calloc(1, sizeof(*pstore));
	if (pstore) {
		pstore->parts = calloc(PART_LIMIT, sizeof(*pstore->parts));
		pstore->known = calloc(KNOWN_SLOTS, sizeof(*pstore->known));
	}
	if (!pstore || !pstore->parts || !pstore->known) {
		od_pstore_close(pstore);
		return od_fail(trail, OD_ERR_NOMEM, "out of memory");
	}
	od_status status = visit(trail, pstore, directory);
	struct stat info;
	bool single = stat(directory, &info) == 0 && !S_ISDIR(info.st_mode);
	if (status == OD_OK && !pstore->count && single)
		status = od_fail(trail, OD_ERR_UNSUPPORTED, pstore->compressed
			? "the pstore record is compressed by another method than deflate"
			: "not named like a pstore record (dmesg-<backend>-<id>.enc.z)");
	else if (status == OD_OK && !pstore->count)
		status = od_fail(trail, OD_ERR_MISSING, pstore->compressed
			? "Is a directory, and the pstore records in it are compressed by another method than deflate (.enc.z)"
			: "Is a directory, and holds no pstore records (dmesg-<backend>-<id>)");
	if (status != OD_OK) {
		od_pstore_close(pstore);
		return status;
	}
	drop_consoles(pstore);
	put_in_order(pstore);
	look_for_gaps(pstore);
	*ret = pstore;
	return OD_OK;
}

void od_pstore_close(struct od_pstore *pstore)
{
	if (!pstore)
		return;
	for (size_t i = 0; i < pstore->count; i++)
		free(pstore->parts[i].path);
	od_buf_deinit(&pstore->chunk);
	free(pstore->parts);
	free(pstore->known);
	free(pstore);
}

/* FNV-1a, 64 bits, never 0. */
static uint64_t hash(struct od_str text)
{
	uint64_t value = 0xcbf29ce484222325;
	for (size_t i = 0; i < text.len; i++)
		value = (value ^ (unsigned char)text.ptr[i]) * 0x100000001b3;
	return value ? value : 1;
}

/* The slot of the line, or the free one where it would stand. */
static uint64_t *find_slot(const struct od_pstore *pstore, uint64_t key)
{
	size_t at = key % KNOWN_SLOTS;
	while (pstore->known[at] && pstore->known[at] != key)
		at = (at + 1) % KNOWN_SLOTS;
	return &pstore->known[at];
}

/* Only lines with a time can be told from others of the same words. */
static bool has_time(struct od_str line)
{
	uint64_t number;
	if (od_scan_char(&line, '<') && (!od_scan_u64(&line, &number) || !od_scan_char(&line, '>')))
		return false;
	if (!od_scan_char(&line, '['))
		return false;
	od_scan_blanks(&line);
	return od_scan_u64(&line, &number) && od_scan_char(&line, '.');
}

typedef void (*line_fn)(struct od_pstore *pstore, struct od_str line);

static void for_each_line(struct od_pstore *pstore, struct od_str text, line_fn fn)
{
	while (text.len) {
		ptrdiff_t end = od_str_find_char(text, '\n');
		size_t len = end < 0 ? text.len : (size_t)end;
		fn(pstore, od_str_first(text, len));
		text = od_str_from_index(text, len + 1);
	}
}

static void put_new_line(struct od_pstore *pstore, struct od_str line)
{
	if (has_time(line) && *find_slot(pstore, hash(line)))
		return;
	od_buf_put(&pstore->chunk, line);
	od_buf_put_char(&pstore->chunk, '\n');
}

static void remember_line(struct od_pstore *pstore, struct od_str line)
{
	uint64_t key = hash(line), *slot = find_slot(pstore, key);
	if (*slot || !has_time(line) || pstore->known_count >= KNOWN_SLOTS / 2)
		return;
	*slot = key;
	pstore->known_count++;
}

static od_status with_file(struct od_pstore *pstore, const struct part *part, line_fn fn)
{
	struct text loaded;
	od_status status = load_text(&pstore->trouble, part, &loaded);
	if (status != OD_OK)
		return status;
	for_each_line(pstore, loaded.text, fn);
	drop_text(&loaded);
	return OD_OK;
}

/* A dump that is complete is remembered, for the next one of the same boot to be read without its lines. */
static void remember_dump(struct od_pstore *pstore, size_t last)
{
	const struct part *end = &pstore->parts[last];
	if (last + 1 == pstore->count || same_dump(end, end + 1))
		return;
	if (end[1].set != end->set) {
		memset(pstore->known, 0, KNOWN_SLOTS * sizeof(*pstore->known));
		pstore->known_count = 0;
		return;
	}
	for (size_t i = last + 1; i-- > 0 && same_dump(&pstore->parts[i], end);)
		(void)with_file(pstore, &pstore->parts[i], remember_line);
}

od_status od_pstore_read(struct od_pstore *pstore, struct od_trail *trail, struct od_str *ret)
{
	od_buf_clear(&pstore->chunk);
	while (pstore->next < pstore->count && !pstore->chunk.len) {
		size_t at = pstore->next++;
		(void)with_file(pstore, &pstore->parts[at], put_new_line);
		remember_dump(pstore, at);
	}
	if (pstore->chunk.failed)
		return od_fail(trail, OD_ERR_NOMEM, "out of memory");
	if (!pstore->chunk.len && pstore->trouble.text[0])
		return od_fail(trail, OD_ERR_IO, "%s", pstore->trouble.text);
	*ret = od_buf_str(&pstore->chunk);
	return OD_OK;
}
