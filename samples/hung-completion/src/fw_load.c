// SPDX-License-Identifier: GPL-2.0
/* A firmware loader that waits for an answer, and missed it. */
#include <linux/completion.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/module.h>

static DECLARE_COMPLETION(answer);

static noinline void fw_load_wait(void)
{
	wait_for_completion(&answer); /* FAULT */
}

static int fw_load_thread(void *data)
{
	fw_load_wait(); /* F1 */
	return 0;
}

static int __init fw_load_init(void)
{
	kthread_run(fw_load_thread, NULL, "fw_load");
	return 0;
}

static void __exit fw_load_exit(void)
{
}

module_init(fw_load_init);
module_exit(fw_load_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Sample: a completion never comes");
