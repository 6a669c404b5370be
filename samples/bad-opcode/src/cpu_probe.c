// SPDX-License-Identifier: GPL-2.0
/* A probe for an instruction that this processor has not. */
#include <linux/bug.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/moduleparam.h>

static noinline int cpu_probe_try(int leaf)
{
	asm volatile("ud2"); /* FAULT */
	return leaf;
}

static int cpu_probe_leaf_set(const char *val, const struct kernel_param *kp)
{
	int value, ret;

	ret = kstrtoint(val, 0, &value);
	if (ret)
		return ret;
	return cpu_probe_try(value); /* F1 */
}

static const struct kernel_param_ops cpu_probe_leaf_ops = {
	.set = cpu_probe_leaf_set,
};

module_param_cb(leaf, &cpu_probe_leaf_ops, NULL, 0200);
MODULE_PARM_DESC(leaf, "Leaf to try");

static int __init cpu_probe_init(void)
{
	return 0;
}

static void __exit cpu_probe_exit(void)
{
}

module_init(cpu_probe_init);
module_exit(cpu_probe_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Sample: an invalid instruction");
