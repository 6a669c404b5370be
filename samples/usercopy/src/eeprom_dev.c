// SPDX-License-Identifier: GPL-2.0
/* An EEPROM behind a file in /proc: a read returns what was asked for, not what there is. */
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/proc_fs.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

enum { EEPROM_SIZE = 64 };

static u8 *image;

static noinline ssize_t eeprom_dev_send(char __user *buf, size_t len)
{
	if (copy_to_user(buf, image, len)) /* FAULT */
		return -EFAULT;
	return len;
}

static ssize_t eeprom_dev_read(struct file *file, char __user *buf, size_t len, loff_t *pos)
{
	return eeprom_dev_send(buf, len); /* F1 */
}

static const struct proc_ops eeprom_dev_ops = {
	.proc_read = eeprom_dev_read,
};

static int __init eeprom_dev_init(void)
{
	image = kzalloc(EEPROM_SIZE, GFP_KERNEL);
	if (!image)
		return -ENOMEM;
	if (!proc_create("eeprom_dev", 0400, NULL, &eeprom_dev_ops)) {
		kfree(image);
		return -ENOMEM;
	}
	return 0;
}

static void __exit eeprom_dev_exit(void)
{
	remove_proc_entry("eeprom_dev", NULL);
	kfree(image);
}

module_init(eeprom_dev_init);
module_exit(eeprom_dev_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Sample: more is copied to user space than there is");
