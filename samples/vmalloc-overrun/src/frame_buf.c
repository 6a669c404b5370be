// SPDX-License-Identifier: GPL-2.0
/* A frame buffer that is cleared one line too far. */
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/vmalloc.h>

enum { LINES = 16, LINE_BYTES = 1024 };

static u8 *pixels;

static noinline void frame_buf_fill(u8 *to, int lines, u8 color)
{
	int i;

	for (i = 0; i < lines * LINE_BYTES; i++)
		WRITE_ONCE(to[i], color); /* FAULT */
}

static int frame_buf_clear_set(const char *val, const struct kernel_param *kp)
{
	int value, ret;

	ret = kstrtoint(val, 0, &value);
	if (ret)
		return ret;
	frame_buf_fill(pixels, value, 0x20); /* F1 */
	return 0;
}

static const struct kernel_param_ops frame_buf_clear_ops = {
	.set = frame_buf_clear_set,
};

module_param_cb(clear, &frame_buf_clear_ops, NULL, 0200);
MODULE_PARM_DESC(clear, "Lines to clear");

static int __init frame_buf_init(void)
{
	pixels = vzalloc(LINES * LINE_BYTES);
	return pixels ? 0 : -ENOMEM;
}

static void __exit frame_buf_exit(void)
{
	vfree(pixels);
}

module_init(frame_buf_init);
module_exit(frame_buf_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Sample: a loop runs past the end of vmalloc memory");
