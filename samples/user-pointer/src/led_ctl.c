// SPDX-License-Identifier: GPL-2.0
/* A LED controller behind a file in /proc: the buffer of user space is read as if it were the kernel's. */
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/proc_fs.h>

static u8 brightness;

static noinline u8 led_ctl_parse(const char *text)
{
	return READ_ONCE(text[0]) - '0'; /* FAULT */
}

static ssize_t led_ctl_write(struct file *file, const char __user *buf, size_t len, loff_t *pos)
{
	brightness = led_ctl_parse((const char __force *)buf); /* F1 */
	return len;
}

static const struct proc_ops led_ctl_ops = {
	.proc_write = led_ctl_write,
};

static int __init led_ctl_init(void)
{
	if (!proc_create("led_ctl", 0200, NULL, &led_ctl_ops))
		return -ENOMEM;
	return 0;
}

static void __exit led_ctl_exit(void)
{
	remove_proc_entry("led_ctl", NULL);
}

module_init(led_ctl_init);
module_exit(led_ctl_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Sample: user memory is read directly");
