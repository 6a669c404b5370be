// SPDX-License-Identifier: GPL-3.0-or-later
/* What an open dump consists of; for vmcore.c, and for file.c, which needs none of the readers of dumps. */
#ifndef OD_VMCORE_FILE_H
#define OD_VMCORE_FILE_H

#include "core/buf.h"
#include "vmcore/kernel.h"
#include "vmcore/vmcore.h"

struct od_vmcore_file {
	struct od_dump *dump;
	struct od_kernel kernel;
	struct od_vmcore model;
	struct od_buf log;
};

#endif
