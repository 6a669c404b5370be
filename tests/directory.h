// SPDX-License-Identifier: GPL-3.0-or-later
/* A directory for a test's files, made before it and removed behind it. */
#ifndef OD_TESTS_DIRECTORY_H
#define OD_TESTS_DIRECTORY_H

#include "tests/test.h"

#include <unistd.h>

static char directory[64];

static int make_directory(void)
{
	snprintf(directory, sizeof(directory), "/tmp/oopsdecode-test-XXXXXX");
	return mkdtemp(directory) ? 0 : -1;
}

static int remove_directory(void)
{
	char command[128];

	snprintf(command, sizeof(command), "rm -rf %s", directory);
	return system(command);
}

#endif
