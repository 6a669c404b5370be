// SPDX-License-Identifier: GPL-2.0
/* A NVRAM driver whose read calls a helper that locks, too. */
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/mutex.h>

static DEFINE_MUTEX(lock);
static u8 cells[64];

static noinline u8 nvram_get(int at)
{
	u8 cell;

	mutex_lock(&lock); /* FAULT */
	cell = cells[at];
	mutex_unlock(&lock);
	return cell;
}

static noinline int nvram_checksum(void)
{
	int i, sum = 0;

	mutex_lock(&lock);
	for (i = 0; i < ARRAY_SIZE(cells); i++)
		sum += nvram_get(i); /* F1 */
	mutex_unlock(&lock);
	return sum;
}

static int nvram_dev_thread(void *data)
{
	return nvram_checksum(); /* F2 */
}

static int __init nvram_dev_init(void)
{
	kthread_run(nvram_dev_thread, NULL, "nvram_dev");
	return 0;
}

static void __exit nvram_dev_exit(void)
{
}

module_init(nvram_dev_init);
module_exit(nvram_dev_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Sample: a mutex is taken twice");
