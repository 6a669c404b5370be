// SPDX-License-Identifier: GPL-2.0
/* A blinking LED whose exit function forgets the timer. */
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/timer.h>

static struct timer_list blink_timer;
static int on;

static void blink_led_toggle(struct timer_list *timer)
{
	on = !on;
	mod_timer(timer, jiffies + HZ / 2);
}

static int __init blink_led_init(void)
{
	timer_setup(&blink_timer, blink_led_toggle, 0);
	mod_timer(&blink_timer, jiffies + HZ / 2);
	return 0;
}

static void __exit blink_led_exit(void)
{
	on = 0; /* FAULT */
}

module_init(blink_led_init);
module_exit(blink_led_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Sample: a timer outlives its module");
