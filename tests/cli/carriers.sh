#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What carries a log to us, made with the real tools where they are there: dmesg(1), the systemd
# journal, the directory of pstore. And --raw.
# shellcheck source=tests/cli/common
source "$(dirname "${BASH_SOURCE[0]}")/common"
write_log log

# --raw: the report's own lines, byte by byte.
run --raw log; expect_status 0; expect_no_err
lines=$("$OOPSDECODE" --json log | jq -r '.events[0] | "\(.first_line),\(.last_line)p"')
sed -n "$lines" log | cmp -s - out || fail '--raw is not the lines of the report'
sed 's/$/\r/' log >log.crlf
run --raw log.crlf; sed -n "$lines" log.crlf | cmp -s - out || fail '--raw changes line ends'
{ cat log; echo 'all is well'; cat log; } >twice
run --raw twice; { sed -n "$lines" log; sed -n "$lines" log; } | cmp -s - out || fail '--raw of two reports'
printf 'all is well\n' >calm
run --raw calm; expect_status 1; expect_no_out
run --raw --no-such; expect_status 2

# facts FILE…: what must be the same in any wrapping.
facts() {
	"$OOPSDECODE" --no-search --json "$@" |
		jq -c '.events[] | [.kind, .fault, .ip.raw, .pid, .comm, .cpu, .kernel_release, [.trace[].raw], .code.bytes, .modules, .integrity]'
}
expected=$(facts log)
[ -n "$expected" ] || fail 'no facts to compare with'

same() { # DESCRIPTION FILE
	[ "$(facts "$2" 2>&1)" = "$expected" ] || fail "$1 changes the facts: $(facts "$2" 2>&1 | cut -c 1-200)"
}

# dmesg(1) itself
sed 's/^/<4>/' log >kernel.raw
if dmesg -F kernel.raw >/dev/null 2>&1; then
	for options in '' -r -x -t -d -T -H -e '--time-format iso' '--time-format delta' '--time-format notime' \
		-J '-J -x' '--color=always' '-x -T' '-d -T'; do
		# shellcheck disable=SC2086
		dmesg -F kernel.raw $options >dmesg.out || { fail "dmesg $options"; continue; }
		same "dmesg $options" dmesg.out
	done
else
	echo 'skipped: dmesg -F'
fi

# pstore: part 1 is the newest; a second dump holds the first one's lines again.
mkdir empty
run empty; expect_status 3; expect_err 'oopsdecode: empty: Is a directory'; expect_err 'no pstore records'
mkdir pstore
split_dump() { # FILE COUNT LINES-PER-PART PREFIX
	local part=0 total
	total=$(($(wc -l <"$1") / $3 + 1))
	for ((part = 1; part <= total; part++)); do
		{
			echo "Oops#$2 Part$part"
			sed 's/^/<1>/' "$1" | sed -n "$(((total - part) * $3 + 1)),$(((total - part + 1) * $3))p"
		} >"pstore/$4$(printf '%02d%03d' "$part" "$2")"
	done
}
split_dump log 1 4 dmesg-efi-1700000000
same 'EFI parts' pstore
[ "$("$OOPSDECODE" --json pstore | jq -r '.source | .format, .path' | paste -s -d ' ')" = 'pstore pstore' ] ||
	fail 'the source of a directory'
sed 's/1346/1400/; s/\[#1\]/[#2]/' log >second
cat log second >both
split_dump both 2 5 dmesg-efi-1700000054
run --json pstore; expect_status 0
[ "$(jq '.events | length' out)" = 2 ] || fail "two dumps of a log: $(jq '.events | length' out) events"
[ "$(jq '.events[1].consequence_of' out)" = 0 ] || fail 'the second dump follows from the first'
rm pstore/dmesg-efi-170000000002001
run pstore; expect_status 3; expect_out 'hello_cleanup'; expect_err 'part 2 of dump 1 is missing'
mkdir -p archive/1700000000/001 ramoops console
split_dump log 1 6 dmesg-erst-
mv pstore/dmesg-erst-* archive/1700000000/001
cat log >archive/1700000000/001/dmesg.txt
same 'the archive of systemd-pstore' archive
{ printf '====1700000000.123456-D\nPanic#1 Part1\n'; cat log; printf '\nECC: No errors detected\n'; } >ramoops/dmesg-ramoops-0
same 'ramoops' ramoops
same 'a single record' ramoops/dmesg-ramoops-0
cp log console/console-ramoops-0
same 'a console record' console
: >console/dmesg-efi-1700000000.enc.z
: >empty/dmesg-efi-170000000001001.enc.z
run empty; expect_status 3; expect_err 'another method than deflate'
run empty/dmesg-efi-170000000001001.enc.z; expect_status 3; expect_err 'another method than deflate'
mkdir packed
python3 - <<'END'
import zlib
log = open('log', 'rb').read().splitlines(True)
half = len(log) // 2
def packed(text, bits): # raw deflate with a window of 4 kB since 6.6, with zlib's header to 4.8
    stream = zlib.compressobj(6, zlib.DEFLATED, bits)
    return stream.compress(text) + stream.flush()
open('packed/dmesg-efi-170000000001001.enc.z', 'wb').write(packed(b'Oops#1 Part1\n' + b''.join(log[half:]), -12))
open('packed/dmesg-efi-170000000002001.enc.z', 'wb').write(packed(b'Oops#1 Part2\n' + b''.join(log[:half]), 15))
END
same 'records that the kernel left compressed' packed

# The journal
run --boot 0 log; expect_status 2; expect_err 'are for --journal'
run --journal log; expect_status 2; expect_err 'no FILE'
run --journal --boot x; expect_status 2; expect_err "not 'x'"
remote=/lib/systemd/systemd-journal-remote
if [ -x "$remote" ] && run --journal --directory "$work/empty" && [[ $err != *'without libsystemd'* ]]; then
	export_boot() { # ID MONOTONIC-OFFSET REALTIME
		local time text usec
		while read -r time text; do
			time=${time//[.\]]/}
			usec=$((10#$time + $2))
			printf '__REALTIME_TIMESTAMP=%s\n__MONOTONIC_TIMESTAMP=%s\n_BOOT_ID=%s\n_TRANSPORT=kernel\n_HOSTNAME=host\nPRIORITY=1\n' \
				$(($3 + usec)) "$usec" "$1"
			printf '_SOURCE_MONOTONIC_TIMESTAMP=%s\nSYSLOG_IDENTIFIER=kernel\nMESSAGE=%s\n\n' "$usec" "$text"
		done < <(sed 's/^\[ *//' log)
	}
	mkdir journal
	{ export_boot 11111111111111111111111111111111 0 1700000000000000
		export_boot 22222222222222222222222222222222 0 1700100000000000; } |
		"$remote" --split-mode=none -o journal/a.journal - >/dev/null 2>remote.err || fail "journal-remote: $(<remote.err)"
	run --journal --directory journal --json; expect_status 0
	[ "$(jq '.events | length' out)" = 2 ] || fail "both boots of the journal: $(<out)"
	[ "$(jq -r .source.format out)" = journal ] || fail 'the format of a journal'
	for boot in 0 -1 1 2; do
		run --journal --directory journal -b "$boot" --json --no-search
		[ "$(jq '.events | length' out)" = 1 ] || fail "boot $boot: $(<out)"
	done
	first=$("$OOPSDECODE" --journal --directory journal -b 1 --json | jq -r '.events[0].wall_time')
	[[ $first == 2023-11-14T* ]] || fail "the first boot is of $first"
	last=$("$OOPSDECODE" --journal --directory journal -b 0 --json | jq -r '.events[0].wall_time')
	[[ $last == 2023-11-16T* ]] || fail "the last boot is of $last"
	run --journal --directory journal -b 5; expect_status 3; expect_err 'knows 2 boots'
	[ "$(facts --journal --directory journal -b 0)" = "$expected" ] || fail 'facts of the journal'
	for format in short short-iso short-precise short-full short-unix short-monotonic json export cat verbose; do
		journalctl -D journal -b 11111111111111111111111111111111 -o "$format" --no-pager >journal.out 2>/dev/null ||
			continue
		[ "$format" = verbose ] || same "journalctl -o $format" journal.out
	done
else
	echo "skipped: the journal, for which systemd-journal-remote and a build with libsystemd are needed"
fi
exit $failed
