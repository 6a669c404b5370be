// SPDX-License-Identifier: GPL-3.0-or-later
/* Code that is in no file, because the kernel makes it at run time. Pure; thread safe. */
#ifndef OD_SYMBOLIZE_SPECIAL_H
#define OD_SYMBOLIZE_SPECIAL_H

#include "core/model.h"

/* What the frame's code is, as a sentence; NULL: it should be in a file. Static. */
const char *od_special_code(const struct od_frame *frame);

#endif
