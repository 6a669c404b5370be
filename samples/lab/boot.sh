#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# boot.sh TARGET VMLINUZ INITRAMFS OUT [KERNEL-PARAMETER…]: boots the guest and waits until it is off.
#
# OUT/console.txt is the serial console, OUT/dmesg.txt what the guest wrote to its second serial port; both are exactly
# what came out. KVM is used where it works; LAB_ACCEL=tcg asks for emulation, which shows the same machine everywhere.
# A guest that is not off after LAB_TIMEOUT seconds (180) is stopped: its console is kept, and the exit status is 3. One that
# dies before its init runs (emulated processors sometimes time out on a busy machine) is booted once more.

. "$(dirname "$0")/common.sh"

target "$1"
vmlinuz=$2 initramfs=$3 out=$4
shift 4
limit=${LAB_TIMEOUT:-180}
need "$qemu" "$qemu_package"

mkdir -p "$out"
append="console=$console ignore_loglevel panic=-1 $*"
serial=(-serial "file:$out/console.txt")
if [ "$second" != - ]; then
	serial+=(-serial "file:$out/dmesg.txt")
	append="lab.second=$second $append"
fi
model=()
[ "$cpu" = - ] || model=(-cpu "$cpu")

run() {
	timeout --kill-after=5 "$limit" "$qemu" -M "$machine" "${model[@]}" -accel "$1" -m 256 -smp 2 \
		-kernel "$vmlinuz" -initrd "$initramfs" -append "$append" \
		-nodefaults -display none -monitor none -no-reboot "${serial[@]}" </dev/null >"$out/qemu.log" 2>&1
}

kvm_usable() {
	[ "${LAB_ACCEL:-kvm}" = kvm ] && [ "$arch" = "$(dpkg --print-architecture)" ] && [ -w /dev/kvm ]
}

reached_init() {
	grep -a -q 'Run /init as init process' "$out/console.txt"
}

accels=("tcg,thread=multi" "tcg,thread=multi")
if kvm_usable; then
	accels=(kvm "${accels[@]}")
fi
for accel in "${accels[@]}"; do
	status=0
	run "$accel" 2>/dev/null || status=$?
	! reached_init || break
done

case $status in
0) ;;
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
