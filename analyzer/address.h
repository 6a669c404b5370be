// SPDX-License-Identifier: GPL-3.0-or-later
/* What an address says about how it came to be used. Thread safe for different events. */
#ifndef OD_ANALYZER_ADDRESS_H
#define OD_ANALYZER_ADDRESS_H

#include "core/buf.h"
#include "core/model.h"

/* Addresses below this are NULL, or NULL plus an offset: no object of the kernel lies there. */
enum { OD_NULL_PAGE = 4096 };

/*
 * The region that the address lies in. On x86_64, addresses that 5-level page tables map are OTHER_KERNEL or USER where the
 * report shows that the machine has such tables: by CR4, by a stack pointer of that kind, or by a page fault at such an address,
 * which a CPU without them refuses otherwise (Intel SDM volume 3A, 4.5).
 */
enum od_region od_address_region(const struct od_event *event, uint64_t address);

/*
 * Writes a few words that follow "address 0x…": ", a NULL pointer", ", the error pointer -ENOMEM".
 * Writes nothing for an address that says nothing.
 */
void od_address_remark(struct od_buf *out, const struct od_event *event, uint64_t address);

/* Writes "; register rdx holds LIST_POISON2" for the first register that holds poison, else nothing. */
void od_address_remark_register(struct od_buf *out, const struct od_event *event);

/* Writes whole sentences, each ended by a full stop and a blank, about the address. */
void od_address_explain(struct od_buf *out, const struct od_event *event, uint64_t address);

/* Likewise about registers of the event that hold poison, unless the fault address already told it. */
void od_address_explain_registers(struct od_buf *out, const struct od_event *event);

/* Whether the eight bytes of a pointer are printable: then it is rather text. `text` gets them, and a NUL. */
bool od_address_is_text(uint64_t address, char text[static 9]);

/*
 * Whether the address lies in the shadow of generic KASAN, and of which address it holds the state. Only a kernel with
 * KASAN has a shadow; other kernels use these addresses otherwise.
 */
bool od_address_is_shadow(const struct od_event *event, uint64_t address, uint64_t *ret);

#endif
