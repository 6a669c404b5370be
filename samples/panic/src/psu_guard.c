// SPDX-License-Identifier: GPL-2.0
/* A power supply guard that would rather stop the machine than run it on a wrong voltage. */
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/moduleparam.h>

struct psu_rail {
	const char *name;
	unsigned int nominal_mv;
	unsigned int tolerance_mv;
};

static const struct psu_rail rail = { "vdd_core", 1100, 55 };

static noinline void psu_rail_check(const struct psu_rail *r, unsigned int mv)
{
	unsigned int off = mv > r->nominal_mv ? mv - r->nominal_mv : r->nominal_mv - mv;

	if (off > r->tolerance_mv)
		panic("psu_guard: %s at %u mV, %u mV allowed\n", r->name, mv, r->nominal_mv); /* FAULT */
	pr_info("psu_guard: %s at %u mV is fine\n", r->name, mv);
}

static int psu_mv_set(const char *val, const struct kernel_param *kp)
{
	unsigned int mv;
	int ret;

	ret = kstrtouint(val, 0, &mv);
	if (ret)
		return ret;
	psu_rail_check(&rail, mv); /* F1 */
	return 0;
}

static const struct kernel_param_ops psu_mv_ops = {
	.set = psu_mv_set,
};

module_param_cb(mv, &psu_mv_ops, NULL, 0200);
MODULE_PARM_DESC(mv, "Voltage that the guard has measured");

static int __init psu_guard_init(void)
{
	return 0;
}

static void __exit psu_guard_exit(void)
{
}

module_init(psu_guard_init);
module_exit(psu_guard_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Sample: a driver calls panic()");
