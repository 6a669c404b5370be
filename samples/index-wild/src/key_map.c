// SPDX-License-Identifier: GPL-2.0
/* A keyboard map: scan codes are taken as they come. */
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/string.h>

static unsigned short map[128];

static noinline unsigned short key_map_lookup(int code)
{
	return READ_ONCE(map[code]); /* FAULT */
}

static int key_map_press_set(const char *val, const struct kernel_param *kp)
{
	int value, ret;

	ret = kstrtoint(val, 0, &value);
	if (ret)
		return ret;
	pr_info("key_map: %u\n", key_map_lookup(value)); /* F1 */
	return 0;
}

static const struct kernel_param_ops key_map_press_ops = {
	.set = key_map_press_set,
};

module_param_cb(press, &key_map_press_ops, NULL, 0200);
MODULE_PARM_DESC(press, "Scan code");

static int __init key_map_init(void)
{
	return 0;
}

static void __exit key_map_exit(void)
{
}

module_init(key_map_init);
module_exit(key_map_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Sample: an array is read far beyond its end");
