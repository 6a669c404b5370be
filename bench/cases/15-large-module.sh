# SPDX-License-Identifier: GPL-3.0-or-later
# One address in the largest module of a distribution's kernel.
# shellcheck shell=bash
# shellcheck disable=SC2154  # set by bench/run and bench/files.sh

begin "One address in mlx5_core.ko"
if [ -z "$big_module" ]; then
	skip "all of it: there is no mlx5_core.ko" "${why_no_kernel:-it is not beside the vmlinux}"
	return
fi

log=$work/module-oops.txt
size=$(nm -n "$big_module" | awk '$3 == "mlx5_cmd_exec" { at = $1; next } at && !done { print at, $1; done = 1 }')
size=$(printf '0x%x' $((0x${size#* } - 0x${size% *})))
cat >"$log" <<END
[    1.000000] BUG: kernel NULL pointer dereference, address: 0000000000000030
[    1.000000] Oops: 0000 [#1] PREEMPT SMP NOPTI
[    1.000000] CPU: 1 PID: 2931 Comm: iperf Not tainted $kernel #1  Debian
[    1.000000] RIP: 0010:mlx5_cmd_exec+0x10/$size [mlx5_core]
[    1.000000] ---[ end trace 0000000000000000 ]---
END
frames "$log" mlx5_core >"$work/frames"
mapfile -t list < <(addresses "$big_module" <"$work/frames")

note "$kernel_package: $(($(stat -c %s "$big_module") / 1000000)) MB, relocatable."
contender 'oopsdecode, index' "$program" --cache-dir "$work/index" --no-search -m "$big_module" "$log"
contender 'oopsdecode' "$program" --no-cache --no-search -m "$big_module" "$log"
contender 'eu-addr2line -ife' eu-addr2line -ife "$big_module" -j .text "${list[@]}"
contender 'addr2line -ife' addr2line -ife "$big_module" -j .text "${list[@]}"
measure
table
instructions
compare_places "$log" "$big_module" mlx5_core -j .text "${list[@]}"
target 'at most 60 ms' "$(seconds_of oopsdecode)" 0.060
target 'with the index, at most 10 ms' "$(seconds_of 'oopsdecode, index')" 0.010
