#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A dump of its own: a kernel is booted, a thread hangs, the kernel is made to panic, QEMU dumps it, and what oopsdecode
# reads in the dump is held against what the guest said of itself just before (dump_truth.sh).
#
# lab_dump.sh --kernel VERSION --arch ARCH DIR: only makes such a dump in DIR, for docs/vmcore.md.
# Environment: OOPSDECODE, the executable.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
: "${OOPSDECODE:?the path of the executable}"

# What the guest runs; dump_truth.sh reads what it prints.
# shellcheck disable=SC2016  # for the guest's shell
make_dump() { # DIR OPTION…
	local dir=$1
	shift
	"$OOPSDECODE" lab run --dump --timeout "${LAB_TIMEOUT:-180}" --out "$dir" "$@" \
		--run 'insmod fw_load.ko' \
		--run '(sleep 1000 & sleep 1001 & mkfifo /f; cat /f & true); ifconfig lo 127.0.0.1 up; nc -l -p 4242 & sleep 1' \
		--run 'echo BEGIN stack; for i in /proc/[0-9]*; do echo "PID ${i#/proc/}"; cat $i/stack; done' \
		--run 'echo BEGIN modules; cat /proc/modules; echo BEGIN meminfo; cat /proc/meminfo' \
		--run 'echo BEGIN stat; cat /proc/[0-9]*/task/*/stat; echo END stat; echo c > /proc/sysrq-trigger' \
		hung-completion
}

if [ "${1:-}" = --kernel ]; then
	make_dump "$5" "$1" "$2" "$3" "$4"
	exit
fi

for program in qemu-system-x86_64 cpio jq make busybox; do
	command -v "$program" >/dev/null || { echo "skipped: $program is not installed"; exit 77; }
done
if ! compgen -G '/lib/modules/*-amd64/build' >/dev/null || ! grep -q -x 'VERSION_CODENAME=bookworm' /etc/os-release; then
	echo "skipped: no kernel headers of this suite"
	exit 77
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if ! samples/lab/kernel.sh --module amd64-bookworm qemu_fw_cfg >/dev/null 2>"$work/log"; then
	echo "skipped: no kernel image: $(cat "$work/log")"
	exit 77
fi
failed=0
make_dump "$work" --json >"$work/decoded.json" 2>"$work/log" || { cat "$work/log"; failed=1; }
chmod u+r "$work/vmcore" || exit 1
tests/dump_truth.sh "$work" || failed=1

holds() { # FILTER: of the report
	jq -e "$1" "$work/report.json" >/dev/null || {
		echo "not so: $1"
		failed=1
	}
}
"$OOPSDECODE" vmcore --json -m "$work/fw_load.ko" -S "$work/src" "$work/vmcore" dis fw_load_thread net kmem >"$work/report.json"
holds '.events[-1].kind == "panic" and (.events[-1] | has("integrity") | not)'
holds '.vmcore.panic.comm == "sh" and (.vmcore.cpus | all(.complete))'
holds '[.vmcore.cpus[] | select(.panicked)][0].frames | map(.function) | index("sysrq_handle_crash") > 0'
holds '.vmcore.tasks[] | select(.comm == "fw_load") | .state == "D" and .complete and
	any(.frames[]; .function == "fw_load_thread" and (.source[-1].line > 0))'
holds '.vmcore.modules[] | select(.name == "fw_load") | .taint == "OE"'
holds '.vmcore.net[] | select(.name == "lo") | .up and .ip == "127.0.0.1/8"'
holds '.vmcore.answers[0].code.disassembly | length > 3 and any(.text | test("call.*<"))'
# Every task but the CPUs' own is an allocated object of its slab cache.
mapfile -t addresses < <(jq -r '.vmcore.tasks[] | select(.pid > 0) | .address' "$work/report.json" | sed -n 1,30p)
asked=()
for address in "${addresses[@]}"; do asked+=(kmem "$address"); done
"$OOPSDECODE" vmcore --json --no-search "$work/vmcore" "${asked[@]}" struct fw_cfg_sysfs_entry >"$work/report.json"
holds '[.vmcore.answers[] | select(.view == "kmem")] | length == '"${#addresses[@]}"' and
	all(.where | startswith("at +0x0 of an object of task_struct (") and endswith("), allocated"))'
# A type of a module, out of the dump.
holds '.vmcore.answers[-1] | .title == "fw_cfg_sysfs_entry [qemu_fw_cfg]" and any(.rows[]; .name == "select")'
exit "$failed"
