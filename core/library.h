// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Shared libraries that few runs need, loaded when one does: to load and bind a large one costs more than to explain
 * an oops. Who uses one declares its functions with the types of its header:
 *
 *	struct api { __typeof__(&hs_scan) scan; … } api;
 *	static const char *const names[] = {"hs_scan", …};
 *	od_library_load("libhs.so.5", names, sizeof(names) / sizeof(names[0]), &api)
 */
#ifndef OD_CORE_LIBRARY_H
#define OD_CORE_LIBRARY_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Loads the library with this soname, and writes the addresses of its functions, in the order of the names, to `ret`,
 * which has room for `count` of them. False: it is not installed, or lacks one; *ret is then unspecified. A library
 * stays loaded until the program ends. Thread safe.
 */
bool od_library_load(const char *soname, const char *const *names, size_t count, void *ret);

#endif
