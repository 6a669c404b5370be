// SPDX-License-Identifier: GPL-2.0
/* Agents on a bus: one of them was registered without operations. */
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/string.h>

struct bus_agent;

struct bus_ops {
	int (*probe)(struct bus_agent *agent);
	int (*reset)(struct bus_agent *agent, int how);
};

struct bus_agent {
	const char *name;
	const struct bus_ops *ops;
};

static struct bus_agent agent = { "uart" };

static noinline int bus_agent_reset(struct bus_agent *a, int how)
{
	return a->ops->reset(a, how); /* FAULT */
}

static int bus_agent_reset_set(const char *val, const struct kernel_param *kp)
{
	int value, ret;

	ret = kstrtoint(val, 0, &value);
	if (ret)
		return ret;
	return bus_agent_reset(&agent, value); /* F1 */
}

static const struct kernel_param_ops bus_agent_reset_ops = {
	.set = bus_agent_reset_set,
};

module_param_cb(reset, &bus_agent_reset_ops, NULL, 0200);
MODULE_PARM_DESC(reset, "How to reset");

static int __init bus_agent_init(void)
{
	return 0;
}

static void __exit bus_agent_exit(void)
{
}

module_init(bus_agent_init);
module_exit(bus_agent_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Sample: a table of operations is NULL");
