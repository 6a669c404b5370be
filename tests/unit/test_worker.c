// SPDX-License-Identifier: GPL-3.0-or-later
/* The sandbox with readers that misbehave: they stand in for libdw. What they do is chosen by the event's module. */
#include "tests/test.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "io/confine.h"
#include "symbolize/worker.h"

struct reader {
	struct od_remote *remote;
	struct od_broker broker;
	struct od_worker *worker;
	char path[64];		/* a file that it may read */
};

static void enter(void *user, struct od_remote *remote)
{
	((struct reader *)user)->remote = remote;
}

static void leave(void *user)
{
	(void)user;
}

static void detail(struct od_event *event, const char *format, long number)
{
	event->ip.status_detail = od_arena_printf(event->arena, format, number);
}

static void spin(void)
{
	for (volatile unsigned long i = 0; i + 1; i++)
		;
}

/* As libdw does when there is no more memory. */
static void eat(void)
{
	const size_t piece = 16 << 20;

	/* volatile: a compiler may leave out memory that nobody looks at */
	for (volatile char *p; (p = malloc(piece));)
		for (size_t i = 0; i < piece; i += 4096)
			p[i] = 1;
	_exit(EXIT_FAILURE);
}

static void trap(void)
{
	__builtin_trap();
}

/* Opens the file, and does something bad over it. */
static void read_badly(struct reader *reader, struct od_event *event, void (*act)(void))
{
	struct od_trail trail = {0};
	int fd;

	if (od_opener_open(&reader->remote->opener, &trail, reader->path, &fd) != OD_OK) {
		event->ip.status_detail = od_arena_copy(event->arena, od_str_from(trail.text));
		return;
	}
	od_opener_working(&reader->remote->opener, reader->path);
	act();
}

static void count_refused(struct od_event *event)
{
	struct { const char *name; bool refused; } calls[] = {
		{"open", open("/etc/passwd", O_RDONLY) < 0 && errno == EPERM},
		{"creat", open("/tmp/x", O_CREAT | O_WRONLY, 0600) < 0 && errno == EPERM},
		{"socket", socket(AF_INET, SOCK_STREAM, 0) < 0 && errno == EPERM},
		{"execve", execl("/bin/true", "true", NULL) < 0 && errno == EPERM},
		{"fork", fork() < 0 && errno == EPERM},
		{"kill", kill(getppid(), 0) < 0 && errno == EPERM},
		{"unlink", unlink("/nonexistent") < 0 && errno == EPERM},
		{"chdir", chdir("/") < 0 && errno == EPERM},
		{"prctl", prctl(PR_SET_DUMPABLE, 1) < 0 && errno == EPERM},
		{"setrlimit", setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0}) < 0 && errno == EPERM},
		{"mmap", mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED &&
			 errno == EPERM},
		{"ptrace", syscall(SYS_ptrace, 0, 0, 0, 0) < 0 && errno == EPERM},
	};

	for (size_t i = 0; i < ARRAY_SIZE(calls); i++)
		if (!calls[i].refused) {
			event->ip.status_detail = od_str_from(calls[i].name);
			return;
		}
	event->ip.status_detail = OD_STR("all");
}

static void read_event(void *user, struct od_event *event, bool disassemble)
{
	(void)disassemble;
	struct reader *reader = user;
	struct od_str what = event->ip.module;
	char byte = 0;

	if (od_str_equal(what, OD_STR("calls")))
		count_refused(event);
	else if (od_str_equal(what, OD_STR("trap")))
		read_badly(reader, event, trap);
	else if (od_str_equal(what, OD_STR("spin")))
		read_badly(reader, event, spin);
	else if (od_str_equal(what, OD_STR("eat")))
		read_badly(reader, event, eat);
	else if (od_str_equal(what, OD_STR("lie")))
		event->ip.image = 77;
	else if (od_str_equal(what, OD_STR("descriptors")))
		detail(event, "%ld", write(4, &byte, 1) < 0 ? errno : 0);
	else if (od_str_equal(what, OD_STR("always")))
		trap();
	else
		event->ip.status_detail = OD_STR("well");
}

static struct od_event *event_of(const char *module)
{
	struct od_event *event = od_event_create();

	assert_non_null(event);
	event->has_ip = true;
	event->ip.function = OD_STR("f");
	event->ip.module = od_str_from(module);
	return event;
}

static void start(struct reader *reader, struct od_sandbox_limits limits)
{
	const struct od_worker_tools tools = {enter, read_event, leave, reader};
	struct od_trail trail = {0};

	*reader = (struct reader){.path = "/tmp/oopsdecode-test-XXXXXX"};
	int fd = mkstemp(reader->path);
	assert_true(fd >= 0);
	close(fd);
	if (od_worker_create(&trail, &tools, &reader->broker, &limits, &reader->worker) != OD_OK)
		fail_msg("%s", trail.text);
}

static void stop(struct reader *reader)
{
	od_worker_destroy(reader->worker);
	od_broker_deinit(&reader->broker);
	unlink(reader->path);
}

/* What the worker says of an event whose module is `what`. */
static void expect(struct reader *reader, const char *what, const char *says)
{
	struct od_event *event = event_of(what);
	char why[256] = "";

	if (!od_worker_symbolize(reader->worker, event, true, why, sizeof(why)))
		fail_msg("%s: %s", what, why);
	if (!strstr(event->ip.status_detail.len ? event->ip.status_detail.ptr : "", says))
		fail_msg("%s: \"%.*s\", expected \"%s\"", what, OD_FMT(event->ip.status_detail), says);
	od_event_destroy(event);
}

static void what_reading_does_not_need_is_refused(void **state)
{
	(void)state;
	struct reader reader;

	if (od_confine_is_relaxed())
		skip(); /* the sanitizer's own calls are allowed there */
	start(&reader, (struct od_sandbox_limits){0});
	expect(&reader, "calls", "all");
	expect(&reader, "descriptors", "9"); /* EBADF: nothing but the channel is open */
	stop(&reader);
}

static void a_crash_names_the_file_and_the_next_event_is_read(void **state)
{
	(void)state;
	struct reader reader;

	start(&reader, (struct od_sandbox_limits){0});
	pid_t before = od_worker_pid(reader.worker);
	expect(&reader, "other", "well");
	expect(&reader, "trap", "its reader crashed (signal 4");
	assert_int_not_equal(od_worker_pid(reader.worker), before);
	const char *note = od_worker_note(reader.worker, 0);
	assert_non_null(note);
	assert_non_null(strstr(note, reader.path));
	assert_non_null(strstr(note, "crashed (signal 4"));
	assert_null(od_worker_note(reader.worker, 1));
	expect(&reader, "other", "well");
	stop(&reader);
}

static void a_loop_without_end_is_ended(void **state)
{
	(void)state;
	struct reader reader;

	start(&reader, (struct od_sandbox_limits){.seconds = 1});
	expect(&reader, "spin", "its reader took more than 1 s");
	expect(&reader, "other", "well");
	stop(&reader);
}

static void memory_is_bounded(void **state)
{
	(void)state;
	struct reader reader;

	if (od_confine_is_relaxed())
		skip();
	start(&reader, (struct od_sandbox_limits){.memory = 64 << 20});
	expect(&reader, "eat", "out of memory");
	expect(&reader, "other", "well");
	stop(&reader);
}

static void a_worker_that_is_killed_is_replaced(void **state)
{
	(void)state;
	struct reader reader;

	start(&reader, (struct od_sandbox_limits){.seconds = 60});
	pid_t victim = od_worker_pid(reader.worker), killer = fork();
	if (!killer) {
		usleep(300000);
		kill(victim, SIGKILL);
		_exit(0);
	}
	expect(&reader, "spin", "its reader crashed (signal 9");
	expect(&reader, "other", "well");
	assert_int_equal(waitpid(killer, NULL, 0), killer);
	stop(&reader);
}

static void *wait_for_end(void *read_end)
{
	char byte;

	(void)!read(*(int *)read_end, &byte, 1);
	return NULL;
}

/* A fork beside other threads can leave locks behind that nobody opens: those of AddressSanitizer's allocator do. */
static void beside_threads_one_child_reads_all_architectures(void **state)
{
	(void)state;
	struct reader reader;
	pthread_t thread;
	int ends[2];
	char why[256];

	start(&reader, (struct od_sandbox_limits){0});
	pid_t before = od_worker_pid(reader.worker);
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(pthread_create(&thread, NULL, wait_for_end, &ends[0]), 0);
	expect(&reader, "other", "well");
	for (size_t i = 0; od_arches[i]; i++) {
		struct od_event *event = event_of("other");
		event->arch = od_arches[i];
		assert_true(od_worker_symbolize(reader.worker, event, true, why, sizeof(why)));
		assert_int_equal(od_worker_pid(reader.worker), before);
		od_event_destroy(event);
	}
	close(ends[1]);
	assert_int_equal(pthread_join(thread, NULL), 0);
	close(ends[0]);
	stop(&reader);
}

static void an_answer_out_of_bounds_is_not_believed(void **state)
{
	(void)state;
	struct reader reader;
	struct od_event *event = event_of("lie");
	char why[256];

	start(&reader, (struct od_sandbox_limits){0});
	assert_false(od_worker_symbolize(reader.worker, event, true, why, sizeof(why)));
	assert_int_equal(event->ip.image, 0);
	od_event_destroy(event);
	expect(&reader, "other", "well");
	stop(&reader);
}

static void one_that_dies_every_time_is_not_started_for_ever(void **state)
{
	(void)state;
	struct reader reader;
	char why[256] = "";

	start(&reader, (struct od_sandbox_limits){0});
	for (unsigned i = 0; i < 40; i++) {
		struct od_event *event = event_of("always");
		assert_false(od_worker_symbolize(reader.worker, event, true, why, sizeof(why)));
		od_event_destroy(event);
	}
	assert_non_null(strstr(why, "ended too often"));
	stop(&reader);
}

/* A job that runs in a child of its own. */

static bool collect(void *user, struct od_str bytes)
{
	od_buf_put(user, bytes);
	return true;
}

static int write_and_end(void *user, struct od_remote *remote, struct od_buf *text)
{
	(void)user;
	od_remote_write(remote, OD_STR("one "));
	od_remote_write(remote, OD_STR("two"));
	od_buf_put_string(text, "done");
	return 3;
}

static int write_and_crash(void *user, struct od_remote *remote, struct od_buf *text)
{
	(void)user;
	(void)text;
	od_remote_write(remote, OD_STR("one"));
	od_opener_working(&remote->opener, "/the/dump");
	trap();
	return 0;
}

static void a_job_hands_on_its_output_and_its_end(void **state)
{
	(void)state;
	struct od_buf output = {0}, text = {0};
	struct od_worker_job job = {write_and_end, collect, &output, NULL};
	const struct od_sandbox_limits limits = {0};
	struct od_broker broker = {0};
	char why[256] = "";
	int status = 0;

	assert_true(od_worker_run(&job, &broker, &limits, &status, &text, why, sizeof(why)));
	assert_int_equal(status, 3);
	assert_str(od_buf_str(&output), "one two");
	assert_str(od_buf_str(&text), "done");
	job.job = write_and_crash;
	od_buf_clear(&output);
	assert_false(od_worker_run(&job, &broker, &limits, &status, &text, why, sizeof(why)));
	assert_str(od_buf_str(&output), "one");
	assert_non_null(strstr(why, "crashed (signal 4"));
	assert_non_null(od_broker_avoids(&broker, "/the/dump"));
	od_broker_deinit(&broker);
	od_buf_deinit(&output);
	od_buf_deinit(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_reading_does_not_need_is_refused),
		cmocka_unit_test(a_crash_names_the_file_and_the_next_event_is_read),
		cmocka_unit_test(a_loop_without_end_is_ended),
		cmocka_unit_test(memory_is_bounded),
		cmocka_unit_test(a_worker_that_is_killed_is_replaced),
		cmocka_unit_test(beside_threads_one_child_reads_all_architectures),
		cmocka_unit_test(an_answer_out_of_bounds_is_not_believed),
		cmocka_unit_test(one_that_dies_every_time_is_not_started_for_ever),
		cmocka_unit_test(a_job_hands_on_its_output_and_its_end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
