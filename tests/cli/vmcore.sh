#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The command vmcore: its command line, and files that are no dumps.
# shellcheck source=tests/cli/common
source "$(dirname "${BASH_SOURCE[0]}")/common"

run vmcore
expect_status 2
expect_err 'which dump?'
write_log log
run vmcore log frobnicate
expect_status 2
expect_err "'frobnicate' is no view"
run vmcore --frobnicate log
expect_status 2
# Letters behind a view belong to it, options may stand anywhere.
run vmcore log bt -c
expect_status 2
expect_err 'bt -c wants'
run vmcore log sys -a
expect_status 3
run vmcore log bt -a --frobnicate
expect_status 2
expect_err 'frobnicate'
run vmcore --no-cache --cache-dir "$PWD/cache" log
expect_status 3
run vmcore log --json dis
expect_status 2
expect_err 'dis wants'
run vmcore --help
expect_status 0
expect_out 'vmcore [OPTION]... FILE [VIEW]...'
run vmcore log
expect_status 3
expect_no_out
run vmcore nowhere
expect_status 3
expect_err 'No such file or directory'
mkfifo pipe
run vmcore pipe
expect_status 3
expect_err 'not a pipe'
printf 'KDUMP   ' >short
head -c 5000 /dev/zero >>short
run vmcore short
expect_status 3
expect_no_out
exit $failed
