# SPDX-License-Identifier: GPL-3.0-or-later
# A log of oopses and nothing else, without symbols.
# shellcheck shell=bash
# shellcheck disable=SC2154  # set by bench/run and bench/files.sh

events=10000
[ -z "$quick" ] || events=1000
sed -n '/BUG: kernel NULL pointer/,/^\[[^]]*\] note: /p' "$tree/samples/null-member/dmesg.txt" >"$work/event"
for ((i = 0; i < events; i++)); do cat "$work/event"; done >"$work/events.log"

begin "$events oopses in one log"
found=$("$program" --no-search --json "$work/events.log" | jq '.events | length')
note "The oops of samples/null-member, $(wc -l <"$work/event") lines, repeated; without symbols. $found are found."
contender 'oopsdecode --json' "$program" --no-search --json "$work/events.log"
contender 'oopsdecode' "$program" --no-search "$work/events.log"
measure
table "$events" events/s

parse_speed=$tree/build/release/bin/parse_speed
cmake --build --preset release --target parse_speed >"$work/parse_speed.log" 2>&1 || cat "$work/parse_speed.log"
if [ -x "$parse_speed" ]; then
	note "The parsers alone (bench/parse_speed.c): $("$parse_speed" "$work/events.log" 3)."
else
	skip 'the parsers alone' 'parse_speed was not built'
fi
