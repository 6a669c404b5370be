// SPDX-License-Identifier: GPL-2.0
/* Fan control: the duty cycle follows a curve, but nobody loads the curve of the second channel. */
#include <linux/kernel.h>
#include <linux/minmax.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/sysfs.h>

#define FAN_CHANNELS	2
#define FAN_DUTY_MAX	255

struct fan_point {
	s32 celsius;
	s32 duty;
};

struct fan_curve {
	char name[16];
	u32 hysteresis;
	struct {
		struct fan_point low;
		struct fan_point high;
	} span;
};

struct fan_channel {
	struct mutex lock;
	const struct fan_curve *curve;
	int duty;
};

struct fan_chip {
	struct fan_channel channel[FAN_CHANNELS];
};

static const struct fan_curve quiet_curve = {
	.name = "quiet",
	.hysteresis = 3,
	.span = { .low = { 35, 40 }, .high = { 80, 230 } },
};

static struct fan_chip *chip;

static int fan_duty_get(char *buf, const struct kernel_param *kp)
{
	int i, len = 0;

	for (i = 0; i < FAN_CHANNELS; i++) {
		mutex_lock(&chip->channel[i].lock);
		len += sysfs_emit_at(buf, len, "%d ", chip->channel[i].duty);
		mutex_unlock(&chip->channel[i].lock);
	}
	return len + sysfs_emit_at(buf, len, "\n");
}

static inline bool fan_curve_is_idle(const struct fan_curve *curve, int celsius)
{
	return celsius <= curve->span.low.celsius; /* FAULT */
}

static inline int fan_curve_slope(const struct fan_curve *curve)
{
	const struct fan_point *low = &curve->span.low, *high = &curve->span.high;

	return (high->duty - low->duty) * 16 / (high->celsius - low->celsius);
}

static noinline int fan_channel_duty(struct fan_channel *ch, int celsius)
{
	int rise, duty;

	if (fan_curve_is_idle(ch->curve, celsius)) /* F1 */
		return 0;
	rise = celsius - ch->curve->span.low.celsius;
	duty = ch->curve->span.low.duty + fan_curve_slope(ch->curve) * rise / 16;
	return min(duty, FAN_DUTY_MAX);
}

static noinline void fan_chip_update(struct fan_chip *fc, int celsius)
{
	int i;

	for (i = 0; i < FAN_CHANNELS; i++) {
		struct fan_channel *ch = &fc->channel[i];

		mutex_lock(&ch->lock);
		ch->duty = fan_channel_duty(ch, celsius); /* F2 */
		mutex_unlock(&ch->lock);
		pr_info("fan_curve: channel %d runs at %d\n", i, ch->duty);
	}
}

static int fan_celsius_set(const char *val, const struct kernel_param *kp)
{
	int celsius, ret;

	ret = kstrtoint(val, 0, &celsius);
	if (ret)
		return ret;
	fan_chip_update(chip, celsius); /* F3 */
	return 0;
}

static const struct kernel_param_ops fan_celsius_ops = {
	.set = fan_celsius_set,
	.get = fan_duty_get,
};

module_param_cb(celsius, &fan_celsius_ops, NULL, 0600);
MODULE_PARM_DESC(celsius, "Temperature that the fans shall follow; reads as their duty cycles");

static int __init fan_curve_init(void)
{
	int i;

	chip = kzalloc(sizeof(*chip), GFP_KERNEL);
	if (!chip)
		return -ENOMEM;
	for (i = 0; i < FAN_CHANNELS; i++)
		mutex_init(&chip->channel[i].lock);
	chip->channel[0].curve = &quiet_curve;
	return 0;
}

static void __exit fan_curve_exit(void)
{
	kfree(chip);
}

module_init(fan_curve_init);
module_exit(fan_curve_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Sample: a member of a nested struct is read through a NULL pointer");
