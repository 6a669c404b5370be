// SPDX-License-Identifier: GPL-2.0
/* An event queue that is read although it is empty. */
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/slab.h>

struct evt {
	struct list_head link;
	int code;
};

static LIST_HEAD(queue);

static noinline int evt_queue_peek(struct list_head *q)
{
	struct evt *e = list_first_entry_or_null(q, struct evt, link);

	return e->code; /* FAULT */
}

static int evt_queue_peek_set(const char *val, const struct kernel_param *kp)
{
	int value, ret;

	ret = kstrtoint(val, 0, &value);
	if (ret)
		return ret;
	return evt_queue_peek(&queue) + value; /* F1 */
}

static const struct kernel_param_ops evt_queue_peek_ops = {
	.set = evt_queue_peek_set,
};

module_param_cb(peek, &evt_queue_peek_ops, NULL, 0200);
MODULE_PARM_DESC(peek, "Anything");

static int __init evt_queue_init(void)
{
	return 0;
}

static void __exit evt_queue_exit(void)
{
}

module_init(evt_queue_init);
module_exit(evt_queue_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Sample: the first entry of an empty list is used");
