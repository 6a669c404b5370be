// SPDX-License-Identifier: GPL-2.0
/* Two GPIO banks, and one name in /proc for both. */
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>

static int gpio_info_show(struct seq_file *seq, void *unused)
{
	seq_puts(seq, "all low\n");
	return 0;
}

static noinline int gpio_info_add(int bank)
{
	if (!proc_create_single("gpio_info", 0400, NULL, gpio_info_show)) /* FAULT */
		return -EEXIST;
	pr_info("gpio_info: bank %d\n", bank);
	return 0;
}

static int __init gpio_info_init(void)
{
	gpio_info_add(0);
	gpio_info_add(1); /* F1 */
	return 0;
}

static void __exit gpio_info_exit(void)
{
	remove_proc_entry("gpio_info", NULL);
}

module_init(gpio_info_init);
module_exit(gpio_info_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Sample: a name in /proc is taken");
