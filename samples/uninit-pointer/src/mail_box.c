// SPDX-License-Identifier: GPL-2.0
/* A mailbox: the message comes from kmalloc(), and one path does not set its buffer. */
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/slab.h>

struct mail {
	u32 kind;
	u32 len;
	u8 *data;
};

static noinline struct mail *mail_alloc(u32 kind)
{
	struct mail *m = kmalloc(sizeof(*m), GFP_KERNEL);

	if (m)
		m->kind = kind;
	return m;
}

static noinline int mail_box_post(u32 kind)
{
	struct mail *m = mail_alloc(kind);

	if (!m)
		return -ENOMEM;
	m->data[0] = kind; /* FAULT */
	kfree(m);
	return 0;
}

static int mail_box_post_set(const char *val, const struct kernel_param *kp)
{
	int value, ret;

	ret = kstrtoint(val, 0, &value);
	if (ret)
		return ret;
	return mail_box_post(value); /* F1 */
}

static const struct kernel_param_ops mail_box_post_ops = {
	.set = mail_box_post_set,
};

module_param_cb(post, &mail_box_post_ops, NULL, 0200);
MODULE_PARM_DESC(post, "Kind of the message to post");

static int __init mail_box_init(void)
{
	return 0;
}

static void __exit mail_box_exit(void)
{
}

module_init(mail_box_init);
module_exit(mail_box_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Sample: a pointer is used that was never set");
