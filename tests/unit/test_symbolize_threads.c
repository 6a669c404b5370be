// SPDX-License-Identifier: GPL-3.0-or-later
/* Symbolizers are independent: each may be used by a thread of its own, and they may share a cache. */
#include "tests/module_fixture.h"

#include <pthread.h>

enum { THREADS = 6, ROUNDS = 12 };

struct job {
	const struct fixture *fixture;
	char cache[160];
	unsigned wrong;
};

static bool is_right(struct od_symbolizer *symbolizer, const char *label)
{
	struct od_event *event = event_at(label, 0);
	char mark[32];

	snprintf(mark, sizeof(mark), "HERE(%s)", label);
	od_symbolize(symbolizer, event);
	bool right = event->ip.status == OD_FRAME_RESOLVED && event->ip.places.count &&
		     event->ip.places.items[0].line == line_of(mark) && event->facts.count == 1 &&
		     od_facts_insns(&event->facts.items[0])->count > 2;
	for (size_t i = 0; right && i < event->facts.items[0].variables.count; i++)
		right = od_facts_type(&event->facts.items[0], event->facts.items[0].variables.items[i].type);
	od_event_destroy(event);
	return right;
}

/* Assertions are for the main thread: here it is only counted. */
static void *work(void *user)
{
	static const char *const labels[] = {"at_leaf", "at_init", "at_exit", "at_rare"};
	struct job *job = user;
	const char *module = job->fixture->module;

	for (unsigned i = 0; i < ROUNDS; i++) {
		struct od_symbolize_options options = {
			.modules = &module, .module_count = 1, .root = "", .cache_dir = job->cache, .cache_smallest = 1};
		struct od_trail trail = {0};
		struct od_symbolizer *symbolizer = NULL;
		if (od_symbolizer_create(&trail, &options, &symbolizer) != OD_OK) {
			job->wrong++;
			continue;
		}
		for (size_t j = 0; j < ARRAY_SIZE(labels); j++)
			job->wrong += !is_right(symbolizer, labels[(i + j) % ARRAY_SIZE(labels)]);
		od_symbolizer_destroy(symbolizer);
	}
	return NULL;
}

static void threads_with_symbolizers_of_their_own_get_right_answers(void **state)
{
	(void)state;
	static const unsigned char note[] = {4, 0, 0, 0, 4, 0, 0, 0, 3, 0, 0, 0, 'G', 'N', 'U', 0, 0xde, 0xad, 0xbe, 0xef};
	struct fixture fixture;
	struct job jobs[THREADS] = {0};
	pthread_t threads[THREADS];
	char path[160];

	fixture_build(&fixture, "gcc -g -O2 -fno-pic");
	snprintf(path, sizeof(path), "%s/note", fixture.directory);
	write_file(path, note, sizeof(note));
	run("objcopy --add-section .note.gnu.build-id=%s %s", path, fixture.module);
	for (size_t i = 0; i < THREADS; i++) {
		jobs[i].fixture = &fixture;
		snprintf(jobs[i].cache, sizeof(jobs[i].cache), "%s/cache", fixture.directory);
		assert_int_equal(pthread_create(&threads[i], NULL, work, &jobs[i]), 0);
	}
	for (size_t i = 0; i < THREADS; i++) {
		assert_int_equal(pthread_join(threads[i], NULL), 0);
		assert_int_equal(jobs[i].wrong, 0);
	}
	fixture_remove(&fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(threads_with_symbolizers_of_their_own_get_right_answers),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
