// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Sources: the package names of Debian bookworm and sid (linux-image-*-dbg), Ubuntu's ddebs.ubuntu.com,
 * dnf-plugins-core debuginfo-install, SUSE's kernel-*-debuginfo, Arch's debuginfod service.
 */
#include "symbolize/advice.h"

enum where { ENDS, CONTAINS };

struct distribution {
	struct od_str mark;
	enum where where;
	const char *name;
	/* Around the release; without one when `after` is NULL. */
	const char *before, *after;
};

/* The first that fits. Flavours of Debian's kernels are ends of their releases, as in 6.1.0-56-amd64. */
static const struct distribution distributions[] = {
	{OD_STR("+deb"), CONTAINS, "Debian", "apt install linux-image-", "-dbg"},
	{OD_STR("-amd64"), ENDS, "Debian", "apt install linux-image-", "-dbg"},
	{OD_STR("-arm64"), ENDS, "Debian", "apt install linux-image-", "-dbg"},
	{OD_STR("-686"), ENDS, "Debian", "apt install linux-image-", "-dbg"},
	{OD_STR("-686-pae"), ENDS, "Debian", "apt install linux-image-", "-dbg"},
	{OD_STR("-armmp"), ENDS, "Debian", "apt install linux-image-", "-dbg"},
	{OD_STR("-armmp-lpae"), ENDS, "Debian", "apt install linux-image-", "-dbg"},
	{OD_STR("-powerpc64le"), ENDS, "Debian", "apt install linux-image-", "-dbg"},
	{OD_STR("-s390x"), ENDS, "Debian", "apt install linux-image-", "-dbg"},
	{OD_STR("-riscv64"), ENDS, "Debian", "apt install linux-image-", "-dbg"},
	{OD_STR("-malta"), ENDS, "Debian", "apt install linux-image-", "-dbg"},
	{OD_STR("-loongson-3"), ENDS, "Debian", "apt install linux-image-", "-dbg"},
	{OD_STR("-octeon"), ENDS, "Debian", "apt install linux-image-", "-dbg"},
	{OD_STR("-marvell"), ENDS, "Debian", "apt install linux-image-", "-dbg"},
	{OD_STR("-rpi"), ENDS, "Debian", "apt install linux-image-", "-dbg"},
	{OD_STR("-generic"), ENDS, "Ubuntu", "apt install linux-image-", "-dbgsym (from ddebs.ubuntu.com)"},
	{OD_STR("-lowlatency"), ENDS, "Ubuntu", "apt install linux-image-", "-dbgsym (from ddebs.ubuntu.com)"},
	{OD_STR("-aws"), ENDS, "Ubuntu", "apt install linux-image-", "-dbgsym (from ddebs.ubuntu.com)"},
	{OD_STR("-azure"), ENDS, "Ubuntu", "apt install linux-image-", "-dbgsym (from ddebs.ubuntu.com)"},
	{OD_STR("-gcp"), ENDS, "Ubuntu", "apt install linux-image-", "-dbgsym (from ddebs.ubuntu.com)"},
	{OD_STR("-oracle"), ENDS, "Ubuntu", "apt install linux-image-", "-dbgsym (from ddebs.ubuntu.com)"},
	{OD_STR("-raspi"), ENDS, "Ubuntu", "apt install linux-image-", "-dbgsym (from ddebs.ubuntu.com)"},
	{OD_STR(".fc"), CONTAINS, "Fedora", "dnf debuginfo-install kernel-", ""},
	{OD_STR(".el"), CONTAINS, "RHEL and its like", "dnf debuginfo-install kernel-", ""},
	{OD_STR(".amzn"), CONTAINS, "Amazon Linux", "dnf debuginfo-install kernel-", ""},
	{OD_STR("-default"), ENDS, "SUSE", "zypper install kernel-default-debuginfo", NULL},
	{OD_STR("-arch"), CONTAINS, "Arch",
	 "debuginfod-find debuginfo BUILD-ID (https://debuginfod.archlinux.org)", NULL},
};

static const struct distribution *find_distribution(struct od_str release)
{
	for (size_t i = 0; i < sizeof(distributions) / sizeof(distributions[0]); i++) {
		const struct distribution *d = &distributions[i];
		if (d->where == ENDS ? od_str_ends(release, d->mark) : od_str_find(release, d->mark) >= 0)
			return d;
	}
	return NULL;
}

/* Built outside of the kernel: the log marks it with an O. */
static bool is_out_of_tree(const struct od_event *event, struct od_str module)
{
	for (size_t i = 0; i < event->modules.count; i++)
		if (od_str_equal_module(event->modules.items[i].name, module))
			return od_str_find_char(event->modules.items[i].flags, 'O') >= 0;
	return false;
}

/* " (get it: …)" */
static struct od_str cure(struct od_arena *arena, const struct od_event *event, struct od_str module)
{
	const struct distribution *d = find_distribution(event->kernel_release);
	const char *option = module.len ? "-m FILE.ko" : "--vmlinux FILE";

	if (!d || (module.len && is_out_of_tree(event, module)))
		return od_arena_printf(arena, "give the file with %s", option);
	return od_arena_printf(arena, "on %s: %s%.*s%s; or give the file with %s", d->name, d->before,
			       d->after ? (int)event->kernel_release.len : 0, event->kernel_release.ptr,
			       d->after ? d->after : "", option);
}

struct od_str od_advise_missing(struct od_arena *arena, const struct od_event *event, struct od_str module)
{
	struct od_str help = cure(arena, event, module);

	if (module.len && event->kernel_release.len)
		return od_arena_printf(arena, "no %.*s.ko for kernel %.*s; %.*s", OD_FMT(module),
				       OD_FMT(event->kernel_release), OD_FMT(help));
	if (module.len)
		return od_arena_printf(arena, "no %.*s.ko; %.*s", OD_FMT(module), OD_FMT(help));
	if (event->kernel_release.len)
		return od_arena_printf(arena, "no vmlinux for kernel %.*s; %.*s", OD_FMT(event->kernel_release),
				       OD_FMT(help));
	return od_arena_printf(arena, "no vmlinux, and the log does not say which kernel it is from; %.*s",
			       OD_FMT(help));
}

struct od_str od_advise_debug_info(struct od_arena *arena, const struct od_event *event, struct od_str module,
				   const char *path)
{
	struct od_str help = cure(arena, event, module);
	return od_arena_printf(arena, "%s has no debug info; %.*s", path, OD_FMT(help));
}
