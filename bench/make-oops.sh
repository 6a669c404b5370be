#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# make-oops.sh VMLINUX: prints an oops as this x86_64 kernel would print it, with 26 entries in its call trace.
#
# The crash is invented: a NULL dereference in tcp_rcv_established() while a process writes to a TCP socket of the
# same machine. All else is the kernel's: each address is behind a call in the real function, to the next function
# of the trace where that call is direct; sizes are computed as kallsyms computes them (up to the next symbol); the
# faulting instruction is a load in the real function, and Code: has the bytes around it. The form of the lines is
# that of 6.1 (arch/x86/kernel/dumpstack.c, arch/x86/mm/fault.c).
set -euo pipefail
export LC_ALL=C
vmlinux=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
nm -n "$vmlinux" | grep -i '^[0-9a-f]* [tw] ' >"$work/symbols"

# span FUNCTION: the address of it, and of what follows.
span() {
	awk -v name="$1" 'start && $1 != start { print start, $1; exit } $3 == name && !start { start = $1 }' \
		"$work/symbols"
}

disassemble() { # START END
	objdump -d --no-show-raw-insn --start-address="0x$1" --stop-address="0x$2" "$vmlinux" | grep '^[0-9a-f]*:'
}

place() { # FUNCTION ADDRESS START END
	printf '%s+0x%x/0x%x\n' "$1" $((0x$2 - 0x$3)) $((0x$4 - 0x$3))
}

# Behind the call of CALLEE, or of whatever is called first; __fentry__ is a nop in a running kernel.
return_address() { # START END CALLEE
	disassemble "$1" "$2" | awk -v callee="<$3>" '
		was_call { at = was_call == 2 ? $1 : at ? at : $1 }
		was_call == 2 { exit }
		{ was_call = $2 != "call" || /__fentry__/ ? 0 : index($0, callee) ? 2 : 1 }
		END { sub(":", "", at); print at }'
}

entry() { # FUNCTION CALLEE
	local start end
	read -r start end < <(span "$1") || return 0
	say " $(place "$1" "$(return_address "$start" "$end" "$2")" "$start" "$end")"
}

# A load through a register, behind the prologue: its address, the offset and the register.
load() { # START END
	disassemble "$(printf %x $((0x$1 + 0x80)))" "$2" |
		sed -n -E 's/^([0-9a-f]+):\s+mov +(0x[0-9a-f]+)\(%(r[a-d]x|r[0-9]+)\),%r.*/\1 \2 \3/p' | sed -n 1p
}

# The 64 bytes around an address, as the kernel prints them.
code() { # ADDRESS
	local from=$((0x$1 - 42))
	objdump -d -w -z --start-address="$from" --stop-address=$((from + 64)) "$vmlinux" |
		grep '^[0-9a-f]*:' | cut -f 2 | xargs | awk '{ $43 = "<" $43 ">"; print }'
}

say() { printf '[ 4211.377184] %s\n' "$1"; }

registers() { # NULL-REGISTER
	local name value line='' count=0
	for name in RAX RBX RCX RDX RSI RDI RBP R08 R09 R10 R11 R12 R13 R14 R15; do
		value=$((0xff150c6682a99780 + count * 0x140))
		[ "${name/R0/R}" != "${1^^}" ] || value=0
		line+=$(printf ' %s: %016x' "$name" "$value")
		((++count % 3)) || { say "${line# }"; line=''; }
	done
}

release=$(grep -a -m 1 -o 'Linux version [0-9][^ ]*' "$vmlinux")
release=${release#Linux version }
read -r start end < <(span tcp_rcv_established)
read -r at offset register < <(load "$start" "$end")

say "BUG: kernel NULL pointer dereference, address: $(printf %016x "$offset")"
say '#PF: supervisor read access in kernel mode'
say '#PF: error_code(0x0000) - not-present page'
say 'PGD 0 P4D 0 '
say 'Oops: 0000 [#1] PREEMPT SMP NOPTI'
say "CPU: 1 PID: 2931 Comm: iperf Not tainted $release #1  Debian"
say 'Hardware name: QEMU Standard PC (i440FX + PIIX, 1996), BIOS 1.16.2-debian-1.16.2-1 04/01/2014'
trap_lines() {
	say "RIP: 0010:$(place tcp_rcv_established "$at" "$start" "$end")"
	say "Code: $(code "$at")"
	say 'RSP: 0018:ff67bf3cc03dbb50 EFLAGS: 00010246'
	registers "$register"
	say 'FS:  00007f3a5c1d1740(0000) GS:ff150c668f700000(0000) knlGS:0000000000000000'
	say 'CS:  0010 DS: 0000 ES: 0000 CR0: 0000000080050033'
	say "CR2: $(printf %016x "$offset") CR3: 0000000002392000 CR4: 0000000000751ee0"
	say 'PKRU: 55555554'
}
trap_lines >"$work/trap"
cat "$work/trap"
say 'Call Trace:'
say ' <IRQ>'
entry tcp_v4_do_rcv tcp_rcv_established
entry tcp_v4_rcv tcp_v4_do_rcv
entry ip_protocol_deliver_rcu tcp_v4_rcv
entry ip_local_deliver_finish ip_protocol_deliver_rcu
entry __netif_receive_skb_one_core ip_rcv
entry process_backlog __netif_receive_skb
entry __napi_poll __x86_indirect_thunk_array
entry net_rx_action __napi_poll
entry handle_softirqs __x86_indirect_thunk_array
entry do_softirq.part.0 __do_softirq
say ' </IRQ>'
say ' <TASK>'
entry __local_bh_enable_ip do_softirq.part.0
entry __dev_queue_xmit __local_bh_enable_ip
entry ip_finish_output2 __dev_queue_xmit
entry ip_output ip_finish_output
entry __ip_queue_xmit ip_local_out
entry __tcp_transmit_skb __x86_indirect_thunk_array
entry tcp_write_xmit __tcp_transmit_skb
entry __tcp_push_pending_frames tcp_write_xmit
entry tcp_sendmsg_locked __tcp_push_pending_frames
entry tcp_sendmsg tcp_sendmsg_locked
entry __sock_sendmsg __x86_indirect_thunk_array
entry sock_write_iter __sock_sendmsg
entry vfs_write __x86_indirect_thunk_array
entry ksys_write vfs_write
entry do_syscall_64 x64_sys_call
entry entry_SYSCALL_64_after_hwframe do_syscall_64
say 'RIP: 0033:0x7f3a5c2c8840'
say 'Code: Unable to access opcode bytes at 0x7f3a5c2c8816.'
say 'RSP: 002b:00007fffd7fd4f78 EFLAGS: 00000202 ORIG_RAX: 0000000000000001'
say ' </TASK>'
say 'Modules linked in:'
say "CR2: $(printf %016x "$offset")"
say '---[ end trace 0000000000000000 ]---'
cat "$work/trap"
