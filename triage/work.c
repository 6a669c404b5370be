// SPDX-License-Identifier: GPL-3.0-or-later
#include "triage/work.h"

#include <pthread.h>
#include <stdlib.h>

enum {
	WINDOW = 256,		/* readings that wait to be taken: bounds memory */
	MOST_THREADS = 256,
};

struct slot {
	struct od_reading *reading;
	bool ready;
};

struct pool {
	const struct od_work *work;
	pthread_mutex_t mutex;
	pthread_cond_t changed;
	size_t next, taken;	/* the first job that nobody has begun; the first that was not handed on */
	bool stop;
	struct slot slots[WINDOW];
};

struct worker {
	struct pool *pool;
	struct od_reader *reader;
	pthread_t thread;
	bool started;
};

/* The next job to read; false: there is none. */
static bool next_job(struct pool *pool, size_t *ret)
{
	pthread_mutex_lock(&pool->mutex);
	while (!pool->stop && pool->next < pool->work->count && pool->next >= pool->taken + WINDOW)
		pthread_cond_wait(&pool->changed, &pool->mutex);
	bool found = !pool->stop && pool->next < pool->work->count;
	if (found)
		*ret = pool->next++;
	pthread_mutex_unlock(&pool->mutex);
	return found;
}

static void *run_worker(void *user)
{
	struct worker *worker = user;
	struct pool *pool = worker->pool;
	size_t index;

	while (next_job(pool, &index)) {
		struct od_reading *reading = pool->work->read(pool->work->user, worker->reader, pool->work->jobs[index]);
		pthread_mutex_lock(&pool->mutex);
		pool->slots[index % WINDOW] = (struct slot){reading, true};
		pthread_cond_broadcast(&pool->changed);
		pthread_mutex_unlock(&pool->mutex);
	}
	return NULL;
}

static void stop(struct pool *pool)
{
	pthread_mutex_lock(&pool->mutex);
	pool->stop = true;
	pthread_cond_broadcast(&pool->changed);
	pthread_mutex_unlock(&pool->mutex);
}

static void hand_on(struct pool *pool)
{
	const struct od_work *work = pool->work;

	for (size_t i = 0; i < work->count; i++) {
		struct slot *slot = &pool->slots[i % WINDOW];
		pthread_mutex_lock(&pool->mutex);
		while (!slot->ready)
			pthread_cond_wait(&pool->changed, &pool->mutex);
		struct od_reading *reading = slot->reading;
		*slot = (struct slot){0};
		pool->taken = i + 1;
		pthread_cond_broadcast(&pool->changed);
		pthread_mutex_unlock(&pool->mutex);
		if (!work->take(work->user, work->jobs[i], reading))
			break;
	}
}

static od_status start(struct od_trail *trail, struct pool *pool, struct worker *workers, unsigned count)
{
	const struct od_work *work = pool->work;

	for (unsigned i = 0; i < count; i++) {
		workers[i].pool = pool;
		od_status status = od_reader_create(trail, work->decode, work->host, work->keep_logs, &workers[i].reader);
		if (status != OD_OK)
			return status;
	}
	for (unsigned i = 0; i < count; i++) {
		int error = pthread_create(&workers[i].thread, NULL, run_worker, &workers[i]);
		if (error)
			return i ? OD_OK : od_fail_errno(trail, error, "cannot start a thread");
		workers[i].started = true;
	}
	return OD_OK;
}

od_status od_work(struct od_trail *trail, const struct od_work *work)
{
	unsigned count = work->threads ? work->threads : 1;
	struct worker *workers;
	struct pool *pool = calloc(1, sizeof(*pool));

	if (count > work->count)
		count = work->count ? (unsigned)work->count : 1;
	if (count > MOST_THREADS)
		count = MOST_THREADS;
	workers = calloc(count, sizeof(*workers));
	if (!pool || !workers) {
		free(workers);
		free(pool);
		return od_fail(trail, OD_ERR_NOMEM, "out of memory");
	}
	pool->work = work;
	pthread_mutex_init(&pool->mutex, NULL);
	pthread_cond_init(&pool->changed, NULL);
	od_status status = start(trail, pool, workers, count);
	if (status == OD_OK)
		hand_on(pool);
	stop(pool);
	for (unsigned i = 0; i < count; i++) {
		if (workers[i].started)
			pthread_join(workers[i].thread, NULL);
		od_reader_destroy(workers[i].reader);
	}
	for (size_t i = 0; i < WINDOW; i++)
		od_reading_destroy(pool->slots[i].reading);
	pthread_cond_destroy(&pool->changed);
	pthread_mutex_destroy(&pool->mutex);
	free(workers);
	free(pool);
	return status;
}
