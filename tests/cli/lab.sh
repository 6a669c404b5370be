#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# oopsdecode lab, as far as it goes without a boot: lists, complaints, the quiz.
# shellcheck source=tests/cli/common
source "$(dirname "${BASH_SOURCE[0]}")/common"
: "${SAMPLES:?the directory of samples}"
export OOPSDECODE_LAB=$SAMPLES/lab OOPSDECODE_LAB_CACHE=$work/cache

run lab list; expect_status 0; expect_no_err
expect_out 'null-member'; expect_out '6.12    x86_64    Debian trixie'
[ "$(grep -c '^  [a-z]' out)" -ge 50 ] || fail 'fewer than 50 faults'

run lab; expect_status 2; expect_err "list, run, shell or quiz"
run lab walk; expect_status 2; expect_err "not 'walk'"
run lab run; expect_status 2; expect_err 'which fault?'
run lab run one two; expect_status 2; expect_err 'one fault at a time'
run lab run --timeout=soon one; expect_status 2; expect_err 'number of seconds'
run lab run --out "$work/o" no-such-fault; expect_status 3; expect_err 'no sample no-such-fault'
run lab run --out "$work/o" --kernel 2.6 null-member; expect_status 3; expect_err 'the kernel is 5.10, 6.1, 6.12 or newest, not 2.6'
run lab run --out "$work/o" --kernel 5.10 --arch s390x null-member; expect_status 3; expect_err 'is not there for s390x'
run lab run --out "$work/o" --compiler tcc null-member; expect_status 3; expect_err 'the compiler is gcc or clang'
run lab run --out "$work/o" missing.c; expect_status 3; expect_err 'missing.c cannot be read'
run lab run --out /proc/nowhere/x null-member; expect_status 3; expect_err '/proc/nowhere/x'
OOPSDECODE_LAB=/nowhere run lab list
[ "$status" -ne 127 ] || fail 'a lab that is not there'

# What is missing is named at once, with its apt line: a PATH with hardly a program.
mkdir bin
for program in bash awk sed grep dirname basename dpkg mktemp rm cat cp mkdir; do
	ln -s "$(command -v $program)" bin/
done
PATH=$work/bin run lab run --out "$work/o" --arch arm64 null-member
expect_status 3; expect_err 'missing: qemu-system-aarch64, cpio'; expect_err 'get it with: apt install qemu-system-arm cpio'

# No headers: an empty /lib/modules, in a name space of its own where those are allowed.
if [ -d /lib/modules ] && unshare --map-root-user --mount true 2>/dev/null && grep -q -x 'VERSION_CODENAME=bookworm' /etc/os-release; then
	cat >bin/without-headers <<-'SH'
		#!/bin/sh
		exec unshare --map-root-user --mount sh -c 'mount -t tmpfs none /lib/modules && exec "$0" "$@"' "$PROGRAM" "$@"
	SH
	chmod +x bin/without-headers
	export PROGRAM=$OOPSDECODE
	OOPSDECODE=$work/bin/without-headers run lab run --out "$work/o" null-member
	expect_status 3; expect_err "the kernel's headers"; expect_err 'linux-headers-amd64'
fi

# The quiz: answers are checked and explained.
if command -v jq >/dev/null; then
	quiz() { # ANSWER...
		printf '%s\n' "$@" | "$OOPSDECODE" lab quiz null-member >out 2>err
		status=$? out=$(<out) err=$(<err) command='lab quiz'
	}
	quiz null-deref fan_curve.c:60 'ch->curve'
	expect_status 0; expect_out '3 of 3.'; expect_out 'NULL pointer dereference in fan_channel_duty'
	quiz gpf 59 chip
	expect_status 0; expect_out '0 of 3.'; expect_out 'No: fan_curve.c:60: return celsius <= curve->span.low.celsius;'
	quiz
	expect_status 0; expect_out '0 of 3.'
fi
exit $failed
