#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# boot.sh TARGET VMLINUZ INITRAMFS OUT [KERNEL-PARAMETER…]: boots the guest and waits until it is off.
#
# OUT/console.txt is the serial console, OUT/dmesg.txt what the guest wrote to its second serial port; both are exactly
# what came out. KVM is used where it works; LAB_ACCEL=tcg asks for emulation, which shows the same machine everywhere.
# LAB_DUMP=FILE dumps the guest's memory to FILE (kdump-compressed, flattened) when it has panicked or all is done, and stops it.
# LAB_KDUMP=FILE: the guest's own kdump becomes FILE, and its log FILE-dmesg.txt; the initramfs must have what that takes.
# LAB_SHELL=1 gives a shell in the guest on this terminal, without a time limit.
# A guest that is not off after LAB_TIMEOUT seconds (180) is stopped: its console is kept, and the exit status is 3. One that
# dies before its init runs (emulated processors sometimes time out on a busy machine) is booted once more.

. "$(dirname "$0")/common.sh"

target "$1"
vmlinuz=$2 initramfs=$3 out=$4
shift 4
limit=${LAB_TIMEOUT:-180}
need "$qemu" "$qemu_package"

mkdir -p "$out"
append="console=$console ignore_loglevel"
if [ -n "${LAB_DUMP:-}" ]; then
	append+=" panic=0 lab.dump $*"
else
	append+=" panic=-1 $*"
fi
serial=(-serial "file:$out/console.txt")
if [ "$second" != - ]; then
	serial+=(-serial "file:$out/dmesg.txt")
	append="lab.second=$second $append"
fi
monitor=(-monitor none)
if [ -n "${LAB_SHELL:-}" ]; then
	serial=(-serial mon:stdio)
	monitor=()
	append="lab.shell $append"
	limit=0
fi
if [ -n "${LAB_DUMP:-}" ]; then
	monitor=(-chardev "pipe,id=monitor,path=$out/monitor" -mon "chardev=monitor,mode=readline")
	# A guest that tells QEMU of its panic (ppc64el, s390x) would be gone before it is dumped.
	monitor+=(-action panic=pause)
	# It wants a fw_cfg with DMA, which QEMU's riscv64 does not have; there VMCOREINFO is found in the guest's memory.
	case $qemu in
	*-x86_64 | *-i386 | *-aarch64 | *-arm) monitor+=(-device vmcoreinfo) ;;
	esac
fi
memory=256
[ "$machine" != loongson3-virt ] || memory=512 # the least it takes
disk=()
if [ -n "${LAB_KDUMP:-}" ]; then
	memory=1280
	append="crashkernel=512M oops=panic $append"
	rm -f "$LAB_KDUMP"
	truncate -s 1G "$out/disk"
	disk=(-drive "file=$out/disk,format=raw,if=virtio")
fi
model=()
[ "$cpu" = - ] || model=(-cpu "$cpu")

# compose ACCEL: the command that boots the guest, in the array `command`.
compose() {
	command=(timeout --kill-after=5 "$limit" "$qemu" -M "$machine" "${model[@]}" -accel "$1" -m "$memory" -smp 2
		-kernel "$vmlinuz" -initrd "$initramfs" -append "$append"
		-nodefaults -display none "${disk[@]}" "${monitor[@]}" -no-reboot "${serial[@]}")
}

# run_quietly ACCEL: without a terminal, and with the dump where one is wanted.
run_quietly() {
	local pid status=0
	compose "$1"
	rm -f "$out/console.txt" "$out/monitor.in" "$out/monitor.out"
	[ -z "${LAB_DUMP:-}" ] || mkfifo "$out/monitor.in" "$out/monitor.out"
	"${command[@]}" </dev/null >"$out/qemu.log" 2>&1 &
	pid=$!
	[ "$1" != kvm ] || stop_unless_begun "$pid"
	[ -z "${LAB_DUMP:-}" ] || dump "$pid"
	wait "$pid" || status=$?
	rm -f "$out/monitor.in" "$out/monitor.out"
	return "$status"
}

# stop_unless_begun PID: KVM may be there and stand still (in a virtual machine that only seems to have it). A kernel
# that runs says its name within two seconds.
stop_unless_begun() {
	local halves=40
	while kill -0 "$1" 2>/dev/null && ! grep -a -q 'Linux version' "$out/console.txt" 2>/dev/null; do
		if [ "$((halves -= 1))" -eq 0 ]; then
			kill "$1"
			return
		fi
		sleep 0.5
	done
}

# is_paused: whether QEMU has stopped a guest that panicked; the monitor is descriptors 3 and 4.
is_paused() {
	local line
	printf 'info status\n' >&3
	while read -r -t 1 line <&4; do
		case $line in *guest-panicked*) return 0 ;; esac
	done
	return 1
}

# Of a panic that QEMU was told of, only its own log has the end (ppc64el), or only its monitor (s390x).
has_ended() {
	grep -a -q -e '---\[ end Kernel panic' -e '^# ready for the dump' "$out/console.txt" 2>/dev/null ||
		grep -q 'OS terminated' "$out/qemu.log" ||
		{ [ "$arch" = s390x ] && grep -a -q 'Kernel panic - not syncing' "$out/console.txt" 2>/dev/null && is_paused; }
}

# dump PID: waits for the panic or the end of all commands, and asks QEMU's monitor for the dump.
dump() {
	# Both ways, so that opening does not wait for QEMU, which may have failed.
	exec 3<>"$out/monitor.in" 4<>"$out/monitor.out"
	while kill -0 "$1" 2>/dev/null; do
		if has_ended; then
			sleep 1
			printf 'dump-guest-memory -z "%s"\nquit\n' "$LAB_DUMP" >&3
			break
		fi
		sleep 0.5
	done
	wait "$1" || true
	exec 3>&- 4>&-
}

kvm_usable() {
	[ "${LAB_ACCEL:-kvm}" = kvm ] && [ "$arch" = "$(dpkg --print-architecture)" ] && [ -w /dev/kvm ]
}

reached_init() {
	grep -a -q 'Run /init as init process' "$out/console.txt"
}

if [ -n "${LAB_SHELL:-}" ]; then
	# /dev/kvm may be there and not work.
	compose kvm
	if kvm_usable && "${command[@]}"; then exit; fi
	compose tcg,thread=multi
	exec "${command[@]}"
fi

accels=("tcg,thread=multi" "tcg,thread=multi")
if kvm_usable; then
	accels=(kvm "${accels[@]}")
fi
for accel in "${accels[@]}"; do
	status=0
	run_quietly "$accel" 2>/dev/null || status=$?
	! reached_init || break
	[ "$accel" != kvm ] || note "the guest did not come up under KVM: emulating it (LAB_ACCEL=tcg does so at once)"
done

# unpack_kdump: what the capture kernel left on the disk.
unpack_kdump() {
	local kept missing=3
	kept=$(mktemp -d "$out/kdump.XXXXXX")
	if tar -x -C "$kept" -f "$out/disk" 2>/dev/null && [ -s "$kept/vmcore" ]; then
		mv "$kept/vmcore" "$LAB_KDUMP"
		mv "$kept/vmcore-dmesg.txt" "$LAB_KDUMP-dmesg.txt" 2>/dev/null || true
		missing=0
	else
		note "no kdump: the kernel did not panic, or the capture kernel did not come up; its console tells"
	fi
	rm -rf "$kept" "$out/disk"
	return "$missing"
}
missing=0
[ -z "${LAB_KDUMP:-}" ] || unpack_kdump || missing=3

case $status in
0) exit "$missing" ;;
124 | 137)
	note "the guest was still up after $limit s; the end of its console:"
	tail -n 20 "$out/console.txt" >&2
	exit 3
	;;
*)
	cat "$out/qemu.log" >&2
	die "$qemu ended with status $status"
	;;
esac
