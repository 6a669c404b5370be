// SPDX-License-Identifier: GPL-2.0
/* Image frames with a reference count: the error path puts a reference that it does not have. */
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/refcount.h>
#include <linux/slab.h>

struct img_frame {
	refcount_t refs;
	u32 bytes;
};

static struct img_frame frame;

static noinline void img_frame_put(struct img_frame *f)
{
	if (refcount_dec_and_test(&f->refs)) /* FAULT */
		f->bytes = 0;
}

static noinline int img_frame_show(struct img_frame *f, int lines)
{
	img_frame_put(f); /* F1 */
	return lines < 0 ? -EINVAL : 0;
}

static int img_frame_show_set(const char *val, const struct kernel_param *kp)
{
	int value, ret;

	ret = kstrtoint(val, 0, &value);
	if (ret)
		return ret;
	return img_frame_show(&frame, value); /* F2 */
}

static const struct kernel_param_ops img_frame_show_ops = {
	.set = img_frame_show_set,
};

module_param_cb(show, &img_frame_show_ops, NULL, 0200);
MODULE_PARM_DESC(show, "Lines");

static int __init img_frame_init(void)
{
	refcount_set(&frame.refs, 1);
	return 0;
}

static void __exit img_frame_exit(void)
{
}

module_init(img_frame_init);
module_exit(img_frame_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Sample: a reference is put once too often");
