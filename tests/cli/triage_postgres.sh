#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# PostgreSQL and SQLite hold the same: with a server of our own, on a socket in a temporary directory.
# shellcheck source=tests/cli/common
source "$(dirname "${BASH_SOURCE[0]}")/common"
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
samples=${SAMPLES:-$here/samples}

command -v jq >/dev/null || { echo 'skipped: jq is not installed'; exit 77; }
# shellcheck source=tests/cli/postgres
source "$(dirname "${BASH_SOURCE[0]}")/postgres"
start_postgres || exit 77

mkdir fleet
day=10
for sample in gpf panic null-member warn bug-on; do
	day=$((day + 1))
	for host in a b c; do
		mkdir -p "fleet/$host/202611${day}0305"
		cp "$samples/$sample"/*dmesg.txt "fleet/$host/202611${day}0305/"
	done
done
mkdir "fleet/$(printf 'x\377y')"
cp "$samples/divide-error/dmesg.txt" "fleet/$(printf 'x\377y')/"

run triage --no-search --db "$url" fleet; expect_status 0; expect_out '6 groups of 16 crashes'
run triage --no-search --db sqlite:here.db fleet; expect_status 0
for format in events groups hosts csv prometheus; do
	cmp <("$OOPSDECODE" triage --db "$url" -f $format) <("$OOPSDECODE" triage --db here.db -f $format) ||
		fail "the databases differ in their $format"
done
run triage --no-search --db "$url" fleet; expect_out '16 of them known'
run triage --no-search --db "$url" --redecode; expect_status 0; expect_out '6 groups of 16 crashes'
group=$("$OOPSDECODE" triage --db here.db -f groups | jq -r 'select(.title | test("psu_guard")).group' | sed -n 1p)
run triage --db "$url" --status "$group=hardware" --note "it's the \"fan\"; DROP TABLE od_event"
expect_status 0; expect_out "it's the \"fan\"; DROP TABLE od_event"

# Many writers, and one that is killed.
for ((i = 0; i < 100; i++)); do
	mkdir -p "many/host-$i"
	sed "s/CPU: 0/CPU: $i/" "$samples/warn/vmcore-dmesg.txt" >"many/host-$i/dmesg.txt"
done
for _ in 1 2 3; do
	"$OOPSDECODE" triage --no-search --db "$url" many >/dev/null 2>>writers &
done
"$OOPSDECODE" triage --no-search --db "$url" many >/dev/null 2>&1 &
kill -9 $!
wait
[ ! -s writers ] || fail "several writers: $(<writers)"
"$OOPSDECODE" triage --no-search --db here.db many >/dev/null
cmp <("$OOPSDECODE" merge "$url") <("$OOPSDECODE" merge sqlite:here.db) || fail 'writers lose or double something'
"$OOPSDECODE" merge --db sqlite:copy.db "$url"
cmp <("$OOPSDECODE" merge sqlite:copy.db) <("$OOPSDECODE" merge "$url") || fail 'merging from a server is not the whole'

# A server that goes away while it is written to: the program is stopped as soon as its first transaction is there.
# interrupt DATABASE-URL COMMAND...: runs triage, and the command in the middle of it.
rows() { "$bin/psql" -qAt "$url" -c 'SELECT count(*) FROM od_crash' 2>/dev/null; }
interrupt() {
	local before pid
	before=$(rows)
	"$OOPSDECODE" triage --no-search -j 1 --db "$url" "$1" >out 2>err </dev/null &
	pid=$!
	while kill -STOP "$pid" 2>/dev/null && [ "$(rows)" -lt $((before + 64)) ]; do
		kill -CONT "$pid"
		sleep 0.02
	done
	"${@:2}"
	kill -CONT "$pid"
	wait "$pid"
	status=$?
	command="triage $1, interrupted"
	out=$(<out)
	err=$(<err)
}
fleet_of() { # NAME SEED
	for ((i = 0; i < 240; i++)); do
		mkdir -p "$1/host-$i"
		sed "s/PID: [0-9]*/PID: $(($2 + i))/" "$samples/null-member/dmesg.txt" >"$1/host-$i/dmesg.txt"
	done
}
restart() { stop_postgres; start_again; }

fleet_of back 10000
interrupt back restart
expect_status 0
expect_no_err
"$OOPSDECODE" triage --no-search --db here.db back >/dev/null
cmp <("$OOPSDECODE" merge "$url") <("$OOPSDECODE" merge sqlite:here.db) || fail 'a server that is restarted loses or doubles something'

# It stays away: what is not stored is counted and named, all is read, and another run stores the rest.
fleet_of away 20000
interrupt away stop_postgres
expect_status 3
expect_err 'not stored: '
left=$(grep -c 'not stored: ' err)
[ "$left" -ge 64 ] && [ "$left" -lt 240 ] || fail "$left of 240 logs are named as not stored"
start_again
run triage --no-search --db "$url" away
expect_status 0
"$OOPSDECODE" triage --no-search --db here.db away >/dev/null
cmp <("$OOPSDECODE" merge "$url") <("$OOPSDECODE" merge sqlite:here.db) || fail 'what a lost server did not take is not made up for'

# Decoded again, by many threads, all is as it was.
"$OOPSDECODE" merge "$url" >before
run triage --no-search -j 4 --db "$url" --redecode
expect_status 0
cmp before <("$OOPSDECODE" merge "$url") || fail 'decoding again changes what was decoded'

# A server that is not there.
stop_postgres
run triage --no-search --db "$url" fleet; expect_status 3; expect_err 'cannot connect'
exit $failed
