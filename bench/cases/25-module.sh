# SPDX-License-Identifier: GPL-3.0-or-later
# What the loader knows of a large module, as a distribution ships it.
# shellcheck shell=bash
# shellcheck disable=SC2154  # set by bench/run and bench/files.sh

begin "oopsdecode module mlx5_core.ko"
if [ -z "$big_module" ]; then
	skip "all of it: there is no mlx5_core.ko" "${why_no_kernel:-it is not beside the vmlinux}"
	return
fi
need modinfo kmod
strip --strip-debug -o "$work/mlx5_core.ko" "$big_module"

note "$kernel_package: $(($(stat -c %s "$work/mlx5_core.ko") / 1000)) kB without debug information. modinfo does a part of the
work, modprobe another: versions of the imported symbols."
contender 'oopsdecode module' "$program" module "$work/mlx5_core.ko"
contender 'oopsdecode --version' "$program" --version
contender 'modinfo' modinfo "$work/mlx5_core.ko"
contender 'modprobe --dump-modversions' modprobe --dump-modversions "$work/mlx5_core.ko"
contender 'readelf -Wa' readelf -Wa "$work/mlx5_core.ko"
measure
table
target 'at most 20 ms' "$(seconds_of 'oopsdecode module')" 0.020
