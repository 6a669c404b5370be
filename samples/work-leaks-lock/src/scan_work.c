// SPDX-License-Identifier: GPL-2.0
/* A scan in a work queue whose error path forgets to unlock. */
#include <linux/delay.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/spinlock.h>
#include <linux/workqueue.h>

static DEFINE_SPINLOCK(lock);
static int found;

static void scan_work_run(struct work_struct *work)
{
	spin_lock(&lock);
	if (!found)
		return; /* FAULT */
	found--;
	spin_unlock(&lock);
}

static DECLARE_WORK(scan, scan_work_run);

static int __init scan_work_init(void)
{
	schedule_work(&scan);
	msleep(200);
	return 0;
}

static void __exit scan_work_exit(void)
{
}

module_init(scan_work_init);
module_exit(scan_work_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Sample: a work function keeps a spinlock");
