// SPDX-License-Identifier: GPL-2.0
/* A route cache: entries are freed by an RCU callback that still accounts to their device. */
#include <linux/delay.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>

struct route_dev {
	u32 index;
	u32 routes;
};

struct route {
	struct rcu_head rcu;
	struct route_dev *dev;
};

static struct route_dev loopback;

static void route_free_rcu(struct rcu_head *head)
{
	struct route *r = container_of(head, struct route, rcu);

	r->dev->routes--; /* FAULT */
	kfree(r);
}

static noinline int route_cache_drop(void)
{
	struct route *r = kzalloc(sizeof(*r), GFP_KERNEL);

	if (!r)
		return -ENOMEM;
	r->dev = &loopback;
	r->dev->routes++;
	r->dev = NULL;
	call_rcu(&r->rcu, route_free_rcu);
	rcu_barrier();
	return 0;
}

static int __init route_cache_init(void)
{
	return route_cache_drop();
}

static void __exit route_cache_exit(void)
{
}

module_init(route_cache_init);
module_exit(route_cache_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Sample: an RCU callback follows NULL");
