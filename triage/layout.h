// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Where crash tools put what, read from names alone:
 *
 *	Debian   <dir>/202611210305/{dmesg.202611210305,dump.202611210305}
 *	RHEL     <dir>/127.0.0.1-2026-11-21-03:05:33/{vmcore,vmcore-dmesg.txt,kexec-dmesg.log}
 *	SUSE     <dir>/2026-11-21-03:05/{dmesg.txt,vmcore,README.txt}
 *	pstore   <dir>/<id>/{dmesg.txt,dmesg-efi-<id>001,…}
 *
 * (kdump-tools 1.8, kexec-tools' dracut-kdump.sh, kdump 1.9, systemd-pstore 252). Thread safe.
 */
#ifndef OD_TRIAGE_LAYOUT_H
#define OD_TRIAGE_LAYOUT_H

#include "core/buf.h"

enum od_file_role {
	OD_ROLE_OTHER,		/* nothing that this program reads */
	OD_ROLE_LOG,
	OD_ROLE_PART,		/* a piece of a log; read only when the whole is not beside it */
	OD_ROLE_ARCHIVE,
	OD_ROLE_DUMP,		/* a memory image */
	OD_ROLE_UNFINISHED,	/* kdump is still writing, or was stopped */
};

/* By the last component of a path. */
enum od_file_role od_layout_role(const char *name);

/* When it crashed, in seconds since 1970 (UTC), from a stamp in a component of the path; false: none. */
bool od_layout_time(struct od_str path, int64_t *ret);

/* A date as people write it, UTC: 2026-11-21, 2026-11-21T03:05, 2026-11-21-03:05:33; false: it is none. */
bool od_layout_date(struct od_str text, int64_t *ret);

/*
 * Appends the host that a path below `root` bytes of root names: the address in a RHEL stamp, or the
 * innermost directory that is no stamp and no usual place ("var", "crash", …). Only letters, digits,
 * '.', ':', '-' and '_' come through. Appends nothing when there is none.
 */
void od_layout_host(struct od_buf *out, struct od_str path, size_t root);

#endif
