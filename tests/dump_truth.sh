#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# dump_truth.sh DIR [OPTION…]: holds DIR/vmcore against what the guest said of itself just before it crashed, in
# DIR/console.txt; options go to oopsdecode. The guest printed, each behind a line of its own:
#
#   BEGIN stack    "PID n" and /proc/n/stack for every process
#   BEGIN modules  /proc/modules
#   BEGIN meminfo  /proc/meminfo
#   BEGIN stat     /proc/*/task/*/stat, last of all, up to END stat
#
# (the commands that do so are lab_truth_commands in tests/cli/common). One line per comparison: what, how many agree, of how
# many; then what does not. Exit status 1 when anything that cannot have changed in between differs.
# Environment: OOPSDECODE, the executable.
set -euo pipefail
: "${OOPSDECODE:?the path of the executable}"
dir=$1
shift
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
differences=0

part() { # FROM TO: the lines between, without what the kernel logged meanwhile
	tr -d '\r' <"$dir/console.txt" | awk -v from="BEGIN $1" -v to="$2" '
		$0 == from { inside = 1; next } inside && index($0, to) == 1 { inside = 0 } inside && !/^\[ *[0-9]+\.[0-9]+\]/'
}

report() { # WHAT AGREE ALL, those that differ on standard input
	printf '%-10s %d of %d\n' "$1" "$2" "$3"
	sed -n '1,20s/^/    /p'
	[ "$2" -eq "$3" ] || differences=1
}

"$OOPSDECODE" vmcore --json --no-search "$@" "$dir/vmcore" bt all rd __sched_text_start rd __sched_text_end >"$work/all.json"
jq '.vmcore' "$work/all.json" >"$work/vmcore.json"

# Processes that were there before and after, by thread: "tid comm state"; a worker's name has the work that it does behind it.
part stat 'END stat' | sed -E 's/^([0-9]+) \((.*)\) (.) .*/\1 \3 \2/; s/^([0-9]+ . kworker\/u?[0-9]+:[0-9]+H?)[-+].*/\1/; s/^([0-9]+ . .{15}).*/\1/' |
	grep -v -E ' (cat|sh)$' | sort >"$work/tasks.said"
jq -r '.tasks[] | select(.pid != 0) | "\(.pid) \(.state) \(.comm)"' "$work/vmcore.json" | sort >"$work/tasks.read"
# What runs at the moment of asking (R) may have gone to sleep (I, S) since, and the other way round.
sed -E 's/^([0-9]+) [RSI] /\1 - /' "$work/tasks.said" | sort >"$work/tasks.said.2"
sed -E 's/^([0-9]+) [RSI] /\1 - /' "$work/tasks.read" | sort >"$work/tasks.read.2"
comm -23 "$work/tasks.said.2" "$work/tasks.read.2" >"$work/missing"
all=$(wc -l <"$work/tasks.said.2")
report tasks $((all - $(wc -l <"$work/missing"))) "$all" <"$work/missing"

# Stacks of sleeping tasks; the kernel leaves the scheduler's own functions out.
jq -r '(.answers | map(.address)) as [$from, $to] | .tasks[] | select(.frames and .complete) | .pid as $pid
	| .frames[] | select(.address < $from or .address >= $to) | "\($pid) \(.raw)"' "$work/vmcore.json" >"$work/stacks.read"
# What powerpc prints before __switch_to() is no return address: _switch() calls nobody (arch_stack_walk()).
part stack 'BEGIN' | awk '/^PID / || /^BEGIN/ { if (first) print pid, first; pid = $2; first = ""; next }
	/^\[<0>\] / {
		sub(/^\[<0>\] /, "")
		if (first && !/^__switch_to\+/) print pid, first
		first = ""
		if (pid != last) { last = pid; first = $0; next }
		print pid, $0
	}' >"$work/stacks.said"
awk -v report="$work/differ" '
	FNR == 1 { file++ }
	{ pid = $1; sub(/^[0-9]+ /, ""); stack[file, pid] = stack[file, pid] " | " $0; seen[pid] = seen[pid] file }
	END {
		for (pid in seen) {
			if (seen[pid] !~ /1/ || seen[pid] !~ /2/) continue
			all++
			if (stack[1, pid] == stack[2, pid]) same++
			else printf "%s\n  said%s\n  read%s\n", pid, stack[1, pid], stack[2, pid] >report
		}
		print same + 0, all + 0
	}' "$work/stacks.said" "$work/stacks.read" >"$work/counts"
touch "$work/differ"
read -r same all <"$work/counts"
printf '%-10s %d of %d\n' stacks "$same" "$all"
sed -n '1,30s/^/    /p' "$work/differ"
# Threads that run now and then may have been somewhere else at the crash: nine of ten must agree.
[ "$all" -gt 0 ] && [ $((10 * same)) -ge $((9 * all)) ] || differences=1

# Modules: name, size (that of /proc/modules counts everything) and address of the code.
part modules 'BEGIN' | awk '{ sub(/^0x0+/, "0x", $6); print $1, $2, $6 }' | sort >"$work/modules.said"
jq -r '.modules[] | "\(.name) \(.size) \(.base)"' "$work/vmcore.json" | sort >"$work/modules.read"
comm -23 "$work/modules.said" "$work/modules.read" >"$work/missing"
all=$(wc -l <"$work/modules.said")
report modules $((all - $(wc -l <"$work/missing"))) "$all" <"$work/missing"

# Memory: the total is the same, what is free a little later is so within a few MB.
part meminfo 'BEGIN' | awk '/^(MemTotal|MemFree|KernelStack|Shmem):/ { print $1, $2 }' | sort >"$work/memory.said"
jq -r '.memory | "MemTotal: \(.total / 1024)", "MemFree: \(.free / 1024)", "KernelStack: \(.kernel_stacks / 1024)",
	"Shmem: \(.shared / 1024)"' "$work/vmcore.json" | sort >"$work/memory.read"
join "$work/memory.said" "$work/memory.read" | awk '{ d = $2 - $3; if (d < 0) d = -d; if (d > 4096 || ($1 == "MemTotal:" && d)) print }' \
	>"$work/missing"
report memory $(($(wc -l <"$work/memory.said") - $(wc -l <"$work/missing"))) "$(wc -l <"$work/memory.said")" <"$work/missing"
exit "$differences"
