#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Exit statuses and messages: what was found, what was not, and what could not be read.
# shellcheck source=tests/cli/common
source "$(dirname "${BASH_SOURCE[0]}")/common"
write_log log
printf 'all is well\nreally\n' >calm
: >empty
mkdir dir

run log; expect_status 0; expect_out 'hello_cleanup'; expect_no_err
run decode log; expect_status 0; expect_out 'hello_cleanup'
run calm; expect_status 1; expect_no_out; expect_err 'oopsdecode: calm: no kernel report found in 2 lines'
run --json calm; expect_status 1; expect_out '"events":[]'; expect_err 'no kernel report'
run empty; expect_status 1; expect_no_out; expect_err 'oopsdecode: empty: no kernel report found'
run; expect_status 1; expect_err 'oopsdecode: standard input: no kernel report found'
run -; expect_status 1; expect_err 'standard input'
run missing; expect_status 3; expect_no_out; expect_err 'oopsdecode: missing:'; expect_err 'No such file or directory'
run dir; expect_status 3; expect_no_out; expect_err 'oopsdecode: dir:'; expect_err 'Is a directory'

# The worst of several; the others are decoded all the same.
run log calm; expect_status 1; expect_out 'hello_cleanup'
run missing log calm; expect_status 3; expect_out 'hello_cleanup'; expect_err 'missing'; expect_err 'calm'
run calm log; expect_status 1; expect_out '==> log <=='
[[ $out != *'==> calm'* ]] || fail 'a heading without a document'

# A damaged archive: what could be decoded is printed.
gzip -k log
head -c $(($(wc -c <log.gz) - 9)) log.gz >cut.gz
run log.gz; expect_status 0; expect_out 'hello_cleanup'; expect_no_err
run cut.gz; expect_status 3; expect_out 'hello_cleanup'; expect_err 'oopsdecode: cut.gz:'

if [ "$(id -u)" -ne 0 ]; then
	chmod 0 calm
	run calm; expect_status 3; expect_err 'Permission denied'
fi

# From standard input.
"$OOPSDECODE" --json <log >out || fail 'a log on standard input'
grep -q '"path":"-"' out || fail 'standard input is not called -'

# Output that cannot be written; a reader that goes away.
"$OOPSDECODE" log >/dev/full 2>err
[ $? -eq 3 ] || fail '/dev/full: status'
grep -q 'standard output: No space left on device' err || fail "/dev/full: $(<err)"
"$OOPSDECODE" --help >/dev/full 2>err
[ $? -eq 3 ] || fail 'help to /dev/full: status'
for _ in {1..200}; do cat log; done >many
"$OOPSDECODE" many 2>err | head -n 1 >/dev/null # stops early
[ ! -s err ] || fail "a closed pipe is told: $(<err)"
(trap '' PIPE; "$OOPSDECODE" many 2>err | head -n 1 >/dev/null) # stops early
[ ! -s err ] || fail "a closed pipe is told when SIGPIPE is ignored: $(<err)"
exit $failed
