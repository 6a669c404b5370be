// SPDX-License-Identifier: GPL-2.0
/* A name table: the length comes from user space, the target is fixed. */
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/slab.h>
#include <linux/string.h>

struct host_entry {
	char name[16];
	u32 address;
};

static struct host_entry *entry;

static noinline int host_name_store(const char *name, size_t len)
{
	strncpy(entry->name, name, len); /* FAULT */
	return 0;
}

static int host_name_length_set(const char *val, const struct kernel_param *kp)
{
	int value, ret;

	ret = kstrtoint(val, 0, &value);
	if (ret)
		return ret;
	return host_name_store("gateway.example.org", value); /* F1 */
}

static const struct kernel_param_ops host_name_length_ops = {
	.set = host_name_length_set,
};

module_param_cb(length, &host_name_length_ops, NULL, 0200);
MODULE_PARM_DESC(length, "How many bytes of the name to store");

static int __init host_name_init(void)
{
	entry = kzalloc(sizeof(*entry), GFP_KERNEL);
	return entry ? 0 : -ENOMEM;
}

static void __exit host_name_exit(void)
{
	kfree(entry);
}

module_init(host_name_init);
module_exit(host_name_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Sample: a copy is longer than its target");
