// SPDX-License-Identifier: GPL-2.0
/* A command queue, drained by a work item. One command was submitted without a completion callback. */
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/workqueue.h>

struct cmd {
	struct list_head node;
	unsigned int tag;
	void (*complete)(struct cmd *cmd, int status);
};

struct cmd_queue {
	spinlock_t lock;
	struct list_head pending;
	struct work_struct drain;
};

static struct cmd_queue queue;

static void cmd_log(struct cmd *cmd, int status)
{
	pr_info("cmd_queue: command %u ended with %d\n", cmd->tag, status);
}

static struct cmd *cmd_queue_pop(struct cmd_queue *q)
{
	struct cmd *cmd;

	spin_lock_irq(&q->lock);
	cmd = list_first_entry_or_null(&q->pending, struct cmd, node);
	if (cmd)
		list_del(&cmd->node);
	spin_unlock_irq(&q->lock);
	return cmd;
}

static noinline int cmd_finish(struct cmd *cmd, int status)
{
	cmd->complete(cmd, status); /* FAULT */
	kfree(cmd);
	return status;
}

static void cmd_queue_drain(struct work_struct *work)
{
	struct cmd_queue *q = container_of(work, struct cmd_queue, drain);
	int failed = 0;
	struct cmd *cmd;

	while ((cmd = cmd_queue_pop(q)))
		failed += cmd_finish(cmd, 0); /* F1 */
	pr_info("cmd_queue: drained, %d failed\n", failed);
}

static int cmd_submit(unsigned int tag, void (*complete)(struct cmd *cmd, int status))
{
	struct cmd *cmd = kzalloc(sizeof(*cmd), GFP_KERNEL);

	if (!cmd)
		return -ENOMEM;
	cmd->tag = tag;
	cmd->complete = complete;
	spin_lock_irq(&queue.lock);
	list_add_tail(&cmd->node, &queue.pending);
	spin_unlock_irq(&queue.lock);
	return 0;
}

static int __init cmd_queue_init(void)
{
	spin_lock_init(&queue.lock);
	INIT_LIST_HEAD(&queue.pending);
	INIT_WORK(&queue.drain, cmd_queue_drain);
	if (cmd_submit(1, cmd_log) || cmd_submit(2, NULL))
		return -ENOMEM;
	schedule_work(&queue.drain);
	return 0;
}

static void __exit cmd_queue_exit(void)
{
	cancel_work_sync(&queue.drain);
}

module_init(cmd_queue_init);
module_exit(cmd_queue_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Sample: a work item calls through a function pointer that is NULL");
