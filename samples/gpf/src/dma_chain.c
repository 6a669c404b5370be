// SPDX-License-Identifier: GPL-2.0
/* A chain of DMA descriptors, walked by a thread. The link of the last one still carries the flag bits of the hardware. */
#include <linux/bits.h>
#include <linux/err.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/slab.h>
#include <linux/sysfs.h>

#define DMA_LINK_IRQ	BIT_ULL(62)

struct dma_desc {
	u64 addr;
	u32 len;
	u32 status;
	struct dma_desc *next;
};

struct dma_chain {
	struct dma_desc *first;
	unsigned int done;
};

static struct dma_chain chain;

static int dma_chain_get(char *buf, const struct kernel_param *kp)
{
	const struct dma_desc *d = chain.first;

	if (!d)
		return sysfs_emit(buf, "empty\n");
	return sysfs_emit(buf, "%u done, next %u bytes at %#llx, status %#x\n", chain.done, d->len, d->addr, d->status);
}

static const struct kernel_param_ops dma_chain_ops = {
	.get = dma_chain_get,
};

module_param_cb(chain, &dma_chain_ops, NULL, 0400);
MODULE_PARM_DESC(chain, "State of the chain");

static noinline void dma_chain_release(struct dma_chain *c)
{
	while (c->first) {
		struct dma_desc *d = c->first;

		c->first = d->next;
		kfree(d);
	}
}

static noinline int dma_chain_add(struct dma_chain *c, u32 len)
{
	struct dma_desc *d = kzalloc(sizeof(*d), GFP_KERNEL);

	if (!d)
		return -ENOMEM;
	d->len = len;
	d->next = c->first;
	c->first = d;
	return 0;
}

/* The hardware wants the flag in the link; the driver forgets to take it out again. */
static noinline void dma_chain_arm(struct dma_chain *c)
{
	struct dma_desc *d = c->first->next;

	d->next = (struct dma_desc *)((u64)d->next ^ DMA_LINK_IRQ);
}

static noinline u64 dma_chain_bytes(const struct dma_chain *c)
{
	const struct dma_desc *d;
	u64 bytes = 0;

	for (d = c->first; d; d = d->next)
		bytes += d->len; /* FAULT */
	return bytes;
}

static int dma_chain_thread(void *data)
{
	struct dma_chain *c = data;

	pr_info("dma_chain: %llu bytes queued\n", dma_chain_bytes(c)); /* F1 */
	return 0;
}

static int __init dma_chain_init(void)
{
	struct task_struct *task;
	int i;

	for (i = 0; i < 3; i++) {
		if (dma_chain_add(&chain, 512 << i)) {
			dma_chain_release(&chain);
			return -ENOMEM;
		}
	}
	dma_chain_arm(&chain);
	task = kthread_run(dma_chain_thread, &chain, "dma_chain/%d", 0);
	return PTR_ERR_OR_ZERO(task);
}

static void __exit dma_chain_exit(void)
{
	dma_chain_release(&chain);
}

module_init(dma_chain_init);
module_exit(dma_chain_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Sample: a pointer with a flag bit left in it is no canonical address");
