#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# PostgreSQL and SQLite hold the same: with a server of our own, on a socket in a temporary directory.
# shellcheck source=tests/cli/common
source "$(dirname "${BASH_SOURCE[0]}")/common"
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
samples=${SAMPLES:-$here/samples}

bin=$(find /usr/lib/postgresql -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1)
[ -x "${bin:-/nonexistent}/initdb" ] || { echo 'skipped: PostgreSQL is not installed'; exit 77; }
command -v jq >/dev/null || { echo 'skipped: jq is not installed'; exit 77; }

# The server refuses to run as root.
as_user() {
	if [ "$(id -u)" -eq 0 ]; then setpriv --reuid nobody --regid nogroup --clear-groups "$@"; else "$@"; fi
}
server=$work/server
mkdir "$server"
chmod 711 "$work"
[ "$(id -u)" -ne 0 ] || chown nobody: "$server"
stop() {
	as_user "$bin/pg_ctl" -D "$server/data" -m immediate stop >/dev/null 2>&1
	rm -rf "$work"
}
trap stop EXIT
export HOME=$server LC_ALL=C.UTF-8
cd "$server" || exit 1
as_user "$bin/initdb" -D "$server/data" -A trust -U tester -E UTF8 >/dev/null 2>&1 || { echo 'skipped: initdb failed'; exit 77; }
as_user "$bin/pg_ctl" -w -D "$server/data" -o "-k $server -c listen_addresses=''" -l "$server/log" start >/dev/null || {
	cat "$server/log"
	exit 1
}
cd "$work" || exit 1
url="postgresql:///postgres?host=$server&user=tester"

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
for format in events groups csv prometheus; do
	cmp <("$OOPSDECODE" triage --db "$url" -f $format) <("$OOPSDECODE" triage --db here.db -f $format) ||
		fail "the databases differ in their $format"
done
run triage --no-search --db "$url" fleet; expect_out '16 of them known'
run triage --no-search --db "$url" --redecode; expect_status 0; expect_out '6 groups of 16 crashes'
group=$("$OOPSDECODE" triage --db here.db -f groups | jq -r 'select(.title | test("psu_guard")).group' | head -n 1)
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
as_user "$bin/pg_ctl" -D "$server/data" -m immediate stop >/dev/null
run triage --no-search --db "$url" fleet; expect_status 3; expect_err 'cannot connect'
exit $failed
