#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Libraries that are loaded when they are needed: who needs none of them loads none; one that cannot be loaded is named,
# and everything else is said. Empty files that the linker finds first stand in for libraries that are not there.
set -uo pipefail
# shellcheck source=tests/cli/common
source "$(dirname "$0")/common"

if ldd "$OOPSDECODE" | grep libasan >libasan; then
	echo "skipped: a sanitizer's library looks for others"
	exit 77
fi

# name PATTERN: as the program spells it.
name() { grep -aoE "lib$1\.so(\.[0-9]+)?" "$OOPSDECODE" | grep -v multiarch | sort -u | sed -n 1p; }
opcodes=$(name 'opcodes-[0-9.]+[-a-z]*')
capstone=$(name capstone)
systemd=$(name systemd)
crypto=$(name crypto)

ldd "$OOPSDECODE" >linked
for library in libkdumpfile libsqlite3 libpq libarchive libstdc++; do
	grep -qF "$library" linked && fail "$library, which a log never needs, is loaded when the program starts"
done
for library in "$opcodes" "$capstone" "$systemd" "$crypto"; do
	[ -n "$library" ] || continue
	grep -qF "$library" linked && fail "$library is loaded when the program starts"
	mkdir -p "without/$library"
	: >"without/$library/$library"
done

log=$SAMPLES/hello_2/vmcore-dmesg.txt
xz -dc "$SAMPLES/hello_2/hello_2.ko.xz" >hello_2.ko
for sandbox in '' --no-sandbox; do
	LD_LIBRARY_PATH=$work/without/$opcodes run -m hello_2.ko --no-search --no-cache $sandbox --json "$log"
	expect_status 0
	jq -e --arg name "$opcodes" '.events[0] | .ip.status == "resolved" and (.code.disassembly | length) == 0 and
		(.code.no_disassembly | test($name) and test("apt install libbinutils"))' out >out.match ||
		fail "no word of the disassembler that is not there ($sandbox): $(jq -c .events[0].code out)"
done

arm64=$SAMPLES/null-member-arm64
if [ -n "$capstone" ]; then
	for sandbox in '' --no-sandbox; do
		LD_LIBRARY_PATH=$work/without/$capstone run -m "$(echo "$arm64"/*.ko*)" --no-search $sandbox --json \
			"$(echo "$arm64"/*.txt)"
		expect_status 0
		jq -e --arg name "$capstone" '.events[0] | .ip.status == "resolved" and (.why // {}).pointer == null and
			([.images[].details[]] | any(test($name)))' out >out.match ||
			fail "no word of the decoder that is not there ($sandbox): $(jq -c '.events[0].images' out)"
	done
fi

# A signature whose content does not matter: it is not read. Behind it stand algorithm, hash, type 2 (PKCS#7), lengths.
{ cat hello_2.ko; printf 'signature\0\0\2\0\0\0\0\0\0\0\0\11~Module signature appended~\n'; } >signed.ko
for sandbox in '' --no-sandbox; do
	LD_LIBRARY_PATH=$work/without/$crypto run module $sandbox --json signed.ko
	expect_status 0
	jq -e '.module.signature.state == "unread" and .module.name == "hello_2"' out >out.match ||
		fail "no word of $crypto, which is not there ($sandbox): $(jq -c .module.signature out)"
	run module $sandbox --json signed.ko
	jq -e '.module.signature.state == "damaged"' out >out.match || fail "a signature that is none is believed"
done

if [ -n "$systemd" ]; then
	LD_LIBRARY_PATH=$work/without/$systemd run --journal
	expect_status 3
	grep -qF "$systemd cannot be loaded" err || fail "no word of $systemd: $(cat err)"
fi

exit "$failed"
