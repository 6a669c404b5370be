// SPDX-License-Identifier: GPL-2.0
/* A baud rate generator that is asked for its divisor before anyone set a rate. */
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>

#define BAUD_OVERSAMPLE	16

struct baud_port {
	u32 uartclk;
	u32 rate;
	u8 line;
};

static struct baud_port ports[] = {
	{ .uartclk = 1843200, .rate = 115200, .line = 0 },
	{ .uartclk = 48000000, .line = 1 },
};

static inline u32 baud_divisor(const struct baud_port *port)
{
	return port->uartclk / (port->rate * BAUD_OVERSAMPLE); /* FAULT */
}

static noinline void baud_port_show(struct seq_file *m, const struct baud_port *port)
{
	u32 divisor = baud_divisor(port); /* F1 */

	seq_printf(m, "ttyB%u: clock %u Hz, divisor %u\n", port->line, port->uartclk, divisor);
}

static int baud_gen_show(struct seq_file *m, void *v)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(ports); i++)
		baud_port_show(m, &ports[i]); /* F2 */
	return 0;
}

static int __init baud_gen_init(void)
{
	if (!proc_create_single("baud_gen", 0444, NULL, baud_gen_show))
		return -ENOMEM;
	return 0;
}

static void __exit baud_gen_exit(void)
{
	remove_proc_entry("baud_gen", NULL);
}

module_init(baud_gen_init);
module_exit(baud_gen_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Sample: division by zero while a file in /proc is read");
