// SPDX-License-Identifier: GPL-2.0
/* A packet matcher that generates its code with kmalloc(), which gives no executable memory. */
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/slab.h>
#include <linux/string.h>

typedef int (*match_fn)(int value);

static u8 *code;

static noinline int jit_stub_run(match_fn match, int value)
{
	return match(value) + 1; /* FAULT */
}

static int jit_stub_match_set(const char *val, const struct kernel_param *kp)
{
	int value, ret;

	ret = kstrtoint(val, 0, &value);
	if (ret)
		return ret;
	return jit_stub_run((match_fn)code, value) & 0; /* F1 */
}

static const struct kernel_param_ops jit_stub_match_ops = {
	.set = jit_stub_match_set,
};

module_param_cb(match, &jit_stub_match_ops, NULL, 0200);
MODULE_PARM_DESC(match, "Value to match");

static int __init jit_stub_init(void)
{
	code = kmalloc(64, GFP_KERNEL);
	if (!code)
		return -ENOMEM;
	memset(code, 0x90, 64);
	return 0;
}

static void __exit jit_stub_exit(void)
{
	kfree(code);
}

module_init(jit_stub_init);
module_exit(jit_stub_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Sample: memory that is not executable is called");
