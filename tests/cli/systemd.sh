#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What systemd runs when a machine boots after a crash: oops.txt and oops.json beside it, once, whole or not at all.
# shellcheck source=tests/cli/common
source "$(dirname "${BASH_SOURCE[0]}")/common"
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
samples=${SAMPLES:-$here/samples}
decode=$here/share/systemd/decode-crashes
command -v jq >/dev/null || { echo 'skipped: jq is not installed'; exit 77; }

odd=crash/$(printf '127.0.0.1-2026-11-22-04:05:06 new\nline')
mkdir -p crash/202611210305 "$odd" crash/unfinished pstore/1795230300 pstore/1795230301
cp "$samples/gpf/dmesg.txt" crash/202611210305/dmesg.202611210305
cp "$samples/null-member/dmesg.txt" "$odd/vmcore-dmesg.txt"
: >crash/unfinished/vmcore-incomplete
cp "$samples/panic/dmesg.txt" pstore/1795230300/dmesg.txt
printf 'Panic#2 Part1\n<1>[ 1.0] nothing\n' >pstore/1795230301/dmesg-efi-179523030101001
"$decode" "$PWD/crash" "$PWD/pstore" "$PWD/nowhere" 2>err || fail "decode-crashes: $(<err)"
grep -q dma_chain crash/202611210305/oops.txt || fail 'no text beside the log'
jq -e '.events[0].kind == "gpf"' crash/202611210305/oops.json >/dev/null || fail 'no document beside the log'
jq -e '.events | length == 1' "$odd/oops.json" >/dev/null || fail 'a name with a newline is too much'
for record in pstore/*/; do
	[ -s "$record/oops.json" ] || fail "$record is not decoded"
done
[ ! -e crash/unfinished/oops.txt ] || fail 'a dump that is not finished is decoded'
[ -z "$(find . -name '.oops.*')" ] || fail 'temporary files are left'

# Once; and again when the log is newer.
echo mark >crash/202611210305/oops.txt
"$decode" "$PWD/crash"
[ "$(<crash/202611210305/oops.txt)" = mark ] || fail 'decoded again without need'
touch -d '+1 minute' crash/202611210305/dmesg.202611210305
"$decode" "$PWD/crash"
[ "$(<crash/202611210305/oops.txt)" != mark ] || fail 'not decoded again'

# A dump that cannot be read is named, and the rest goes on.
mkdir crash/broken
echo 'no dump' >crash/broken/vmcore
rm crash/202611210305/oops.*
"$decode" "$PWD/crash" 2>err && fail 'a broken dump is no trouble'
grep -q 'crash/broken' err || fail "it is not named: $(<err)"
[ -s crash/202611210305/oops.json ] || fail 'the rest does not go on'

# The units are what systemd accepts.
if command -v systemd-analyze >/dev/null; then
	mkdir units
	cp "$here/share/systemd/oopsdecode-triage.path" units/
	sed "s|@program@|$OOPSDECODE|; s|@decode_crashes@|$decode|" "$here/share/systemd/oopsdecode-triage.service.in" \
		>units/oopsdecode-triage.service
	said=$(systemd-analyze verify --man=no units/oopsdecode-triage.path units/oopsdecode-triage.service 2>&1 |
		grep oopsdecode-triage)
	[ -z "$said" ] || fail "systemd-analyze verify: $said"
else
	echo 'systemd-analyze is not installed: the units were not verified'
fi
exit $failed
