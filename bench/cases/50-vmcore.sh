# SPDX-License-Identifier: GPL-3.0-or-later
# The report of a dump of memory, without debug information and with, against crash.
# shellcheck shell=bash
# shellcheck disable=SC2154  # set by bench/run and bench/files.sh

begin "A dump of memory"
dump=${OD_KDUMP:-${OD_DUMPS:-$tree/../shared/captures}/amd64-bookworm/s-multi-file/kdump/vmcore.kdump-zlib-d31}
if [ ! -r "$dump" ]; then
	skip "all of it: there is no dump" "OD_KDUMP names one, OD_DUMPS the directory of captures; \`oopsdecode lab run --kdump cold-path\` makes one"
	return
fi

release=$("$program" vmcore --no-search --json "$dump" sys | jq -r .vmcore.sys.release)
note "A kdump of Linux $release (makedumpfile -c -d 31), $(($(stat -c %s "$dump") / 1000000)) MB: the system, the \
log, the stacks of all CPUs, the modules."
contender 'oopsdecode vmcore' "$program" vmcore --no-search "$dump"
contender 'oopsdecode vmcore --json' "$program" vmcore --no-search --json "$dump"
peers=()
if [ -n "$vmlinux" ] && [ "$kernel" = "$release" ]; then
	contender 'oopsdecode vmcore, vmlinux' "$program" vmcore --no-search --no-cache -k "$vmlinux" "$dump"
	if command -v crash >/dev/null; then
		printf 'sys\nlog\nbt\nmod\nquit\n' >"$work/crash-commands"
		peers+=(crash)
		contender 'crash -s, vmlinux' crash -s -i "$work/crash-commands" "$vmlinux" "$dump"
	else
		skip 'crash' 'it is not installed'
	fi
	if /usr/bin/python3 -c 'import drgn' 2>/dev/null; then
		cat >"$work/ask-drgn.py" <<-'EOF'
			import sys
			import drgn
			from drgn.helpers.linux.list import list_for_each_entry
			from drgn.helpers.linux.percpu import per_cpu
			from drgn.helpers.linux.printk import get_dmesg
			prog = drgn.Program()
			prog.set_core_dump(sys.argv[1])
			prog.load_debug_info([sys.argv[2]])
			print(prog["init_uts_ns"].name, get_dmesg(prog))
			for cpu in range(2):
			    print(prog.stack_trace(per_cpu(prog["runqueues"], cpu).curr))
			for module in list_for_each_entry("struct module", prog["modules"].address_of_(), "list"):
			    print(module.name, module.core_layout)
		EOF
		peers+=(drgn)
		contender 'drgn, vmlinux' /usr/bin/python3 "$work/ask-drgn.py" "$dump" "$vmlinux"
	else
		skip 'drgn' 'python3-drgn is not installed'
	fi
else
	skip 'with a vmlinux, and crash' "${why_no_kernel:-the vmlinux at hand is another kernel}"
fi
measure
table
target 'without debug information, at most 0.3 s' "$(seconds_of 'oopsdecode vmcore')" 0.3
own=$(seconds_of 'oopsdecode vmcore, vmlinux')
for peer in "${peers[@]}"; do
	case $peer in
	crash) target '12 × faster than crash, with the same vmlinux and no index' "$own" "$(awk -v s="$(seconds_of 'crash -s, vmlinux')" 'BEGIN { print s / 12 }')" ;;
	drgn) target 'faster than drgn, with the same vmlinux and no index' "$own" "$(seconds_of 'drgn, vmlinux')" ;;
	esac
done
sparse=$tree/build/release/bin/sparse_dump
cmake --build --preset release --target sparse_dump >"$work/sparse_dump.log" 2>&1 || cat "$work/sparse_dump.log"
if [ -x "$sparse" ] && "$sparse" "$dump" 64 "$work/sparse"; then
	begin "The same dump as a sparse ELF core of 64 GB"
	contender 'kdump' "$program" vmcore --no-search "$dump"
	contender '64 GB' "$program" vmcore --no-search "$work/sparse"
	measure
	table
	rm -f "$work/sparse"
else
	skip 'a dump of 64 GB' 'sparse_dump could not be built, or the disk is full'
fi
