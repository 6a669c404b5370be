// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/confine.h"

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

/* As make_filter.c has it, which knows why. */
static const struct sock_filter steps[] = {
#include "io/confine_filter.inc"
};

static bool limit_calls(void)
{
	const struct sock_fprog filter = {sizeof(steps) / sizeof(steps[0]), (struct sock_filter *)(uintptr_t)steps};

	return !prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) && !syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &filter);
}

bool od_confine(uint64_t file_size)
{
	const struct rlimit no_core = {0, 0}, files = {file_size, file_size};

	setrlimit(RLIMIT_CORE, &no_core);
	setrlimit(RLIMIT_FSIZE, &files);
	prctl(PR_SET_DUMPABLE, 0);
	return limit_calls();
}

bool od_confine_is_relaxed(void)
{
	return OD_CONFINE_RELAXED;
}
