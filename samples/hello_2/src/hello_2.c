// SPDX-License-Identifier: GPL-2.0
/* The second lesson of a kernel class: a module that says hello, and whose exit function faults. */
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/slab.h>

struct greeting {
	struct list_head node;
	char *text;
};

static LIST_HEAD(greetings);

static int __init hello_remember(const char *text)
{
	struct greeting *g = kzalloc(sizeof(*g), GFP_KERNEL);

	if (!g)
		return -ENOMEM;
	g->text = kstrdup(text, GFP_KERNEL);
	list_add_tail(&g->node, &greetings);
	return 0;
}

static noinline void __exit hello_forget(void)
{
	struct greeting *g, *next;

	list_for_each_entry_safe(g, next, &greetings, node) {
		list_del(&g->node);
		kfree(g->text);
		kfree(g);
	}
}

static int __init hello_start(void)
{
	printk(KERN_INFO "Hello world!\n");
	return hello_remember("Hello world!");
}

static void __exit hello_cleanup(void)
{
	int *p = NULL;

	printk("Intentionally generating fault!\n");
	*p = 1; /* FAULT */
	printk(KERN_INFO "Cleaning up module.\n");
	hello_forget();
}

module_init(hello_start);
module_exit(hello_cleanup);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Says hello and stores through a NULL pointer when it is removed");
