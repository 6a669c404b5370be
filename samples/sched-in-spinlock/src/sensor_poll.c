// SPDX-License-Identifier: GPL-2.0
/* A sensor that needs 20 ms to settle, and is asked under a spinlock. */
#include <linux/delay.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/spinlock.h>

static DEFINE_SPINLOCK(lock);
static int last;

static noinline void sensor_settle(int ms)
{
	msleep(ms); /* FAULT */
}

static noinline int sensor_poll_read(int ms)
{
	spin_lock(&lock);
	sensor_settle(ms); /* F1 */
	last = ms;
	spin_unlock(&lock);
	return 0;
}

static int sensor_poll_poll_set(const char *val, const struct kernel_param *kp)
{
	int value, ret;

	ret = kstrtoint(val, 0, &value);
	if (ret)
		return ret;
	return sensor_poll_read(value); /* F2 */
}

static const struct kernel_param_ops sensor_poll_poll_ops = {
	.set = sensor_poll_poll_set,
};

module_param_cb(poll, &sensor_poll_poll_ops, NULL, 0200);
MODULE_PARM_DESC(poll, "Milliseconds to settle");

static int __init sensor_poll_init(void)
{
	return 0;
}

static void __exit sensor_poll_exit(void)
{
}

module_init(sensor_poll_init);
module_exit(sensor_poll_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Sample: a function sleeps under a spinlock");
