// SPDX-License-Identifier: GPL-2.0
/* A transmit scheduler: a queue is made active although it is. */
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/moduleparam.h>

struct tx_queue {
	struct list_head active;
	int id;
};

static LIST_HEAD(active);
static struct tx_queue queue = { .id = 3 };

static noinline void tx_sched_activate(struct tx_queue *q)
{
	list_add_tail(&q->active, &active); /* FAULT */
}

static int tx_sched_kick_set(const char *val, const struct kernel_param *kp)
{
	int value, ret;

	ret = kstrtoint(val, 0, &value);
	if (ret)
		return ret;
	tx_sched_activate(&queue); /* F1 */
	return value & 0;
}

static const struct kernel_param_ops tx_sched_kick_ops = {
	.set = tx_sched_kick_set,
};

module_param_cb(kick, &tx_sched_kick_ops, NULL, 0200);
MODULE_PARM_DESC(kick, "Anything");

static int __init tx_sched_init(void)
{
	return 0;
}

static void __exit tx_sched_exit(void)
{
}

module_init(tx_sched_init);
module_exit(tx_sched_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Sample: an entry is added to a list twice");
