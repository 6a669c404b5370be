// SPDX-License-Identifier: GPL-2.0
/* A video driver that wants its buffers at once, and all of them. */
#include <linux/gfp.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/moduleparam.h>

static LIST_HEAD(buffers);

static noinline struct page *video_mem_page(unsigned int order)
{
	return alloc_pages(GFP_ATOMIC, order); /* FAULT */
}

static noinline int video_mem_reserve(unsigned int order)
{
	struct page *page;
	int count = 0;

	while ((page = video_mem_page(order))) { /* F1 */
		list_add(&page->lru, &buffers);
		count++;
	}
	return count;
}

static void video_mem_release(unsigned int order)
{
	struct page *page, *next;

	list_for_each_entry_safe(page, next, &buffers, lru) {
		list_del(&page->lru);
		__free_pages(page, order);
	}
}

static int video_mem_order_set(const char *val, const struct kernel_param *kp)
{
	int value, ret;

	ret = kstrtoint(val, 0, &value);
	if (ret)
		return ret;
	pr_info("video_mem: %d\n", video_mem_reserve(value)); /* F2 */
	video_mem_release(value);
	return 0;
}

static const struct kernel_param_ops video_mem_order_ops = {
	.set = video_mem_order_set,
};

module_param_cb(order, &video_mem_order_ops, NULL, 0200);
MODULE_PARM_DESC(order, "Order of the buffers");

static int __init video_mem_init(void)
{
	return 0;
}

static void __exit video_mem_exit(void)
{
}

module_init(video_mem_init);
module_exit(video_mem_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Sample: memory is used up");
