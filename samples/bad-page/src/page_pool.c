// SPDX-License-Identifier: GPL-2.0
/* A pool of pages: a buffer is recycled without being taken out of its mapping. */
#include <linux/gfp.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/moduleparam.h>

enum { POOL_ORDER = 4 };

static u32 recycled;

static noinline void page_pool_put(struct page *page)
{
	__free_pages(page, POOL_ORDER); /* FAULT */
	WRITE_ONCE(recycled, recycled + 1);
}

static noinline int page_pool_recycle(unsigned long mapping)
{
	struct page *page = alloc_pages(GFP_KERNEL, POOL_ORDER);

	if (!page)
		return -ENOMEM;
	page->mapping = (struct address_space *)mapping;
	page_pool_put(page); /* F1 */
	return 0;
}

static int page_pool_recycle_set(const char *val, const struct kernel_param *kp)
{
	int value, ret;

	ret = kstrtoint(val, 0, &value);
	if (ret)
		return ret;
	return page_pool_recycle(value); /* F2 */
}

static const struct kernel_param_ops page_pool_recycle_ops = {
	.set = page_pool_recycle_set,
};

module_param_cb(recycle, &page_pool_recycle_ops, NULL, 0200);
MODULE_PARM_DESC(recycle, "What the mapping is");

static int __init page_pool_init(void)
{
	return 0;
}

static void __exit page_pool_exit(void)
{
}

module_init(page_pool_init);
module_exit(page_pool_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Sample: pages are freed that a mapping has");
