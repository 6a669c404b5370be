// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Sources: GDB's manual, "Debugging Information in Separate Files" (places, checksum); dwz(1) and
 * elfutils' libdwelf for .gnu_debugaltlink: a path and a build ID.
 */
#include "symbolize/debuglink.h"

#include <stdio.h>

typedef OD_LIST(struct od_str) path_list;

/* Whether there is such a file shows when it is opened. */
static void add(struct od_arena *arena, path_list *paths, struct od_str path)
{
	struct od_str *item = path.len ? od_list_push(arena, paths) : NULL;

	if (item)
		*item = path;
}

static void add_build_id(struct od_arena *arena, path_list *paths, struct od_str root, const char *id)
{
	if (strlen(id) > 2)
		add(arena, paths, od_arena_printf(arena, "%.*s/usr/lib/debug/.build-id/%.2s/%s.debug", OD_FMT(root), id, id + 2));
}

static struct od_str directory_of(struct od_str path)
{
	ptrdiff_t slash = od_str_find_last_char(path, '/');
	return slash < 0 ? OD_STR(".") : od_str_first(path, (size_t)slash);
}

/* The NUL-terminated name that a link section begins with; empty: there is none. *rest: what is behind it. */
static struct od_str link_name(const struct od_image *image, const char *section_name, struct od_str *rest)
{
	const struct od_section *section = od_image_section(image, section_name);
	struct od_str bytes = section ? od_section_bytes(section) : (struct od_str){NULL, 0}, name;

	*rest = (struct od_str){NULL, 0};
	if (!od_scan_until(&bytes, '\0', &name) || !bytes.len)
		return (struct od_str){NULL, 0};
	*rest = bytes;
	return name;
}

/* The CRC of .gnu_debuglink: that of zlib, IEEE 802.3, bit by bit, for files that have no build ID. */
static uint32_t checksum(struct od_str bytes)
{
	uint32_t table[256], crc = 0xffffffff;

	for (uint32_t i = 0; i < 256; i++) {
		table[i] = i;
		for (unsigned bit = 0; bit < 8; bit++)
			table[i] = table[i] >> 1 ^ (table[i] & 1 ? 0xedb88320 : 0);
	}
	for (size_t i = 0; i < bytes.len; i++)
		crc = crc >> 8 ^ table[(crc ^ (unsigned char)bytes.ptr[i]) & 0xff];
	return ~crc;
}

/* The name is padded to a multiple of four bytes; the checksum follows. */
static bool has_checksum(const struct od_image *image, const struct od_image *debug)
{
	const struct od_section *section = od_image_section(image, ".gnu_debuglink");
	struct od_str bytes = section ? od_section_bytes(section) : (struct od_str){NULL, 0};

	if (bytes.len < 8 || bytes.len % 4)
		return false;
	return od_image_number(image, bytes.ptr + bytes.len - 4, 4) ==
	       checksum((struct od_str){(const char *)debug->file.data, debug->file.size});
}

static bool belongs(const struct od_image *image, const struct od_image *debug)
{
	if ((debug->fault && debug->fault != OD_IMAGE_NO_SYMBOLS) || !od_image_has_dwarf(debug) ||
	    debug->relocatable != image->relocatable || debug->machine_number != image->machine_number)
		return false;
	if (image->build_id[0])
		return !strcmp(image->build_id, debug->build_id);
	return has_checksum(image, debug);
}

/* The first of the paths that fits; NULL: none. */
static struct od_image *open_first(const struct od_image *image, const path_list *paths)
{
	for (size_t i = 0; i < paths->count; i++) {
		const char *path = paths->items[i].ptr;
		struct od_image *debug = strcmp(path, image->path) ? od_image_open(image->opener, path) : NULL;
		if (debug && belongs(image, debug))
			return debug;
		od_image_close(debug);
	}
	return NULL;
}

static void find_debug(struct od_image *image, struct od_str root, bool anywhere, struct od_arena *arena)
{
	struct od_str directory = directory_of(od_str_from(image->path)), rest;
	struct od_str name = link_name(image, ".gnu_debuglink", &rest);
	path_list paths = {0};

	if (anywhere)
		add_build_id(arena, &paths, root, image->build_id);
	add(arena, &paths, od_arena_printf(arena, "%s.debug", image->path));
	if (name.len && od_str_find_char(name, '/') < 0) {
		add(arena, &paths, od_arena_printf(arena, "%.*s/%.*s", OD_FMT(directory), OD_FMT(name)));
		add(arena, &paths, od_arena_printf(arena, "%.*s/.debug/%.*s", OD_FMT(directory), OD_FMT(name)));
		if (anywhere)
			add(arena, &paths, od_arena_printf(arena, "%.*s/usr/lib/debug/%.*s/%.*s", OD_FMT(root),
							   OD_FMT(directory), OD_FMT(name)));
	}
	image->debug = open_first(image, &paths);
}

/* The build ID behind the name of .gnu_debugaltlink is that of the shared file. */
static bool is_shared(const struct od_image *shared, struct od_str id)
{
	char hex[3];

	if ((shared->fault && shared->fault != OD_IMAGE_NO_SYMBOLS) || strlen(shared->build_id) != 2 * id.len)
		return false;
	for (size_t i = 0; i < id.len; i++) {
		snprintf(hex, sizeof(hex), "%02x", (unsigned char)id.ptr[i]);
		if (memcmp(hex, shared->build_id + 2 * i, 2) != 0)
			return false;
	}
	return id.len > 0;
}

static void find_shared(struct od_image *image, struct od_str root, bool anywhere, struct od_arena *arena)
{
	struct od_str id, directory = directory_of(od_str_from(image->path));
	struct od_str name = link_name(image, ".gnu_debugaltlink", &id);
	path_list paths = {0};

	if (!name.len)
		return;
	if (name.ptr[0] != '/')
		add(arena, &paths, od_arena_printf(arena, "%.*s/%.*s", OD_FMT(directory), OD_FMT(name)));
	else if (anywhere)
		add(arena, &paths, od_arena_printf(arena, "%.*s%.*s", OD_FMT(root), OD_FMT(name)));
	for (size_t i = 0; i < paths.count && !image->shared; i++) {
		struct od_image *shared = od_image_open(image->opener, paths.items[i].ptr);
		if (shared && is_shared(shared, id))
			image->shared = shared;
		else
			od_image_close(shared);
	}
}

void od_image_find_debug(struct od_image *image, struct od_str root, bool anywhere, struct od_arena *scratch)
{
	if (image->debug_tried)
		return;
	image->debug_tried = true;
	if (!od_image_has_dwarf(image))
		find_debug(image, root, anywhere, scratch);
	find_shared(image->debug ? image->debug : image, root, anywhere, scratch);
}
