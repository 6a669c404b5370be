// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * make_filter FILE: writes the sandbox's filter of system calls to FILE, as items of struct sock_filter for io/confine.c. It
 * is always the same, and libseccomp takes a good part of the time of an oops to work it out: that is done when the program
 * is built.
 *
 * Which calls are allowed stands here and nowhere else; all others fail with EPERM.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include <seccomp.h>

#include "io/confine.h"

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
	for (size_t i = 0; OD_CONFINE_RELAXED && i < sizeof(relaxed) / sizeof(relaxed[0]); i++)
		done &= !seccomp_rule_add(filter, SCMP_ACT_ALLOW, relaxed[i], 0);
	for (size_t i = 0; i < sizeof(conditional) / sizeof(conditional[0]); i++)
		done &= !seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, conditional[i].call, 1, &conditional[i].argument);
	return done;
}

/* libseccomp writes to a descriptor. */
static bool export_filter(FILE *file)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
	bool done = filter && allow(filter) && !seccomp_export_bpf(filter, fileno(file));

	if (filter)
		seccomp_release(filter);
	rewind(file);
	return done;
}

static bool write_steps(FILE *from, FILE *to)
{
	struct sock_filter step;

	while (fread(&step, sizeof(step), 1, from) == 1)
		fprintf(to, "{0x%04x, %u, %u, 0x%08x},\n", step.code, step.jt, step.jf, step.k);
	return !ferror(from) && !ferror(to);
}

int main(int argc, char **argv)
{
	FILE *filter = tmpfile(), *out = argc == 2 ? fopen(argv[1], "w") : NULL;
	bool done = filter && out && export_filter(filter) && write_steps(filter, out);

	if (filter)
		fclose(filter);
	if (out && fclose(out) != 0)
		done = false;
	if (!done)
		fputs("make_filter: the filter cannot be made or written\n", stderr);
	return done ? EXIT_SUCCESS : EXIT_FAILURE;
}
