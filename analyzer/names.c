// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzer/names.h"

/* gcc: ipa-sra, function splitting, IPA-CP, hot/cold splitting, LTO; clang: LTO promotion, function
 * splitting. */
static const struct od_str suffixes[] = {
	OD_STR(".isra."), OD_STR(".part."),	OD_STR(".constprop."), OD_STR(".cold"),
	OD_STR(".llvm."), OD_STR(".lto_priv."), OD_STR(".__uniq."),    OD_STR(".localalias"),
};

struct od_str od_base_name(struct od_str function)
{
	if (function.len > 1 && function.ptr[0] == '.')
		function = od_str_from_index(function, 1);
	if (!function.len || !memchr(function.ptr, '.', function.len))
		return function;
	for (size_t i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++) {
		ptrdiff_t at = od_str_find(function, suffixes[i]);
		if (at > 0)
			function.len = (size_t)at;
	}
	return function;
}

bool od_is_syscall_name(struct od_str function, struct od_str *ret)
{
	static const char *const prefixes[] = {
		"__x64_sys_", "__ia32_sys_", "__x32_sys_", "__arm64_sys_", "__riscv_sys_", "__s390x_sys_", "__s390_sys_",
		"__se_sys_", "__do_sys_", "__powerpc_sys_", "__loongarch_sys_", "__mips_sys_", "SyS_", "SYSC_", "sys_",
	};
	struct od_str name = od_base_name(function);

	for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++)
		if (od_scan_text(&name, od_str_from(prefixes[i])) && name.len) {
			*ret = name;
			return true;
		}
	return false;
}
