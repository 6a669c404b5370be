// SPDX-License-Identifier: GPL-2.0
/* A board driver that gives up on boards that it does not know. */
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/panic.h>

static int revision = 9;

static noinline void board_id_check(int rev)
{
	if (rev > 4)
		panic("board_id: revision %d is unknown", rev); /* FAULT */
}

static int __init board_id_init(void)
{
	board_id_check(revision); /* F1 */
	return 0;
}

static void __exit board_id_exit(void)
{
}

module_init(board_id_init);
module_exit(board_id_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Sample: panic() at load time");
