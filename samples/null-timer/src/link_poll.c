// SPDX-License-Identifier: GPL-2.0
/* A link poller: its timer is started before the PHY is attached, and a fault in an interrupt is fatal. */
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/timer.h>
#include <linux/version.h>

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 1, 0)
#define timer_delete_sync del_timer_sync
#endif

struct phy_regs {
	u16 bmcr;
	u16 bmsr;
};

struct phy {
	int addr;
	struct phy_regs regs;
};

struct link_poll {
	struct timer_list timer;
	unsigned int polls;
	struct phy *phy;
};

static struct link_poll *poller;

static inline bool phy_link_up(const struct phy *phy)
{
	return READ_ONCE(phy->regs.bmsr) & BIT(2); /* FAULT */
}

static noinline void link_poll_step(struct link_poll *lp)
{
	lp->polls++;
	if (phy_link_up(lp->phy)) /* F1 */
		pr_info("link_poll: up after %u polls\n", lp->polls);
	mod_timer(&lp->timer, jiffies + HZ / 10);
}

static void link_poll_timer(struct timer_list *t)
{
	struct link_poll *lp = container_of(t, struct link_poll, timer);

	link_poll_step(lp); /* F2 */
	pr_debug("link_poll: poll %u\n", lp->polls);
}

static int __init link_poll_init(void)
{
	poller = kzalloc(sizeof(*poller), GFP_KERNEL);
	if (!poller)
		return -ENOMEM;
	timer_setup(&poller->timer, link_poll_timer, 0);
	mod_timer(&poller->timer, jiffies + HZ / 10);
	return 0;
}

static void __exit link_poll_exit(void)
{
	timer_delete_sync(&poller->timer);
	kfree(poller);
}

module_init(link_poll_init);
module_exit(link_poll_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Sample: a timer callback reads through a NULL pointer in interrupt context");
