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

# Links; and what is new: since a version, since a date, since the last run.
run triage --db a.db --status "$group=fixed in 6.1.90" --link 'https://example.org/?a=1&b=2'
expect_out 'https://example.org/?a=1&b=2'; expect_out 'a loose cable'; expect_out ', fixed in 6.1.90'
mkdir -p news/old/202605010000 news/new/202608010000
cp "$samples/gpf/dmesg.txt" news/old/202605010000/
sed 's/6\.1\.0-[0-9]*-amd64/6.1.0-99-amd64/' "$samples/gpf/dmesg.txt" >news/new/202608010000/dmesg.txt
run triage --no-search --db news.db --new-since last news; expect_out '1 group of 2 crashes'
sed 's/6\.1\.0-[0-9]*-amd64/6.1.0-100-amd64/' "$samples/bug-on/dmesg.txt" >news/new/202608010000/dmesg.1
run triage --no-search --db news.db --new-since last news; expect_out '1 shown of 2 groups'; expect_out 'tx_ring_queue'
run triage --db news.db --new-since last; expect_out '1 shown of 2 groups'
run triage --no-search --db news.db --new-since last news; expect_out '0 shown of 2 groups'
run triage --db news.db --new-since 6.1.0-99; expect_out '1 shown of 2 groups'; expect_out 'tx_ring_queue'
run triage --db news.db --new-since 6.1.0-101; expect_out '0 shown of 2 groups'
run triage --db news.db --new-since 2026-07-01; expect_out '1 shown of 2 groups'
run triage --db news.db --since 2026-07-01; expect_out '2 groups of 3 crashes'
run triage --db news.db --since 2027-01-01; expect_out '0 shown of 2 groups'
run triage --db news.db --new-since yesterday; expect_status 2; expect_err "'yesterday' is no date"
run triage --db news.db --since 6.1; expect_status 2

# One machine with many kinds of crashes, and one where an address has a wrong bit.
day=10
for sample in gpf panic null-member bug-on divide-error err-ptr; do
	day=$((day + 1))
	mkdir -p "hosts/ill/202611${day}0305" "hosts/well-$day/202611${day}0305"
	cp "$samples/$sample/dmesg.txt" "hosts/ill/202611${day}0305/"
	cp "$samples/$sample/dmesg.txt" "hosts/well-$day/202611${day}0305/"
done
run triage --no-search hosts; expect_out 'Host ill: 6 crashes of 6 kinds, 0 of them on no other host (2.6 bits of entropy): suspect its memory'
[[ $out != *'Host well'* ]] || fail 'hosts are suspected without reason'
mkdir -p flip/dimm/202611210305
sed 's/0x6b6b6b6b6b6b6b73/0xff7f888004a3c2d0/' "$samples/use-after-free/dmesg.txt" >flip/dimm/202611210305/dmesg.txt
"$OOPSDECODE" triage --no-search --db flip.db -f hosts flip >lines
jq -e '.host == "dimm" and .bit_flips == 1 and .suspect == "memory"' lines >/dev/null || fail "bit flips: $(<lines)"
run triage --db flip.db -f prometheus; expect_out 'oopsdecode_host_suspect{host="dimm",part="memory"} 1'

# Parts of the work together are the work.
for part in 1 2 3; do "$OOPSDECODE" triage --no-search --emit --shard $part/3 fleet; done | "$OOPSDECODE" merge - |
	cmp - whole || fail 'the parts are not the whole'
run triage --shard 4/3 fleet; expect_status 2; expect_err '--shard is K/N'

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
		INSERT INTO od_event SELECT host, hash, number, json FROM new.od_event; INSERT INTO od_note SELECT signature, status, note FROM new.od_note"
	cmp <("$OOPSDECODE" triage --db old.db -f groups | jq -c .) <("$OOPSDECODE" triage --db a.db -f groups | jq -c 'del(.link)') ||
		fail 'a database of version 1 reports something else'
	run triage --no-search --db old.db fleet; expect_out '6 of them known'
fi

# A full disk and a damaged database: said, with nothing lost, and later all is there.
(trap '' XFSZ; ulimit -f 100; "$OOPSDECODE" triage --no-search --db full.db fleet >out 2>err)
full=$?
if [ $full -eq 0 ]; then fail 'a full disk goes unnoticed'; fi
run triage --no-search --db full.db fleet; expect_status 0; expect_out '5 groups of 6 crashes'
cp a.db damaged.db
dd if=/dev/urandom of=damaged.db bs=4096 seek=1 count=10 conv=notrunc 2>/dev/null
cp damaged.db copy
run triage --db damaged.db; expect_status 3; expect_err 'oopsdecode: '
cmp damaged.db copy || fail 'a damaged database was changed'

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
