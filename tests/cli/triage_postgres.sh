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

# A server that goes away.
stop_postgres
run triage --no-search --db "$url" fleet; expect_status 3; expect_err 'cannot connect'
exit $failed
