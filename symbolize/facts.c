// SPDX-License-Identifier: GPL-3.0-or-later
#include "symbolize/facts.h"

#include "symbolize/call_sites.h"
#include "symbolize/edges.h"
#include "symbolize/insn.h"
#include "symbolize/index.h"
#include "symbolize/relocate.h"
#include "symbolize/resolve.h"
#include "symbolize/variables.h"

/* Instructions of one function, addresses that it refers to. */
enum { INSN_LIMIT = 20000, ADDRESS_LIMIT = 4096 };

/* Frames behind the ip whose variables are read. */
enum { NEAR_LIMIT = 4 };

/* Bytes for the instructions of one function. */
enum { SCRATCH_LIMIT = 16 << 20 };

typedef OD_LIST(uint64_t) addresses;

static struct od_str symbol_name(const struct od_image *image, uint32_t index)
{
	GElf_Sym symbol;
	GElf_Shdr header;
	Elf_Scn *scn = image->symtab ? image->sections[image->symtab].scn : NULL;

	if (!scn || !gelf_getshdr(scn, &header) || !gelf_getsym(image->symbols, (int)index, &symbol))
		return (struct od_str){NULL, 0};
	return od_str_from(elf_strptr(image->elf, header.sh_link, symbol.st_name));
}

static int64_t addend_of(const struct od_image *image, const struct od_relocator *relocator, struct od_str bytes,
			 const struct od_reloc *reloc)
{
	if (relocator->addends)
		return reloc->addend;
	if (reloc->offset + 4 > bytes.len)
		return 0;
	return (int32_t)od_image_number(image, bytes.ptr + reloc->offset, 4);
}

static void fix_one(const struct od_image *image, const struct od_insn_set *set, const struct od_relocator *relocator,
		    struct od_reloc *reloc, struct od_insn *insn, uint64_t place, struct od_arena *arena)
{
	const struct od_reference *row = od_reference_find(image->machine_number, reloc->type);
	struct od_insn_fixup fixup = {
		.offset = (unsigned)(place - insn->address),
		.type = reloc->type,
		.relative = row && row->relative,
		.name = od_arena_copy(arena, symbol_name(image, reloc->symbol)),
	};

	fixup.known = od_relocator_target(relocator, reloc, &fixup.target);
	set->fix(insn, &fixup);
}

/* Applies the relocations of a piece of code to its instructions; both are sorted. */
static void fix_piece(const struct od_image *image, const struct od_insn_set *set, const struct od_section *section,
		      od_insns *insns, size_t first, struct od_arena *arena)
{
	struct od_relocator relocator;
	struct od_reloc reloc;
	struct od_str bytes = od_section_bytes(section);

	if (!image->relocatable)
		return;
	od_relocator_init_section(&relocator, image, section);
	if (!relocator.relocations || !relocator.sorted || !set->fix || first >= insns->count)
		return;
	size_t i = first;
	size_t at = od_relocator_lower_bound(&relocator, insns->items[first].address - section->address);
	for (; at < relocator.count && od_relocator_get(&relocator, at, &reloc); at++) {
		uint64_t place = section->address + reloc.offset;
		while (i < insns->count && place >= insns->items[i].address + insns->items[i].size)
			i++;
		if (i == insns->count)
			return;
		reloc.addend = addend_of(image, &relocator, bytes, &reloc);
		if (place >= insns->items[i].address)
			fix_one(image, set, &relocator, &reloc, &insns->items[i], place, arena);
	}
}

static void decode_piece(const struct od_image *image, const struct od_insn_set *set, uint64_t from, uint64_t to,
			 struct od_arena *arena, od_insns *insns)
{
	const struct od_section *section = od_image_section_at(image, from);
	size_t first = insns->count;

	if (!section || to <= from)
		return;
	struct od_str bytes = od_str_from_index(od_section_bytes(section), from - section->address);
	od_insn_decode(set, od_str_first(bytes, to - from), from, INSN_LIMIT, arena, insns);
	fix_piece(image, set, section, insns, first, arena);
}

/* Instructions are rarely shorter on the average, but for architectures whose instructions all are of one size. */
static size_t guess_count(uint64_t size)
{
	uint64_t count = size / 4 + 16;

	return count < INSN_LIMIT ? (size_t)count : INSN_LIMIT;
}

static int by_address(const void *left, const void *right)
{
	const struct od_insn *a = left, *b = right;

	return a->address < b->address ? -1 : a->address > b->address;
}

/* All pieces of the function: its hot part and its cold one. */
static void decode_function(const struct od_image *image, const struct od_insn_set *set,
			    const struct od_scope_pieces *pieces, struct od_arena *arena, od_insns *insns)
{
	uint64_t size = 0;

	for (size_t i = 0; i < pieces->count; i++)
		size += pieces->items[i].to - pieces->items[i].from;
	od_list_reserve(arena, insns, guess_count(size));
	for (size_t i = 0; i < pieces->count; i++)
		decode_piece(image, set, pieces->items[i].from, pieces->items[i].to, arena, insns);
	if (insns->count && pieces->count > 1)
		qsort(insns->items, insns->count, sizeof(struct od_insn), by_address);
}

static void add_address(struct od_arena *arena, addresses *list, uint64_t address)
{
	uint64_t *item = list->count < ADDRESS_LIMIT ? od_list_push(arena, list) : NULL;

	if (item)
		*item = address;
}

static int ascending(const void *left, const void *right)
{
	const uint64_t *a = left, *b = right;

	return (*a > *b) - (*a < *b);
}

/* Addresses that registers hold, by the last instruction before in the file: what is asked for in vain does no harm. */
struct anchors {
	uint64_t address[OD_REGISTER_COUNT];
	uint64_t known;	/* bit per register */
};

static bool is_anchored(const struct anchors *anchors, uint8_t reg)
{
	return reg < OD_REGISTER_COUNT && anchors->known >> reg & 1;
}

/* What the instruction makes of anchors: a variable is reached in steps, from its section's start or another variable. */
static void follow(struct anchors *anchors, const struct od_insn *insn)
{
	const bool add = insn->kind == OD_INSN_ADD, move = insn->kind == OD_INSN_MOVE;
	const uint64_t number = (uint64_t)insn->immediate;
	bool known = insn->immediate_is_address && (move || add);
	uint64_t address = number;

	if (!insn->immediate_is_address && (add || (move && !insn->has_immediate)) && is_anchored(anchors, insn->from)) {
		known = true;
		address = anchors->address[insn->from] + (add ? number : 0);
	}
	anchors->known &= ~insn->writes;
	if (insn->to >= OD_REGISTER_COUNT)
		return;
	anchors->known &= ~(1ull << insn->to);
	if (!known)
		return;
	anchors->known |= 1ull << insn->to;
	anchors->address[insn->to] = address;
}

static void collect_addresses(const od_insns *insns, struct od_arena *arena, addresses *list)
{
	struct anchors anchors = {.known = 0};

	for (size_t i = 0; i < insns->count; i++) {
		const struct od_insn *insn = &insns->items[i];
		if (insn->immediate_is_address)
			add_address(arena, list, (uint64_t)insn->immediate);
		for (unsigned j = 0; j < insn->memory_count; j++) {
			const struct od_memory_operand *memory = &insn->memory[j];
			if (memory->absolute)
				add_address(arena, list, (uint64_t)memory->displacement);
			else if (is_anchored(&anchors, memory->base))
				add_address(arena, list, anchors.address[memory->base] + (uint64_t)memory->displacement);
		}
		follow(&anchors, insn);
		if (is_anchored(&anchors, insn->to))
			add_address(arena, list, anchors.address[insn->to]);
	}
	if (list->count)
		qsort(list->items, list->count, sizeof(*list->items), ascending);
}

/* A function in the making. */
struct gathering {
	struct od_image *image;
	const struct od_insn_set *set;
	struct od_arena *arena;		/* of the event */
	struct od_arena *scratch;	/* of the instructions, which may be asked for, or not */
	struct od_facts *facts;
	struct od_scope_pieces *pieces;
	od_insns *insns;
	unsigned bias;			/* of return addresses */
};

static void decode(const struct gathering *g)
{
	g->insns->count = 0;
	decode_function(g->image, g->set, g->pieces, g->scratch, g->insns);
}

static uint64_t kept_by(const od_insns *insns)
{
	uint64_t changed = insns->count && insns->count < INSN_LIMIT ? 0 : UINT64_MAX;

	for (size_t i = 0; i < insns->count; i++)
		changed |= od_insn_changes(&insns->items[i]);
	return ~changed;
}

/* The variables as the debug info has them; *pieces: of the function, whose instructions are decoded. */
static bool read_variables(const struct gathering *g)
{
	struct od_facts *facts = g->facts;
	struct od_dwarf_scope scope;
	addresses list = {0};

	if (!od_dwarf_scope(g->image, facts->pc, &scope))
		return true;
	od_scope_read_pieces(&scope.function, g->pieces, &facts->start);
	facts->variables.count = facts->calls.count = facts->edges.count = 0;
	if (facts->site)
		facts->function = od_arena_copy(g->arena, od_str_from(dwarf_diename(&scope.function)));
	decode(g);
	facts->kept = g->pieces->count < OD_SCOPE_PIECES ? kept_by(g->insns) : 0;
	od_edges_read(g->image, g->arena, g->pieces, g->insns, facts);
	od_call_sites_read(g->arena, od_dwarf_get(g->image), &scope.function, facts);
	collect_addresses(g->insns, g->scratch, &list);
	if (!od_variables_read(g->arena, od_dwarf_get(g->image), &scope, list.items, list.count, facts))
		return false;
	if (!facts->site && od_call_sites_matter(&scope.function, facts))
		od_call_sites_find(&scope.unit, &scope.function, g->bias, facts);
	return true;
}

static void read_and_learn(const struct gathering *g)
{
	struct od_image *image = g->image;

	if (!read_variables(g)) {
		od_units_join(image->dwarf);
		read_variables(g);
	}
	/* What another file says depends on whether that is there. */
	if (!g->facts->site && image->index && !image->debug && !image->shared && od_image_has_dwarf(image) && !od_arena_exhausted(g->arena))
		od_scope_learn(image->index, g->facts, g->pieces);
}

/* Instructions that are decoded when somebody asks for them. */
struct late_instructions {
	struct od_instructions base;	/* first */
	struct od_image *image;
	const struct od_insn_set *set;
	struct od_arena *arena;
	struct od_scope_pieces pieces;
};

static void decode_late(struct od_instructions *base)
{
	struct late_instructions *late = (struct late_instructions *)base;

	decode_function(late->image, late->set, &late->pieces, late->arena, &base->list);
}

/* The instruction with the pc, of those that were decoded. */
static struct od_insn find_decoded(const struct gathering *g)
{
	for (size_t i = 0; i < g->insns->count; i++)
		if (g->facts->pc - g->insns->items[i].address < g->insns->items[i].size)
			return g->insns->items[i];
	return od_insn_empty(g->facts->pc, 0);
}

/* The same where none were decoded: no other is needed. */
static struct od_insn decode_here(const struct gathering *g)
{
	const uint64_t pc = g->facts->pc;
	const struct od_section *section = od_image_section_at(g->image, pc);
	struct od_insn insn = od_insn_empty(pc, 0);

	for (size_t i = 0; section && i < g->pieces->count; i++) {
		const uint64_t from = g->pieces->items[i].from, to = g->pieces->items[i].to;
		if (pc < from || pc >= to || from < section->address)
			continue;
		struct od_str bytes = od_str_from_index(od_section_bytes(section), from - section->address);
		if (!od_insn_find(g->set, od_str_first(bytes, to - from), from, pc, INSN_LIMIT, g->scratch, &insn))
			return od_insn_empty(pc, 0);
		od_insns one = {.items = &insn, .count = 1, .capacity = 1};
		fix_piece(g->image, g->set, section, &one, 0, g->scratch);
		return insn;
	}
	return insn;
}

/* False: the debug info does not know the function, or there is no memory. */
static bool gather_function(const struct gathering *g, bool now)
{
	struct late_instructions *late = od_arena_alloc(g->arena, sizeof(*late));

	if (!late)
		return false;
	const bool known = od_scope_recall(g->image->index, g->arena, g->facts, g->pieces);
	if (!known)
		read_and_learn(g);
	else if (now)
		decode(g);
	*late = (struct late_instructions){.image = g->image, .set = g->set, .arena = g->arena, .pieces = *g->pieces};
	g->facts->instructions = &late->base;
	if (now)
		late->base.list = *g->insns;
	else
		late->base.read = decode_late;
	g->facts->here = known && !now ? decode_here(g) : find_decoded(g);
	g->facts->here.target_name = od_arena_copy(g->arena, g->facts->here.target_name);
	return g->pieces->count;
}

/* The image's types, which the frames of an event share. */
static struct od_types *types_of(struct od_image *image, const struct od_event *event)
{
	for (size_t i = 0; i < event->facts.count; i++)
		if (od_types_are_of(event->facts.items[i].types, image))
			return event->facts.items[i].types;
	return od_types_create(image, event->arena);
}

/* Of the ip the instructions are always needed, of callers hardly ever. */
static void gather(struct od_image *image, struct od_event *event, struct od_facts facts)
{
	const struct od_insn_set *set = od_insn_set_find(event->arch);
	struct od_scope_pieces pieces = {.count = 0};
	const bool now = facts.frame == &event->ip && !facts.site;
	od_insns insns = {0};

	facts.types = set ? types_of(image, event) : NULL;
	struct od_arena *scratch = !facts.types ? NULL : now ? event->arena : od_arena_create(SCRATCH_LIMIT);
	if (!scratch)
		return;
	facts.registers = set->registers;
	const struct gathering gathering = {image, set, event->arena, scratch, &facts, &pieces, &insns, event->arch->return_bias};
	struct od_facts *item = gather_function(&gathering, now) ? od_list_push(event->arena, &event->facts) : NULL;
	if (item)
		*item = facts;
	if (!now)
		od_arena_destroy(scratch);
}

/* The facts of a frame, and of a function that calls that one where what it was given is told there. */
static void gather_frame(struct od_image *image, struct od_event *event, struct od_facts facts)
{
	const size_t before = event->facts.count;

	gather(image, event, facts);
	if (event->facts.count == before || !event->facts.items[before].called_at)
		return;
	facts.site = true;
	facts.only_site = event->facts.items[before].called_once;
	facts.pc = event->facts.items[before].called_at;
	gather(image, event, facts);
}

/* The frame that this one called, by the trace; NULL: it is not told. The ip may stand in the trace once more. */
static const struct od_frame *called_by(const struct od_event *event, const struct od_frame *frame)
{
	const struct od_frame *before = event->has_ip ? &event->ip : NULL;

	for (size_t i = 0; i < event->trace.count; i++) {
		const struct od_frame *item = &event->trace.items[i];
		if (item == frame)
			return before;
		bool again = before == &event->ip && item->offset.known && event->ip.offset.known &&
			     item->offset.value == event->ip.offset.value && od_str_equal(item->function, event->ip.function);
		if (!item->unreliable && !again)
			before = item;
	}
	return NULL;
}

/* Whether the instruction leaves the function for another one. */
static bool leaves(const struct od_insn *insn, const struct od_scope_pieces *pieces)
{
	bool inside = !insn->has_target;

	for (size_t i = 0; i < pieces->count; i++)
		inside |= insn->target >= pieces->items[i].from && insn->target < pieces->items[i].to;
	return insn->kind == OD_INSN_JUMP && (insn->target_name.len || !inside);
}

/* Where the function that begins at the address ends in a call of the other one: the only such place, or the one with its name. */
static bool find_end(struct od_image *image, const struct od_event *event, uint64_t start, struct od_str callee, uint64_t *ret)
{
	const struct od_insn_set *set = od_insn_set_find(event->arch);
	struct od_arena *scratch = od_arena_create(SCRATCH_LIMIT);
	struct od_dwarf_scope scope;
	struct od_scope_pieces pieces;
	od_insns insns = {0};
	uint64_t entry = 0;
	unsigned ends = 0;
	bool named = false;

	if (scratch && set && od_dwarf_scope(image, start, &scope)) {
		od_scope_read_pieces(&scope.function, &pieces, &entry);
		decode_function(image, set, &pieces, scratch, &insns);
	}
	for (size_t i = 0; entry == start && i < insns.count && !named; i++) {
		const struct od_insn *insn = &insns.items[i];
		if (!leaves(insn, &pieces))
			continue;
		named = od_str_equal(insn->target_name, callee);
		ends++;
		*ret = insn->address;
	}
	od_arena_destroy(scratch);
	return named || ends == 1;
}

/* The facts of a function that a frame called, and that ended in the call of the frame before. */
static void gather_between(struct od_image *image, struct od_event *event, size_t index)
{
	const struct od_facts caller = event->facts.items[index];
	const struct od_frame *callee = called_by(event, caller.frame);
	const struct od_facts *known = NULL;
	struct od_facts facts = {.frame = callee, .proven = caller.proven, .site = true, .only_site = true};

	for (size_t i = 0; i < event->facts.count; i++)
		if (event->facts.items[i].frame == callee && !event->facts.items[i].site)
			known = &event->facts.items[i];
	if (!callee || !callee->function.len || caller.site || caller.here.kind != OD_INSN_CALL || !caller.here.has_target ||
	    (known && known->start == caller.here.target) || od_str_equal(caller.here.target_name, callee->function) ||
	    !find_end(image, event, caller.here.target, callee->function, &facts.pc))
		return;
	gather(image, event, facts);
}

/* Whether variables of the frame may be asked for: of the ip, and of the callers next to it. */
static bool wants_facts(const struct od_event *event, const struct od_frame *frame)
{
	/* Behind a wild jump the kernel trusts no frame. */
	bool wild = event->has_ip && !event->ip.function.len;

	if (od_kinds[event->kind].severity == OD_SEVERITY_STALL || (frame->unreliable && !wild))
		return false;
	if (frame == &event->ip || (event->has_lr && frame == &event->lr))
		return true;
	for (size_t i = 0, near = 0; i < event->trace.count && near < NEAR_LIMIT; i++) {
		near += wild || !event->trace.items[i].unreliable;
		if (frame == &event->trace.items[i])
			return true;
	}
	return false;
}

/* Causes rest on instructions: if nobody can decode them, that is the reason why there is none. */
static void warn_of_decoder(struct od_event *event, struct od_image_use *use)
{
	struct od_str *item = od_insn_prepare(event->arch) ? NULL : od_list_push(event->arena, &use->details);

	if (item)
		*item = od_arena_printf(event->arena, "its instructions are not followed, and no cause is named: %s cannot be "
					"loaded (Debian: apt install libcapstone4)", OD_CAPSTONE_SONAME);
}

static void warn_of_split(struct od_image *image, struct od_event *event, struct od_image_use *use)
{
	const struct od_dwarf *dwarf = image->debug ? image->debug->dwarf : image->dwarf;
	struct od_str *item = dwarf && dwarf->split_missing[0] ? od_list_push(event->arena, &use->details) : NULL;

	if (item)
		*item = od_arena_printf(event->arena, "functions that were inlined and variables are not known: its debug info is "
					"split, and %s", dwarf->split_missing);
}

void od_facts_gather(struct od_image *image, struct od_event *event, const struct od_group *group, struct od_image_use *use)
{
	bool proven = use->verdict == OD_VERDICT_MATCH;
	unsigned bias = event->arch ? event->arch->return_bias : 1;
	const size_t before = event->facts.count;
	uint64_t address;

	for (size_t i = 0; i < group->frames.count; i++) {
		const struct od_frame *frame = group->frames.items[i];
		if (frame->status == OD_FRAME_RESOLVED && wants_facts(event, frame) &&
		    od_frame_address(image, frame, &address))
			gather_frame(image, event, (struct od_facts){.frame = frame, .proven = proven,
				     .pc = frame->is_return_address ? address - bias : address});
	}
	for (size_t i = before, count = event->facts.count; i < count; i++)
		gather_between(image, event, i);
	if (event->facts.count > before)
		warn_of_decoder(event, use);
	warn_of_split(image, event, use);
}
