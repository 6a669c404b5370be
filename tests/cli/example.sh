#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The example of docs/examples does what it says, with the library of this build.
# shellcheck source=tests/cli/common
source "$(dirname "${BASH_SOURCE[0]}")/common"
: "${EXAMPLE:?the path of the example}" "${SAMPLES:?the directory of samples}"

OOPSDECODE=$EXAMPLE
run "$SAMPLES"/hello_2/hello_2.ko.xz hello_cleanup+0x13
expect_status 0
expect_out 'hello_cleanup at hello_2.c:49'
run "$SAMPLES"/hello_2/hello_2.ko.xz cleanup_module+0x13
expect_out 'hello_cleanup at hello_2.c:49'
run "$SAMPLES"/null-member/fan_curve.ko.xz fan_channel_duty.isra.0+0x5
expect_out ', inlined into'
run "$SAMPLES"/hello_2/hello_2.ko.xz no_such_function+0x13
expect_out 'mismatch: '
run /nonexistent.ko hello_cleanup+0x13
expect_status 2
expect_err /nonexistent.ko
run
expect_status 2
exit "$failed"
