// SPDX-License-Identifier: GPL-2.0
/* A SPI transfer: receive-only transfers have no transmit buffer, and nobody told the copy. */
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/string.h>

struct spi_xfer {
	const u8 *tx;
	u8 *rx;
	unsigned int len;
};

static u8 fifo[32], answer[32];

static noinline void spi_fifo_fill(const struct spi_xfer *xfer)
{
	memcpy(fifo, xfer->tx, xfer->len); /* FAULT */
}

static noinline int spi_xfer_run(unsigned int len)
{
	struct spi_xfer xfer = { .rx = answer, .len = min_t(unsigned int, len, sizeof(fifo)) };

	spi_fifo_fill(&xfer); /* F1 */
	return 0;
}

static int spi_xfer_transfer_set(const char *val, const struct kernel_param *kp)
{
	int value, ret;

	ret = kstrtoint(val, 0, &value);
	if (ret)
		return ret;
	return spi_xfer_run(value); /* F2 */
}

static const struct kernel_param_ops spi_xfer_transfer_ops = {
	.set = spi_xfer_transfer_set,
};

module_param_cb(transfer, &spi_xfer_transfer_ops, NULL, 0200);
MODULE_PARM_DESC(transfer, "Bytes to transfer");

static int __init spi_xfer_init(void)
{
	return 0;
}

static void __exit spi_xfer_exit(void)
{
}

module_init(spi_xfer_init);
module_exit(spi_xfer_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Sample: memcpy() reads from NULL");
