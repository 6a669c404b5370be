/* SPDX-License-Identifier: GPL-2.0 */
/* What every fault here needs: `n` is a number that the compiler does not know. */
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/idr.h>
#include <linux/kref.h>
#include <linux/kthread.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/percpu.h>
#include <linux/proc_fs.h>
#include <linux/rbtree.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/sort.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <linux/vmalloc.h>
#include <linux/workqueue.h>
#include <linux/completion.h>
#include <linux/mutex.h>

static int n = 3;
module_param(n, int, 0644);
MODULE_LICENSE("GPL");
