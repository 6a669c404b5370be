# SPDX-License-Identifier: GPL-3.0-or-later
# Real oopses of the samples' modules. The peers do not read compressed modules, so they get them uncompressed.
# shellcheck shell=bash
# shellcheck disable=SC2154  # set by bench/run and bench/files.sh

module_oops() { # SAMPLE MODULE LOG
	local packed=$tree/samples/$1/$2.ko.xz log=$work/$1.txt ko=$work/$2/$2.ko list section
	mkdir -p "${ko%/*}"
	xz -dc "$packed" >"$ko"
	tr -d '\r' <"$tree/samples/$1/$3" >"$log"	# the kernel's script stumbles over them
	frames "$log" "$2" >"$work/frames"
	[ -s "$work/frames" ] || die "samples/$1/$3 has no frames of $2"
	mapfile -t list < <(addresses "$ko" <"$work/frames")
	section=$(objdump -t "$ko" | awk -v name="$(head -n 1 "$work/frames" | cut -d ' ' -f 1)" '$NF == name { print $(NF - 2) }')

	begin "A module's oops: samples/$1"
	note "The module's own frames, ${#list[@]}; the log has $(wc -l <"$log") lines."
	contender oopsdecode "$program" --no-search -m "$ko" "$log"
	contender 'oopsdecode, .ko.xz' "$program" --no-search -m "$packed" "$log"
	contender 'eu-addr2line -ife' eu-addr2line -ife "$ko" -j "$section" "${list[@]}"
	contender 'addr2line -ife' addr2line -ife "$ko" -j "$section" "${list[@]}"
	contender_script "$log" /dev/null "${ko%/*}"
	measure
	table
	compare_places "$log" "$ko" "$2" -j "$section" "${list[@]}"
	[ -n "$scripts" ] || skip decode_stacktrace.sh "$why_no_scripts"
	target 'at most 50 ms' "$(seconds_of oopsdecode)" 0.050
	target 'at most 50 ms, .ko.xz' "$(seconds_of 'oopsdecode, .ko.xz')" 0.050
	target 'at most 200 MB' "$(bytes_of oopsdecode)" 200e6

	[ -n "$vmlinux" ] || return 0
	begin "The same with the kernel: samples/$1"
	contender oopsdecode "$program" --no-cache --no-search -m "$packed" -k "$vmlinux" "$log"
	contender_script "$log" "$vmlinux" "${ko%/*}"
	measure
	table
}

module_oops hello_2 hello_2 vmcore-dmesg.txt
module_oops null-member fan_curve dmesg.txt
