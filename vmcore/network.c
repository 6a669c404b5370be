// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Network devices of the first namespace with their IPv4 addresses (struct in_device, include/linux/inetdevice.h), and
 * the ARP cache (struct neigh_table, include/net/neighbour.h).
 */
#include "vmcore/kernel.h"

#include <inttypes.h>
#include <stdio.h>

enum {
	DEVICE_LIMIT = 4096, ADDRESS_LIMIT = 64, BUCKET_LIMIT = 1 << 16, NEIGHBOUR_LIMIT = 1 << 14, SHIFT_LIMIT = 16,
	HARDWARE_LIMIT = 32, TEXT_SIZE = 512, WORD = 8,
	IFF_UP_BIT = 1,
};

/* "127.0.0.1"; stored in network order. */
static bool read_ip(const struct od_kernel *kernel, uint64_t address, char text[16])
{
	unsigned char bytes[4];

	if (!address || !od_memory_read(kernel->memory, address, bytes, sizeof(bytes)))
		return false;
	snprintf(text, 16, "%u.%u.%u.%u", bytes[0], bytes[1], bytes[2], bytes[3]);
	return true;
}

static struct od_str hardware_text(const struct od_kernel *kernel, uint64_t address, uint64_t size)
{
	unsigned char bytes[HARDWARE_LIMIT];
	char text[3 * HARDWARE_LIMIT + 1] = "";

	if (!address || !size || size > sizeof(bytes) || !od_memory_read(kernel->memory, address, bytes, (size_t)size))
		return (struct od_str){NULL, 0};
	for (size_t i = 0; i < size; i++)
		snprintf(text + 3 * i, 4, "%s%02x", i ? ":" : "", bytes[i]);
	return od_arena_copy(kernel->model->arena, od_str_from(text + 0));
}

static struct od_str ip_texts(const struct od_kernel *kernel, uint64_t device)
{
	uint64_t internet, address, prefix;
	char text[TEXT_SIZE] = "", ip[16];
	size_t len = 0;

	if (!od_kernel_get(kernel, device, OD_MEMBER_DEVICE_IP, &internet) || !internet ||
	    !od_kernel_get(kernel, internet, OD_MEMBER_IN_ADDRESSES, &address))
		return (struct od_str){NULL, 0};
	for (unsigned i = 0; address && i < ADDRESS_LIMIT && len < sizeof(text) - 32; i++) {
		if (!read_ip(kernel, od_kernel_address(kernel, address, OD_MEMBER_ADDRESS_LOCAL), ip) ||
		    !od_kernel_get(kernel, address, OD_MEMBER_ADDRESS_PREFIX, &prefix))
			break;
		len += (size_t)snprintf(text + len, sizeof(text) - len, "%s%s/%" PRIu64, len ? " " : "", ip, prefix);
		if (!od_kernel_get(kernel, address, OD_MEMBER_ADDRESS_NEXT, &address))
			break;
	}
	return od_arena_copy(kernel->model->arena, (struct od_str){text, len});
}

static void put_device(struct od_kernel *kernel, uint64_t device)
{
	struct od_vmcore_row *row = od_list_push(kernel->model->arena, &kernel->model->devices);
	uint64_t flags = 0, pointer, size;

	if (!row)
		return;
	row->address = od_num(device);
	row->name = od_kernel_text(kernel, device, OD_MEMBER_DEVICE_NAME);
	row->type = ip_texts(kernel, device);
	od_kernel_get(kernel, device, OD_MEMBER_DEVICE_FLAGS, &flags);
	row->number = od_num(flags & IFF_UP_BIT);
	/* up to 5.15 an array, not a pointer to one: its size tells */
	if (od_kernel_get(kernel, device, OD_MEMBER_DEVICE_ADDRESS, &pointer) &&
	    od_kernel_get(kernel, device, OD_MEMBER_DEVICE_ADDRESS_SIZE, &size))
		row->value = hardware_text(kernel, pointer, size);
}

static void read_devices(struct od_kernel *kernel)
{
	uint64_t head = od_kernel_address(kernel, kernel->at.init_net, OD_MEMBER_NET_DEVICES), at;
	uint64_t offset = od_kernel_address(kernel, 0, OD_MEMBER_DEVICE_LIST);

	if (!kernel->at.init_net || !head || !offset || !od_memory_word(kernel->memory, head, &at))
		return;
	for (unsigned i = 0; at != head && at && i < DEVICE_LIMIT; i++) {
		put_device(kernel, at - offset);
		if (!od_memory_word(kernel->memory, at, &at)) {
			od_kernel_note(kernel, "The list of network devices ends at a hole, behind its first %u.", i + 1);
			return;
		}
	}
}

/* NUD_*, include/uapi/linux/neighbour.h */
static const char *state_name(uint64_t state)
{
	static const char *const names[] = {"INCOMPLETE", "REACHABLE", "STALE", "DELAY", "PROBE", "FAILED", "NOARP", "PERMANENT"};

	for (unsigned i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (state == (uint64_t)1 << i)
			return names[i];
	return state ? "?" : "NONE";
}

static void put_neighbour(struct od_kernel *kernel, uint64_t neighbour)
{
	struct od_arena *arena = kernel->model->arena;
	uint64_t device, size = 0, state = 0;
	char ip[16];

	if (!read_ip(kernel, od_kernel_address(kernel, neighbour, OD_MEMBER_NEIGHBOUR_KEY), ip) ||
	    !od_kernel_get(kernel, neighbour, OD_MEMBER_NEIGHBOUR_DEVICE, &device))
		return;
	struct od_vmcore_row *row = od_list_push(arena, &kernel->model->neighbours);
	if (!row)
		return;
	od_kernel_get(kernel, device, OD_MEMBER_DEVICE_ADDRESS_SIZE, &size);
	od_kernel_get(kernel, neighbour, OD_MEMBER_NEIGHBOUR_STATE, &state);
	struct od_str hardware = hardware_text(kernel, od_kernel_address(kernel, neighbour, OD_MEMBER_NEIGHBOUR_HARDWARE), size);
	row->address = od_num(neighbour);
	row->name = od_kernel_text(kernel, device, OD_MEMBER_DEVICE_NAME);
	row->type = od_arena_copy(arena, od_str_from(ip));
	row->value = od_arena_printf(arena, "%.*s%s%s", OD_FMT(hardware), hardware.len ? " " : "", state_name(state));
}

static void read_bucket(struct od_kernel *kernel, uint64_t bucket)
{
	uint64_t at, offset = kernel->members[OD_MEMBER_NEIGHBOUR_NEXT].offset;

	if (!od_memory_word(kernel->memory, bucket, &at))
		return;
	/* `next` was the first member, a pointer to the neighbour; `hash` is a node inside it */
	while (at && kernel->model->neighbours.count < NEIGHBOUR_LIMIT) {
		size_t before = kernel->model->neighbours.count;
		put_neighbour(kernel, at - offset);
		if (kernel->model->neighbours.count == before || !od_memory_word(kernel->memory, at, &at))
			return;
	}
}

static void read_neighbours(struct od_kernel *kernel)
{
	uint64_t table, buckets, shift;

	if (!kernel->at.arp_tbl || !kernel->known[OD_MEMBER_NEIGHBOUR_NEXT] ||
	    !od_kernel_get(kernel, kernel->at.arp_tbl, OD_MEMBER_NEIGHBOURS_TABLE, &table) ||
	    !od_kernel_get(kernel, table, OD_MEMBER_TABLE_BUCKETS, &buckets) ||
	    !od_kernel_get(kernel, table, OD_MEMBER_TABLE_SHIFT, &shift) || shift > SHIFT_LIMIT)
		return;
	for (uint64_t i = 0; i < (uint64_t)1 << shift; i++)
		read_bucket(kernel, buckets + i * WORD);
}

void od_read_network(struct od_kernel *kernel)
{
	read_devices(kernel);
	read_neighbours(kernel);
}
