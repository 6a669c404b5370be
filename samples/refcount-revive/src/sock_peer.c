// SPDX-License-Identifier: GPL-2.0
/* Socket peers: a lookup takes a reference without asking whether the object is still alive. */
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/refcount.h>
#include <linux/slab.h>

struct sock_peer {
	refcount_t refs;
	u32 address;
};

static struct sock_peer peer;

static noinline struct sock_peer *sock_peer_get(struct sock_peer *p)
{
	refcount_inc(&p->refs); /* FAULT */
	return p;
}

static int sock_peer_lookup_set(const char *val, const struct kernel_param *kp)
{
	int value, ret;

	ret = kstrtoint(val, 0, &value);
	if (ret)
		return ret;
	return sock_peer_get(&peer)->address + value < 0; /* F1 */
}

static const struct kernel_param_ops sock_peer_lookup_ops = {
	.set = sock_peer_lookup_set,
};

module_param_cb(lookup, &sock_peer_lookup_ops, NULL, 0200);
MODULE_PARM_DESC(lookup, "Anything");

static int __init sock_peer_init(void)
{
	return 0;
}

static void __exit sock_peer_exit(void)
{
}

module_init(sock_peer_init);
module_exit(sock_peer_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Sample: a dead object is revived");
