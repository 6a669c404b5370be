// SPDX-License-Identifier: GPL-2.0
/* A breakpoint from a debugging session that nobody took out. */
#include <linux/bug.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/moduleparam.h>

static noinline int dbg_hook_check(int value)
{
	if (value > 3)
		asm volatile("int3"); /* FAULT */
	return value;
}

static int dbg_hook_check_set(const char *val, const struct kernel_param *kp)
{
	int value, ret;

	ret = kstrtoint(val, 0, &value);
	if (ret)
		return ret;
	return dbg_hook_check(value) < 0; /* F1 */
}

static const struct kernel_param_ops dbg_hook_check_ops = {
	.set = dbg_hook_check_set,
};

module_param_cb(check, &dbg_hook_check_ops, NULL, 0200);
MODULE_PARM_DESC(check, "Value to check");

static int __init dbg_hook_init(void)
{
	return 0;
}

static void __exit dbg_hook_exit(void)
{
}

module_init(dbg_hook_init);
module_exit(dbg_hook_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Sample: a forgotten breakpoint");
