// SPDX-License-Identifier: GPL-2.0
/* A serial port: close frees the port while its thread still reads. */
#include <linux/delay.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/slab.h>

struct uart_stats {
	u64 received;
};

struct uart_port {
	int line;
	struct uart_stats *stats;
};

static struct uart_port *port;

static noinline void uart_rx_account(struct uart_port *p)
{
	p->stats->received++; /* FAULT */
}

static int uart_rx_thread(void *data)
{
	struct uart_port *p = data;

	msleep(100);
	uart_rx_account(p); /* F1 */
	return 0;
}

static int __init uart_rx_init(void)
{
	port = kzalloc(sizeof(*port), GFP_KERNEL);
	if (!port)
		return -ENOMEM;
	kthread_run(uart_rx_thread, port, "uart_rx");
	kfree(port);
	msleep(300);
	return 0;
}

static void __exit uart_rx_exit(void)
{
}

module_init(uart_rx_init);
module_exit(uart_rx_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Sample: a thread uses what another task has freed");
