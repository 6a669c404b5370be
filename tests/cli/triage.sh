#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Many crashes: trees are walked, what is known is not read again, merging knows no order, and a kill does no harm.
# shellcheck source=tests/cli/common
source "$(dirname "${BASH_SOURCE[0]}")/common"
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
samples=${SAMPLES:-$here/samples}

command -v jq >/dev/null || { echo 'skipped: jq is not installed'; exit 77; }

# A tree as three distributions make it, with what a tree can hold besides.
mkdir -p fleet/web-1/var/crash/202611210305 fleet/10.0.0.7-2026-11-22-04:05:06 fleet/db-2/var/crash/2026-11-23-01:02
mkdir -p fleet/web-3/var/lib/systemd/pstore/1795230300 fleet/half
cp "$samples/gpf/dmesg.txt" fleet/web-1/var/crash/202611210305/dmesg.202611210305
: >fleet/web-1/var/crash/202611210305/dump.202611210305
cp "$samples/null-member/dmesg.txt" fleet/10.0.0.7-2026-11-22-04:05:06/vmcore-dmesg.txt
sed 's/fan_channel_duty\.isra\.0/fan_channel_duty/' "$samples/null-member/dmesg.txt" |
	xz >fleet/db-2/var/crash/2026-11-23-01:02/dmesg.txt.xz
cp "$samples/panic/dmesg.txt" fleet/web-3/var/lib/systemd/pstore/1795230300/dmesg.txt
cp "$samples/panic/dmesg.txt" fleet/web-3/var/lib/systemd/pstore/1795230300/dmesg-efi-1
: >fleet/half/vmcore-incomplete
ln -s nowhere fleet/half/dangling.txt
ln -s .. fleet/half/loop
mkdir "fleet/$(printf 'new\nline')"
cp "$samples/warn/vmcore-dmesg.txt" "fleet/$(printf 'new\nline')/dmesg.txt"
tar -C "$samples" -czf fleet/old.tar.gz bug-on/dmesg.txt

run triage --no-search fleet
expect_status 3
expect_err 'vmcore-incomplete: kdump has not finished it'
expect_err 'dangling.txt: No such file'
expect_out '5 groups of 6 crashes'
expect_out 'fan_channel_duty'
expect_out '10.0.0.7 (1), db-2 (1)'
rm -r fleet/half

run triage --no-search --db sqlite:a.db fleet; expect_status 0; expect_out '0 of them known'
first=$(tail -n 1 out)
run triage --no-search --db a.db fleet; expect_status 0; expect_out '6 of them known'
cmp <("$OOPSDECODE" triage --db a.db -f groups) <("$OOPSDECODE" triage --no-search -f groups fleet) ||
	fail 'with and without a database differ'
touch -d 2001-01-01 fleet/web-1/var/crash/202611210305/dmesg.202611210305
run triage --no-search --db a.db fleet; expect_out '5 of them known'
run triage --no-search --db a.db --redecode; expect_status 0; expect_out '5 groups of 6 crashes'

# Lines: parallel or not, from a list, in any order, twice.
"$OOPSDECODE" triage --no-search --emit -j 1 fleet >one
"$OOPSDECODE" triage --no-search --emit -j 4 fleet >four
cmp one four || fail 'threads change the lines'
[ "$(jq -s length one)" -ge 6 ] || fail 'not a line of JSON per event'
jq -e 'select(.crash.hash | test("^[0-9a-f]{64}$") | not)' one && fail 'a crash without its hash'
find fleet -name '*dmesg*' -print0 | "$OOPSDECODE" triage --no-search --emit - >listed
[ "$(wc -l <listed)" -ge 5 ] || fail 'paths of standard input are not read'
head -n 3 one >a
tail -n +3 one >b
"$OOPSDECODE" merge one >whole
for order in 'a b' 'b a' 'a b a one' 'one one'; do
	# shellcheck disable=SC2086
	"$OOPSDECODE" merge $order | cmp - whole || fail "merging $order is not the whole"
done
"$OOPSDECODE" merge whole | cmp - whole || fail 'merging is not idempotent'
"$OOPSDECODE" merge --db sqlite:m.db a && "$OOPSDECODE" merge --db m.db b
"$OOPSDECODE" merge sqlite:m.db | cmp - whole || fail 'a database and lines differ'
printf '{"schema":1}\n' >broken
run merge broken; expect_status 3; expect_err 'line 1: no event of a crash'
run merge /nonexistent; expect_status 3

# Why.
run why --db a.db fleet/10.0.0.7-2026-11-22-04:05:06 fleet/db-2/var/crash/2026-11-23-01:02
expect_status 0; expect_out 'One bug: both are memory-fault in fan_channel_duty [fan_curve]'
run why "$samples/gpf/dmesg.txt" "$samples/panic/dmesg.txt"; expect_status 1; expect_out 'Not alike: reports of different classes'
run why --db a.db fleet/nobody fleet/10.0.0.7-2026-11-22-04:05:06; expect_status 2; expect_err 'no crash with a report is at fleet/nobody'

# Notes follow the signature.
group=$("$OOPSDECODE" triage --db a.db -f groups | jq -r 'select(.function == "psu_rail_check.constprop.0").group')
run triage --db a.db --status "$group=known" --note 'a loose cable'; expect_out 'a loose cable'; expect_out ', known'
run triage --db a.db --status "$group=nonsense"; expect_status 2
run triage --status "$group=known" fleet; expect_status 2

# A file that is no database stays as it is; one of a later version too.
printf 'my diary\n%4000s' '' >diary
cp diary copy
run triage --db diary fleet; expect_status 3; cmp diary copy || fail 'a file that is no database was changed'

# A log that grows is one crash, not one per length; its parts are not forgotten where they are kept elsewhere.
mkdir grows
{ cat "$samples/gpf/dmesg.txt"; echo; } >grows/console.log
run triage --no-search --db grow.db grows; expect_status 0; expect_out '1 group of 1 crash;'
printf 'systemd[1]: Started something.\n' >>grows/console.log
run triage --no-search --db grow.db grows; expect_status 0; expect_out '1 group of 1 crash;'
cp grows/console.log grows/console.log.1
run triage --no-search --db grow.db grows; expect_out '1 group of 1 crash;'
cat "$samples/warn/vmcore-dmesg.txt" >>grows/console.log
run triage --no-search --db grow.db grows; expect_out '2 groups of 3 crashes'
cp "$samples/panic/dmesg.txt" grows/console.log
run triage --no-search --db grow.db grows; expect_out '3 groups of 4 crashes'

# What can be had of a compressed log that was cut off is decoded, and tried again another time.
mkdir cut
{ cat "$samples/gpf/dmesg.txt"; head -c 300000 /dev/urandom | od -x; } | gzip >whole.gz
head -c 200000 whole.gz >cut/dmesg.txt.gz
run triage --no-search --db cut.db cut; expect_status 3; expect_err 'dmesg.txt.gz: '; expect_out '1 group of 1 crash;'
run triage --no-search --db cut.db cut; expect_status 3; expect_out '1 logs, 0 of them known'

# A path that is named twice is read once.
"$OOPSDECODE" triage --no-search --emit fleet fleet | cmp - one || fail 'named twice, read twice'

# A database of an earlier version is taken over.
if command -v sqlite3 >/dev/null; then
	sqlite3 old.db "CREATE TABLE od_meta (name TEXT PRIMARY KEY, value BIGINT); INSERT INTO od_meta VALUES ('schema', 1);
		CREATE TABLE od_file (path BYTEA PRIMARY KEY, inode BIGINT, size BIGINT, mtime BIGINT);
		CREATE TABLE od_crash (host TEXT, hash TEXT, path BYTEA, time BIGINT, log BYTEA, PRIMARY KEY (host, hash));
		CREATE TABLE od_event (host TEXT, hash TEXT, number BIGINT, json BYTEA, PRIMARY KEY (host, hash, number));
		CREATE TABLE od_note (signature TEXT PRIMARY KEY, status TEXT, note BYTEA);
		ATTACH 'a.db' AS new; INSERT INTO od_file SELECT path, inode, size, mtime FROM new.od_file;
		INSERT INTO od_crash SELECT host, hash, path, time, log FROM new.od_crash;
		INSERT INTO od_event SELECT host, hash, number, json FROM new.od_event; INSERT INTO od_note SELECT * FROM new.od_note"
	cmp <("$OOPSDECODE" triage --db old.db -f groups) <("$OOPSDECODE" triage --db a.db -f groups) ||
		fail 'a database of version 1 reports something else'
	run triage --no-search --db old.db fleet; expect_out '6 of them known'
fi

# Killed at any moment, it goes on where it was.
mkdir many
for ((i = 0; i < 300; i++)); do
	mkdir "many/host-$i"
	sed "s/CPU: 0/CPU: $i/" "$samples/warn/vmcore-dmesg.txt" >"many/host-$i/dmesg.txt"
done
"$OOPSDECODE" triage --no-search --emit many >expected
for pause in 0.02 0.05 0.1; do
	"$OOPSDECODE" triage --no-search --db kill.db many >/dev/null &
	sleep "$pause"
	kill -9 $! 2>/dev/null
	wait $! 2>/dev/null
done
run triage --no-search --db kill.db many; expect_status 0
"$OOPSDECODE" merge sqlite:kill.db >got
"$OOPSDECODE" merge expected | cmp - got || fail 'after kill -9 something is lost or doubled'

# Several writers at once.
for _ in 1 2 3; do
	"$OOPSDECODE" triage --no-search --db shared.db many >/dev/null 2>>writers &
done
wait
[ ! -s writers ] || fail "several writers: $(<writers)"
run triage --no-search --db shared.db many; expect_status 0
"$OOPSDECODE" merge sqlite:shared.db | cmp - got || fail 'several writers lose or double something'

# Exports.
run triage --db a.db -f csv; expect_out 'group,crashes,events'
run triage --db a.db -f prometheus; expect_out 'oopsdecode_group_crashes{group="'
run triage --db a.db -f nonsense; expect_status 2; expect_err 'no such format'
[ -n "$first" ] || fail 'no summary'
exit $failed
