// SPDX-License-Identifier: GPL-2.0
/* A software PWM: the channel is released before its timer is cancelled. */
#include <linux/delay.h>
#include <linux/hrtimer.h>
#include <linux/kernel.h>
#include <linux/ktime.h>
#include <linux/module.h>
#include <linux/version.h>

struct pwm_channel {
	u32 period;
	u32 edges;
};

struct pwm_soft {
	struct hrtimer timer;
	struct pwm_channel *channel;
};

static struct pwm_soft pwm;

static enum hrtimer_restart pwm_soft_edge(struct hrtimer *timer)
{
	struct pwm_soft *p = container_of(timer, struct pwm_soft, timer);

	p->channel->edges++; /* FAULT */
	return HRTIMER_NORESTART;
}

static int __init pwm_soft_init(void)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 15, 0)
	hrtimer_setup(&pwm.timer, pwm_soft_edge, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
#else
	hrtimer_init(&pwm.timer, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
	pwm.timer.function = pwm_soft_edge;
#endif
	hrtimer_start(&pwm.timer, ms_to_ktime(5), HRTIMER_MODE_REL);
	msleep(100);
	return 0;
}

static void __exit pwm_soft_exit(void)
{
	hrtimer_cancel(&pwm.timer);
}

module_init(pwm_soft_init);
module_exit(pwm_soft_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Sample: a timer finds NULL in interrupt context");
