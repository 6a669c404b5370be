#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Colour, width, and a paste at a terminal.
# shellcheck source=tests/cli/common
source "$(dirname "${BASH_SOURCE[0]}")/common"
write_log log
escape=$'\033'

colored() { # WHAT: the output of `run` has colours
	[[ $out == *"${escape}["* ]] || fail "$1: no colour"
}

plain() {
	[[ $out != *"$escape"* ]] || fail "$1: colour"
}

run log; plain 'into a file'
run --color=always log; colored '--color=always into a file'
run --color never log; plain '--color never'
NO_COLOR=1 run --color=always log; colored 'NO_COLOR with --color=always'

# Widths: no line is longer than asked for, and a wide one is used.
for width in 24 40 60 80 120 200; do
	run --width "$width" log
	longest=$(wc -L <out)
	[ "$longest" -le "$width" ] || fail "--width $width: a line of $longest columns"
done
[ "$longest" -gt 80 ] || fail "--width 200 is not used: $longest columns"
COLUMNS=50 run log
[ "$(wc -L <out)" -le 50 ] || fail 'COLUMNS=50'
COLUMNS=50 run --width=40 log
[ "$(wc -L <out)" -le 40 ] || fail '--width over COLUMNS'
COLUMNS=junk run log; expect_status 0
[ "$(wc -L <out)" -le 80 ] || fail 'COLUMNS=junk'

if ! script -qec true /dev/null </dev/null >/dev/null 2>&1; then
	echo 'script(1) is not there, or finds no pseudo-terminal: the terminal was not tested'
	exit $((failed ? 1 : 77))
fi

# in_terminal COLUMNS COMMAND: what the command writes to a terminal of that width.
in_terminal() {
	out=$(script -qec "stty cols $1; $2" /dev/null </dev/null | tr -d '\r')
}
export OOPSDECODE
in_terminal 80 '"$OOPSDECODE" log'; colored 'at a terminal'
in_terminal 80 'NO_COLOR=1 "$OOPSDECODE" log'; plain 'NO_COLOR'
in_terminal 80 'NO_COLOR= "$OOPSDECODE" log'; colored 'an empty NO_COLOR'
in_terminal 80 'TERM=dumb "$OOPSDECODE" log'; plain 'TERM=dumb'
in_terminal 80 '"$OOPSDECODE" --color=never log'; plain '--color=never at a terminal'
in_terminal 48 'NO_COLOR=1 "$OOPSDECODE" log'
longest=$(wc -L <<<"$out")
if [ "$longest" -gt 48 ] || [ "$longest" -lt 40 ]; then
	fail "a terminal of 48 columns: $longest"
fi

# A paste that ends with the oops needs no Ctrl-D: the terminal stays open behind it.
mkfifo keys
script -qec '"$OOPSDECODE" --color=never; echo "status $?"' /dev/null <keys >transcript 2>&1 &
exec 3>keys
sleep 0.3
cat log >&3
for _ in {1..100}; do
	grep -q '^status' transcript && break
	sleep 0.1
done
tr -d '\r' <transcript >clean
grep -q 'Ctrl-D' clean || fail 'it does not say how to end the paste'
grep -q '^  Log  *-: 1 event' clean || fail "a complete paste is not decoded at once: $(<clean)"
grep -q '^status 0' clean || fail 'a paste: status'
exec 3>&-
wait

# One that is cut off ends with Ctrl-D.
script -qec '"$OOPSDECODE" --color=never; echo "status $?"' /dev/null <keys >transcript 2>&1 &
exec 3>keys
sleep 0.3
head -n 5 log >&3
sleep 1.2
grep -q '^status' transcript && fail 'an incomplete paste ended by itself'
printf '\004' >&3
for _ in {1..100}; do
	grep -q '^status' transcript && break
	sleep 0.1
done
grep -q '^status 0' <<<"$(tr -d '\r' <transcript)" || fail "Ctrl-D does not end the paste: $(<transcript)"
exec 3>&-
wait
exit $failed
