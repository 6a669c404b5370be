// SPDX-License-Identifier: GPL-2.0
/* A CAN bus: the second controller was never allocated. */
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/mutex.h>
#include <linux/slab.h>

struct can_ctl {
	u32 bitrate;
	struct mutex lock;
};

static struct can_ctl *controllers[2];

static noinline int can_bus_set_rate(struct can_ctl *ctl, u32 bitrate)
{
	mutex_lock(&ctl->lock); /* FAULT */
	ctl->bitrate = bitrate;
	mutex_unlock(&ctl->lock);
	return 0;
}

static int can_bus_bitrate_set(const char *val, const struct kernel_param *kp)
{
	int value, ret;

	ret = kstrtoint(val, 0, &value);
	if (ret)
		return ret;
	return can_bus_set_rate(controllers[1], value); /* F1 */
}

static const struct kernel_param_ops can_bus_bitrate_ops = {
	.set = can_bus_bitrate_set,
};

module_param_cb(bitrate, &can_bus_bitrate_ops, NULL, 0200);
MODULE_PARM_DESC(bitrate, "Bit rate of the second controller");

static int __init can_bus_init(void)
{
	controllers[0] = kzalloc(sizeof(*controllers[0]), GFP_KERNEL);
	if (!controllers[0])
		return -ENOMEM;
	mutex_init(&controllers[0]->lock);
	return 0;
}

static void __exit can_bus_exit(void)
{
	kfree(controllers[0]);
}

module_init(can_bus_init);
module_exit(can_bus_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Sample: a lock of a NULL structure is taken");
