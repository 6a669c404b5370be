#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What the program says when a file and a log do not agree.
# shellcheck source=tests/cli/common
. "$(dirname "$0")/common"
: "${SAMPLES:?the directory of samples}"
command -v jq >/dev/null || { echo "skipped: jq is not installed"; exit 77; }

image() { jq -r ".events[0].images[0].$1 | tostring" out; }

# The last byte of the code, with one bit or with two bits changed.
sample=$SAMPLES/null-member
damage() { # BYTE-WITHOUT-BITS
	tr -d '\r' <"$sample"/dmesg.txt | sed -E "s/^(.*Code: .* )[0-9a-f]{2} *\$/\1$1/" >log
}
code=$(tr -d '\r' <"$sample"/dmesg.txt | sed -nE 's/^.*Code: (.*)$/\1/p' | sed -n 1p)
last=${code##* }
[ -n "$last" ] || fail "the sample has no code bytes"

damage "$(printf '%02x' $((0x$last ^ 0x08)))"
run --json --no-search -m "$sample"/fan_curve.ko.xz log
[ "$(image verdict)" = match ] || fail "one flipped bit: $(image verdict), $(image details)"
[[ $(image details) == *'bit 3 of the byte at'*'possible memory corruption'* ]] || fail "one flipped bit: $(image details)"

damage "$(printf '%02x' $((0x$last ^ 0x18)))"
run --json --no-search -m "$sample"/fan_curve.ko.xz log
[ "$(image verdict)" = mismatch ] || fail "two flipped bits: $(image verdict), $(image details)"

# A named file that is another build is passed over for one that is right, and that is said.
mkdir -p tree other
cp "$sample"/fan_curve.ko.xz tree
if xz -dc "$sample"/fan_curve.ko.xz | sed 's/vermagic=6\.1\.0-/vermagic=6.1.1-/' >other/fan_curve.ko &&
	grep -qa 'vermagic=6\.1\.1-' other/fan_curve.ko; then
	run --json --no-search -m other/fan_curve.ko -M tree "$sample"/dmesg.txt
	[ "$(jq -r '[.events[0].images[].verdict] | join(" ")' out)" = 'mismatch match' ] || fail "no substitute: $out"
	[[ $out == *'used instead of other/fan_curve.ko'* ]] || fail "the substitute is not told of: $out"
	run --no-search -m other/fan_curve.ko "$sample"/dmesg.txt
	expect_out 'is NOT the file'
	expect_out 'that crashed'
else
	fail "the sample's module has another vermagic"
fi
exit "$failed"
