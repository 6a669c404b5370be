// SPDX-License-Identifier: GPL-2.0
/* Faults as drivers make them: rings, private data, callbacks, lookups, error paths. */
#include <linux/bitops.h>
#include <linux/device.h>
#include <linux/hashtable.h>
#include <linux/notifier.h>
#include <linux/seq_file.h>
#include <linux/wait.h>
#include <linux/xarray.h>

#include "fault.h"

// fault: adjacent_members
// pointer: ring->next_desc; d
// member: addr; len

struct tx_desc { u64 addr; u64 len; u32 flags; };
struct tx_ring { u32 head; struct tx_desc *next_desc; };

static noinline u64 tx_map(struct tx_ring *ring)
{
	const struct tx_desc *d = ring->next_desc;

	return d->addr ^ d->len; /* FAULT */
}

static void crash_adjacent_members(void)
{
	struct tx_ring *r = kzalloc(sizeof(*r), GFP_KERNEL);

	n = tx_map(r);
}

// fault: atomic_bit
// pointer: hw->state; st
// member: flags

struct hw_state { u64 serial; unsigned long flags; };
struct hw { int id; struct hw_state *state; };

static noinline void hw_ready(struct hw *hw)
{
	struct hw_state *st = hw->state;

	set_bit(hw->id + 3, &st->flags); /* FAULT */
	wake_up_bit(&st->flags, 3);
}

static void crash_atomic_bit(void)
{
	struct hw *h = kzalloc(sizeof(*h), GFP_KERNEL);

	hw_ready(h);
}

// fault: bitmap_test
// pointer: volume->map; map
// member: bits

struct block_map { u32 total; unsigned long bits[64]; };
struct volume { u64 size; struct block_map *map; };

static noinline bool volume_used(struct volume *volume, unsigned int block)
{
	return test_bit(block, volume->map->bits); /* FAULT */
}

static void crash_bitmap_test(void)
{
	struct volume *v = kzalloc(sizeof(*v), GFP_KERNEL);

	n = volume_used(v, n);
}

// fault: compare_exchange
// pointer: lk->owner; owner
// member: token

struct lk_owner { u64 name; u64 token; };
struct hwlock { u32 tries; struct lk_owner *owner; };

static noinline bool hwlock_try(struct hwlock *lk, u64 mine)
{
	lk->tries++;
	return cmpxchg(&lk->owner->token, 0, mine) == 0; /* FAULT */
}

static void crash_compare_exchange(void)
{
	struct hwlock *l = kzalloc(sizeof(*l), GFP_KERNEL);

	n = hwlock_try(l, n);
}

// fault: counter_in_stats
// pointer: port->stats; stats
// member: rx; rx.counter

struct port_stats { u64 start; atomic64_t rx, tx; };
struct nic_port { u8 nr; struct port_stats *stats; };

static void count_rx(struct port_stats *stats)
{
	atomic64_inc(&stats->rx); /* FAULT */
}

static noinline int port_receive(struct nic_port *port, int budget)
{
	while (budget-- > 0)
		count_rx(port->stats);
	return port->nr;
}

static void crash_counter_in_stats(void)
{
	struct nic_port *p = kzalloc(sizeof(*p), GFP_KERNEL);

	n = port_receive(p, n);
}

// fault: delayed_work
// pointer: poll->chip; chip
// member: temp

struct chip { char label[24]; s32 temp; };
struct poller { struct chip *chip; s32 last; struct delayed_work work; };

static void poll_run(struct work_struct *work)
{
	struct poller *poll = container_of(to_delayed_work(work), struct poller, work);

	poll->last = poll->chip->temp; /* FAULT */
}

static void crash_delayed_work(void)
{
	struct poller *p = kzalloc(sizeof(*p), GFP_KERNEL);

	INIT_DELAYED_WORK(&p->work, poll_run);
	schedule_delayed_work(&p->work, 1);
	msleep(500);
}

// fault: driver_data
// pointer: priv; dev->driver_data
// member: regs

struct uart_priv { u64 clock; u32 *regs; };

static noinline u32 uart_status(struct device *dev)
{
	struct uart_priv *priv = dev_get_drvdata(dev);

	return priv->regs[2] & 1; /* FAULT */
}

static void crash_driver_data(void)
{
	struct device *d = kzalloc(sizeof(*d), GFP_KERNEL);

	n = uart_status(d);
}

// fault: empty_list_first
// pointer: job; sched->jobs.next
// member: prio; seq

struct vjob { u32 prio; u32 seq; struct list_head link; };
struct vsched { u64 clock; struct list_head jobs; };

static noinline u32 sched_peek(struct vsched *sched)
{
	struct vjob *job = list_first_entry(&sched->jobs, struct vjob, link);

	return job->prio + job->seq; /* FAULT */
}

static void crash_empty_list_first(void)
{
	struct vsched *s = kzalloc(sizeof(*s), GFP_KERNEL);

	n = sched_peek(s);
}

// fault: error_pointer_call
// pointer: gpio; line_get()
// member: chip

struct gpio_chip_x { u32 base; };
struct gpio_line { u32 offset; struct gpio_chip_x *chip; };

static noinline struct gpio_line *line_get(unsigned int index)
{
	return index < 1000 ? ERR_PTR(-ENODEV) : kzalloc(sizeof(struct gpio_line), GFP_KERNEL);
}

static noinline u32 line_number(unsigned int index)
{
	struct gpio_line *gpio = line_get(index);

	return gpio->chip->base + gpio->offset; /* FAULT */
}

static void crash_error_pointer_call(void) { n = line_number(n); }

// fault: far_member
// pointer: card->window; win
// member: doorbell

struct bar { u32 regs[18000]; u32 doorbell; u32 ack; };
struct card { int irq; struct bar *window; };

static noinline void card_ring(struct card *card, u32 value)
{
	struct bar *win = card->window;

	win->doorbell = value; /* FAULT */
	win->ack = 0;
}

static void crash_far_member(void)
{
	struct card *c = kzalloc(sizeof(*c), GFP_KERNEL);

	card_ring(c, n);
}

// fault: freed_write
// pointer: conn->stat; stat
// member: sent

struct conn_stat { u64 opened; u64 sent; };
struct conn { u32 state; u64 fill[5]; struct conn_stat *stat; };

static noinline void conn_sent(struct conn *conn, size_t bytes)
{
	conn->stat->sent += bytes; /* FAULT */
}

static void crash_freed_write(void)
{
	struct conn *c = kzalloc(sizeof(*c), GFP_KERNEL);

	kfree(c);
	conn_sent(c, n);
}

// fault: global_slots
// pointer: slots[i].client; slots[slot].client; client
// member: addr

struct i2c_client_x { u16 flags, addr; };
static struct { u32 used; struct i2c_client_x *client; } slots[4];

static noinline u16 slot_addr(unsigned int slot)
{
	return slots[slot].client->addr; /* FAULT */
}

static void crash_global_slots(void)
{
	slots[0].client = kzalloc(sizeof(*slots[0].client), GFP_KERNEL);
	n = slot_addr(n);
}

// fault: hash_corrupt
// pointer: o; o->node.next; obj
// member: key

struct hobject { u64 stamp; struct hlist_node node; u32 key; };
static DEFINE_HASHTABLE(objects, 3);

static noinline struct hobject *object_find(u32 key)
{
	struct hobject *o;

	hash_for_each_possible(objects, o, node, key)
		if (o->key == key) /* FAULT */
			return o;
	return NULL;
}

static void crash_hash_corrupt(void)
{
	struct hobject *o = kzalloc(sizeof(*o), GFP_KERNEL);

	o->key = n + 1;
	hash_add(objects, &o->node, n);
	o->node.next = (void *)0x5a5a5a5a5a5a5a00;
	n = object_find(n) != NULL;
}

// fault: heap_pointer_array
// pointer: nic->queues[q]; nic->queues[qid]; txq
// member: tail

struct txq { u32 head, size, tail; };
struct nic { u32 nr; struct txq **queues; };

static noinline u32 nic_tail(struct nic *nic, unsigned int qid)
{
	struct txq *txq = nic->queues[qid];

	return txq->tail; /* FAULT */
}

static void crash_heap_pointer_array(void)
{
	struct nic *c = kzalloc(sizeof(*c), GFP_KERNEL);

	c->queues = kcalloc(8, sizeof(*c->queues), GFP_KERNEL);
	n = nic_tail(c, n);
}

// fault: ioctl_switch
// pointer: st->video; video; st->audio
// member: frames

struct video { u16 w, h; u32 frames; };
struct audio { u32 rate, frames; };
struct stream { struct audio *audio; struct video *video; u32 errors, drops; };

static noinline long stream_ioctl(struct stream *st, unsigned int cmd)
{
	switch (cmd) {
	case 1:
		return st->errors;
	case 2:
		return st->audio->rate;
	case 3:
		return st->video->frames; /* FAULT */
	case 4:
		return st->drops * 3;
	case 5:
		return st->audio->frames;
	case 6:
		return st->errors + st->drops;
	default:
		return -ENOTTY;
	}
}

static void crash_ioctl_switch(void)
{
	struct stream *s = kzalloc(sizeof(*s), GFP_KERNEL);

	n = stream_ioctl(s, n);
}

// fault: kmemdup_fails
// pointer: copy; kmemdup()

static noinline void parse_copy(const char *text, size_t length)
{
	char *copy = kmemdup(text, length << 44, GFP_KERNEL | __GFP_NOWARN);

	copy[length] = 0; /* FAULT */
	pr_info("%s\n", copy);
	kfree(copy);
}

static void crash_kmemdup_fails(void) { parse_copy("key=value", n); }

// fault: loop_copy_out
// pointer: dst; fifo->buf; fifo->out

struct fifo { u32 level; u8 *out; u8 in[32]; };

static noinline void fifo_drain(struct fifo *fifo, int len)
{
	const u8 *src = fifo->in;
	u8 *dst = fifo->out;

	while (len-- > 0)
		*dst++ = *src++ ^ 0x55; /* FAULT */
}

static void crash_loop_copy_out(void)
{
	struct fifo *f = kzalloc(sizeof(*f), GFP_KERNEL);

	fifo_drain(f, n);
}

// fault: loop_down
// pointer: bank; dac->bank
// member: chan; chan[…].value

struct dac_chan { u16 gain; u16 value; };
struct dac_bank { u64 id; struct dac_chan chan[8]; };
struct dac { u32 nr; struct dac_bank *bank; };

static noinline u32 dac_sum(struct dac *dac)
{
	struct dac_bank *bank = dac->bank;
	u32 sum = 0;
	int i;

	for (i = dac->nr; i >= 0; i--)
		sum += bank->chan[i].value; /* FAULT */
	return sum;
}

static void crash_loop_down(void)
{
	struct dac *d = kzalloc(sizeof(*d), GFP_KERNEL);

	d->nr = n;
	n = dac_sum(d);
}

// fault: memcmp_key
// pointer: b->key; two->key; b

struct assoc { u64 id; u8 *key; };

static noinline int assoc_same(const struct assoc *a, const struct assoc *b, size_t len)
{
	return memcmp(a->key, b->key, len) == 0; /* FAULT */
}

static void crash_memcmp_key(void)
{
	struct assoc *one = kzalloc(sizeof(*one), GFP_KERNEL), *two = kzalloc(sizeof(*two), GFP_KERNEL);

	one->key = kzalloc(64, GFP_KERNEL);
	n = assoc_same(one, two, n + 20);
}

// fault: mode_bits
// pointer: pipe->cfg; cfg
// member: mode; mode.enable; mode.depth; mode.planes

struct pipe_cfg { u64 clock; struct { u32 depth : 5, planes : 3, enable : 1, : 23; } mode; };
struct pipe_x { u32 nr; struct pipe_cfg *cfg; };

static noinline void pipe_enable(struct pipe_x *pipe)
{
	pipe->cfg->mode.enable = 1; /* FAULT */
}

static void crash_mode_bits(void)
{
	struct pipe_x *p = kzalloc(sizeof(*p), GFP_KERNEL);

	pipe_enable(p);
}

// fault: nested_union
// pointer: link->last; m; msg
// member: body.ack.seq; body.data.seq

struct net_msg { u16 type; union { struct { u32 window; u32 seq; } ack; struct { u8 len[6]; u8 raw[20]; } data; } body; };
struct net_link { u32 nr; struct net_msg *last; };

static noinline u32 link_seq(const struct net_link *link)
{
	const struct net_msg *msg = link->last;

	return msg->body.ack.seq; /* FAULT */
}

static void crash_nested_union(void)
{
	struct net_link *l = kzalloc(sizeof(*l), GFP_KERNEL);

	n = link_seq(l);
}

// fault: notifier_data
// pointer: ev; data
// member: code

struct power_event { u64 when; u32 code; };
static BLOCKING_NOTIFIER_HEAD(power_chain);

static int power_changed(struct notifier_block *nb, unsigned long action, void *data)
{
	const struct power_event *ev = data;

	return ev->code == action ? NOTIFY_STOP : NOTIFY_OK; /* FAULT */
}

static struct notifier_block power_nb = { .notifier_call = power_changed };

static void crash_notifier_data(void)
{
	blocking_notifier_chain_register(&power_chain, &power_nb);
	n = blocking_notifier_call_chain(&power_chain, n, NULL);
}

// fault: ops_of_bus
// pointer: dev->bus->ops; bus->ops; ops
// member: xfer

struct sdev;
struct sbus_ops { int (*setup)(struct sdev *); int (*reset)(struct sdev *); int (*xfer)(struct sdev *, void *, int); };
struct sbus { u32 speed; const struct sbus_ops *ops; };
struct sdev { struct sbus *bus; u8 tmp[16]; };

static noinline int sdev_write(struct sdev *dev, u8 value)
{
	dev->tmp[0] = value;
	return dev->bus->ops->xfer(dev, dev->tmp, 1); /* FAULT */
}

static void crash_ops_of_bus(void)
{
	struct sdev *d = kzalloc(sizeof(*d), GFP_KERNEL);

	d->bus = kzalloc(sizeof(*d->bus), GFP_KERNEL);
	n = sdev_write(d, n);
}

// fault: optional_callback
// pointer: work->done; w->done

struct io_work { u32 tag; void (*done)(struct io_work *, int); };

static noinline void io_finish(struct io_work *work, int status)
{
	work->tag = 0;
	work->done(work, status); /* FAULT */
	work->tag = 1;
}

static void crash_optional_callback(void)
{
	struct io_work *w = kzalloc(sizeof(*w), GFP_KERNEL);

	io_finish(w, n);
}

// fault: pcpu_dynamic
// pointer: pc->last; p->last; last
// member: stamp

struct sample { u64 value; u64 stamp; };
struct pcpu_area { u32 count; struct sample *last; };
struct meter { u32 nr; struct pcpu_area __percpu *area; };

static noinline u64 meter_stamp(struct meter *meter, int cpu)
{
	struct pcpu_area *pc = per_cpu_ptr(meter->area, cpu);

	return pc->last->stamp; /* FAULT */
}

static void crash_pcpu_dynamic(void)
{
	struct meter *m = kzalloc(sizeof(*m), GFP_KERNEL);

	m->area = alloc_percpu(struct pcpu_area);
	n = meter_stamp(m, 0);
}

// fault: private_area
// pointer: priv->ring; ring
// member: count

struct rx_ring { u64 dma; u16 count; };
struct netif { char name[16]; u32 mtu; };
struct netif_priv { u32 msg; struct rx_ring *ring; };

static inline void *netif_private(const struct netif *dev)
{
	return (char *)dev + ALIGN(sizeof(struct netif), 32);
}

static noinline int netif_open(struct netif *dev)
{
	struct netif_priv *priv = netif_private(dev);

	return priv->ring->count + dev->mtu; /* FAULT */
}

static void crash_private_area(void)
{
	struct netif *d = kzalloc(256, GFP_KERNEL);

	n = netif_open(d);
}

// fault: rcu_list
// pointer: r; r->list.next; rule
// member: proto

struct rule { struct list_head list; u32 dport; u8 proto; };
static LIST_HEAD(rules);

static noinline int rules_match(u8 proto)
{
	struct rule *r;
	int hits = 0;

	rcu_read_lock();
	list_for_each_entry_rcu(r, &rules, list)
		hits += r->proto == proto; /* FAULT */
	rcu_read_unlock();
	return hits;
}

static void crash_rcu_list(void)
{
	struct rule *r = kzalloc(sizeof(*r), GFP_KERNEL);

	list_add(&r->list, &rules);
	r->list.next = NULL;
	n = rules_match(n);
}

// fault: selected_bank
// pointer: bank; ctl->hi; ctl->lo
// member: mask

struct irq_bank { u64 base; u32 pending, mask; };
struct irq_ctl { struct irq_bank *lo, *hi; };

static noinline u32 irq_mask(struct irq_ctl *ctl, unsigned int irq)
{
	struct irq_bank *bank = irq >= 32 ? ctl->hi : ctl->lo;

	return bank->mask & (1u << (irq & 31)); /* FAULT */
}

static void crash_selected_bank(void)
{
	struct irq_ctl *c = kzalloc(sizeof(*c), GFP_KERNEL);

	n = irq_mask(c, n + 40);
}

// fault: seq_private
// pointer: chan; m->private
// member: rate

struct audio_chan { char name[12]; u32 rate; };

static noinline int chan_show(struct seq_file *m, void *v)
{
	struct audio_chan *chan = m->private;

	m->count += chan->rate; /* FAULT */
	return 0;
}

static void crash_seq_private(void)
{
	struct seq_file *m = kzalloc(sizeof(*m), GFP_KERNEL);

	n = chan_show(m, NULL);
}

// fault: string_copy
// pointer: src->label; label; src

struct fw_info { u64 build; const char *label; };

static noinline ssize_t fw_label(char *out, const struct fw_info *src)
{
	return strscpy(out, src->label, 32); /* FAULT */
}

static void crash_string_copy(void)
{
	struct fw_info *i = kzalloc(sizeof(*i), GFP_KERNEL);

	n = fw_label(kzalloc(32, GFP_KERNEL), i);
}

// fault: struct_copy
// pointer: sensor->shadow; sensor->active

struct limits { u64 low, high; u32 hyst; };
struct sensor { u32 nr; struct limits *active; struct limits *shadow; };

static noinline void sensor_commit(struct sensor *sensor)
{
	*sensor->active = *sensor->shadow; /* FAULT */
}

static void crash_struct_copy(void)
{
	struct sensor *s = kzalloc(sizeof(*s), GFP_KERNEL);

	s->active = kzalloc(sizeof(*s->active), GFP_KERNEL);
	sensor_commit(s);
}

// fault: table_by_mode
// pointer: mode_names[st->mode->kind]; mode_names[kind]; st->mode; mode
// member: kind

struct dmode { u64 clock; u32 kind; };
struct dstate { struct dmode *mode; u32 flags; };
static const char *const mode_names[] = { "off", "low", "high", "turbo" };

static noinline char mode_letter(const struct dstate *st)
{
	return mode_names[st->mode->kind & 3][st->flags & 1]; /* FAULT */
}

static void crash_table_by_mode(void)
{
	struct dstate *s = kzalloc(sizeof(*s), GFP_KERNEL);

	n = mode_letter(s);
}

// fault: two_operands
// pointer: new; dev->new_cfg
// member: version

struct dcfg { u32 flags; u32 version; };
struct dcfg_dev { struct dcfg *old_cfg, *new_cfg; };

static noinline bool config_changed(struct dcfg_dev *dev)
{
	const struct dcfg *old = dev->old_cfg, *new = dev->new_cfg;

	return old->version < new->version; /* FAULT */
}

static void crash_two_operands(void)
{
	struct dcfg_dev *d = kzalloc(sizeof(*d), GFP_KERNEL);

	d->old_cfg = kzalloc(sizeof(*d->old_cfg), GFP_KERNEL);
	n = config_changed(d);
}

// fault: wake_member
// pointer: dev->ring; ring
// member: wait

struct ev_ring { u32 head, tail; wait_queue_head_t wait; };
struct ev_dev { u32 nr; struct ev_ring *ring; };

static noinline void ev_push(struct ev_dev *dev)
{
	dev->nr++;
	wake_up_interruptible(&dev->ring->wait); /* FAULT */
	dev->nr++;
}

static void crash_wake_member(void)
{
	struct ev_dev *d = kzalloc(sizeof(*d), GFP_KERNEL);

	ev_push(d);
}

// fault: xarray_miss
// pointer: ctx; xa_load()
// member: refs

struct gem_ctx { u64 handle; u32 refs; };
static DEFINE_XARRAY(contexts);

static noinline u32 ctx_refs(unsigned long id)
{
	struct gem_ctx *ctx = xa_load(&contexts, id);

	return ctx->refs; /* FAULT */
}

static void crash_xarray_miss(void) { n = ctx_refs(n); }

static const struct { const char *name; void (*crash)(void); } faults[] = {
	{ "adjacent_members", crash_adjacent_members },
	{ "atomic_bit", crash_atomic_bit },
	{ "bitmap_test", crash_bitmap_test },
	{ "compare_exchange", crash_compare_exchange },
	{ "counter_in_stats", crash_counter_in_stats },
	{ "delayed_work", crash_delayed_work },
	{ "driver_data", crash_driver_data },
	{ "empty_list_first", crash_empty_list_first },
	{ "error_pointer_call", crash_error_pointer_call },
	{ "far_member", crash_far_member },
	{ "freed_write", crash_freed_write },
	{ "global_slots", crash_global_slots },
	{ "hash_corrupt", crash_hash_corrupt },
	{ "heap_pointer_array", crash_heap_pointer_array },
	{ "ioctl_switch", crash_ioctl_switch },
	{ "kmemdup_fails", crash_kmemdup_fails },
	{ "loop_copy_out", crash_loop_copy_out },
	{ "loop_down", crash_loop_down },
	{ "memcmp_key", crash_memcmp_key },
	{ "mode_bits", crash_mode_bits },
	{ "nested_union", crash_nested_union },
	{ "notifier_data", crash_notifier_data },
	{ "ops_of_bus", crash_ops_of_bus },
	{ "optional_callback", crash_optional_callback },
	{ "pcpu_dynamic", crash_pcpu_dynamic },
	{ "private_area", crash_private_area },
	{ "rcu_list", crash_rcu_list },
	{ "selected_bank", crash_selected_bank },
	{ "seq_private", crash_seq_private },
	{ "string_copy", crash_string_copy },
	{ "struct_copy", crash_struct_copy },
	{ "table_by_mode", crash_table_by_mode },
	{ "two_operands", crash_two_operands },
	{ "wake_member", crash_wake_member },
	{ "xarray_miss", crash_xarray_miss },
};

static ssize_t run_write(struct file *file, const char __user *from, size_t size, loff_t *at)
{
	char name[40] = "";
	unsigned int i;

	if (size >= sizeof(name) || copy_from_user(name, from, size))
		return -EINVAL;
	name[strcspn(name, "\n")] = 0;
	for (i = 0; i < ARRAY_SIZE(faults); i++)
		if (!strcmp(name, faults[i].name))
			faults[i].crash();
	return size;
}

static const struct proc_ops run_ops = { .proc_write = run_write };

static int __init drivers_init(void)
{
	return proc_create("faults", 0200, NULL, &run_ops) ? 0 : -ENOMEM;
}

static void __exit drivers_exit(void)
{
	remove_proc_entry("faults", NULL);
}

module_init(drivers_init);
module_exit(drivers_exit);
