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
looked up and explained with causes in one process and one thread. The first 1000 are told apart: by then most units of \
the debug information have been read."

# Once: it takes long, and the figure is about processor time.
once() { # NAME LOG
	env time -q -f '%e %U %S %M' -o "$work/time" "$program" --no-cache --no-search -k "$vmlinux" --json "$2" >"$work/batch.json"
	awk -v OFS='\t' -v name="$1" 'END { print name, $1, $2 + $3, $4 * 1024 }' "$work/time"
}
{
	once '10000 oopses' "$work/batch.txt"
	once 'the first 1000' "$work/batch-1000.txt"
} >"$work/figures"
table
note "$(awk -F'\t' 'NR == 1 { all = $3 } NR == 2 { first = $3 }
	END { printf "Of processor time, with causes: %.0f oopses/s for all, %.0f/s behind the first 1000.", 10000 / all, 9000 / (all - first) }' \
	"$work/figures")"
rm "$work/batch.txt" "$work/batch.json"
