// SPDX-License-Identifier: GPL-2.0
/* A GPS receiver: sentences are copied to the stack without a look at their length. */
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/string.h>

static const char sentence[] = "$GPGGA,123519,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*47";

static noinline int nmea_checksum(const char *text)
{
	int sum = 0;

	while (*text)
		sum ^= *text++;
	return sum;
}

static noinline int nmea_line_parse(const char *text, int len)
{
	char line[16];
	char *to = line;
	int i;

	OPTIMIZER_HIDE_VAR(to);
	for (i = 0; i < len; i++)
		to[i] = text[i];
	return nmea_checksum(line);
} /* FAULT */

static int nmea_line_bytes_set(const char *val, const struct kernel_param *kp)
{
	int value, ret;

	ret = kstrtoint(val, 0, &value);
	if (ret)
		return ret;
	return nmea_line_parse(sentence, value) < 0; /* F1 */
}

static const struct kernel_param_ops nmea_line_bytes_ops = {
	.set = nmea_line_bytes_set,
};

module_param_cb(bytes, &nmea_line_bytes_ops, NULL, 0200);
MODULE_PARM_DESC(bytes, "Bytes of the sentence to parse");

static int __init nmea_line_init(void)
{
	return 0;
}

static void __exit nmea_line_exit(void)
{
}

module_init(nmea_line_init);
module_exit(nmea_line_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Sample: a buffer on the stack overflows");
