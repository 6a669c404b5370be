// SPDX-License-Identifier: GPL-3.0-or-later
#include "symbolize/module_info.h"

#include <stdio.h>

enum { LIMIT = 16 << 20, PATH_SIZE = 4096 };

/* What auto.conf says that matters to the loader. */
struct config {
	bool smp, preempt_build, preempt, preempt_rt, unload;
	bool x86_64, x86_32, arm64, arm, riscv, s390, ppc64, mips, loongarch, is_64bit;
};

static od_status load(struct od_trail *trail, const struct od_opener *opener, const char *directory, const char *name,
		      struct od_file *ret)
{
	char path[PATH_SIZE];

	snprintf(path, sizeof(path), "%s/%s", directory, name);
	od_status status = od_file_load_with(opener, trail, path, LIMIT, ret);
	return status == OD_OK ? OD_OK : od_fail(trail, OD_ERR_MISSING, "no kernel's build directory: %s", path);
}

static void read_config(struct od_str text, struct config *config, struct od_kernel *kernel)
{
	const struct { struct od_str line; bool *flag; } rows[] = {
		{OD_STR("CONFIG_SMP=y"), &config->smp},
		{OD_STR("CONFIG_PREEMPT_BUILD=y"), &config->preempt_build},
		{OD_STR("CONFIG_PREEMPT=y"), &config->preempt},
		{OD_STR("CONFIG_PREEMPT_RT=y"), &config->preempt_rt},
		{OD_STR("CONFIG_MODULE_UNLOAD=y"), &config->unload},
		{OD_STR("CONFIG_MODVERSIONS=y"), &kernel->modversions},
		{OD_STR("CONFIG_MODULE_SIG=y"), &kernel->checks_signatures},
		{OD_STR("CONFIG_MODULE_SIG_FORCE=y"), &kernel->forces_signatures},
		{OD_STR("CONFIG_MODULE_ALLOW_MISSING_NAMESPACE_IMPORTS=y"), &kernel->allows_missing_namespaces},
		{OD_STR("CONFIG_RETPOLINE=y"), &kernel->retpoline},
		{OD_STR("CONFIG_MITIGATION_RETPOLINE=y"), &kernel->retpoline},
		{OD_STR("CONFIG_X86_64=y"), &config->x86_64},
		{OD_STR("CONFIG_X86_32=y"), &config->x86_32},
		{OD_STR("CONFIG_ARM64=y"), &config->arm64},
		{OD_STR("CONFIG_ARM=y"), &config->arm},
		{OD_STR("CONFIG_RISCV=y"), &config->riscv},
		{OD_STR("CONFIG_S390=y"), &config->s390},
		{OD_STR("CONFIG_PPC64=y"), &config->ppc64},
		{OD_STR("CONFIG_MIPS=y"), &config->mips},
		{OD_STR("CONFIG_LOONGARCH=y"), &config->loongarch},
		{OD_STR("CONFIG_64BIT=y"), &config->is_64bit},
	};
	struct od_str line;

	while (od_scan_until(&text, '\n', &line)) {
		od_scan_char(&text, '\n');
		for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
			if (od_str_equal(line, rows[i].line))
				*rows[i].flag = true;
	}
}

static struct od_str machine_of(const struct config *config)
{
	const struct { bool yes; struct od_str name; } rows[] = {
		{config->x86_64, OD_STR("x86_64")},
		{config->x86_32, OD_STR("i386")},
		{config->arm64, OD_STR("arm64")},
		{config->arm, OD_STR("arm")},
		{config->riscv && config->is_64bit, OD_STR("riscv64")},
		{config->riscv, OD_STR("riscv32")},
		{config->s390, OD_STR("s390x")},
		{config->ppc64, OD_STR("ppc64")},
		{config->mips && config->is_64bit, OD_STR("mips64")},
		{config->mips, OD_STR("mips")},
		{config->loongarch, OD_STR("loongarch64")},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (rows[i].yes)
			return rows[i].name;
	return (struct od_str){NULL, 0};
}

/* include/linux/vermagic.h of 5.10 to 6.12: VERMAGIC_STRING up to MODULE_ARCH_VERMAGIC. */
static struct od_str magic_of(struct od_arena *arena, const struct od_kernel *kernel, const struct config *config)
{
	const char *preempt = config->preempt_build || (config->preempt && !config->preempt_rt) ? "preempt "
			      : config->preempt_rt ? "preempt_rt " : "";

	return od_arena_printf(arena, "%.*s %s%s%s%s", OD_FMT(kernel->release), config->smp ? "SMP " : "", preempt,
			       config->unload ? "mod_unload " : "", kernel->modversions ? "modversions " : "");
}

static od_status read_release(struct od_trail *trail, const struct od_opener *opener, struct od_arena *arena,
			      const char *directory, struct od_kernel *ret)
{
	struct od_file file;
	od_status status = load(trail, opener, directory, "include/generated/utsrelease.h", &file);
	struct od_str before, release;

	if (status != OD_OK)
		return status;
	struct od_str text = {(const char *)file.data, file.size};
	if (od_scan_until_text(&text, OD_STR("UTS_RELEASE \""), &before) &&
	    od_scan_literal(&text, "UTS_RELEASE \"") && od_scan_until(&text, '"', &release))
		ret->release = od_arena_copy(arena, release);
	od_file_deinit(&file);
	return ret->release.len ? OD_OK : od_fail(trail, OD_ERR_FORMAT, "%s: no release in utsrelease.h", directory);
}

od_status od_kernel_read(struct od_trail *trail, const struct od_opener *opener, struct od_arena *arena,
			 const char *directory, struct od_kernel *ret)
{
	struct od_kernel kernel = {.directory = od_arena_copy(arena, od_str_from(directory))};
	struct config config = {0};
	struct od_file file;
	od_status status = read_release(trail, opener, arena, directory, &kernel);

	if (status == OD_OK)
		status = load(trail, opener, directory, "include/config/auto.conf", &file);
	if (status != OD_OK)
		return status;
	read_config((struct od_str){(const char *)file.data, file.size}, &config, &kernel);
	od_file_deinit(&file);
	kernel.machine = machine_of(&config);
	kernel.magic = magic_of(arena, &kernel, &config);
	*ret = kernel;
	return OD_OK;
}
