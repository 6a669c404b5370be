// SPDX-License-Identifier: GPL-3.0-or-later
/* Code with debug info and a build ID, compiled and never linked: what fuzz_cache.c looks into, and the seed of others. */
struct cfg {
	int limit;
	long values[4];
	unsigned flag : 3;
	union {
		int number;
		char text[8];
	};
};

struct dev {
	struct cfg *cfg;
	struct dev *next;
	int (*op)(struct dev *dev, int x);
};

int init_module(void);
void hello_exit(void);

volatile int fuzz_sink;
struct dev *fuzz_dev;

static inline __attribute__((always_inline)) int leaf(struct dev *dev, int x)
{
	struct cfg *cfg = dev->cfg;

	fuzz_sink = x;
	return (int)(cfg->values[x & 3] / dev->next->cfg->limit);
}

__attribute__((noinline)) static int outer(struct dev *dev, int x)
{
	int y = leaf(dev, x);

	return y > 3 ? dev->op(dev, y) : y + fuzz_dev->cfg->number;
}

__attribute__((section(".init.text"))) int init_module(void)
{
	return outer(fuzz_dev, 3);
}

__attribute__((section(".exit.text"))) void hello_exit(void)
{
	fuzz_sink = outer(fuzz_dev, 4);
}

__attribute__((section(".modinfo"), used)) static const char info[] =
	"license=GPL\0name=m\0srcversion=0123456789ABCDEF\0parm=x:what\0parmtype=x:int\0vermagic=6.1.0 SMP mod_unload ";

__attribute__((section(".note.gnu.build-id"), used, aligned(4))) static const unsigned char note[] = {
	4, 0, 0, 0, 4, 0, 0, 0, 3, 0, 0, 0, 'G', 'N', 'U', 0, 0xde, 0xad, 0xbe, 0xef,
};
