// SPDX-License-Identifier: GPL-2.0
/* A flow table that is walked under rcu_read_lock(), with a loop in its chain. */
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/rcupdate.h>

struct flow {
	struct flow __rcu *next;
	int hits;
};

static struct flow ring[2];

static noinline int flow_table_walk(struct flow *f, unsigned long end)
{
	int count = 0;

	while (f && time_before(jiffies, end)) {
		WRITE_ONCE(f->hits, f->hits + 1); /* FAULT */
		f = rcu_dereference(f->next);
		count++;
	}
	return count;
}

static int flow_table_thread(void *data)
{
	rcu_read_lock();
	flow_table_walk(&ring[0], jiffies + 9 * HZ); /* F1 */
	rcu_read_unlock();
	return 0;
}

static int __init flow_table_init(void)
{
	RCU_INIT_POINTER(ring[0].next, &ring[1]);
	RCU_INIT_POINTER(ring[1].next, &ring[0]);
	kthread_run(flow_table_thread, NULL, "flow_table");
	return 0;
}

static void __exit flow_table_exit(void)
{
}

module_init(flow_table_init);
module_exit(flow_table_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Sample: an RCU reader takes too long");
