// SPDX-License-Identifier: GPL-2.0
/* An analogue converter: a channel number that does not exist is reported once. */
#include <linux/bug.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/moduleparam.h>

static __always_inline bool adc_channel_valid(int channel)
{
	return !WARN_ON_ONCE(channel > 7); /* FAULT */
}

static noinline int adc_scan_channel(int channel)
{
	if (!adc_channel_valid(channel)) /* F1 */
		return -EINVAL;
	return channel * 3;
}

static int adc_scan_channel_set(const char *val, const struct kernel_param *kp)
{
	int value, ret;

	ret = kstrtoint(val, 0, &value);
	if (ret)
		return ret;
	return adc_scan_channel(value) < 0 ? -EINVAL : 0; /* F2 */
}

static const struct kernel_param_ops adc_scan_channel_ops = {
	.set = adc_scan_channel_set,
};

module_param_cb(channel, &adc_scan_channel_ops, NULL, 0200);
MODULE_PARM_DESC(channel, "Channel to scan");

static int __init adc_scan_init(void)
{
	return 0;
}

static void __exit adc_scan_exit(void)
{
}

module_init(adc_scan_init);
module_exit(adc_scan_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Sample: an assertion without a message");
