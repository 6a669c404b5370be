// SPDX-License-Identifier: GPL-2.0
/* A ring of taps: the last one is freed while the ring still counts in it. */
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/slab.h>

struct tap {
	u64 packets;
	u64 bytes[30];
};

static struct kmem_cache *tap_cache;

static noinline struct tap *tap_new(void)
{
	return kmem_cache_alloc(tap_cache, GFP_KERNEL); /* FAULT */
}

static noinline int tap_ring_rotate(int bytes)
{
	struct tap *old = tap_new(), *fresh;

	if (!old)
		return -ENOMEM;
	kmem_cache_free(tap_cache, old);
	OPTIMIZER_HIDE_VAR(old);
	old->bytes[3] += bytes;
	fresh = tap_new(); /* F1 */
	if (fresh)
		kmem_cache_free(tap_cache, fresh);
	return 0;
}

static int tap_ring_rotate_set(const char *val, const struct kernel_param *kp)
{
	int value, ret;

	ret = kstrtoint(val, 0, &value);
	if (ret)
		return ret;
	return tap_ring_rotate(value); /* F2 */
}

static const struct kernel_param_ops tap_ring_rotate_ops = {
	.set = tap_ring_rotate_set,
};

module_param_cb(rotate, &tap_ring_rotate_ops, NULL, 0200);
MODULE_PARM_DESC(rotate, "Bytes to count");

static int __init tap_ring_init(void)
{
	tap_cache = KMEM_CACHE(tap, 0);
	return tap_cache ? 0 : -ENOMEM;
}

static void __exit tap_ring_exit(void)
{
	kmem_cache_destroy(tap_cache);
}

module_init(tap_ring_init);
module_exit(tap_ring_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Sample: a freed object is written to");
