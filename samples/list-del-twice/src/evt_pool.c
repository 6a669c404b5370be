// SPDX-License-Identifier: GPL-2.0
/* A pool of events: the cancel path takes an event off the list that the deliver path took off before. */
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/proc_fs.h>
#include <linux/slab.h>

struct evt {
	struct list_head node;
	u32 type;
};

static LIST_HEAD(evt_pending);
static struct evt *last;

static int evt_post(u32 type)
{
	struct evt *e = kzalloc(sizeof(*e), GFP_KERNEL);

	if (!e)
		return -ENOMEM;
	e->type = type;
	list_add_tail(&e->node, &evt_pending);
	last = e;
	return 0;
}

static noinline void evt_deliver(struct evt *e)
{
	pr_info("evt_pool: event %u delivered\n", e->type);
	list_del(&e->node);
}

static noinline void evt_cancel(struct evt *e)
{
	list_del(&e->node); /* FAULT */
	pr_info("evt_pool: event %u cancelled\n", e->type);
	kfree(e);
}

static ssize_t evt_pool_write(struct file *file, const char __user *buf, size_t count, loff_t *pos)
{
	char what;

	if (!count || copy_from_user(&what, buf, sizeof(what)))
		return -EFAULT;
	if (what == 'd')
		evt_deliver(last);
	else if (what == 'c')
		evt_cancel(last); /* F1 */
	return count;
}

static const struct proc_ops evt_pool_ops = {
	.proc_write = evt_pool_write,
};

static int __init evt_pool_init(void)
{
	int ret;

	ret = evt_post(1);
	if (ret)
		return ret;
	ret = evt_post(2);
	if (ret)
		return ret;
	if (!proc_create("evt_pool", 0200, NULL, &evt_pool_ops))
		return -ENOMEM;
	return 0;
}

static void __exit evt_pool_exit(void)
{
	remove_proc_entry("evt_pool", NULL);
}

module_init(evt_pool_init);
module_exit(evt_pool_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Sample: a list entry is removed twice");
