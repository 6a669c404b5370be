// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/library.h"

#include <dlfcn.h>
#include <string.h>

bool od_library_load(const char *soname, const char *const *names, size_t count, void *ret)
{
	void *library = dlopen(soname, RTLD_LAZY | RTLD_LOCAL | RTLD_NODELETE);

	for (size_t i = 0; library && i < count; i++) {
		void *function = dlsym(library, names[i]);
		if (!function)
			return false;
		memcpy((char *)ret + i * sizeof(function), &function, sizeof(function));
	}
	return library;
}
