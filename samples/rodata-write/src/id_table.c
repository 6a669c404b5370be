// SPDX-License-Identifier: GPL-2.0
/* A quirk writes into a device table that is const, and so lies in read-only memory. */
#include <linux/kernel.h>
#include <linux/module.h>

struct id_entry {
	u16 vendor;
	u16 device;
	u32 quirks;
};

#define ID_QUIRK_SLOW	0x10

static const struct id_entry id_table[] = {
	{ 0x10ec, 0x8139, 0 },
	{ 0x8086, 0x100e, 0 },
	{ 0x1af4, 0x1000, 0 },
};

static noinline const struct id_entry *id_table_find(u16 vendor, u16 device)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(id_table); i++) {
		if (READ_ONCE(id_table[i].vendor) == vendor && READ_ONCE(id_table[i].device) == device)
			return &id_table[i];
	}
	return NULL;
}

static int __init id_table_init(void)
{
	struct id_entry *entry = (struct id_entry *)id_table_find(0x8086, 0x100e);

	if (!entry)
		return -ENODEV;
	entry->quirks |= ID_QUIRK_SLOW; /* FAULT */
	pr_info("id_table: %04x:%04x is slow\n", entry->vendor, entry->device);
	return 0;
}

static void __exit id_table_exit(void)
{
}

module_init(id_table_init);
module_exit(id_table_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Sample: a write to a const table");
