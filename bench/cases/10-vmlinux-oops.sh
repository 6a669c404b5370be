# SPDX-License-Identifier: GPL-3.0-or-later
# A long oops on a distribution's kernel.
# shellcheck shell=bash
# shellcheck disable=SC2154  # set by bench/run and bench/files.sh

if [ -z "$vmlinux" ]; then
	begin "A 26-frame oops on Debian's kernel"
	skip "all of it: there is no vmlinux" "$why_no_kernel"
	return
fi

log=$work/vmlinux-oops.txt
"$bench/make-oops.sh" "$vmlinux" >"$log"
frames "$log" >"$work/frames"
mapfile -t list < <(addresses "$vmlinux" <"$work/frames")

begin "A $((${#list[@]} - 1))-frame oops on Debian's kernel"
note "$kernel_package: vmlinux of $(($(stat -c %s "$vmlinux") / 1000000)) MB, ${#list[@]} addresses." \
	"oopsdecode gets the log, as does decode_stacktrace.sh; the others get the addresses, in one process."
contender 'oopsdecode, index' "$program" --cache-dir "$work/index" --no-search -k "$vmlinux" "$log"
contender 'oopsdecode' "$program" --no-cache --no-search -k "$vmlinux" "$log"
contender 'eu-addr2line -ife' eu-addr2line -ife "$vmlinux" "${list[@]}"
contender 'addr2line -ife' addr2line -ife "$vmlinux" "${list[@]}"
contender_script "$log" "$vmlinux"
measure
table
instructions
compare_places "$log" "$vmlinux" '' "${list[@]}"
[ -n "$scripts" ] || skip decode_stacktrace.sh "$why_no_scripts"
target 'no slower than eu-addr2line' "$(seconds_of oopsdecode)" "$(seconds_of 'eu-addr2line -ife')"
target 'at most 150 MB' "$(bytes_of oopsdecode)" 150e6
target 'with the index, at most 10 ms' "$(seconds_of 'oopsdecode, index')" 0.010
target 'with the index, at most 40 MB' "$(bytes_of 'oopsdecode, index')" 40e6
