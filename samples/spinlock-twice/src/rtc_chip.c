// SPDX-License-Identifier: GPL-2.0
/* A clock chip whose alarm function calls a function that locks, too. */
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/spinlock.h>

static DEFINE_SPINLOCK(lock);
static u32 seconds;

static noinline u32 rtc_chip_now(void)
{
	u32 now;

	spin_lock(&lock); /* FAULT */
	now = seconds;
	spin_unlock(&lock);
	return now;
}

static noinline u32 rtc_chip_alarm(void)
{
	u32 at;

	spin_lock(&lock);
	at = rtc_chip_now() + 60; /* F1 */
	spin_unlock(&lock);
	return at;
}

static int rtc_chip_thread(void *data)
{
	return rtc_chip_alarm() == 0; /* F2 */
}

static int __init rtc_chip_init(void)
{
	kthread_run(rtc_chip_thread, NULL, "rtc_chip");
	return 0;
}

static void __exit rtc_chip_exit(void)
{
}

module_init(rtc_chip_init);
module_exit(rtc_chip_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Sample: a spinlock is taken twice");
