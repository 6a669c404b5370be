// SPDX-License-Identifier: GPL-2.0
/* A packet filter in two files: the error path is cold, so that the compiler moves it to .text.unlikely. */
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include "pkt.h"

static noinline int pkt_header_check(const struct pkt *p)
{
	if (p->len < PKT_HEADER) {
		pkt_drop(p, "short"); /* F1 */
		return -EINVAL;
	}
	return 0;
}

static noinline int pkt_receive(const u8 *data, unsigned int len)
{
	struct pkt p = { .data = data, .len = len };
	int ret;

	ret = pkt_header_check(&p); /* F2 */
	if (ret)
		return ret;
	pr_info("pkt_filter: type %u, %u bytes\n", p.data[0], p.len);
	return 0;
}

static int pkt_inject_set(const char *val, const struct kernel_param *kp)
{
	return pkt_receive(val, strlen(val)); /* F3 */
}

static const struct kernel_param_ops pkt_inject_ops = {
	.set = pkt_inject_set,
};

module_param_cb(inject, &pkt_inject_ops, NULL, 0200);
MODULE_PARM_DESC(inject, "Bytes that come in as a packet");

static int __init pkt_filter_init(void)
{
	return 0;
}

static void __exit pkt_filter_exit(void)
{
}

module_init(pkt_filter_init);
module_exit(pkt_filter_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Sample: two files, and a fault in a cold function");
