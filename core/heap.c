// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/heap.h"

#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

void od_heap_prepare(size_t size)
{
	const int large = 4 << 20;
	const size_t page = (size_t)sysconf(_SC_PAGESIZE);

	mallopt(M_MMAP_THRESHOLD, large);
	mallopt(M_TRIM_THRESHOLD, 2 * large);
	mallopt(M_TOP_PAD, 1 << 20);
	void *memory = malloc(size);
	uintptr_t start = ((uintptr_t)memory + page - 1) & ~(page - 1);
#ifdef MADV_POPULATE_WRITE
	if (memory)
		madvise((void *)start, size - page, MADV_POPULATE_WRITE);
#endif
	free(memory);
}
