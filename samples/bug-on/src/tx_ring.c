// SPDX-License-Identifier: GPL-2.0
/* A transmit ring whose producer forgets that one slot must stay free. */
#include <linux/bug.h>
#include <linux/if_ether.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/slab.h>

#define TX_RING_SIZE	8

struct tx_slot {
	dma_addr_t dma;
	u16 len;
};

struct tx_ring {
	unsigned int head;
	unsigned int tail;
	unsigned int used;
	struct tx_slot slot[TX_RING_SIZE];
};

static struct tx_ring *ring;

static inline struct tx_slot *tx_ring_next(struct tx_ring *r)
{
	struct tx_slot *slot = &r->slot[r->head];

	BUG_ON(r->used >= TX_RING_SIZE); /* FAULT */
	r->head = (r->head + 1) % TX_RING_SIZE;
	r->used++;
	return slot;
}

static noinline void tx_ring_complete(struct tx_ring *r, unsigned int budget)
{
	while (budget-- && r->used) {
		r->slot[r->tail].len = 0;
		r->tail = (r->tail + 1) % TX_RING_SIZE;
		r->used--;
	}
}

static noinline void tx_ring_queue(struct tx_ring *r, u16 len)
{
	struct tx_slot *slot = tx_ring_next(r); /* F1 */

	slot->dma = 0x1000 * (r->head + 1);
	slot->len = len;
}

static noinline int tx_ring_burst(struct tx_ring *r, unsigned int frames)
{
	unsigned int i;

	for (i = 0; i < frames; i++)
		tx_ring_queue(r, ETH_ZLEN + i); /* F2 */
	return frames;
}

static int __init tx_ring_init(void)
{
	ring = kzalloc(sizeof(*ring), GFP_KERNEL);
	if (!ring)
		return -ENOMEM;
	tx_ring_burst(ring, 4);
	tx_ring_complete(ring, 2);
	pr_info("tx_ring: %u slots in use, sending %d frames\n", ring->used, TX_RING_SIZE);
	tx_ring_burst(ring, TX_RING_SIZE); /* F3 */
	return 0;
}

static void __exit tx_ring_exit(void)
{
	kfree(ring);
}

module_init(tx_ring_init);
module_exit(tx_ring_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Sample: BUG_ON in a function that is inlined");
