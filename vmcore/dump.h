// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * An open dump: its memory by kernel virtual address, VMCOREINFO and notes. Memory that it takes does not
 * depend on the dump's size (but for 32 bytes per chunk of a flattened stream). One thread at a time.
 */
#ifndef OD_VMCORE_DUMP_H
#define OD_VMCORE_DUMP_H

#include "core/memory.h"
#include "core/status.h"
#include "vmcore/container.h"

enum { OD_PART_LIMIT = 64 };

enum { OD_PAGE_SLOTS = 2048, OD_TLB_SLOTS = 1024 };

struct od_page_slot {
	uint64_t tag;	/* physical address + 1; 0: empty */
	bool present;
};

struct od_tlb_slot {
	uint64_t tag;	/* virtual address of the page + 1 */
	uint64_t physical;
};

/* Read its members, change none. */
struct od_dump {
	struct od_dumpfile *file;
	struct od_container *container;	/* where pages come from */
	struct od_container *headers;	/* where notes come from; may be the same */
	struct od_part { struct od_dumpfile *file; struct od_container *container; } parts[OD_PART_LIMIT];
	size_t part_count;		/* further files of a dump that was split */
	struct od_str vmcoreinfo;	/* empty: none was found */
	bool info_by_search;		/* VMCOREINFO was found in memory, not in a note */
	struct od_str notes;
	struct od_str arch;
	struct od_memory memory;
	uint64_t page_size;		/* of the machine, as VMCOREINFO says */
	uint64_t root;			/* physical address of the top page table; 0: unknown */
	bool (*walk)(struct od_dump *dump, uint64_t address, uint64_t *ret); /* its page tables; NULL: not known */
	unsigned levels, page_shift, address_bits;
	uint64_t tables;		/* ppc64: the address from which on tables map memory */
	uint64_t lowest;		/* address of the kernel's; 0: it has an address space of its own */
	uint64_t encryption_mask;	/* the bit that AMD's SME sets in page table entries */
	uint64_t holes;			/* reads that ended in a page that is not in the dump */
	struct od_page_slot slots[OD_PAGE_SLOTS];
	struct od_tlb_slot tlb[OD_TLB_SLOTS];
	unsigned char *pages;
};

/* Fails with the statuses of od_dumpfile_open(), and OD_ERR_UNSUPPORTED when no reader knows the format. */
od_status od_dump_open(struct od_trail *trail, const struct od_opener *opener, const char *path, struct od_dump **ret);

/*
 * Adds a further file of a dump that makedumpfile --split wrote. Fails like od_dump_open(), and with OD_ERR_FORMAT when
 * it is no part, or one of a machine with other memory.
 */
od_status od_dump_add(struct od_trail *trail, const struct od_opener *opener, struct od_dump *dump, const char *path);

/* Bytes of physical memory that belong to parts which are not here; 0: all are. */
uint64_t od_dump_missing(const struct od_dump *dump);

/*
 * True when the top page table is full of noise: the half of it that is the user's is empty in the kernel's own table, but not
 * where memory is encrypted and was read from outside (AMD SEV, Intel TDX).
 */
bool od_dump_looks_encrypted(struct od_dump *dump);

/* NULL is fine. */
void od_dump_close(struct od_dump *dump);

/* Copies bytes of physical memory; returns how many there are before the first hole. */
size_t od_dump_read_physical(struct od_dump *dump, uint64_t physical, void *buffer, size_t len);

/* Page tables: the physical address of a virtual one. x86_64: Intel SDM vol. 3, 4.5. */
bool od_paging_x86_64(struct od_dump *dump, uint64_t address, uint64_t *ret);
bool od_paging_arm64(struct od_dump *dump, uint64_t address, uint64_t *ret);
bool od_paging_riscv64(struct od_dump *dump, uint64_t address, uint64_t *ret);
bool od_paging_s390x(struct od_dump *dump, uint64_t address, uint64_t *ret);
bool od_paging_ppc64(struct od_dump *dump, uint64_t address, uint64_t *ret);

/* Set dump->root, walk and what belongs to them from VMCOREINFO, where it says enough. */
void od_paging_x86_64_begin(struct od_dump *dump);
void od_paging_arm64_begin(struct od_dump *dump);
void od_paging_riscv64_begin(struct od_dump *dump);
void od_paging_s390x_begin(struct od_dump *dump);
void od_paging_ppc64_begin(struct od_dump *dump);

/* Whether the page tables of this machine are known here; those of others libkdumpfile may walk. */
bool od_paging_is_known(struct od_str arch);

#endif
