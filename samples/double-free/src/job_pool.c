// SPDX-License-Identifier: GPL-2.0
/* A pool of jobs: the error path frees what the cleanup frees again. */
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/slab.h>

struct job {
	int id;
	u32 started, ended;
};

static noinline void job_cleanup(struct job *j)
{
	pr_info("job_pool: job %d is done\n", READ_ONCE(j->id));
	kfree(j); /* FAULT */
}

static noinline int job_start(struct job *j)
{
	if (j->id >= 0)
		return 0;
	kfree(j);
	return -EINVAL;
}

static noinline int job_pool_submit(int id)
{
	struct job *j = kzalloc(sizeof(*j), GFP_KERNEL);
	int ret;

	if (!j)
		return -ENOMEM;
	j->id = id;
	ret = job_start(j);
	job_cleanup(j); /* F1 */
	return ret;
}

static int job_pool_submit_set(const char *val, const struct kernel_param *kp)
{
	int value, ret;

	ret = kstrtoint(val, 0, &value);
	if (ret)
		return ret;
	return job_pool_submit(value); /* F2 */
}

static const struct kernel_param_ops job_pool_submit_ops = {
	.set = job_pool_submit_set,
};

module_param_cb(submit, &job_pool_submit_ops, NULL, 0200);
MODULE_PARM_DESC(submit, "Number of the job");

static int __init job_pool_init(void)
{
	return 0;
}

static void __exit job_pool_exit(void)
{
}

module_init(job_pool_init);
module_exit(job_pool_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Sample: an object is freed twice");
