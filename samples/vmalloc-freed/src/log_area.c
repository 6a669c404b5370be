// SPDX-License-Identifier: GPL-2.0
/* A log area that is released at the first overflow, and read at the second. */
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/vmalloc.h>

struct log_area {
	u32 used;
	char text[8000];
};

static struct log_area *area;

static noinline void log_area_reset(struct log_area *a)
{
	vfree(a);
}

static noinline int log_area_add(struct log_area *a, int bytes)
{
	if (a->used + bytes > sizeof(a->text)) /* FAULT */
		log_area_reset(a);
	else
		a->used += bytes;
	return 0;
}

static int log_area_add_set(const char *val, const struct kernel_param *kp)
{
	int value, ret;

	ret = kstrtoint(val, 0, &value);
	if (ret)
		return ret;
	return log_area_add(area, value); /* F1 */
}

static const struct kernel_param_ops log_area_add_ops = {
	.set = log_area_add_set,
};

module_param_cb(add, &log_area_add_ops, NULL, 0200);
MODULE_PARM_DESC(add, "Bytes to add");

static int __init log_area_init(void)
{
	area = vzalloc(sizeof(*area));
	return area ? 0 : -ENOMEM;
}

static void __exit log_area_exit(void)
{
}

module_init(log_area_init);
module_exit(log_area_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Sample: vmalloc memory is used after vfree()");
