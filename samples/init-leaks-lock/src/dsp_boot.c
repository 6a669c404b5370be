// SPDX-License-Identifier: GPL-2.0
/* A signal processor whose boot path forgets to unlock when there is no firmware. */
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/spinlock.h>

static DEFINE_SPINLOCK(lock);

static noinline int dsp_boot_load(bool firmware)
{
	spin_lock(&lock);
	if (!firmware)
		return 0; /* FAULT */
	spin_unlock(&lock);
	return 0;
}

static int __init dsp_boot_init(void)
{
	return dsp_boot_load(false); /* F1 */
}

static void __exit dsp_boot_exit(void)
{
}

module_init(dsp_boot_init);
module_exit(dsp_boot_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Sample: init returns with a spinlock held");
