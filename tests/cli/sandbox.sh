#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Images are read in a child that may open nothing, and the output is the same as without it.
set -uo pipefail
# shellcheck source=tests/cli/common
source "$(dirname "$0")/common"

log=$SAMPLES/hello_2/vmcore-dmesg.txt
xz -dc "$SAMPLES/hello_2/hello_2.ko.xz" >hello_2.ko

run -m hello_2.ko --no-search --json "$log"
expect_status 0
expect_no_err
sandboxed=$out
run -m hello_2.ko --no-search --json --no-sandbox "$log"
[ "$out" = "$sandboxed" ] || fail "the output with and without the sandbox differs"

# A file that is cut off: a reason, and the usual status.
head -c 9000 hello_2.ko >cut.ko
run -m cut.ko --no-search --json "$log"
expect_status 0
jq -e '.events[0].ip.status == "no-image" and (.events[0].ip.status_detail | test("cut.ko"))' out >/dev/null ||
	fail "no reason for a file that is cut off: $out"

# Nothing but regular files is opened.
mkfifo pipe.ko
run -m pipe.ko --no-search --json "$log"
expect_status 0
expect_out "not a regular file"

# A system without seccomp, or where it is forbidden: said once, and all is decoded.
if grep -q libasan <<<"$(ldd "$OOPSDECODE")"; then
	echo "skipped: a sanitizer must be the first library"
else
	printf '%s\n' '#include <errno.h>' 'long syscall(long n, ...) { (void)n; errno = ENOSYS; return -1; }' |
		gcc -x c -shared -fPIC -o none.so - || exit 1
	LD_PRELOAD=$work/none.so run -m hello_2.ko --no-search --json "$log" "$log"
	expect_status 0
	[ "$(grep -o 'no seccomp' out | wc -l)" = 1 ] || fail "a missing seccomp is not said once: $out"
	jq -e '.events[0].ip.status == "resolved"' <(head -n 1 out) >/dev/null || fail "nothing is decoded without seccomp"
fi

exit "$failed"
