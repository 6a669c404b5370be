#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The command line: wrong options, options behind files, help and version.
# shellcheck source=tests/cli/common
source "$(dirname "${BASH_SOURCE[0]}")/common"
write_log log
mkdir dir

misused() { # MESSAGE ARGUMENT...
	local message=$1
	shift
	run "$@"
	expect_status 2
	expect_no_out
	expect_err "$message"
	expect_err "--help"
}
misused "unknown option '--jsn'; did you mean '--json'?" --jsn log
misused "unknown option '--frobnicate'" log --frobnicate
misused "unknown option '-q'" -q log
misused "unknown option '-q'" -aq log
misused "option '-m' needs an argument" log -m
misused "option '--width' needs an argument" log --width
misused "option '--json=1' takes no argument" --json=1 log
misused '--color is auto, always or never' --color=maybe log
misused '--width is a number of columns' --width=wide log
misused '--width is a number of columns' --width=0 log
misused '--width is a number of columns' --width=-5 log
misused '--width is a number of columns' --width=99999999999999999999 log
misused "'decod' is neither a file nor a command; did you mean 'decode'?" decod log
misused "there is no command 'decoed'; did you mean 'decode'?" help decoed
misused "there is no command 'frobnicate'" help frobnicate

# What an option names must be there.
misused 'No such file or directory' -m nowhere.ko log
misused 'nowhere.ko' -m nowhere.ko log
misused 'No such file or directory' --module-dir=nowhere log
misused 'No such file or directory' -k nowhere log
misused 'No such file or directory' -S nowhere log

# Options stand anywhere, may be shortened, and end at --.
run log --json; expect_status 0; expect_out '{"schema":1'
run -M dir log --json -S dir; expect_status 0; expect_out '{"schema":1'
run --js log; expect_status 0; expect_out '{"schema":1'
run -- log; expect_status 0
run --no-search --root dir -a log; expect_status 0

# One document per file, one line each.
run --json log log
[ "$(wc -l <out)" -eq 2 ] || fail 'two files, two lines'
run log log; expect_out '==> log <=='
run log
[[ $out != *'==>'* ]] || fail 'one file needs no heading'

run --version; expect_status 0; expect_no_err
[[ $out =~ ^oopsdecode\ [0-9]+\.[0-9]+\.[0-9]+$ ]] || fail "version: $out"
version=$out
run decode --version
[ "$out" = "$version" ] || fail 'decode --version'
run --help; expect_status 0; expect_no_err; expect_out 'Commands:'; expect_out '--module'
run -h; expect_status 0; expect_out 'Usage: oopsdecode'
run help; expect_status 0; expect_out 'Commands:'
run decode --help; expect_status 0; expect_out 'Exit status'
decode_help=$out
run help decode
[ "$out" = "$decode_help" ] || fail 'help decode is not decode --help'
run log --help
[ "$out" = "$decode_help" ] || fail 'log --help is not decode --help'
run help help; expect_status 0; expect_out 'help [COMMAND]'
run --help
[ "$(wc -L <out)" -le 80 ] || fail 'the help is wider than 80 columns'

# A file name cannot send controls to the terminal.
run $'evil\033[2J'; expect_status 3; expect_err 'evil?[2J'
cp log $'log\033[2J'
run log $'log\033[2J'
[[ $out != *$'\033'* ]] || fail 'a control of a file name reaches the terminal'
exit $failed
