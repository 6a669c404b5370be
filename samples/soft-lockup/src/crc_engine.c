// SPDX-License-Identifier: GPL-2.0
/* A checksum engine that waits for a bit that does not come. */
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/module.h>

static u32 status;

static noinline void crc_engine_wait(unsigned long end)
{
	while (!READ_ONCE(status) && time_before(jiffies, end))
		cpu_relax(); /* FAULT */
}

static int crc_engine_thread(void *data)
{
	preempt_disable();
	crc_engine_wait(jiffies + 12 * HZ); /* F1 */
	preempt_enable();
	return 0;
}

static int __init crc_engine_init(void)
{
	kthread_run(crc_engine_thread, NULL, "crc_engine");
	return 0;
}

static void __exit crc_engine_exit(void)
{
}

module_init(crc_engine_init);
module_exit(crc_engine_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Sample: a thread never yields");
