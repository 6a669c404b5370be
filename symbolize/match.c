// SPDX-License-Identifier: GPL-3.0-or-later
#include "symbolize/match.h"

#include "symbolize/code.h"
#include "symbolize/code_tables.h"
#include "symbolize/layout.h"

/* How much must agree before an image is said to match. */
enum { CODE_BYTES = 8, CODE_BYTES_BUT_ONE = 20, SIZES_WITH_PAGE = 1, SIZES_ALONE = 8, SIZES_FOR_A_BIT = 2, DETAIL_LIMIT = 8, NAME_LIMIT = 4096 };

struct judge {
	struct od_image *image;
	const struct od_event *event;
	const struct od_group *group;
	struct od_image_use *use;
	struct od_arena *arena;
	uint32_t agrees, differs;
	OD_LIST(struct od_str) good, bad;
	size_t names, sizes;	/* functions found; of them with the printed size */
	bool page;		/* a function is where the log has it in its page */
};

static void say(struct judge *judge, bool good, enum od_evidence evidence, struct od_str text)
{
	uint32_t *bits = good ? &judge->agrees : &judge->differs;

	*bits |= 1u << evidence;
	if ((good ? judge->good.count : judge->bad.count) >= DETAIL_LIMIT)
		return;
	struct od_str *item = good ? od_list_push(judge->arena, &judge->good)
				   : od_list_push(judge->arena, &judge->bad);
	if (item)
		*item = text;
}

static void judge_machine(struct judge *judge)
{
	const struct od_machine *machine = judge->image->machine;
	const struct od_arch *arch = judge->event->arch;

	if (!machine || !arch || !strcmp(machine->arch, arch->name))
		return;
	say(judge, false, OD_EVIDENCE_CODE_BYTES,
	    od_arena_printf(judge->arena, "the file holds code for %s, the log is from %s", machine->arch,
			    arch->name));
}

static void judge_build_id(struct judge *judge)
{
	for (size_t i = 0; i < judge->group->frames.count; i++) {
		struct od_str printed = judge->group->frames.items[i]->build_id;
		struct od_str id = od_str_from(judge->image->build_id);
		if (!printed.len || !id.len)
			continue;
		bool same = od_str_equal(printed, id);
		say(judge, same, OD_EVIDENCE_BUILD_ID,
		    same ? od_arena_printf(judge->arena, "build ID %.*s", OD_FMT(printed))
			 : od_arena_printf(judge->arena, "the log has build ID %.*s, the file %s", OD_FMT(printed),
					   id.ptr));
		return;
	}
}

/* The release that the image was built for; empty: it does not say. */
static struct od_str image_release(struct od_image *image)
{
	struct od_str text = image->vermagic, release, banner = OD_STR("linux_banner");

	if (!image->relocatable) {
		od_names_learn(image, &banner, 1);
		struct od_symbols symbols = od_names_get(image, banner);
		if (!symbols.count)
			return (struct od_str){NULL, 0};
		const struct od_section *section = symbols.items[0].section;
		text = od_str_from_index(od_section_bytes(section), symbols.items[0].address - section->address);
		if (!od_scan_literal(&text, "Linux version "))
			return (struct od_str){NULL, 0};
	}
	return od_scan_word(&text, &release) ? release : (struct od_str){NULL, 0};
}

static void judge_release(struct judge *judge)
{
	enum od_evidence evidence = judge->image->relocatable ? OD_EVIDENCE_VERMAGIC : OD_EVIDENCE_RELEASE;
	struct od_str ours = image_release(judge->image), log = judge->event->kernel_release;

	if (!ours.len || !log.len)
		return;
	bool same = od_str_equal(ours, log);
	say(judge, same, evidence,
	    same ? od_arena_printf(judge->arena, "built for %.*s", OD_FMT(ours))
		 : od_arena_printf(judge->arena, "built for kernel %.*s, the log is from %.*s", OD_FMT(ours),
				   OD_FMT(log)));
}

/* Where the next code of the module's region begins behind the symbol's section; 0: nowhere. */
static uint64_t next_code(const struct od_image *image, const struct od_section *of)
{
	uint64_t next = 0;

	for (size_t i = 1; i < image->section_count; i++) {
		const struct od_section *section = &image->sections[i];
		if ((section->header.sh_flags & SHF_EXECINSTR) && section->header.sh_size &&
		    section->address && section->init == of->init && section->group_offset > of->group_offset &&
		    (!next || section->group_offset < next))
			next = section->group_offset;
	}
	return next;
}

bool od_size_fits(const struct od_image *image, const struct od_symbol *symbol, uint64_t size)
{
	if (!symbol->last)
		return size == symbol->size;
	if (size < symbol->declared)
		return false;
	if (!image->relocatable || !image->machine || !image->machine->plain_layout)
		return true;
	uint64_t offset = symbol->section->group_offset + (symbol->address - symbol->section->address);
	uint64_t next = next_code(image, symbol->section);
	return od_layout_last_size(image, symbol->section->init, offset, size) || (next && offset + size >= next);
}

/* The symbol of code that the frame means, by its printed size; NULL: none or several. */
static const struct od_symbol *only_symbol(const struct judge *judge, const struct od_frame *frame)
{
	struct od_symbols symbols = od_names_get(judge->image, frame->function);
	const struct od_symbol *found = NULL;

	for (size_t i = 0; i < symbols.count; i++) {
		const struct od_symbol *symbol = &symbols.items[i];
		if (!od_symbol_is_code(symbol) ||
		    (frame->size.known && !od_size_fits(judge->image, symbol, frame->size.value)))
			continue;
		if (found)
			return NULL;
		found = symbol;
	}
	return found;
}

/* The size of data depends on what the loader puts behind it: a stale pointer to it proves nothing. */
static bool is_function(struct od_symbols symbols)
{
	for (size_t i = 0; i < symbols.count; i++)
		if (od_symbol_is_code(&symbols.items[i]))
			return true;
	return false;
}

static void judge_size(struct judge *judge, const struct od_frame *frame, struct od_symbols symbols)
{
	bool exact = false, fits = false;

	for (size_t i = 0; i < symbols.count; i++) {
		bool one = od_size_fits(judge->image, &symbols.items[i], frame->size.value);
		fits |= one;
		exact |= one && !symbols.items[i].last;
	}
	if (!fits) {
		say(judge, false, OD_EVIDENCE_FUNCTION_SIZE,
		    od_arena_printf(judge->arena, "%.*s has size %#llx in the log, %#llx in the file",
				    OD_FMT(frame->function), (unsigned long long)frame->size.value,
				    (unsigned long long)symbols.items[0].size));
		return;
	}
	judge->agrees |= 1u << OD_EVIDENCE_FUNCTION_SIZE;
	judge->sizes += exact;
}

/* True when an earlier frame of the group says the same. */
static bool is_repeated(const struct od_group *group, size_t index)
{
	const struct od_frame *frame = group->frames.items[index];

	for (size_t i = 0; i < index; i++)
		if (od_str_equal(group->frames.items[i]->function, frame->function) &&
		    group->frames.items[i]->size.known == frame->size.known &&
		    group->frames.items[i]->size.value == frame->size.value)
			return true;
	return false;
}

static void judge_functions(struct judge *judge)
{
	for (size_t i = 0; i < judge->group->frames.count; i++) {
		const struct od_frame *frame = judge->group->frames.items[i];
		if (!frame->function.len || is_repeated(judge->group, i))
			continue;
		struct od_symbols symbols = od_names_get(judge->image, frame->function);
		/* Code that is in no file (BPF, trampolines) has names without a module, too. */
		if (!symbols.count && judge->image->relocatable)
			say(judge, false, OD_EVIDENCE_SYMBOL,
			    od_arena_printf(judge->arena, "the file has no function %.*s", OD_FMT(frame->function)));
		if (!is_function(symbols))
			continue;
		judge->names++;
		if (frame->size.known)
			judge_size(judge, frame, symbols);
	}
	if (judge->names)
		judge->agrees |= 1u << OD_EVIDENCE_SYMBOL;
	if (judge->sizes)
		say(judge, true, OD_EVIDENCE_FUNCTION_SIZE,
		    od_arena_printf(judge->arena, "%zu function size%s", judge->sizes, judge->sizes == 1 ? "" : "s"));
}

/* Regions of modules begin at pages, so that the last digits of an address are those of the file. */
static void judge_page(struct judge *judge, const struct od_frame *frame, struct od_num address)
{
	enum { PAGE = 0x1000 };
	const struct od_machine *machine = judge->image->machine;
	const struct od_symbol *symbol = only_symbol(judge, frame);

	if (!judge->image->relocatable || !machine || !machine->plain_layout || !address.known ||
	    !frame->offset.known || !symbol)
		return;
	uint64_t log = (address.value - frame->offset.value) & (PAGE - 1);
	uint64_t file = (symbol->section->group_offset + symbol->address - symbol->section->address) & (PAGE - 1);
	if (log != file) {
		say(judge, false, OD_EVIDENCE_SYMBOL,
		    od_arena_printf(judge->arena, "%.*s begins %#llx bytes into a page in the log, %#llx in the file",
				    OD_FMT(frame->function), (unsigned long long)log, (unsigned long long)file));
		return;
	}
	judge->page = true;
}

static void judge_pages(struct judge *judge)
{
	for (size_t i = 0; i < judge->group->frames.count; i++) {
		const struct od_frame *frame = judge->group->frames.items[i];
		struct od_num address = frame == &judge->event->ip ? od_code_ip(judge->event) : frame->address;
		judge_page(judge, frame, address);
	}
}

/*
 * Until 6.13 every region of a module on x86 is an area of its own with an unmapped page before it
 * (module_alloc(), vmalloc()): no code bytes can be read there. Later regions may share one (execmem).
 */
static bool has_guard_page(const struct judge *judge)
{
	struct od_str release = judge->event->kernel_release;
	uint64_t major, minor;

	return judge->image->relocatable && judge->image->machine && judge->image->machine->plain_layout &&
	       od_scan_u64(&release, &major) && od_scan_char(&release, '.') && od_scan_u64(&release, &minor) &&
	       (major < 6 || (major == 6 && minor < 13));
}

static void judge_first_byte(struct judge *judge, const struct od_symbol *symbol)
{
	const struct od_code *code = &judge->event->code;
	uint64_t offset = symbol->section->group_offset + (symbol->address - symbol->section->address) +
			  judge->event->ip.offset.value;

	if (code->source != OD_CODE_LOG || !code->has_fault_index || code->fault_index <= offset ||
	    !has_guard_page(judge))
		return;
	say(judge, false, OD_EVIDENCE_CODE_BYTES,
	    od_arena_printf(judge->arena, "the log has code bytes from before the place where the file's %scode begins",
			    symbol->section->init ? "init " : ""));
}

/*
 * One bit in many bytes: memory that was damaged rather than another build, where so much else agrees. It is
 * judged last, when that is known.
 */
static void judge_flipped_bit(struct judge *judge, const struct od_code_match *match)
{
	const uint32_t release = 1u << OD_EVIDENCE_VERMAGIC | 1u << OD_EVIDENCE_RELEASE;
	const uint32_t id = 1u << OD_EVIDENCE_BUILD_ID;
	const struct od_frame *ip = &judge->event->ip;
	bool placed = judge->sizes >= (judge->page ? SIZES_WITH_PAGE : SIZES_FOR_A_BIT);

	struct od_str text = od_arena_printf(
		judge->arena,
		"one bit of %zu code bytes differs, bit %d of the byte at %.*s%+lld: %02x in the log, %02x in the "
		"file: possible memory corruption",
		match->compared, __builtin_ctz(match->log ^ match->image), OD_FMT(ip->function),
		(long long)(ip->offset.value + match->first), match->log, match->image);
	if (judge->differs || match->wrong_references || match->compared < CODE_BYTES_BUT_ONE ||
	    !((judge->agrees & id) || ((judge->agrees & release) && placed)))
		say(judge, false, OD_EVIDENCE_CODE_BYTES, text);
	else
		say(judge, true, OD_EVIDENCE_CODE_BYTES, text);
}

static void judge_bytes(struct judge *judge, struct od_code_match match)
{
	const struct od_frame *ip = &judge->event->ip;

	if (match.different_bits == 1)
		judge_flipped_bit(judge, &match);
	else if (match.different)
		say(judge, false, OD_EVIDENCE_CODE_BYTES,
		    od_arena_printf(judge->arena,
				    "%zu of %zu code bytes differ, the first at %.*s%+lld: "
				    "%02x in the log, %02x in the file",
				    match.different, match.compared, OD_FMT(ip->function),
				    (long long)(ip->offset.value + match.first), match.log, match.image));
	else if (match.wrong_references)
		say(judge, false, OD_EVIDENCE_CODE_BYTES,
		    od_arena_printf(judge->arena,
				    "%zu of %zu references from the code bytes to the module's own data "
				    "lead elsewhere in the file",
				    match.wrong_references, match.references));
	else if (match.compared >= CODE_BYTES)
		say(judge, true, OD_EVIDENCE_CODE_BYTES,
		    od_arena_printf(judge->arena, "%zu of %zu code bytes", match.compared, match.compared));
}

static void judge_code(struct judge *judge)
{
	const struct od_frame *ip = &judge->event->ip;
	const struct od_symbol *symbol = NULL;

	if (judge->event->has_ip && ip->function.len && ip->offset.known &&
	    od_str_equal_module(ip->module, judge->group->module))
		symbol = only_symbol(judge, ip);
	if (!symbol)
		return;
	judge_first_byte(judge, symbol);
	judge_bytes(judge, od_code_compare(judge->image, judge->event, symbol->address + ip->offset.value));
}

static enum od_verdict verdict_of(const struct judge *judge)
{
	const uint32_t proof = 1u << OD_EVIDENCE_BUILD_ID | 1u << OD_EVIDENCE_CODE_BYTES;
	const uint32_t release = 1u << OD_EVIDENCE_VERMAGIC | 1u << OD_EVIDENCE_RELEASE;

	/* Code that differs under the right build ID was changed in memory. */
	if (judge->agrees & (1u << OD_EVIDENCE_BUILD_ID))
		return OD_VERDICT_MATCH;
	if (judge->differs)
		return OD_VERDICT_MISMATCH;
	if (judge->agrees & proof)
		return OD_VERDICT_MATCH;
	size_t needed = judge->page ? SIZES_WITH_PAGE : SIZES_ALONE;
	return (judge->agrees & release) && judge->sizes >= needed ? OD_VERDICT_MATCH : OD_VERDICT_UNKNOWN;
}

/* The build ID is right, and still something differs: that is for the reader to know. */
static void note_differences(struct judge *judge)
{
	for (size_t i = 0; i < judge->bad.count; i++) {
		struct od_str *item = od_list_push(judge->arena, &judge->good);
		if (item)
			*item = od_arena_printf(judge->arena, "the build ID is right, but %.*s",
						OD_FMT(judge->bad.items[i]));
	}
}

static void learn_functions(struct judge *judge)
{
	size_t count = judge->group->frames.count < NAME_LIMIT ? judge->group->frames.count : NAME_LIMIT;
	struct od_str *names = od_arena_alloc(judge->arena, (count + 1 + OD_CODE_TABLE_NAMES) * sizeof(*names));

	for (size_t i = 0; names && i < count; i++)
		names[i] = judge->group->frames.items[i]->function;
	if (names && !judge->image->relocatable) {
		names[count++] = OD_STR("linux_banner");
		count += od_code_table_names(names + count);
	}
	if (names)
		od_names_learn(judge->image, names, count);
}

void od_match(struct od_image *image, const struct od_event *event, const struct od_group *group,
	      struct od_image_use *use)
{
	struct judge judge = {.image = image, .event = event, .group = group, .use = use, .arena = event->arena};

	learn_functions(&judge);
	judge_machine(&judge);
	judge_build_id(&judge);
	judge_release(&judge);
	judge_functions(&judge);
	judge_pages(&judge);
	judge_code(&judge);
	use->verdict = verdict_of(&judge);
	bool mismatch = use->verdict == OD_VERDICT_MISMATCH;
	if (!mismatch && judge.differs)
		note_differences(&judge);
	use->evidence = mismatch ? judge.differs : judge.agrees;
	memcpy(&use->details, mismatch ? &judge.bad : &judge.good, sizeof(use->details));
}
