// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmcore/file.h"

struct od_vmcore *od_vmcore_model(struct od_vmcore_file *file)
{
	return &file->model;
}

const struct od_memory *od_vmcore_memory(struct od_vmcore_file *file)
{
	return &file->dump->memory;
}
