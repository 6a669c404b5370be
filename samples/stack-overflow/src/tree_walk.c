// SPDX-License-Identifier: GPL-2.0
/* A walk over a tree whose last node is its own child. */
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/slab.h>
#include <linux/string.h>

struct tree_node {
	struct tree_node *child;
	int weight;
};

static struct tree_node root;

static noinline int tree_weight(const struct tree_node *node, const char *above, int depth)
{
	char trail[128];
	int weight;

	if (!node)
		return above[0];
	snprintf(trail, sizeof(trail), "%d", depth);
	weight = tree_weight(node->child, trail, depth + 1); /* FAULT */
	return weight + trail[0];
}

static int tree_walk_weigh_set(const char *val, const struct kernel_param *kp)
{
	int value, ret;

	ret = kstrtoint(val, 0, &value);
	if (ret)
		return ret;
	pr_info("tree_walk: %d\n", tree_weight(&root, "/", value)); /* F1 */
	return 0;
}

static const struct kernel_param_ops tree_walk_weigh_ops = {
	.set = tree_walk_weigh_set,
};

module_param_cb(weigh, &tree_walk_weigh_ops, NULL, 0200);
MODULE_PARM_DESC(weigh, "Depth to begin with");

static int __init tree_walk_init(void)
{
	root.child = &root;
	root.weight = 1;
	return 0;
}

static void __exit tree_walk_exit(void)
{
}

module_init(tree_walk_init);
module_exit(tree_walk_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Sample: a recursion without an end");
