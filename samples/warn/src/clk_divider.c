// SPDX-License-Identifier: GPL-2.0
/* A clock that is switched off more often than on: its use count warns, and the machine lives on. */
#include <linux/bug.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/spinlock.h>

struct clk_line {
	const char *name;
	spinlock_t lock;
	int enable_count;
	unsigned long rate;
};

static struct clk_line pixel_clk = {
	.name = "pixel",
	.lock = __SPIN_LOCK_UNLOCKED(pixel_clk.lock),
	.rate = 148500000,
};

static noinline void clk_line_enable(struct clk_line *clk)
{
	unsigned long flags;

	spin_lock_irqsave(&clk->lock, flags);
	if (clk->enable_count++ == 0)
		pr_info("clk_divider: %s on at %lu Hz\n", clk->name, clk->rate);
	spin_unlock_irqrestore(&clk->lock, flags);
}

static noinline int clk_line_disable(struct clk_line *clk)
{
	unsigned long flags;
	int ret = 0;

	spin_lock_irqsave(&clk->lock, flags);
	if (WARN(clk->enable_count == 0, "clock %s is already off\n", clk->name)) /* FAULT */
		ret = -EINVAL;
	else if (--clk->enable_count == 0)
		pr_info("clk_divider: %s off\n", clk->name);
	spin_unlock_irqrestore(&clk->lock, flags);
	return ret;
}

static int clk_on_set(const char *val, const struct kernel_param *kp)
{
	bool on;
	int ret;

	ret = kstrtobool(val, &on);
	if (ret)
		return ret;
	if (on)
		clk_line_enable(&pixel_clk);
	else
		ret = clk_line_disable(&pixel_clk); /* F1 */
	return ret;
}

static const struct kernel_param_ops clk_on_ops = {
	.set = clk_on_set,
};

module_param_cb(on, &clk_on_ops, NULL, 0200);
MODULE_PARM_DESC(on, "Switch the pixel clock on or off");

static int __init clk_divider_init(void)
{
	return 0;
}

static void __exit clk_divider_exit(void)
{
}

module_init(clk_divider_init);
module_exit(clk_divider_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Sample: WARN with a message");
