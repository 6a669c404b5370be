# SPDX-License-Identifier: GPL-3.0-or-later
# Many different oopses on one kernel with debug information.
# shellcheck shell=bash
# shellcheck disable=SC2154  # set by bench/run and bench/files.sh

begin "10000 different oopses on Debian's kernel"
if [ -z "$vmlinux" ]; then
	skip "all of it: there is no vmlinux" "$why_no_kernel"
	return
fi
make_batch=$tree/build/release/bin/make_batch
cmake --build --preset release --target make_batch >"$work/make_batch.log" 2>&1 || cat "$work/make_batch.log"
if [ ! -x "$make_batch" ]; then
	skip "all of it" 'make_batch was not built'
	return
fi

"$make_batch" "$vmlinux" 10000 >"$work/batch.txt"
awk '/BUG: /{ n++ } n <= 1000' "$work/batch.txt" >"$work/batch-1000.txt"
frames=$(grep -c '+0x' "$work/batch.txt")
note "$kernel_package: crashes at loads anywhere in the kernel, made by bench/make_batch.c, in one log: $frames places, \
looked up and explained with causes on one core. The first 1000 are told apart: by then most units of \
the debug information have been read."

# Once: it takes long, and the figure is about processor time. On one core, which the two processes share as they take turns.
core=$(taskset -pc $$ | sed 's/.*: //; s/[-,].*//')
once() { # NAME LOG OPTION...
	local name=$1 log=$2
	shift 2
	env time -q -f '%e %U %S %M' -o "$work/time" \
		taskset -c "$core" "$program" --no-cache --no-search -k "$vmlinux" --json "$@" "$log" >"$work/batch.json"
	awk -v OFS='\t' -v name="$name" 'END { print name, $1, $2 + $3, $4 * 1024 }' "$work/time"
}
{
	once '10000 oopses' "$work/batch.txt"
	once 'the first 1000' "$work/batch-1000.txt"
	once '10000 oopses, --no-causes' "$work/batch.txt" --no-causes
	once 'the first 1000, --no-causes' "$work/batch-1000.txt" --no-causes
} >"$work/figures"
table
# rate LINE: oopses per second of processor time, behind the first 1000, by this line of the figures and the next.
rate() {
	awk -F'\t' -v line="$1" 'NR == line { all = $3 } NR == line + 1 { printf "%.0f", 9000 / (all - $3) }' "$work/figures"
}
note "Of processor time, both processes together, behind the first 1000: $(rate 1) oopses/s with causes, $(rate 3)/s without."
target 'at least 500 a second and core with causes' "$(awk "BEGIN { print 1 / $(rate 1) }")" 0.002
target 'at least 2000 a second and core without' "$(awk "BEGIN { print 1 / $(rate 3) }")" 0.0005
rm "$work/batch.txt" "$work/batch.json"
