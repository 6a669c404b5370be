// SPDX-License-Identifier: GPL-2.0
/* A regulator consumer: the lookup of the supply fails, and nobody asks whether it did. */
#include <linux/err.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/slab.h>
#include <linux/string.h>

struct supply {
	const char *name;
	int microvolt;
};

static struct supply core_supply = { "vdd_core", 1100000 };

static noinline struct supply *supply_get(const char *name)
{
	return strcmp(name, core_supply.name) ? ERR_PTR(-ENODEV) : &core_supply;
}

static noinline int reg_supply_set_voltage(const char *name, int microvolt)
{
	struct supply *supply = supply_get(name);

	supply->microvolt = microvolt; /* FAULT */
	return 0;
}

static int reg_supply_microvolt_set(const char *val, const struct kernel_param *kp)
{
	int value, ret;

	ret = kstrtoint(val, 0, &value);
	if (ret)
		return ret;
	return reg_supply_set_voltage("vdd_io", value); /* F1 */
}

static const struct kernel_param_ops reg_supply_microvolt_ops = {
	.set = reg_supply_microvolt_set,
};

module_param_cb(microvolt, &reg_supply_microvolt_ops, NULL, 0200);
MODULE_PARM_DESC(microvolt, "Voltage of the supply");

static int __init reg_supply_init(void)
{
	return 0;
}

static void __exit reg_supply_exit(void)
{
}

module_init(reg_supply_init);
module_exit(reg_supply_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Sample: the result of a failed lookup is used as a pointer");
