// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "io/confine.h"
#include "io/descriptor.h"

enum {
	STALL_SECONDS = 60,	/* for the child to take a message */
	FILES = 256,		/* descriptors of the child */
	CHANNEL = 3,		/* its descriptor of the channel */
	TICK_MS = 250,
};

static const uint64_t megabyte = 1 << 20;

void od_sandbox_note(struct od_sandbox_board *board, const char *path)
{
	size_t len = strnlen(path, sizeof(board->working) - 1);

	memcpy(board->working, path, len);
	board->working[len] = '\0';
	board->step++;
}

/* Standard descriptors lead nowhere, the channel is the next one, all others are closed. */
static bool tidy_descriptors(int socket)
{
	int nowhere = open("/dev/null", O_RDWR | O_CLOEXEC);
	int last = od_confine_is_relaxed() ? STDOUT_FILENO : STDERR_FILENO;
	struct rlimit files = {FILES, FILES};

	for (int fd = 0; nowhere >= 0 && fd <= last; fd++)
		if (fd != socket)
			dup2(nowhere, fd);
	if (nowhere < 0 || socket <= STDERR_FILENO || (socket != CHANNEL && dup2(socket, CHANNEL) < 0))
		return false;
	if (close_range(CHANNEL + 1, ~0u, 0) != 0)
		for (int fd = CHANNEL + 1; fd < 1024; fd++)
			close(fd);
	setrlimit(RLIMIT_NOFILE, &files);
	return true;
}

/* No handler of this process runs in the child; what a terminal sends is for the parent. */
static void reset_signals(void)
{
	static const int fatal[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP, SIGSYS, SIGTERM, SIGPIPE};

	for (size_t i = 0; i < sizeof(fatal) / sizeof(fatal[0]); i++)
		signal(fatal[i], SIG_DFL);
	signal(SIGINT, SIG_IGN);
	signal(SIGQUIT, SIG_IGN);
}

static _Noreturn void run_child(struct od_sandbox *sandbox, int socket, pid_t parent, const struct od_sandbox_work *work)
{
	struct od_channel channel = {.socket = CHANNEL};

	reset_signals();
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent || !tidy_descriptors(socket))
		_exit(EXIT_FAILURE);
	if (work->prepare && !work->prepare(work->user, &channel))
		_exit(EXIT_SUCCESS);
	sandbox->board->confined = od_confine(512 * megabyte);
	work->serve(work->user, &channel, sandbox->board);
	_exit(EXIT_SUCCESS);
}

static uint64_t usual_memory(void)
{
	uint64_t pages = (uint64_t)sysconf(_SC_PHYS_PAGES), page = (uint64_t)sysconf(_SC_PAGESIZE);
	uint64_t half = pages * page / 2, most = 2048 * megabyte;

	return half < most ? half : most;
}

/* A message is taken at once, but by one who was stopped. While one waits for an answer, the child's time is looked at. */
static void set_patience(int socket)
{
	const struct timeval stall = {.tv_sec = STALL_SECONDS}, tick = {.tv_usec = TICK_MS * 1000};

	setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &tick, sizeof(tick));
	setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &stall, sizeof(stall));
}

od_status od_sandbox_start(struct od_trail *trail, const struct od_sandbox_limits *limits, const struct od_sandbox_work *work,
			   struct od_sandbox *ret)
{
	struct od_sandbox sandbox = {.limits = *limits};
	pid_t self = getpid();
	int sockets[2];

	if (!sandbox.limits.memory)
		sandbox.limits.memory = usual_memory();
	if (!sandbox.limits.seconds)
		sandbox.limits.seconds = 60;
	sandbox.board = mmap(NULL, sizeof(*sandbox.board), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (sandbox.board == MAP_FAILED)
		return od_fail_errno(trail, errno, "cannot share memory");
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets) != 0) {
		munmap(sandbox.board, sizeof(*sandbox.board));
		return od_fail_errno(trail, errno, "cannot make a pair of sockets");
	}
	sandbox.pid = fork();
	if (sandbox.pid == 0)
		run_child(&sandbox, sockets[1], self, work);
	int error = errno;
	close(sockets[1]);
	if (sandbox.pid < 0) {
		close(sockets[0]);
		munmap(sandbox.board, sizeof(*sandbox.board));
		return od_fail_errno(trail, error, "cannot start a process");
	}
	set_patience(sockets[0]);
	sandbox.channel.socket = sockets[0];
	*ret = sandbox;
	return OD_OK;
}

/* What the child may have: the program itself, its working memory, and the files that it can still have in use. */
static void raise_limit(struct od_sandbox *sandbox, int fd)
{
	struct stat info;
	struct rlimit limit = {512 * megabyte + sandbox->limits.memory, RLIM_INFINITY};

	if (od_confine_is_relaxed())
		return;
	if (fd >= 0 && fstat(fd, &info) == 0 && info.st_size > 0)
		sandbox->given[sandbox->given_count++ % OD_SANDBOX_FILES] = (uint64_t)info.st_size;
	for (size_t i = 0; i < OD_SANDBOX_FILES; i++)
		limit.rlim_cur += sandbox->given[i];
	prlimit(sandbox->pid, RLIMIT_AS, &limit, NULL);
}

bool od_sandbox_send(struct od_sandbox *sandbox, const struct od_message *message)
{
	if (message->fd >= 0 || !sandbox->limited)
		raise_limit(sandbox, message->fd);
	sandbox->limited = true;
	return od_channel_send(&sandbox->channel, message);
}

/* Seconds of CPU that the child took; 0: it is not known. */
static double cpu_time(const struct od_sandbox *sandbox)
{
	struct timespec time = {0};
	clockid_t clock;

	if (clock_getcpuclockid(sandbox->pid, &clock) != 0 || clock_gettime(clock, &time) != 0)
		return 0;
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* A tick is over in which nothing came; false: its time is, too. */
static bool go_on(void *user)
{
	struct od_sandbox *sandbox = user;
	double now = cpu_time(sandbox);

	if (sandbox->board->step != sandbox->step || !sandbox->since) {
		sandbox->step = sandbox->board->step;
		sandbox->since = now;
	}
	/* Who sleeps takes no CPU time, and none of the calls that are allowed can make it sleep for long. */
	sandbox->late = now - sandbox->since > sandbox->limits.seconds ||
			++sandbox->ticks > 20 * sandbox->limits.seconds * (1000 / TICK_MS);
	return !sandbox->late;
}

bool od_sandbox_receive(struct od_sandbox *sandbox, size_t limit, struct od_message *ret)
{
	sandbox->since = 0;
	sandbox->ticks = 0;
	sandbox->channel.wait = go_on;
	sandbox->channel.user = sandbox;
	if (!od_channel_receive(&sandbox->channel, limit, ret))
		return false;
	sandbox->unconfined = !sandbox->board->confined;
	return true;
}

static void describe(const struct od_sandbox *sandbox, int status, char *text, size_t size)
{
	if (sandbox->late)
		snprintf(text, size, "took more than %u s", sandbox->limits.seconds);
	else if (WIFSIGNALED(status) && sigdescr_np(WTERMSIG(status)))
		snprintf(text, size, "crashed (signal %d, %s)", WTERMSIG(status), sigdescr_np(WTERMSIG(status)));
	else
		snprintf(text, size, "gave up (status %d): out of memory, or the file is damaged", WEXITSTATUS(status));
}

void od_sandbox_end(struct od_sandbox *sandbox, char *text, size_t size)
{
	int status = 0;
	pid_t ended;

	if (size)
		text[0] = '\0';
	if (sandbox->pid <= 0)
		return;
	shutdown(sandbox->channel.socket, SHUT_RDWR);
	kill(sandbox->pid, SIGKILL); /* changes nothing for one that is dead */
	do
		ended = waitpid(sandbox->pid, &status, 0);
	while (ended < 0 && errno == EINTR);
	describe(sandbox, status, text, size);
	od_channel_close(&sandbox->channel);
	munmap(sandbox->board, sizeof(*sandbox->board));
	*sandbox = (struct od_sandbox){0};
}
