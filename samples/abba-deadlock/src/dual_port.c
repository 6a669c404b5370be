// SPDX-License-Identifier: GPL-2.0
/* A memory with two ports: each side locks its own port first. */
#include <linux/delay.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/mutex.h>

static DEFINE_MUTEX(port_a);
static DEFINE_MUTEX(port_b);

static noinline void dual_port_copy(struct mutex *from, struct mutex *to)
{
	mutex_lock(from);
	msleep(100);
	mutex_lock(to); /* FAULT */
	mutex_unlock(to);
	mutex_unlock(from);
}

static int dual_port_up(void *data)
{
	dual_port_copy(&port_a, &port_b); /* F1 */
	return 0;
}

static int dual_port_down(void *data)
{
	dual_port_copy(&port_b, &port_a);
	return 0;
}

static int __init dual_port_init(void)
{
	kthread_run(dual_port_up, NULL, "dual_port_up");
	kthread_run(dual_port_down, NULL, "dual_port_dn");
	return 0;
}

static void __exit dual_port_exit(void)
{
}

module_init(dual_port_init);
module_exit(dual_port_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Sample: two threads wait for each other");
