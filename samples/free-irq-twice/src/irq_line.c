// SPDX-License-Identifier: GPL-2.0
/* A driver frees its interrupt on an error path that comes before the request. */
#include <linux/interrupt.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/moduleparam.h>

static int cookie;

static noinline void irq_line_release(unsigned int irq)
{
	free_irq(irq, &cookie); /* FAULT */
}

static int irq_line_release_set(const char *val, const struct kernel_param *kp)
{
	int value, ret;

	ret = kstrtoint(val, 0, &value);
	if (ret)
		return ret;
	irq_line_release(value); /* F1 */
	return 0;
}

static const struct kernel_param_ops irq_line_release_ops = {
	.set = irq_line_release_set,
};

module_param_cb(release, &irq_line_release_ops, NULL, 0200);
MODULE_PARM_DESC(release, "Number of the interrupt");

static int __init irq_line_init(void)
{
	return 0;
}

static void __exit irq_line_exit(void)
{
}

module_init(irq_line_init);
module_exit(irq_line_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Sample: an interrupt is freed that nobody has");
