// SPDX-License-Identifier: GPL-2.0
/* Sessions by number: closing one frees it and its peer, but the table keeps the pointer to the peer. */
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/slab.h>
#include <linux/sysfs.h>

#define SESSIONS	4

struct sess_stats {
	u64 bytes;
	u64 packets;
};

struct sess {
	unsigned int id;
	struct sess_stats *stats;
	struct sess *peer;
};

static struct kmem_cache *sess_slab;
static struct sess *table[SESSIONS];

static int sess_table_get(char *buf, const struct kernel_param *kp)
{
	unsigned int id;
	int len = 0;

	for (id = 0; id < SESSIONS; id++) {
		if (table[id])
			len += sysfs_emit_at(buf, len, "%u ", id);
	}
	return len + sysfs_emit_at(buf, len, "\n");
}

static struct sess *sess_open(unsigned int id)
{
	struct sess *s = kmem_cache_zalloc(sess_slab, GFP_KERNEL);

	if (!s)
		return NULL;
	s->stats = kzalloc(sizeof(*s->stats), GFP_KERNEL);
	if (!s->stats) {
		kmem_cache_free(sess_slab, s);
		return NULL;
	}
	s->id = id;
	table[id] = s;
	return s;
}

static noinline void sess_free(struct sess *s)
{
	if (!s)
		return;
	kfree(s->stats);
	kmem_cache_free(sess_slab, s);
}

static noinline void sess_close(unsigned int id)
{
	struct sess *s = table[id];

	sess_free(s->peer);
	sess_free(s);
	table[id] = NULL;
}

static noinline u64 sess_account(struct sess *s, u32 len)
{
	s->stats->packets++; /* FAULT */
	s->stats->bytes += len;
	return s->stats->bytes;
}

static int sess_send_set(const char *val, const struct kernel_param *kp)
{
	unsigned int id;
	int ret;

	ret = kstrtouint(val, 0, &id);
	if (ret)
		return ret;
	if (id >= SESSIONS || !table[id])
		return -ENOENT;
	pr_info("sess_cache: %llu bytes\n", sess_account(table[id], 64)); /* F1 */
	return 0;
}

static const struct kernel_param_ops sess_send_ops = {
	.set = sess_send_set,
	.get = sess_table_get,
};

module_param_cb(send, &sess_send_ops, NULL, 0600);
MODULE_PARM_DESC(send, "Number of the session that sends 64 bytes; reads as the numbers of the open ones");

static int __init sess_cache_init(void)
{
	struct sess *a, *b;

	sess_slab = KMEM_CACHE(sess, 0);
	if (!sess_slab)
		return -ENOMEM;
	a = sess_open(1);
	b = sess_open(2);
	if (!a || !b) {
		sess_free(a);
		sess_free(b);
		kmem_cache_destroy(sess_slab);
		return -ENOMEM;
	}
	a->peer = b;
	sess_close(1);
	return 0;
}

static void __exit sess_cache_exit(void)
{
	kmem_cache_destroy(sess_slab);
}

module_init(sess_cache_init);
module_exit(sess_cache_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Sample: a freed object is used, and slab poison is what its pointer holds");
