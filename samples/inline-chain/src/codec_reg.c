// SPDX-License-Identifier: GPL-2.0
/* An audio codec: small accessors, all of them inlined. */
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/string.h>

struct codec_page {
	u16 regs[32];
};

struct codec {
	const char *name;
	struct codec_page *page;
};

static struct codec codec = { "wm8731" };

static __always_inline u16 codec_page_read(const struct codec_page *page, int reg)
{
	return READ_ONCE(page->regs[reg]); /* FAULT */
}

static __always_inline u16 codec_read(const struct codec *c, int reg)
{
	return codec_page_read(c->page, reg); /* F1 */
}

static __always_inline int codec_volume(const struct codec *c)
{
	return codec_read(c, 7) & 0x7f; /* F2 */
}

static noinline int codec_reg_mute(struct codec *c)
{
	return codec_volume(c) == 0; /* F3 */
}

static int codec_reg_mute_set(const char *val, const struct kernel_param *kp)
{
	int value, ret;

	ret = kstrtoint(val, 0, &value);
	if (ret)
		return ret;
	return codec_reg_mute(&codec) && value; /* F4 */
}

static const struct kernel_param_ops codec_reg_mute_ops = {
	.set = codec_reg_mute_set,
};

module_param_cb(mute, &codec_reg_mute_ops, NULL, 0200);
MODULE_PARM_DESC(mute, "Anything");

static int __init codec_reg_init(void)
{
	return 0;
}

static void __exit codec_reg_exit(void)
{
}

module_init(codec_reg_init);
module_exit(codec_reg_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Sample: four inlined functions deep, a NULL pointer");
