// SPDX-License-Identifier: GPL-2.0
/* A device tree: a bus says that it has two children, and has one. */
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/string.h>

struct dev_node {
	const char *name;
	int children;
	struct dev_node *child[2];
};

static struct dev_node leaf = { "eeprom", 0, { NULL } };
static struct dev_node bus = { "i2c", 2, { &leaf, NULL } };
static struct dev_node host = { "soc", 1, { &bus } };

static noinline int dev_tree_count(const struct dev_node *node)
{
	int i, count = 1;

	for (i = 0; i < node->children; i++) /* FAULT */
		count += dev_tree_count(node->child[i]); /* F1 */
	return count;
}

static int dev_tree_count_set(const char *val, const struct kernel_param *kp)
{
	int value, ret;

	ret = kstrtoint(val, 0, &value);
	if (ret)
		return ret;
	return dev_tree_count(&host) + value < 0; /* F2 */
}

static const struct kernel_param_ops dev_tree_count_ops = {
	.set = dev_tree_count_set,
};

module_param_cb(count, &dev_tree_count_ops, NULL, 0200);
MODULE_PARM_DESC(count, "Anything");

static int __init dev_tree_init(void)
{
	return 0;
}

static void __exit dev_tree_exit(void)
{
}

module_init(dev_tree_init);
module_exit(dev_tree_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Sample: a recursive walk meets NULL");
