// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzer/module_load.h"

/* What insmod makes of the loader's error (kmod's and busybox's words). */
#define BAD_FORMAT	OD_STR("Invalid module format")		/* ENOEXEC */
#define NO_SYMBOL	OD_STR("Unknown symbol in module")	/* ENOENT; of EINVAL: Invalid parameters */
#define BAD_PARAMETERS	OD_STR("Invalid parameters")
#define BAD_KEY		OD_STR("Key was rejected by service")	/* EKEYREJECTED */

struct judge {
	struct od_arena *arena;
	const struct od_ko *module;
	const struct od_kernel *kernel;
	struct od_load *load;
};

static void add(struct judge *judge, enum od_load_effect effect, struct od_str error, struct od_str message,
		struct od_str why)
{
	struct od_load_finding *finding = od_list_push(judge->arena, &judge->load->findings);

	if (!finding)
		return;
	*finding = (struct od_load_finding){.effect = effect, .message = message, .error = error, .why = why};
	if (effect == OD_LOAD_REFUSED)
		judge->load->loads = false;
}

static const struct od_str nothing = {NULL, 0};

#define SAY(judge, ...) od_arena_printf((judge)->arena, __VA_ARGS__)
#define NAME(judge) OD_FMT((judge)->module->name)

/* module_sig_check() */
static void check_signature(struct judge *judge)
{
	enum od_signature_state state = judge->module->signature.state;

	if (!judge->kernel->checks_signatures)
		return;
	if (state == OD_SIGNATURE_PRESENT) {
		add(judge, OD_LOAD_NOTE, nothing, nothing,
		    SAY(judge, "The kernel must know the key %.*s of %.*s; the files do not say whether it does.",
			OD_FMT(judge->module->signature.key), OD_FMT(judge->module->signature.signer)));
		return;
	}
	if (state == OD_SIGNATURE_UNREAD)
		add(judge, OD_LOAD_NOTE, nothing, nothing, OD_STR("The kernel must know the key that signed it."));
	else if (state == OD_SIGNATURE_DAMAGED)
		add(judge, OD_LOAD_REFUSED, BAD_FORMAT, nothing,
		    OD_STR("The end of the file announces a signature that is not there."));
	else if (judge->kernel->forces_signatures)
		add(judge, OD_LOAD_REFUSED, BAD_KEY, OD_STR("Loading of unsigned module is rejected"),
		    OD_STR("The module is not signed, and the kernel was built to load signed ones only."));
}

/* load_module() says it late, after the checks of the module's origin and license. */
static void check_unsigned(struct judge *judge)
{
	enum od_signature_state state = judge->module->signature.state;

	if (!judge->kernel->checks_signatures || judge->kernel->forces_signatures ||
	    (state != OD_SIGNATURE_ABSENT && state != OD_SIGNATURE_STRIPPED))
		return;
	add(judge, OD_LOAD_TAINT, nothing,
	    SAY(judge, "%.*s: module verification failed: signature and/or required key missing - tainting kernel",
		NAME(judge)),
	    OD_STR("The module is not signed: taint E. The line is printed for the first such module only. Under Secure "
		   "Boot (lockdown) it is refused: \"Lockdown: insmod: unsigned module loading is restricted; see man "
		   "kernel_lockdown.7\"."));
}

/* elf_validity_check(), setup_load_info() */
static void check_elf(struct judge *judge)
{
	const struct od_ko *module = judge->module;

	if (judge->kernel->machine.len && !od_str_equal(module->machine, judge->kernel->machine))
		add(judge, OD_LOAD_REFUSED, BAD_FORMAT, nothing,
		    SAY(judge, "The module is for %.*s, the kernel for %.*s.",
			OD_FMT(module->machine.len ? module->machine : OD_STR("another machine")),
			OD_FMT(judge->kernel->machine)));
	if (!module->has_this_module)
		add(judge, OD_LOAD_REFUSED, BAD_FORMAT, SAY(judge, "%.*s: No module found in object", NAME(judge)),
		    OD_STR("The file has no section .gnu.linkonce.this_module: it was not linked as a module."));
	else if (!module->has_symbols)
		add(judge, OD_LOAD_REFUSED, BAD_FORMAT,
		    SAY(judge, "%.*s: module has no symbols (stripped?)", NAME(judge)),
		    OD_STR("The symbol table is gone; only debug information may be stripped from a module."));
}

static const struct od_module_symbol *layout_symbol(const struct od_ko *module)
{
	for (size_t i = 0; i < module->imports.count; i++)
		if (od_str_equal(module->imports.items[i].name, OD_STR("module_layout")))
			return &module->imports.items[i];
	return NULL;
}

/* check_modstruct_version() */
static void check_layout(struct judge *judge)
{
	const struct od_module_symbol *symbol = layout_symbol(judge->module);

	if (!judge->kernel->modversions)
		return;
	if (!judge->module->has_versions) {
		add(judge, OD_LOAD_REFUSED, BAD_FORMAT, nothing,
		    OD_STR("The kernel compares the CRCs of symbols (CONFIG_MODVERSIONS), and the module has none; only "
			   "insmod --force would load it."));
	} else if (symbol && symbol->state == OD_SYMBOL_DIFFERENT) {
		add(judge, OD_LOAD_REFUSED, BAD_FORMAT,
		    SAY(judge, "%.*s: disagrees about version of symbol module_layout", NAME(judge)),
		    SAY(judge, "struct module differs between the two kernels (CRC 0x%08x, here 0x%08x): build the module "
			"against this kernel's headers.", symbol->crc, symbol->kernel_crc));
	}
}

/* Without the release, which does not count where both have CRCs: same_magic(). */
static struct od_str comparable(struct od_str magic, bool skip_release)
{
	struct od_str release;

	if (skip_release && od_scan_word(&magic, &release))
		od_scan_char(&magic, ' ');
	return magic;
}

/* Words of the architecture follow the common ones; only x86_64 and s390x are known to have none. */
static bool same_magic(const struct od_ko *module, const struct od_kernel *kernel)
{
	bool by_crc = module->has_versions && kernel->modversions;
	struct od_str mine = comparable(module->vermagic, by_crc), theirs = comparable(kernel->magic, by_crc);

	return od_str_starts(mine, theirs);
}

static void check_magic(struct judge *judge)
{
	const struct od_ko *module = judge->module;

	if (!module->vermagic.len)
		add(judge, OD_LOAD_REFUSED, BAD_FORMAT, nothing,
		    OD_STR("The module has no version magic; only insmod --force would load it."));
	else if (!same_magic(module, judge->kernel))
		add(judge, OD_LOAD_REFUSED, BAD_FORMAT,
		    SAY(judge, "%.*s: version magic '%.*s' should be '%.*s'", NAME(judge), OD_FMT(module->vermagic),
			OD_FMT(judge->kernel->magic)),
		    OD_STR("The module was built for another kernel: build it against this kernel's headers."));
}

/* check_modinfo(), set_license(): the module is loaded all the same. */
static void check_origin(struct judge *judge)
{
	const struct od_ko *module = judge->module;

	if (!module->intree)
		add(judge, OD_LOAD_TAINT, nothing,
		    SAY(judge, "%.*s: loading out-of-tree module taints kernel.", NAME(judge)),
		    OD_STR("The module is not of the kernel's own tree: taint O. The line is printed for the first such "
			   "module only."));
	if (judge->kernel->retpoline && !module->retpoline && od_str_equal(module->machine, OD_STR("x86_64")))
		add(judge, OD_LOAD_TAINT, nothing,
		    SAY(judge, "%.*s: loading module not compiled with retpoline compiler.", NAME(judge)),
		    OD_STR("Printed where the processor needs retpolines against Spectre."));
	if (module->staging)
		add(judge, OD_LOAD_TAINT, nothing,
		    SAY(judge, "%.*s: module is from the staging directory, the quality is unknown, you have been warned.",
			NAME(judge)), OD_STR("Taint C."));
}

/* license_is_gpl_compatible() of include/linux/license.h */
static bool is_gpl_compatible(struct od_str license)
{
	static const struct od_str free_ones[] = {
		{"GPL", 3}, {"GPL v2", 6}, {"GPL and additional rights", 25}, {"Dual BSD/GPL", 12},
		{"Dual MIT/GPL", 12}, {"Dual MPL/GPL", 12},
	};

	for (size_t i = 0; i < sizeof(free_ones) / sizeof(free_ones[0]); i++)
		if (od_str_equal(license, free_ones[i]))
			return true;
	return false;
}

static void check_license(struct judge *judge)
{
	struct od_str license = judge->module->license.len ? judge->module->license : OD_STR("unspecified");

	if (!is_gpl_compatible(license))
		add(judge, OD_LOAD_TAINT, nothing,
		    SAY(judge, "%.*s: module license '%.*s' taints kernel.", NAME(judge), OD_FMT(license)),
		    OD_STR("A proprietary module: taint P, and symbols that are exported to GPL modules only are not there "
			   "for it."));
}

static bool imports_namespace(const struct od_ko *module, struct od_str name_space)
{
	for (size_t i = 0; i < module->facts.count; i++)
		if (od_str_equal(module->facts.items[i].key, OD_STR("import_ns")) &&
		    od_str_equal(module->facts.items[i].value, name_space))
			return true;
	return false;
}

/* verify_namespace_is_imported() */
static void check_namespace(struct judge *judge, const struct od_module_symbol *symbol)
{
	bool allowed = judge->kernel->allows_missing_namespaces;

	if (!symbol->name_space.len || imports_namespace(judge->module, symbol->name_space))
		return;
	add(judge, allowed ? OD_LOAD_TAINT : OD_LOAD_REFUSED, allowed ? nothing : BAD_PARAMETERS,
	    SAY(judge, "%.*s: module uses symbol (%.*s) from namespace %.*s, but does not import it.", NAME(judge),
		OD_FMT(symbol->name), OD_FMT(symbol->name_space)),
	    SAY(judge, "MODULE_IMPORT_NS(%.*s) is missing in the source.", OD_FMT(symbol->name_space)));
}

static void check_symbol(struct judge *judge, const struct od_module_symbol *symbol)
{
	if (symbol->state == OD_SYMBOL_MISSING && !symbol->weak) {
		add(judge, OD_LOAD_REFUSED, NO_SYMBOL,
		    SAY(judge, "%.*s: Unknown symbol %.*s (err -2)", NAME(judge), OD_FMT(symbol->name)),
		    OD_STR("Neither the kernel nor a module of its tree exports it; another module might."));
		return;
	}
	if (symbol->state == OD_SYMBOL_DIFFERENT && judge->kernel->modversions) {
		add(judge, OD_LOAD_REFUSED, BAD_PARAMETERS,
		    SAY(judge, "%.*s: disagrees about version of symbol %.*s", NAME(judge), OD_FMT(symbol->name)),
		    SAY(judge, "Its CRC is 0x%08x in the module and 0x%08x in the kernel; \"Unknown symbol %.*s (err -22)\" "
			"follows.", symbol->crc, symbol->kernel_crc, OD_FMT(symbol->name)));
		return;
	}
	if (judge->module->has_versions && judge->kernel->modversions && !symbol->has_crc &&
	    symbol->state == OD_SYMBOL_SAME)
		add(judge, OD_LOAD_TAINT, nothing,
		    SAY(judge, "%.*s: no symbol version for %.*s", NAME(judge), OD_FMT(symbol->name)),
		    OD_STR("The module knows no CRC of it; nothing proves that both mean the same."));
	check_namespace(judge, symbol);
}

/* simplify_symbols() */
static void check_symbols(struct judge *judge)
{
	const struct od_ko *module = judge->module;

	if (!judge->kernel->has_symvers) {
		add(judge, OD_LOAD_NOTE, nothing, nothing, OD_STR("There is no Module.symvers: symbols were not checked."));
		return;
	}
	for (size_t i = 0; i < module->imports.count; i++)
		if (module->imports.items[i].used)
			check_symbol(judge, &module->imports.items[i]);
}

/* What modprobe loads first, and insmod does not. */
static void check_depends(struct judge *judge)
{
	const struct od_ko *module = judge->module;

	for (size_t i = 0; i < module->facts.count; i++) {
		const struct od_module_fact *fact = &module->facts.items[i];
		if (od_str_equal(fact->key, OD_STR("depends")) && fact->value.len)
			add(judge, OD_LOAD_NOTE, nothing, nothing,
			    SAY(judge, "modprobe loads these first, insmod does not: %.*s. Without them: \"Unknown symbol … "
				"(err -2)\".", OD_FMT(fact->value)));
	}
}

void od_judge_load(struct od_arena *arena, const struct od_ko *module, const struct od_kernel *kernel,
		   struct od_load *ret)
{
	static void (*const checks[])(struct judge *) = {
		check_signature, check_elf, check_layout, check_magic, check_origin, check_license,
		check_unsigned, check_symbols, check_depends,
	};
	struct judge judge = {arena, module, kernel, ret};

	*ret = (struct od_load){.kernel = kernel, .loads = true};
	for (size_t i = 0; i < sizeof(checks) / sizeof(checks[0]); i++)
		checks[i](&judge);
}
