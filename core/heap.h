// SPDX-License-Identifier: GPL-3.0-or-later
/* The memory of a process that does one thing and ends. */
#ifndef OD_CORE_HEAP_H
#define OD_CORE_HEAP_H

#include <stddef.h>

/*
 * Has the kernel give the heap `size` bytes in one go, which malloc() then hands out: page by page, as they are touched,
 * they cost ten times as much. The heap is not given back piece by piece either. Changes malloc()'s settings for the
 * whole process (mallopt(3)), so it is for programs and children, not for somebody's library. Nothing is lost where it
 * cannot be done (MADV_POPULATE_WRITE: Linux 5.14).
 */
void od_heap_prepare(size_t size);

#endif
