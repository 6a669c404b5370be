// SPDX-License-Identifier: GPL-2.0
/* A firmware call table whose entry is an address of another machine; here a program lies there. */
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/string.h>

typedef int (*fw_entry)(int command);

static noinline int fw_call_enter(fw_entry entry, int command)
{
	return entry(command) + 1; /* FAULT */
}

static int fw_call_entry_set(const char *val, const struct kernel_param *kp)
{
	int value, ret;

	ret = kstrtoint(val, 0, &value);
	if (ret)
		return ret;
	return fw_call_enter((fw_entry)(long)value, 1); /* F1 */
}

static const struct kernel_param_ops fw_call_entry_ops = {
	.set = fw_call_entry_set,
};

module_param_cb(entry, &fw_call_entry_ops, NULL, 0200);
MODULE_PARM_DESC(entry, "Address of the firmware");

static int __init fw_call_init(void)
{
	return 0;
}

static void __exit fw_call_exit(void)
{
}

module_init(fw_call_init);
module_exit(fw_call_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Sample: the kernel jumps to user memory");
