// SPDX-License-Identifier: GPL-2.0
/* A temperature monitor whose exit function does not stop its thread. */
#include <linux/delay.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/module.h>

static int samples;

static int temp_mon_thread(void *data)
{
	for (;;) {
		msleep(500);
		samples++;
	}
	return 0;
}

static int __init temp_mon_init(void)
{
	kthread_run(temp_mon_thread, NULL, "temp_mon");
	return 0;
}

static void __exit temp_mon_exit(void)
{
	samples = 0; /* FAULT */
}

module_init(temp_mon_init);
module_exit(temp_mon_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Sample: a thread outlives its module");
