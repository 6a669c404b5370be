// SPDX-License-Identifier: GPL-2.0
/* A DMA driver keeps its context in a 32-bit cookie, which is enough on the machine that it was written for. */
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/slab.h>

struct dma_ctx {
	u32 channel;
	u32 bytes;
};

static struct dma_ctx *ctx;
static u32 cookie;

static noinline u32 dma_cookie_of(struct dma_ctx *c)
{
	return (u32)(unsigned long)c;
}

static noinline int dma_cookie_complete(u32 value, int bytes)
{
	struct dma_ctx *c = (struct dma_ctx *)(unsigned long)value;

	c->bytes += bytes; /* FAULT */
	return 0;
}

static int dma_cookie_complete_set(const char *val, const struct kernel_param *kp)
{
	int value, ret;

	ret = kstrtoint(val, 0, &value);
	if (ret)
		return ret;
	return dma_cookie_complete(cookie, value); /* F1 */
}

static const struct kernel_param_ops dma_cookie_complete_ops = {
	.set = dma_cookie_complete_set,
};

module_param_cb(complete, &dma_cookie_complete_ops, NULL, 0200);
MODULE_PARM_DESC(complete, "Bytes that were transferred");

static int __init dma_cookie_init(void)
{
	ctx = kzalloc(sizeof(*ctx), GFP_KERNEL);
	if (!ctx)
		return -ENOMEM;
	cookie = dma_cookie_of(ctx);
	return 0;
}

static void __exit dma_cookie_exit(void)
{
	kfree(ctx);
}

module_init(dma_cookie_init);
module_exit(dma_cookie_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Sample: a pointer lost its upper half");
