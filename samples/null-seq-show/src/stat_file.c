// SPDX-License-Identifier: GPL-2.0
/* Statistics in /proc: the private data were never given to proc_create_single_data(). */
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>

struct stat_block {
	u64 interrupts;
	u64 errors;
};

static int stat_file_show(struct seq_file *seq, void *unused)
{
	const struct stat_block *stats = seq->private;

	seq_printf(seq, "errors %llu\n", READ_ONCE(stats->errors)); /* FAULT */
	return 0;
}

static int __init stat_file_init(void)
{
	if (!proc_create_single("stat_file", 0400, NULL, stat_file_show))
		return -ENOMEM;
	return 0;
}

static void __exit stat_file_exit(void)
{
	remove_proc_entry("stat_file", NULL);
}

module_init(stat_file_init);
module_exit(stat_file_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Sample: a file of /proc shows a NULL structure");
