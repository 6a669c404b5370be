// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef OD_SYMBOLIZE_DEMANGLE_H
#define OD_SYMBOLIZE_DEMANGLE_H

#include "core/model.h"

/*
 * The name as its author wrote it: "<m::S>::f" for "_RNvMs_…", also behind "__cfi_" and "__pfx_". Empty: it is not
 * mangled, or would not fit into bounds. The result lives in the arena. Thread safe.
 */
struct od_str od_demangle(struct od_arena *arena, struct od_str name);

/* Writes `demangled` of all frames of the event. */
void od_demangle_event(struct od_event *event);

#endif
