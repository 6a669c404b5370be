// SPDX-License-Identifier: GPL-3.0-or-later
#include "symbolize/unit_map.h"

#include <stdlib.h>

/* Limits on hostile debug info, and on what is kept. */
enum { LINE_LIMIT = 1 << 24, FUNCTION_LIMIT = 1 << 20, SIBLING_LIMIT = 1 << 22, PIECE_LIMIT = 64, BYTES_KEPT = 192 << 20 };
enum { MAP_SLOTS = 1 << 14, NO_FILE = UINT16_MAX, END = UINT16_MAX - 1, FILE_LIMIT = UINT16_MAX - 1 };

/* From an address on, until the next row. */
struct row {
	uint32_t address;	/* behind the map's base */
	uint32_t line;
	uint16_t column, file;	/* file: END, NO_FILE or an index in files */
};

struct function {
	uint64_t from, to;
	uint64_t die;		/* offset in the unit */
};

struct od_unit_map {
	struct od_unit_map *next;	/* of the same slot */
	uint64_t unit, used, bytes;
	uint64_t base;
	struct row *rows;
	size_t row_count;
	const char **files;		/* in maps->paths */
	size_t file_count;
	struct function *functions;	/* by address */
	size_t function_count, capacity;
	struct od_unit_global *globals;
	size_t global_count, global_capacity;
	bool has_functions;
};

/* A path, once for all units. */
struct path {
	struct path *next;
	char text[];
};

struct od_unit_maps {
	struct od_unit_map *slots[MAP_SLOTS];
	struct path *paths[MAP_SLOTS];
	uint64_t bytes, clock;
};

struct od_unit_maps *od_unit_maps_create(void)
{
	return calloc(1, sizeof(struct od_unit_maps));
}

static void map_destroy(struct od_unit_map *map)
{
	free(map->rows);
	free(map->files);
	free(map->functions);
	free(map->globals);
	free(map);
}

void od_unit_maps_destroy(struct od_unit_maps *maps)
{
	for (size_t i = 0; maps && i < MAP_SLOTS; i++) {
		for (struct od_unit_map *map = maps->slots[i], *next; map; map = next) {
			next = map->next;
			map_destroy(map);
		}
		for (struct path *path = maps->paths[i], *next; path; path = next) {
			next = path->next;
			free(path);
		}
	}
	free(maps);
}

/* The path, made absolute; NULL: there is none, or no memory. */
static const char *intern(struct od_unit_maps *maps, const char *directory, const char *path)
{
	if (!path || !strcmp(path, "???"))
		return NULL;
	if (path[0] == '/' || !directory || directory[0] != '/')
		directory = "";
	size_t before = strlen(directory), length = strlen(path);
	uint32_t hash = 2166136261u;
	for (size_t i = 0; i < length; i++)
		hash = (hash ^ (unsigned char)path[i]) * 16777619u;
	struct path **slot = &maps->paths[hash % MAP_SLOTS];
	for (struct path *known = *slot; known; known = known->next) {
		const char *rest = known->text + before + (before ? 1 : 0);
		if (!strncmp(known->text, directory, before) && (!before || known->text[before] == '/') &&
		    strlen(known->text) >= before && !strcmp(rest, path))
			return known->text;
	}
	struct path *added = malloc(sizeof(*added) + before + 1 + length + 1);
	if (!added)
		return NULL;
	memcpy(added->text, directory, before);
	if (before)
		added->text[before++] = '/';
	memcpy(added->text + before, path, length + 1);
	added->next = *slot;
	*slot = added;
	return added->text;
}

/* The files of the unit; *names: libdw's own strings for them, to find the file of a row. */
static bool read_files(struct od_unit_maps *maps, struct od_unit_map *map, Dwarf_Die *unit, const char ***names)
{
	Dwarf_Files *files;
	Dwarf_Attribute attr;
	size_t count;
	const char *directory = dwarf_formstring(dwarf_attr(unit, DW_AT_comp_dir, &attr));

	if (dwarf_getsrcfiles(unit, &files, &count) || count > FILE_LIMIT)
		return false;
	map->files = calloc(count + 1, sizeof(*map->files));
	*names = calloc(count + 1, sizeof(**names));
	if (!map->files || !*names)
		return false;
	map->file_count = count;
	for (size_t i = 0; i < count; i++) {
		(*names)[i] = dwarf_filesrc(files, i, NULL, NULL);
		map->files[i] = intern(maps, directory, (*names)[i]);
	}
	return true;
}

/* Rows follow one another in few files: the search begins at the last one. */
static uint16_t file_of(const struct od_unit_map *map, const char *const *names, const char *name, uint16_t last)
{
	if (!name)
		return NO_FILE;
	if (last < map->file_count && names[last] == name)
		return last;
	for (size_t i = 0; i < map->file_count; i++)
		if (names[i] == name)
			return (uint16_t)i;
	return NO_FILE;
}

/* False: a row cannot be kept in this form. */
static bool add_row(struct od_unit_map *map, const char *const *names, Dwarf_Line *line, uint16_t *last)
{
	Dwarf_Addr address;
	bool end;
	int number = 0, column = 0;

	if (dwarf_lineaddr(line, &address) || dwarf_lineendsequence(line, &end) || dwarf_lineno(line, &number) ||
	    dwarf_linecol(line, &column))
		return false;
	if (!map->row_count)
		map->base = address;
	if (address < map->base || address - map->base > UINT32_MAX || column > UINT16_MAX)
		return false;
	struct row row = {.address = (uint32_t)(address - map->base), .file = END};
	if (!end) {
		row.file = *last = file_of(map, names, dwarf_linesrc(line, NULL, NULL), *last);
		row.line = number > 0 ? (uint32_t)number : 0;
		row.column = column > 0 ? (uint16_t)column : 0;
	}
	struct row *before = map->row_count ? &map->rows[map->row_count - 1] : NULL;
	if (before && before->address == row.address)
		*before = row;	/* the last one counts */
	else if (!before || before->file != row.file || before->line != row.line || before->column != row.column)
		map->rows[map->row_count++] = row;
	return true;
}

static bool add_rows(struct od_unit_map *map, const char *const *names, Dwarf_Lines *lines, size_t count)
{
	uint16_t last = 0;

	for (size_t i = 0; i < count; i++)
		if (!add_row(map, names, dwarf_onesrcline(lines, i), &last))
			return false;
	struct row *shrunk = realloc(map->rows, (map->row_count + 1) * sizeof(*shrunk));
	map->rows = shrunk ? shrunk : map->rows;
	return true;
}

static bool read_rows(struct od_unit_maps *maps, struct od_unit_map *map, Dwarf_Die *unit)
{
	const char **names = NULL;
	Dwarf_Lines *lines;
	size_t count;

	if (dwarf_getsrclines(unit, &lines, &count) || count > LINE_LIMIT)
		return false;
	map->rows = calloc(count + 1, sizeof(*map->rows));
	bool known = map->rows && read_files(maps, map, unit, &names) && add_rows(map, names, lines, count);
	free(names);
	return known;
}

/* Room for one more item; false: there is none. */
static bool make_room(void **items, size_t count, size_t *capacity, size_t size)
{
	size_t wanted = *capacity ? 2 * *capacity : 32;

	if (count < *capacity)
		return true;
	void *grown = wanted > FUNCTION_LIMIT ? NULL : realloc(*items, wanted * size);
	if (!grown)
		return false;
	*items = grown;
	*capacity = wanted;
	return true;
}

static bool add_function(struct od_unit_map *map, Dwarf_Die *die)
{
	Dwarf_Addr base, from, to;
	ptrdiff_t at = 0;

	for (unsigned i = 0; i < PIECE_LIMIT && (at = dwarf_ranges(die, at, &base, &from, &to)) > 0; i++) {
		if (from >= to)
			continue;
		if (!make_room((void **)&map->functions, map->function_count, &map->capacity, sizeof(*map->functions)))
			return false;
		map->functions[map->function_count++] = (struct function){from, to, dwarf_cuoffset(die)};
	}
	return true;
}

static bool add_global(struct od_unit_map *map, Dwarf_Die *die)
{
	uint64_t address;

	if (!od_die_address(die, &address))
		return true;
	if (!make_room((void **)&map->globals, map->global_count, &map->global_capacity, sizeof(*map->globals)))
		return false;
	map->globals[map->global_count++] = (struct od_unit_global){address, dwarf_cuoffset(die)};
	return true;
}

static int by_address(const void *left, const void *right)
{
	const struct function *a = left, *b = right;

	return a->from != b->from ? (a->from > b->from) - (a->from < b->from) : (a->die > b->die) - (a->die < b->die);
}

/* Functions stand directly in the unit in C; where they may not, or overlap, the DIEs must be asked. */
static bool read_functions(struct od_unit_map *map, Dwarf_Die *unit)
{
	Dwarf_Attribute attr;
	Dwarf_Word language = 0;
	Dwarf_Die die;

	dwarf_formudata(dwarf_attr(unit, DW_AT_language, &attr), &language);
	if (language != DW_LANG_C89 && language != DW_LANG_C99 && language != DW_LANG_C11 &&
	    language != DW_LANG_Mips_Assembler)
		return false;
	if (dwarf_child(unit, &die))
		return true;
	for (unsigned i = 0; i < SIBLING_LIMIT; i++) {
		int tag = dwarf_tag(&die);
		if ((tag == DW_TAG_subprogram && !add_function(map, &die)) || (tag == DW_TAG_variable && !add_global(map, &die)))
			return false;
		if (dwarf_siblingof(&die, &die))
			break;
	}
	if (map->function_count)
		qsort(map->functions, map->function_count, sizeof(*map->functions), by_address);
	for (size_t i = 1; i < map->function_count; i++)
		if (map->functions[i].from < map->functions[i - 1].to)
			return false;
	return true;
}

/* Lines are read with a handle of their own, and what libdw keeps of them goes with it. */
static struct od_unit_map *make(struct od_dwarf *dwarf, struct od_unit *unit)
{
	struct od_unit_map *map = calloc(1, sizeof(*map));
	struct od_unit alone;

	if (!map)
		return NULL;
	map->unit = unit->offset;
	map->has_functions = read_functions(map, &unit->die);
	bool opened = od_unit_open_alone(dwarf, unit->offset, &alone);
	od_unit_prepare_lines(dwarf, opened ? &alone.die : &unit->die);
	bool known = read_rows(dwarf->maps, map, opened ? &alone.die : &unit->die);
	if (opened)
		od_unit_close(&alone);
	if (!known) {
		map_destroy(map);
		return NULL;
	}
	map->bytes = sizeof(*map) + map->row_count * sizeof(*map->rows) + map->file_count * sizeof(*map->files) +
		     map->capacity * sizeof(*map->functions) + map->global_capacity * sizeof(*map->globals);
	return map;
}

static struct od_unit_map **slot_of(struct od_unit_maps *maps, uint64_t unit)
{
	return &maps->slots[(unit * 0x9e3779b97f4a7c15u >> 40) % MAP_SLOTS];
}

/* Makes room by a quarter: what was not used since then goes. */
static void evict(struct od_unit_maps *maps)
{
	for (uint64_t age = maps->clock; maps->bytes > BYTES_KEPT / 4 * 3 && age; age /= 2) {
		for (size_t i = 0; i < MAP_SLOTS; i++) {
			for (struct od_unit_map **at = &maps->slots[i]; *at;) {
				struct od_unit_map *map = *at;
				if (maps->clock - map->used < age / 2) {
					at = &map->next;
					continue;
				}
				*at = map->next;
				maps->bytes -= map->bytes;
				map_destroy(map);
			}
		}
	}
}

const struct od_unit_map *od_unit_maps_get(struct od_dwarf *dwarf, struct od_unit *unit)
{
	if (!dwarf->maps && !(dwarf->maps = od_unit_maps_create()))
		return NULL;
	struct od_unit_maps *maps = dwarf->maps;
	struct od_unit_map **slot = slot_of(maps, unit->offset), *map = *slot;

	while (map && map->unit != unit->offset)
		map = map->next;
	if (!map) {
		if (maps->bytes > BYTES_KEPT)
			evict(maps);
		map = make(dwarf, unit);
		if (!map)
			return NULL;
		map->next = *slot;
		*slot = map;
		maps->bytes += map->bytes;
	}
	map->used = ++maps->clock;
	return map;
}

/* How dwarf_getsrc_die() of libdw 0.188 chooses: the last row at or below the address, unless it ends a sequence. */
bool od_unit_map_line(const struct od_unit_map *map, uint64_t address, struct od_unit_line *ret)
{
	size_t low = 0, high = map->row_count;

	if (address < map->base || address - map->base > UINT32_MAX)
		return false;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (map->rows[middle].address <= address - map->base)
			low = middle + 1;
		else
			high = middle;
	}
	if (!low || map->rows[low - 1].file == END)
		return false;
	const struct row *row = &map->rows[low - 1];
	*ret = (struct od_unit_line){od_unit_map_file(map, row->file), row->line, row->column};
	return true;
}

const char *od_unit_map_file(const struct od_unit_map *map, uint64_t number)
{
	return number < map->file_count ? map->files[number] : NULL;
}

bool od_unit_map_has_functions(const struct od_unit_map *map)
{
	return map->has_functions;
}

bool od_unit_map_function(const struct od_unit_map *map, uint64_t address, uint64_t *ret)
{
	size_t low = 0, high = map->function_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (map->functions[middle].from <= address)
			low = middle + 1;
		else
			high = middle;
	}
	if (!low || address >= map->functions[low - 1].to)
		return false;
	*ret = map->functions[low - 1].die;
	return true;
}

const struct od_unit_global *od_unit_map_globals(const struct od_unit_map *map, size_t *count)
{
	*count = map->global_count;
	return map->globals;
}
