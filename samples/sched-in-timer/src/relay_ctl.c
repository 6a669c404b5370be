// SPDX-License-Identifier: GPL-2.0
/* A relay that is switched by a timer, with a pause that sleeps. */
#include <linux/delay.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/timer.h>

static struct timer_list relay_timer;
static int switched;

static void relay_ctl_switch(struct timer_list *timer)
{
	msleep(10); /* FAULT */
	WRITE_ONCE(switched, switched + 1);
}

static int __init relay_ctl_init(void)
{
	timer_setup(&relay_timer, relay_ctl_switch, 0);
	mod_timer(&relay_timer, jiffies + 2);
	msleep(200);
	return 0;
}

static void __exit relay_ctl_exit(void)
{
}

module_init(relay_ctl_init);
module_exit(relay_ctl_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Sample: a timer callback sleeps");
