// SPDX-License-Identifier: GPL-2.0
#include "fault.h"

// fault: array_member
// pointer: win; bank->current_fir
// member: taps

struct fir { u32 rate; u16 taps[32]; };
struct fir_bank { struct fir *current_fir; u32 count; };

static noinline u32 fir_tap(const struct fir *win, unsigned int at)
{
	return win->taps[at] * 3; /* FAULT */
}

static noinline u32 fir_run(struct fir_bank *bank)
{
	return fir_tap(bank->current_fir, n) + bank->count;
}

static noinline void crash_array_member(void) { struct fir_bank *b = kzalloc(sizeof(*b), GFP_KERNEL); n = fir_run(b); }

// fault: array_of_structs
// pointer: ring; q->ring
// member: desc[…].len; desc[i].len; desc[n].len

struct desc { u64 addr; u32 len; u32 flags; u64 cookie; };
struct ring { u32 head, tail; struct desc desc[16]; };
struct queue { u8 id; struct ring *ring; };

static noinline u32 queue_len(struct queue *q, int i)
{
	struct ring *ring = q->ring;

	return ring->desc[i].len; /* FAULT */
}

static noinline void crash_array_of_structs(void) { struct queue *q = kzalloc(sizeof(*q), GFP_KERNEL); n = queue_len(q, n); }

// fault: atomic_add
// pointer: s->owner; owner
// member: users; users.counter

struct owner { u64 id; atomic_t users; };
struct session { u32 nr; struct owner *owner; };

static noinline int session_open(struct session *s)
{
	return atomic_add_return(s->nr + 1, &s->owner->users); /* FAULT */
}

static noinline void crash_atomic_add(void) { struct session *s = kzalloc(sizeof(*s), GFP_KERNEL); n = session_open(s); }

// fault: bit_field
// pointer: link->phy; l->phy; phy
// member: duplex; autoneg; speed

struct phy { u64 id; unsigned int speed : 12, duplex : 1, autoneg : 1, : 2, lanes : 16; };
struct link { int up; struct phy *phy; };

static noinline int link_duplex(struct link *link)
{
	return link->phy->duplex ? 2 : link->up; /* FAULT */
}

static noinline void crash_bit_field(void) { struct link *l = kzalloc(sizeof(*l), GFP_KERNEL); n = link_duplex(l); }

// fault: branch_join
// pointer: pick; a->alt; a->main_src
// member: level

struct src { u32 id; u32 level; };
struct mixer { struct src *main_src, *alt; };

static noinline u32 mixer_level(struct mixer *a, int which)
{
	struct src *pick;

	if (which & 1)
		pick = a->alt;
	else
		pick = a->main_src;
	return pick->level + which; /* FAULT */
}

static noinline void crash_branch_join(void) { struct mixer *a = kzalloc(sizeof(*a), GFP_KERNEL); n = mixer_level(a, n); }

// fault: by_value
// pointer: h.ops; h->ops
// member: flags

struct hops { void *open; u32 flags; };
struct handle { int fd; const struct hops *ops; };

static noinline u32 handle_flags(struct handle h)
{
	return h.ops->flags + h.fd; /* FAULT */
}

static noinline void crash_by_value(void) { struct handle *h = kzalloc(sizeof(*h), GFP_KERNEL); n = handle_flags(*h); }

// fault: byte_rmw
// pointer: port->uart; uart; p->uart
// member: lcr

struct uart { u8 rbr, ier, fcr, lcr; };
struct tport { u64 x; struct uart *uart; };

static noinline void port_break(struct tport *port)
{
	port->uart->lcr |= 0x40; /* FAULT */
}

static noinline void crash_byte_rmw(void) { struct tport *p = kzalloc(sizeof(*p), GFP_KERNEL); port_break(p); }

// fault: complete_member
// pointer: x->cmd; cmd
// member: done

struct cmd { u32 tag; struct completion done; };
struct xfer { u64 pad; struct cmd *cmd; };

static noinline void xfer_done(struct xfer *x)
{
	complete(&x->cmd->done); /* FAULT */
	x->pad++;
}

static noinline void crash_complete_member(void) { struct xfer *x = kzalloc(sizeof(*x), GFP_KERNEL); xfer_done(x); }

// fault: const_text
// pointer: s; text

static const char banner[] = "read only text";

static noinline void shout(char *s, int at)
{
	s[at] = 'X'; /* FAULT */
}

static noinline void crash_const_text(void) { shout((char *)banner, n); }

// fault: double_pointer
// pointer: *pp; *slot

static noinline int take(int **pp)
{
	return **pp; /* FAULT */
}

static noinline void crash_double_pointer(void) { int **slot = kzalloc(sizeof(*slot) * 4, GFP_KERNEL); n = take(slot); }

// fault: err_ptr
// pointer: clk
// member: rate

struct clock { const char *name; u64 rate; };

static noinline struct clock *clock_find(int id)
{
	return id ? ERR_PTR(-EPROBE_DEFER) : NULL;
}

static noinline u64 clock_rate(int id)
{
	struct clock *clk = clock_find(id);

	return clk->rate; /* FAULT */
}

static noinline void crash_err_ptr(void) { n = clock_rate(n); }

// fault: exit_name
// pointer: state.last; *where
// member: stamp

struct ev { u64 a, b; u64 stamp; };
static struct { u32 n; struct ev *last; } state;

static noinline u64 stamp_of(void)
{
	struct ev **where = &state.last;

	state.n += n;
	return (*where)->stamp; /* FAULT */
}

static noinline void set_last(struct ev *e) { state.last = e; }
static noinline void crash_exit_name(void) { set_last(n == 5 ? kzalloc(99, GFP_KERNEL) : ERR_PTR(-ENOENT)); n = stamp_of(); }

// fault: flex_array
// pointer: m; b->msg
// member: data

struct msg { u32 len; u32 data[]; };
struct mbox { u64 x; struct msg *msg; };

static noinline u32 mbox_word(struct mbox *b, int at)
{
	struct msg *m = b->msg;

	return m->data[at]; /* FAULT */
}

static noinline void crash_flex_array(void) { struct mbox *b = kzalloc(sizeof(*b), GFP_KERNEL); n = mbox_word(b, n); }

// fault: global_member
// pointer: board.phy; board_13.phy
// member: oui

struct bphy { u16 model, oui; };
static struct { int rev; char name[16]; struct bphy *phy; } board_13;

static noinline int board_oui(void)
{
	return board_13.phy->oui + board_13.rev; /* FAULT */
}

static noinline void set_phy(void *p)
{
	board_13.phy = p;
	board_13.rev = n;
}

static noinline void crash_global_member(void) { set_phy(n == 77 ? kzalloc(16, GFP_KERNEL) : NULL); n = board_oui(); }

// fault: global_pointer
// pointer: hw
// member: ctl

struct hwregs { u32 id, status, ctl; };
static struct hwregs *hw;
module_param_named(hw, n, int, 0);

static noinline void hw_enable(u32 bits)
{
	hw->ctl = bits; /* FAULT */
}

static noinline void set_hw(void *p)
{
	hw = p;
}

static noinline void crash_global_pointer(void) { set_hw(n == 77 ? kzalloc(16, GFP_KERNEL) : NULL); hw_enable(n); }

// fault: hlist_walk
// pointer: o; o->link.next
// member: id

struct hobj { struct hlist_node link; u32 id; };
static struct hlist_head bucket;

static noinline struct hobj *bucket_find(u32 id)
{
	struct hobj *o;

	hlist_for_each_entry(o, &bucket, link)
		if (o->id == id) /* FAULT */
			return o;
	return NULL;
}

static void fill_15(void)
{
	struct hobj *a = kzalloc(sizeof(*a), GFP_KERNEL);

	hlist_add_head(&a->link, &bucket);
	a->link.next = (void *)0x00a1b2c3d4e5f600;
	n = bucket_find(n) != NULL;
}

static noinline void crash_hlist_walk(void) { fill_15(); }

// fault: idr_lookup
// pointer: it
// member: val

struct ident { u32 id; u32 pad; u64 val; };
static DEFINE_IDR(table);

static noinline u64 ident_val(int id)
{
	struct ident *it = idr_find(&table, id);

	return it->val; /* FAULT */
}

static noinline void crash_idr_lookup(void) { n = ident_val(n); }

// fault: inlined_deep
// pointer: hub->port->dev; port->dev; dev
// member: addr

struct udev { u64 speed; u16 addr; };
struct uport { u32 nr; struct udev *dev; };
struct uhub { u64 x; struct uport *port; };

static inline u16 dev_addr(const struct udev *dev) { return dev->addr; /* FAULT */ }
static inline u16 port_addr(const struct uport *port) { return dev_addr(port->dev) + port->nr; }

static noinline u16 hub_addr(struct uhub *hub)
{
	return port_addr(hub->port);
}

static noinline void crash_inlined_deep(void) { struct uhub *h = kzalloc(sizeof(*h), GFP_KERNEL); h->port = kzalloc(64, GFP_KERNEL); n = hub_addr(h); }

// fault: inlined_loop
// pointer: tbl; s->tbl; e; weights
// member: weight

struct ent_18 { u16 key; u16 weight; u32 pad; };
struct sched_tab { u32 count; struct ent_18 *tbl; };

static u32 total(const struct ent_18 *tbl, unsigned int count)
{
	u32 sum = 0;
	unsigned int i;

	for (i = 0; i < count; i++)
		sum += tbl[i].weight; /* FAULT */
	return sum;
}

static noinline u32 sched_total(struct sched_tab *s)
{
	return total(s->tbl, s->count);
}

static noinline void crash_inlined_loop(void) { struct sched_tab *s = kzalloc(sizeof(*s), GFP_KERNEL); s->count = n; n = sched_total(s); }

// fault: kmalloc_fails
// pointer: buf
// member: len

struct frame { u8 hdr[20]; u32 len; };

static noinline void frame_new(size_t size)
{
	struct frame *buf = kmalloc(size << 40, GFP_KERNEL | __GFP_NOWARN);

	buf->len = size; /* FAULT */
	pr_info("%p\n", buf);
}

static noinline void crash_kmalloc_fails(void) { frame_new(n); }

// fault: kref_put_null
// pointer: f->obj; obj
// member: ref; ref.refcount; ref.refcount.refs; ref.refcount.refs.counter

struct obj { void *data; struct kref ref; };
struct file_priv { u32 mode; struct obj *obj; };

static void obj_release(struct kref *ref)
{
	kfree(container_of(ref, struct obj, ref));
}

static noinline int priv_close(struct file_priv *f)
{
	return kref_put(&f->obj->ref, obj_release) + f->mode; /* FAULT */
}

static noinline void crash_kref_put_null(void) { struct file_priv *f = kzalloc(sizeof(*f), GFP_KERNEL); n = priv_close(f); }

// fault: list_poison
// pointer: j; pos->node.next; j->node.next
// member: prio

struct lj { s32 prio; struct list_head node; };

static noinline s32 next_prio(struct lj *pos)
{
	struct lj *j = list_next_entry(pos, node);

	return j->prio; /* FAULT */
}

static LIST_HEAD(lh);
static noinline void crash_list_poison(void) { struct lj *a = kzalloc(sizeof(*a), GFP_KERNEL); list_add(&a->node, &lh); list_del(&a->node); n = next_prio(a); }

// fault: list_walk
// pointer: it; it->node.next; pos
// member: val; node.next; weight

struct item { u64 val; u32 weight; struct list_head node; };
static LIST_HEAD(items);

static noinline u64 items_sum(void)
{
	struct item *it;
	u64 sum = 0;

	list_for_each_entry(it, &items, node)
		sum += it->val; /* FAULT */
	return sum;
}

static void fill_22(void)
{
	struct item *a = kzalloc(sizeof(*a), GFP_KERNEL);

	list_add(&a->node, &items);
	a->node.next = NULL;
	n = items_sum();
}

static noinline void crash_list_walk(void) { fill_22(); }

// fault: lookup_null
// pointer: port_find(); port_find(id)
// member: state

struct port { int id; u16 state; struct list_head node; };
static LIST_HEAD(ports);

static noinline struct port *port_find(int id)
{
	struct port *p;

	list_for_each_entry(p, &ports, node)
		if (p->id == id)
			return p;
	return NULL;
}

static noinline int port_state(int id)
{
	return port_find(id)->state; /* FAULT */
}

static noinline void crash_lookup_null(void) { n = port_state(n); }

// fault: matrix2d
// pointer: g; s->grid
// member: cell

struct grid { u32 w, h; u8 cell[16][16]; };
struct screen { u64 x; struct grid *grid; };

static noinline int screen_at(struct screen *s, int y, int x)
{
	struct grid *g = s->grid;

	return g->cell[y][x]; /* FAULT */
}

static noinline void crash_matrix2d(void) { struct screen *s = kzalloc(sizeof(*s), GFP_KERNEL); n = screen_at(s, n, n + 1); }

// fault: member_address
// pointer: s; p; h->p
// member: x; sub.x; a; sub.a

struct subsys { u32 a, x; };
struct parent { u64 b[3]; struct subsys sub; };
struct pholder { struct parent *p; };

static noinline void sub_init(struct subsys *s)
{
	s->x = n; /* FAULT */
	s->a = 1;
}

static noinline int parent_init(struct pholder *h)
{
	struct parent *p = h->p;

	sub_init(&p->sub);
	return 5;
}

static noinline void crash_member_address(void) { struct pholder *h = kzalloc(sizeof(*h), GFP_KERNEL); n = parent_init(h); }

// fault: memcpy_call
// pointer: dst; p->out
// member: data

struct pkt { u32 len; u8 data[128]; };
struct pipe_end { struct pkt *out; u8 src[64]; };

static noinline void pipe_push(struct pipe_end *p, size_t len)
{
	struct pkt *dst = p->out;

	memcpy(dst->data, p->src, len); /* FAULT */
	dst->len = len;
}

static noinline void crash_memcpy_call(void) { struct pipe_end *p = kzalloc(sizeof(*p), GFP_KERNEL); pipe_push(p, n + 10); }

// fault: memset_struct
// pointer: d->stats; st

struct big_stats { u64 counters[64]; };
struct dev_state { u32 nr; struct big_stats *stats; };

static noinline void stats_reset(struct dev_state *d)
{
	struct big_stats *st = d->stats;

	memset(st, 0, sizeof(*st)); /* FAULT */
}

static noinline void crash_memset_struct(void) { struct dev_state *d = kzalloc(sizeof(*d), GFP_KERNEL); stats_reset(d); }

// fault: mutex_member
// pointer: d->parent; parent
// member: lock

struct dpar { u32 x; struct mutex lock; };
struct dchild { u64 x; struct dpar *parent; };

static noinline void child_update(struct dchild *d)
{
	mutex_lock(&d->parent->lock); /* FAULT */
	d->x++;
	mutex_unlock(&d->parent->lock);
}

static noinline void crash_mutex_member(void) { struct dchild *d = kzalloc(sizeof(*d), GFP_KERNEL); child_update(d); }

// fault: negative_container
// pointer: ctx
// member: count

struct wctx2 { u64 count; u64 fill[3]; struct list_head link; };
struct head { struct list_head *first; };

static noinline u64 head_count(struct head *h)
{
	struct wctx2 *ctx = container_of(h->first, struct wctx2, link);

	return ctx->count + 1; /* FAULT */
}

static noinline void crash_negative_container(void) { struct head *h = kzalloc(sizeof(*h), GFP_KERNEL); n = head_count(h); }

// fault: ops_call
// pointer: d->ops->start; no_ops.start

struct drv;
struct drv_ops { int (*probe)(struct drv *); int (*start)(struct drv *, int); };
struct drv { const struct drv_ops *ops; int on; };

static noinline int drv_start(struct drv *d)
{
	int err = d->ops->start(d, n); /* FAULT */

	d->on = !err;
	return err;
}

static struct drv_ops no_ops;
static noinline void crash_ops_call(void) { struct drv *d = kzalloc(sizeof(*d), GFP_KERNEL); d->ops = &no_ops; n = drv_start(d); }

// fault: ops_null
// pointer: d->ops; ops
// member: stop

struct eng;
struct eng_ops { int (*start)(struct eng *); int (*stop)(struct eng *); };
struct eng { int on; const struct eng_ops *ops; };

static noinline int eng_stop(struct eng *d)
{
	int err = d->ops->stop(d); /* FAULT */

	d->on = 0;
	return err;
}

static noinline void crash_ops_null(void) { struct eng *e = kzalloc(sizeof(*e), GFP_KERNEL); n = eng_stop(e); }

// fault: percpu_member
// pointer: s->cur
// member: sector

struct req { u32 op; u64 sector; };
struct cpu_stat { u64 hits; struct req *cur; };
static DEFINE_PER_CPU(struct cpu_stat, stats);

static noinline u64 stat_sector(void)
{
	struct cpu_stat *s = this_cpu_ptr(&stats);

	s->hits++;
	return s->cur->sector; /* FAULT */
}

static noinline void crash_percpu_member(void) { n = stat_sector(); }

// fault: percpu_pointer
// pointer: rq; running
// member: tag

struct job { u64 a, b; u32 tag; };
static DEFINE_PER_CPU(struct job *, running);

static noinline u32 running_tag(void)
{
	struct job *rq = this_cpu_read(running);

	return rq->tag; /* FAULT */
}

static noinline void crash_percpu_pointer(void) { n = running_tag(); }

// fault: pointer_arithmetic
// pointer: io->base; base

struct io { int id; u32 *base; };

static noinline void io_poke(struct io *io, unsigned long reg, u32 value)
{
	u32 *base = io->base;

	*(base + reg) = value; /* FAULT */
}

static noinline void crash_pointer_arithmetic(void) { struct io *io = kzalloc(sizeof(*io), GFP_KERNEL); io_poke(io, n, 7); }

// fault: rb_first_entry
// pointer: e
// member: key; val

struct ent_35 { u64 key; u32 val; struct rb_node node; };
static struct rb_root root = RB_ROOT;

static noinline u64 tree_first(struct rb_root *r)
{
	struct ent_35 *e = rb_entry(rb_first(r), struct ent_35, node);

	return e->key + e->val; /* FAULT */
}

static noinline void crash_rb_first_entry(void) { n = tree_first(&root); }

// fault: rcu_global
// pointer: cfg; live_cfg
// member: mtu

struct netcfg { u8 mac[6]; u16 mtu; };
static struct netcfg __rcu *live_cfg;

static noinline int cfg_mtu(void)
{
	const struct netcfg *cfg;
	int mtu;

	rcu_read_lock();
	cfg = rcu_dereference(live_cfg);
	mtu = cfg->mtu; /* FAULT */
	rcu_read_unlock();
	return mtu;
}

static noinline void crash_rcu_global(void) { n = cfg_mtu(); }

// fault: sort_callback
// pointer: l; r
// member: key

struct rec { u64 x; s32 key; };

static int rec_cmp(const void *a, const void *b)
{
	const struct rec *l = *(const struct rec *const *)a;
	const struct rec *r = *(const struct rec *const *)b;

	return l->key - r->key; /* FAULT */
}

static noinline void crash_sort_callback(void) { void **v = kzalloc(sizeof(*v) * 4, GFP_KERNEL); sort(v, 4, sizeof(*v), rec_cmp, NULL); }

// fault: spilled
// pointer: a->sink; sink
// member: total

struct sink { u64 pad; u64 total; };
struct acc { u32 v[8]; struct sink *sink; };

static noinline u32 noisy(u32 x) { msleep(1); return x * n; }

static noinline void acc_flush(struct acc *a, u32 p, u32 q, u32 r, u32 s)
{
	struct sink *sink = a->sink;
	u32 w = noisy(p), x = noisy(q), y = noisy(r), z = noisy(s), t = noisy(p + q), u = noisy(r + s), v = noisy(q + r);

	sink->total = w + x * y + z * t + u * v + w * v + noisy(a->v[n]); /* FAULT */
	a->v[0] = w ^ x ^ y ^ z ^ t ^ u ^ v;
}

static noinline void crash_spilled(void) { struct acc *a = kzalloc(sizeof(*a), GFP_KERNEL); acc_flush(a, n, n + 1, n + 2, n + 3); }

// fault: spin_lock_member
// pointer: p->bus; bus
// member: lock; lock.rlock.raw_lock.val.counter

struct bus { u64 id; spinlock_t lock; u32 count; };
struct probe { int nr; struct bus *bus; };

static noinline void bus_count(struct probe *p)
{
	struct bus *bus = p->bus;

	spin_lock(&bus->lock); /* FAULT */
	bus->count++;
	spin_unlock(&bus->lock);
}

static noinline void crash_spin_lock_member(void) { struct probe *p = kzalloc(sizeof(*p), GFP_KERNEL); bus_count(p); }

// fault: static_array
// pointer: lanes[i]; lanes[n]; l
// member: gain

struct lane { u64 a; s32 gain; };
static struct lane *lanes[8];

static noinline int lane_gain(unsigned int i)
{
	struct lane *l = lanes[i];

	return l->gain; /* FAULT */
}

static noinline void crash_static_array(void) { lanes[0] = kzalloc(64, GFP_KERNEL); n = lane_gain(n); }

// fault: static_local
// pointer: last
// member: seq

struct mark { u64 when; u32 seq; };

static noinline u32 mark_step(struct mark *now)
{
	static struct mark *last;
	u32 before = last->seq; /* FAULT */

	last = now;
	return before;
}

static noinline void crash_static_local(void) { struct mark *m = kzalloc(sizeof(*m), GFP_KERNEL); n = mark_step(m); }

// fault: strcmp_second
// pointer: want->key; b

struct pair { const char *key; const char *val; };

static noinline int pair_is(const struct pair *have, const struct pair *want)
{
	return strcmp(have->key, want->key) ? -1 : n; /* FAULT */
}

static noinline void crash_strcmp_second(void) { struct pair *p = kzalloc(2 * sizeof(*p), GFP_KERNEL); p[0].key = "a"; n = pair_is(p, p + 1); }

// fault: string_table
// pointer: names[i]; names[at]

static const char *names[8] = { "idle", "run" };

static noinline char name_first(unsigned int at)
{
	return *names[at] + 1; /* FAULT */
}

static noinline void crash_string_table(void) { names[1] = "x"; n = name_first(n); }

// fault: strlen_call
// pointer: cfg->name

struct named { u32 id; const char *name; };

static noinline size_t name_len(const struct named *cfg)
{
	return strlen(cfg->name) + cfg->id; /* FAULT */
}

static noinline void crash_strlen_call(void) { struct named *c = kzalloc(sizeof(*c), GFP_KERNEL); n = name_len(c); }

// fault: third_in_chain
// pointer: p->next->next; b->next; a->next->next
// member: val

struct cell { u32 val; struct cell *next; };

static noinline u32 third(struct cell *p)
{
	return p->next->next->val; /* FAULT */
}

static void chain(void)
{
	struct cell *a = kzalloc(sizeof(*a), GFP_KERNEL), *b = kzalloc(sizeof(*b), GFP_KERNEL);

	a->next = b;
	n = third(a);
}

static noinline void crash_third_in_chain(void) { chain(); }

// fault: thread_data
// pointer: ctx->limit; limit
// member: hi

struct limit { s32 lo, hi; };
struct tctx { u32 nr; struct limit *limit; };

static int worker(void *data)
{
	struct tctx *ctx = data;

	while (!kthread_should_stop()) {
		if (ctx->limit->hi < n) /* FAULT */
			ctx->nr++;
		msleep(10);
	}
	return 0;
}

static noinline void crash_thread_data(void) { struct tctx *c = kzalloc(sizeof(*c), GFP_KERNEL); kthread_run(worker, c, "fault"); msleep(500); }

// fault: two_callers
// pointer: cfg; conf; board->cfg; board_47->cfg; b->cfg
// member: irq

struct conf { u64 base; int irq; };
struct board_47 { char name[12]; struct conf *cfg; };

static noinline int conf_irq(const struct conf *cfg)
{
	return cfg->irq + n; /* FAULT */
}

static noinline int board_irq(int extra, const struct conf *conf)
{
	return conf_irq(conf) + extra;
}

static noinline int board_probe(struct board_47 *board_47)
{
	return board_irq(board_47->name[0], board_47->cfg) + 1;
}

static noinline void crash_two_callers(void) { struct board_47 *b = kzalloc(sizeof(*b), GFP_KERNEL); n = board_probe(b); }

// fault: uaf_pointer
// pointer: s->peer; peer
// member: window

struct peer { u64 addr; u32 window; };
struct sock_x { u32 state; u64 fill[6]; struct peer *peer; };

static noinline u32 sock_window(struct sock_x *s)
{
	return s->peer->window; /* FAULT */
}

static noinline void crash_uaf_pointer(void) { struct sock_x *s = kzalloc(sizeof(*s), GFP_KERNEL); kfree(s); n = sock_window(s); }

// fault: union_member
// pointer: c->last; m
// member: u.word; u.byte; u.half

struct mail { u32 kind; union { u8 byte; u16 half; u32 word[2]; } u; };
struct chan { struct mail *last; int seen; };

static noinline int chan_peek(struct chan *c)
{
	struct mail *m = c->last;

	return m->u.half + c->seen; /* FAULT */
}

static noinline void crash_union_member(void) { struct chan *c = kzalloc(sizeof(*c), GFP_KERNEL); n = chan_peek(c); }

// fault: user_direct
// pointer: req->ubuf; ubuf
// member: size; cmd

struct uargs { u32 cmd; u32 size; };
struct request { int nr; struct uargs *ubuf; };

static noinline int request_size(struct request *req)
{
	return req->ubuf->size; /* FAULT */
}

static noinline void crash_user_direct(void) { struct request *r = kzalloc(sizeof(*r), GFP_KERNEL); r->ubuf = (void *)0x7f5500001000; n = request_size(r); }

// fault: vmalloc_past_end
// pointer: fb->pixels; pixels

struct fb { u32 w; u32 *pixels; };

static noinline void fb_put(struct fb *fb, unsigned int x, unsigned int y, u32 c)
{
	fb->pixels[y * fb->w + x] = c; /* FAULT */
}

static void draw(void)
{
	struct fb *fb = kzalloc(sizeof(*fb), GFP_KERNEL);

	fb->w = 64;
	fb->pixels = vmalloc(64 * 64 * 4);
	fb_put(fb, n, 65, 1);
}

static noinline void crash_vmalloc_past_end(void) { draw(); }

// fault: word_write
// pointer: hdr; skb->hdr
// member: dport; len

struct udp { u16 sport, dport, len; };
struct buf { u64 x; struct udp *hdr; };

static noinline void set_port(struct buf *skb, u16 port)
{
	struct udp *hdr = skb->hdr;

	hdr->dport = port; /* FAULT */
	hdr->len += 1;
}

static noinline void crash_word_write(void) { struct buf *b = kzalloc(sizeof(*b), GFP_KERNEL); set_port(b, n); }

// fault: work_item
// pointer: w->ctx; ctx
// member: budget

struct wctx { u32 a[5]; u32 budget; };
struct wk { struct wctx *ctx; struct work_struct work; };

static void wk_run(struct work_struct *work)
{
	struct wk *w = container_of(work, struct wk, work);

	w->ctx->budget -= 1; /* FAULT */
}

static void start(void)
{
	struct wk *w = kzalloc(sizeof(*w), GFP_KERNEL);

	INIT_WORK(&w->work, wk_run);
	schedule_work(&w->work);
	msleep(300);
}

static noinline void crash_work_item(void) { start(); }

static ssize_t run_write(struct file *file, const char __user *from, size_t size, loff_t *at)
{
	char name[40] = "";

	if (size >= sizeof(name) || copy_from_user(name, from, size))
		return -EINVAL;
	name[strcspn(name, "\n")] = 0;
	if (!strcmp(name, "array_member")) crash_array_member();
	if (!strcmp(name, "array_of_structs")) crash_array_of_structs();
	if (!strcmp(name, "atomic_add")) crash_atomic_add();
	if (!strcmp(name, "bit_field")) crash_bit_field();
	if (!strcmp(name, "branch_join")) crash_branch_join();
	if (!strcmp(name, "by_value")) crash_by_value();
	if (!strcmp(name, "byte_rmw")) crash_byte_rmw();
	if (!strcmp(name, "complete_member")) crash_complete_member();
	if (!strcmp(name, "const_text")) crash_const_text();
	if (!strcmp(name, "double_pointer")) crash_double_pointer();
	if (!strcmp(name, "err_ptr")) crash_err_ptr();
	if (!strcmp(name, "exit_name")) crash_exit_name();
	if (!strcmp(name, "flex_array")) crash_flex_array();
	if (!strcmp(name, "global_member")) crash_global_member();
	if (!strcmp(name, "global_pointer")) crash_global_pointer();
	if (!strcmp(name, "hlist_walk")) crash_hlist_walk();
	if (!strcmp(name, "idr_lookup")) crash_idr_lookup();
	if (!strcmp(name, "inlined_deep")) crash_inlined_deep();
	if (!strcmp(name, "inlined_loop")) crash_inlined_loop();
	if (!strcmp(name, "kmalloc_fails")) crash_kmalloc_fails();
	if (!strcmp(name, "kref_put_null")) crash_kref_put_null();
	if (!strcmp(name, "list_poison")) crash_list_poison();
	if (!strcmp(name, "list_walk")) crash_list_walk();
	if (!strcmp(name, "lookup_null")) crash_lookup_null();
	if (!strcmp(name, "matrix2d")) crash_matrix2d();
	if (!strcmp(name, "member_address")) crash_member_address();
	if (!strcmp(name, "memcpy_call")) crash_memcpy_call();
	if (!strcmp(name, "memset_struct")) crash_memset_struct();
	if (!strcmp(name, "mutex_member")) crash_mutex_member();
	if (!strcmp(name, "negative_container")) crash_negative_container();
	if (!strcmp(name, "ops_call")) crash_ops_call();
	if (!strcmp(name, "ops_null")) crash_ops_null();
	if (!strcmp(name, "percpu_member")) crash_percpu_member();
	if (!strcmp(name, "percpu_pointer")) crash_percpu_pointer();
	if (!strcmp(name, "pointer_arithmetic")) crash_pointer_arithmetic();
	if (!strcmp(name, "rb_first_entry")) crash_rb_first_entry();
	if (!strcmp(name, "rcu_global")) crash_rcu_global();
	if (!strcmp(name, "sort_callback")) crash_sort_callback();
	if (!strcmp(name, "spilled")) crash_spilled();
	if (!strcmp(name, "spin_lock_member")) crash_spin_lock_member();
	if (!strcmp(name, "static_array")) crash_static_array();
	if (!strcmp(name, "static_local")) crash_static_local();
	if (!strcmp(name, "strcmp_second")) crash_strcmp_second();
	if (!strcmp(name, "string_table")) crash_string_table();
	if (!strcmp(name, "strlen_call")) crash_strlen_call();
	if (!strcmp(name, "third_in_chain")) crash_third_in_chain();
	if (!strcmp(name, "thread_data")) crash_thread_data();
	if (!strcmp(name, "two_callers")) crash_two_callers();
	if (!strcmp(name, "uaf_pointer")) crash_uaf_pointer();
	if (!strcmp(name, "union_member")) crash_union_member();
	if (!strcmp(name, "user_direct")) crash_user_direct();
	if (!strcmp(name, "vmalloc_past_end")) crash_vmalloc_past_end();
	if (!strcmp(name, "word_write")) crash_word_write();
	if (!strcmp(name, "work_item")) crash_work_item();
	return size;
}

static const struct proc_ops run_ops = { .proc_write = run_write };

static int __init faults_init(void)
{
	return proc_create("faults", 0200, NULL, &run_ops) ? 0 : -ENOMEM;
}

static void __exit faults_exit(void)
{
	remove_proc_entry("faults", NULL);
}

module_init(faults_init);
module_exit(faults_exit);
