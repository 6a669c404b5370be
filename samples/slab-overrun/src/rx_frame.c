// SPDX-License-Identifier: GPL-2.0
/* A receive buffer: the terminating zero does not fit. */
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/slab.h>
#include <linux/string.h>

static unsigned long released;

static noinline void rx_frame_release(char *frame)
{
	kfree(frame); /* FAULT */
	WRITE_ONCE(released, released + 1);
}

static noinline int rx_frame_receive(int len)
{
	char *frame = kmalloc(len, GFP_KERNEL);

	if (!frame)
		return -ENOMEM;
	OPTIMIZER_HIDE_VAR(frame);
	memset(frame, 0x55, len);
	frame[len] = '\0';
	rx_frame_release(frame); /* F1 */
	return 0;
}

static int rx_frame_receive_set(const char *val, const struct kernel_param *kp)
{
	int value, ret;

	ret = kstrtoint(val, 0, &value);
	if (ret)
		return ret;
	return rx_frame_receive(value); /* F2 */
}

static const struct kernel_param_ops rx_frame_receive_ops = {
	.set = rx_frame_receive_set,
};

module_param_cb(receive, &rx_frame_receive_ops, NULL, 0200);
MODULE_PARM_DESC(receive, "Bytes of the frame");

static int __init rx_frame_init(void)
{
	return 0;
}

static void __exit rx_frame_exit(void)
{
}

module_init(rx_frame_init);
module_exit(rx_frame_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Sample: one byte too many is written to a slab object");
