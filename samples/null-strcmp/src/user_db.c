// SPDX-License-Identifier: GPL-2.0
/* A table of users; one of them has no name. */
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/string.h>

struct user_entry {
	const char *name;
	int id;
};

static struct user_entry users[] = { { "root", 0 }, { NULL, 7 }, { "nobody", 99 } };

static noinline int user_db_find(const char *name)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(users); i++)
		if (!strcmp(users[i].name, name)) /* FAULT */
			return users[i].id;
	return -ENOENT;
}

static int user_db_find_set(const char *val, const struct kernel_param *kp)
{
	int value, ret;

	ret = kstrtoint(val, 0, &value);
	if (ret)
		return ret;
	return user_db_find(value ? "nobody" : "root") < 0; /* F1 */
}

static const struct kernel_param_ops user_db_find_ops = {
	.set = user_db_find_set,
};

module_param_cb(find, &user_db_find_ops, NULL, 0200);
MODULE_PARM_DESC(find, "0: root, else: nobody");

static int __init user_db_init(void)
{
	return 0;
}

static void __exit user_db_exit(void)
{
}

module_init(user_db_init);
module_exit(user_db_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Sample: strcmp() gets a NULL string");
