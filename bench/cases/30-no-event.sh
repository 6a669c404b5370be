# SPDX-License-Identifier: GPL-3.0-or-later
# A log in which nothing is to be found, against programs that look for the same literals and do nothing else.
# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154  # used in bench/lib.sh; set by bench/run

literals=$work/literals
sed -n '/^const char \*const od_triggers\[\]/,/^}/p' "$tree/parsers/scan.c" | grep -o '"[^"]*"' | tr -d '"' >"$literals" ||
	die "parsers/scan.c has no od_triggers"

# What the samples' kernels said until they started the first process, over and over.
boot_log() { # BYTES
	local start='Run /init as init process' log
	for log in "$tree"/samples/*/*dmesg.txt; do
		! grep -q -F "$start" "$log" || sed "\|$start|,\$d" "$log"
	done >"$work/boot"
	[ -s "$work/boot" ] || die "no sample tells of a boot"
	while [ "$(stat -c %s "$work/boot")" -lt "$1" ]; do
		cat "$work/boot" "$work/boot" >"$work/boot.twice"
		mv "$work/boot.twice" "$work/boot"
	done
	head -c "$1" "$work/boot" | sed '$d' >"$work/boot.log"
	rm "$work/boot"
}

megabytes=1000
[ -z "$quick" ] || megabytes=100
boot_log ${megabytes}000000
size=$(stat -c %s "$work/boot.log")

begin "A log without an event, $megabytes MB"
found=$({ "$program" --no-search --json "$work/boot.log" || true; } | jq '.events | length')
note "What the samples' kernels said while they booted, repeated; $found events are found. The peers look for the" \
	"$(wc -l <"$literals") literals that oopsdecode looks for; $(grep -cFf "$literals" "$work/boot.log") of" \
	"$(wc -l <"$work/boot.log") lines hold one, which oopsdecode then reads."
# Exit 1: no event. Into a pipe, because grep is content with the first match where nobody reads.
hyperfine_options=(--ignore-failure --output=pipe)
contender oopsdecode "$program" --no-search "$work/boot.log"
if [ -n "$(type -P rg)" ]; then contender 'rg -cFf' rg -j 1 -cFf "$literals" "$work/boot.log"; fi
contender 'grep -cFf' grep -cFf "$literals" "$work/boot.log"
measure
table $((size / 1000000)) MB/s
[ -n "$(type -P rg)" ] || skip rg 'get it with: apt-get install ripgrep'
rm "$work/boot.log"
