// SPDX-License-Identifier: GPL-2.0
/* A connection table whose exit function forgets the connections. */
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/slab.h>

struct conn {
	u32 source, target;
};

static struct kmem_cache *conn_cache;

static int __init conn_table_init(void)
{
	conn_cache = KMEM_CACHE(conn, 0);
	if (!conn_cache)
		return -ENOMEM;
	if (!kmem_cache_zalloc(conn_cache, GFP_KERNEL))
		pr_info("conn_table: no first connection\n");
	return 0;
}

static void __exit conn_table_exit(void)
{
	kmem_cache_destroy(conn_cache); /* FAULT */
	pr_info("conn_table: gone\n");
}

module_init(conn_table_init);
module_exit(conn_table_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Sample: a cache is destroyed with objects in it");
