// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * What a task waits for, by the functions it sleeps in, and who has it. Sources: the functions named below,
 * 6.12; kernel/hung_task.c (debug_show_blocker()), 6.16.
 */
#include "analyzer/finding.h"
#include "analyzer/names.h"

/* The innermost frame that fits a row tells; "*" stands for any text. */
static const struct wait {
	const char *function, *what, *advice;
} waits[] = {
	{"wait_for_completion*", "a completion, which someone must complete()",
	 "Find who should call complete(), and why it did not."},
	{"__wait_for_common*", "a completion, which someone must complete()",
	 "Find who should call complete(), and why it did not."},
	{"wait_for_common*", "a completion, which someone must complete()",
	 "Find who should call complete(), and why it did not."},
	{"rwbase_*_lock", "an rw_semaphore", "Find the holder of the semaphore."},
	{"rwsem_down_read*", "an rw_semaphore, to read",
	 "Find the writer that holds the semaphore, or that waits first."},
	{"rwsem_down_write*", "an rw_semaphore, to write",
	 "Find the readers or the writer that hold the semaphore."},
	{"rt_mutex_*", "an rt_mutex", "Find the holder of the lock."},
	{"__mutex_lock*", "a mutex", "Find the holder of the mutex."},
	{"mutex_lock*", "a mutex", "Find the holder of the mutex."},
	{"__down*", "a semaphore", "Find who should call up()."},
	{"down", "a semaphore", "Find who should call up()."},
	{"percpu_rwsem_wait*", "a per-CPU rw_semaphore (freezing a file system, cgroups)",
	 "Find who froze the file system, or holds the semaphore."},
	{"percpu_down_write*", "a per-CPU rw_semaphore, to write",
	 "Find the readers that hold the semaphore."},
	{"folio_wait_bit*", "a page that is locked or being read or written",
	 "Look for I/O errors, and at the device below the file system."},
	{"wait_on_page_bit*", "a page that is locked or being read or written",
	 "Look for I/O errors, and at the device below the file system."},
	{"__lock_page*", "a page that is locked",
	 "Look for I/O errors, and at the device below the file system."},
	{"folio_wait_writeback", "a page that is being written back",
	 "Look for I/O errors, and at the device below the file system."},
	{"__wait_on_buffer", "a block that is being read or written",
	 "Look for I/O errors, and at the device below the file system."},
	{"bit_wait_io*", "I/O on a page or block",
	 "Look for I/O errors, and at the device below the file system."},
	{"blk_mq_freeze_queue_wait*", "a block device's queue to become idle",
	 "A request of the device is not completed: look at its driver."},
	{"blk_mq_get_tag", "a free request of a block device",
	 "Requests of the device are not completed: look at its driver."},
	{"submit_bio_wait", "a request to a block device",
	 "The request is not completed: look at the device's driver."},
	{"blk_execute_rq", "a request to a block device",
	 "The request is not completed: look at the device's driver."},
	{"jbd2_log_wait_commit", "the commit of ext4's journal",
	 "Look at the task jbd2 of this file system, and for I/O errors."},
	{"wait_transaction_locked", "the commit of ext4's journal",
	 "Look at the task jbd2 of this file system, and for I/O errors."},
	{"xlog_wait*", "the log of XFS", "Look for I/O errors of the device, and at the task xfsaild."},
	{"synchronize_rcu*", "the end of an RCU grace period",
	 "Look for an RCU stall: a reader or a CPU does not finish."},
	{"wait_rcu_gp*", "the end of an RCU grace period",
	 "Look for an RCU stall: a reader or a CPU does not finish."},
	{"__wait_rcu_gp", "the end of an RCU grace period",
	 "Look for an RCU stall: a reader or a CPU does not finish."},
	{"__synchronize_srcu", "the end of an SRCU grace period",
	 "Find the reader that does not call srcu_read_unlock()."},
	{"rcu_barrier*", "all RCU callbacks that were queued",
	 "Look for an RCU stall: a reader or a CPU does not finish."},
	{"__flush_work*", "a work item to end",
	 "Find the worker that runs the item, and what that one waits for."},
	{"__flush_workqueue", "all items of a workqueue to end",
	 "Find the workers that run its items, and what they wait for."},
	{"flush_workqueue*", "all items of a workqueue to end",
	 "Find the workers that run its items, and what they wait for."},
	{"__cancel_work*", "a work item to end",
	 "Find the worker that runs the item, and what that one waits for."},
	{"kthread_stop", "a kernel thread to end",
	 "The thread must see kthread_should_stop(): look at its stack."},
	{"kthread_park", "a kernel thread to park",
	 "The thread must see kthread_should_park(): look at its stack."},
	{"request_wait_answer", "an answer of a FUSE file system's program",
	 "Look at the program that serves the mount; it may be dead or stuck."},
	{"rpc_wait_bit_killable", "an answer of an NFS or RPC server", "Check the server and the network."},
	{"nfs_wait_*", "an answer of an NFS server", "Check the server and the network."},
	{"wait_for_response", "an answer of an SMB server", "Check the server and the network."},
	{"netdev_wait_allrefs*", "the last reference to a network device",
	 "Someone holds a reference: CONFIG_NET_DEV_REFCNT_TRACKER tells who."},
	{"dma_fence_*wait*", "a fence of a GPU or other device",
	 "The device, or its driver, does not finish its work: look for its errors."},
	{"drm_*wait*", "a GPU", "Look for errors of the graphics driver."},
	{"d_alloc_parallel", "another task that looks up the same name",
	 "Find the task that is inside ->lookup() of this directory."},
	{"iget_locked*", "an inode that is being read or freed",
	 "Find the task that reads or evicts the inode."},
	{"__wait_on_freeing_inode", "an inode that is being freed", "Find the task that evicts the inode."},
	{"cpus_read_lock", "CPU hotplug to end", "Find the task that brings a CPU up or down."},
	{"do_wait_for_common*", "a completion, which someone must complete()",
	 "Find who should call complete(), and why it did not."},
	{"io_schedule*", "I/O", "Look for I/O errors, and at the device below the file system."},
};

static const struct wait *find_wait(const struct od_event *event, const struct od_frame **frame)
{
	enum { FRAMES = 16 };

	for (size_t i = 0, seen = 0; i < event->trace.count && seen < FRAMES; i++) {
		*frame = &event->trace.items[i];
		if ((*frame)->unreliable || !(*frame)->function.len)
			continue;
		seen++;
		const struct od_str name = od_base_name((*frame)->function);
		for (size_t k = 0; k < sizeof(waits) / sizeof(waits[0]); k++)
			if (od_str_matches(name, waits[k].function))
				return &waits[k];
	}
	return NULL;
}

/*
 * The outermost of the frames that wait for the same says most: mutex_lock() calls __mutex_lock(), I/O
 * ends in io_schedule().
 */
static const struct wait *widen(const struct od_event *event, const struct wait *wait,
				const struct od_frame **frame)
{
	const struct wait *last = &waits[sizeof(waits) / sizeof(waits[0]) - 1];

	if (wait != last)
		return wait;
	for (size_t i = (size_t)(*frame - event->trace.items) + 1, seen = 0;
	     i < event->trace.count && seen < 6; i++) {
		const struct od_frame *outer = &event->trace.items[i];
		const struct od_str name = od_base_name(outer->function);
		seen += !outer->unreliable;
		for (size_t k = 0; !outer->unreliable && waits + k != last; k++) {
			if (!od_str_matches(name, waits[k].function))
				continue;
			*frame = outer;
			return &waits[k];
		}
	}
	return wait;
}

bool od_find_wait(const struct od_find_row *row, struct od_finder *finder)
{
	struct od_event *event = finder->event;
	const struct od_frame *frame;
	const struct wait *wait = find_wait(event, &frame);

	(void)row;
	if (!wait)
		return false;
	wait = widen(event, wait, &frame);
	const struct od_frame *blamed = event->responsible;
	const struct od_str who = event->comm.len ? event->comm : OD_STR("The task");
	if (blamed && !od_str_equal(blamed->function, frame->function))
		od_finder_claim(finder, OD_CONFIDENCE_LIKELY, "%.*s waits for %s, on behalf of %.*s.",
				OD_FMT(who), wait->what, OD_FMT(od_finder_function(finder, blamed)));
	else
		od_finder_claim(finder, OD_CONFIDENCE_LIKELY, "%.*s waits for %s.", OD_FMT(who), wait->what);
	od_finder_evidence(finder, "It sleeps in %.*s.", OD_FMT(od_finder_place(finder, frame)));
	od_phrase_advise(event, od_str_from(wait->advice));
	return true;
}

/* "INFO: task X:1 is blocked on a mutex likely owned by task Y:2.": from 6.16, of semaphores from 6.17 */
bool od_find_owner(const struct od_find_row *row, struct od_finder *finder)
{
	static const struct {
		const char *words, *verb;
	} rows[] = {{" likely owned by task ", "owns"}, {" likely last held by task ", "held last"}};
	struct od_str rest, lock = {0};
	size_t i = 0;

	(void)row;
	while (i < sizeof(rows) / sizeof(rows[0]) && !od_finder_said(finder, rows[i].words, &rest))
		i++;
	if (i == sizeof(rows) / sizeof(rows[0]))
		return false;
	if (od_finder_said(finder, "blocked on ", &lock)) {
		ptrdiff_t end = od_str_find(lock, od_str_from(rows[i].words));
		lock = end > 0 ? od_str_first(lock, (size_t)end) : OD_STR("a lock");
	}
	ptrdiff_t colon = od_str_find_last_char(rest, ':');
	struct od_str digits = od_str_from_index(rest, (size_t)(colon + 1));
	uint64_t pid;
	if (colon < 1 || !od_scan_u64(&digits, &pid))
		return false;
	bool self = finder->event->pid.known && finder->event->pid.value == pid;
	od_finder_claim(finder, OD_CONFIDENCE_LIKELY, "%.*s waits for %.*s that %s %s (PID %llu) %s.",
			OD_FMT(finder->event->comm), OD_FMT(lock), self ? "it" : "the task",
			self ? "itself"
			     : od_arena_copy(finder->event->arena, od_str_first(rest, (size_t)colon)).ptr,
			(unsigned long long)pid, rows[i].verb);
	od_finder_evidence(finder, "The kernel printed \"likely%.*s%.*s\".", (int)strlen(rows[i].words) - 7,
			   rows[i].words + 7, OD_FMT(od_str_trim(rest)));
	return true;
}

/*
 * Lockdep lists a lock under a task as soon as the task asks for it: the last of a sleeping task is what
 * it waits for.
 */
static const struct od_lock *wanted_lock(const struct od_event *event)
{
	const struct od_lock *wanted = NULL;

	for (size_t i = 0; i < event->locks.count; i++) {
		const struct od_lock *lock = &event->locks.items[i];
		if (lock->address.known && event->pid.known && lock->pid.known &&
		    lock->pid.value == event->pid.value)
			wanted = lock;
	}
	return wanted;
}

/* Whether it is the last lock of its task's list: then that task may wait for it as well. */
static bool is_last(const struct od_event *event, size_t index)
{
	const struct od_lock *lock = &event->locks.items[index];

	return index + 1 == event->locks.count || event->locks.items[index + 1].pid.value != lock->pid.value;
}

bool od_find_holder(const struct od_find_row *row, struct od_finder *finder)
{
	const struct od_event *event = finder->event;
	const struct od_lock *wanted = wanted_lock(event), *found = NULL;
	bool sure = false;

	(void)row;
	for (size_t i = 0; wanted && i < event->locks.count && !sure; i++) {
		const struct od_lock *lock = &event->locks.items[i];
		if (!lock->comm.len || !lock->address.known || lock->address.value != wanted->address.value ||
		    lock->pid.value == event->pid.value)
			continue;
		sure = !is_last(event, i);
		if (!found || sure)
			found = lock;
	}
	if (!found)
		return false;
	od_finder_claim(finder, sure ? OD_CONFIDENCE_LIKELY : OD_CONFIDENCE_POSSIBLE,
			"%.*s waits for the lock %.*s; %.*s (PID %llu) %s.", OD_FMT(event->comm),
			OD_FMT(wanted->name), OD_FMT(found->comm), (unsigned long long)found->pid.value,
			sure ? "holds it, and went on to another lock" : "holds it, or waits for it as well");
	if (found->frame.function.len)
		od_finder_evidence(finder, "%.*s took it, or asked for it, in %.*s.", OD_FMT(found->comm),
				   OD_FMT(od_finder_place(finder, &found->frame)));
	if (wanted->frame.function.len)
		od_finder_evidence(finder, "%.*s asked for it in %.*s.", OD_FMT(event->comm),
				   OD_FMT(od_finder_place(finder, &wanted->frame)));
	return true;
}
