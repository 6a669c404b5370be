// SPDX-License-Identifier: GPL-2.0
/* A home-made hot patch: the first byte of a function is replaced. */
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/string.h>

static noinline int hot_patch_old(int value)
{
	return value + 1;
}

static noinline void hot_patch_apply(u8 *code)
{
	WRITE_ONCE(code[0], 0xcc); /* FAULT */
}

static int hot_patch_apply_set(const char *val, const struct kernel_param *kp)
{
	int value, ret;

	ret = kstrtoint(val, 0, &value);
	if (ret)
		return ret;
	hot_patch_apply((u8 *)hot_patch_old); /* F1 */
	return hot_patch_old(value);
}

static const struct kernel_param_ops hot_patch_apply_ops = {
	.set = hot_patch_apply_set,
};

module_param_cb(apply, &hot_patch_apply_ops, NULL, 0200);
MODULE_PARM_DESC(apply, "Anything");

static int __init hot_patch_init(void)
{
	return 0;
}

static void __exit hot_patch_exit(void)
{
}

module_init(hot_patch_init);
module_exit(hot_patch_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Sample: code is written to");
