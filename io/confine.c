// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/confine.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include <seccomp.h>

#if defined(__SANITIZE_ADDRESS__)
#define RELAXED true
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define RELAXED true
#endif
#endif
#ifndef RELAXED
#define RELAXED false
#endif

/* Allowed with any arguments: they reach nothing but memory and what is open. */
static const int allowed[] = {
	SCMP_SYS(read), SCMP_SYS(readv), SCMP_SYS(pread64), SCMP_SYS(preadv), SCMP_SYS(write), SCMP_SYS(writev),
	SCMP_SYS(pwrite64), SCMP_SYS(lseek), SCMP_SYS(_llseek), SCMP_SYS(close), SCMP_SYS(fstat), SCMP_SYS(fstat64),
	SCMP_SYS(sendmsg), SCMP_SYS(recvmsg), SCMP_SYS(poll), SCMP_SYS(ppoll), SCMP_SYS(ppoll_time64),
	SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(madvise), SCMP_SYS(brk), SCMP_SYS(futex), SCMP_SYS(futex_time64),
	SCMP_SYS(clock_gettime), SCMP_SYS(clock_gettime64), SCMP_SYS(getrandom), SCMP_SYS(rt_sigreturn),
	SCMP_SYS(sigreturn), SCMP_SYS(rt_sigprocmask), SCMP_SYS(sched_yield), SCMP_SYS(restart_syscall),
	SCMP_SYS(exit), SCMP_SYS(exit_group),
};

/* What a sanitizer's report needs, and abort(). */
static const int relaxed[] = {
	SCMP_SYS(getpid), SCMP_SYS(gettid), SCMP_SYS(tgkill), SCMP_SYS(rt_sigaction), SCMP_SYS(sigaltstack),
	SCMP_SYS(getrusage), SCMP_SYS(sched_getaffinity), SCMP_SYS(readlink), SCMP_SYS(readlinkat),
};

/* Allowed with one argument only: fstat() of newer C libraries; memory that holds no code. */
static const struct {
	int call;
	struct scmp_arg_cmp argument;
} conditional[] = {
	{SCMP_SYS(newfstatat), {3, SCMP_CMP_EQ, AT_EMPTY_PATH, 0}},
	{SCMP_SYS(mmap), {2, SCMP_CMP_MASKED_EQ, PROT_EXEC, 0}},
	{SCMP_SYS(mmap2), {2, SCMP_CMP_MASKED_EQ, PROT_EXEC, 0}},
	{SCMP_SYS(mprotect), {2, SCMP_CMP_MASKED_EQ, PROT_EXEC, 0}},
};

static bool allow(scmp_filter_ctx filter)
{
	bool done = true;

	for (size_t i = 0; i < sizeof(allowed) / sizeof(allowed[0]); i++)
		done &= !seccomp_rule_add(filter, SCMP_ACT_ALLOW, allowed[i], 0);
	for (size_t i = 0; RELAXED && i < sizeof(relaxed) / sizeof(relaxed[0]); i++)
		done &= !seccomp_rule_add(filter, SCMP_ACT_ALLOW, relaxed[i], 0);
	for (size_t i = 0; i < sizeof(conditional) / sizeof(conditional[0]); i++)
		done &= !seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, conditional[i].call, 1, &conditional[i].argument);
	return done;
}

static bool limit_calls(void)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));

	if (!filter)
		return false;
	bool done = allow(filter) && !seccomp_load(filter);
	seccomp_release(filter);
	return done;
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
	return RELAXED;
}
