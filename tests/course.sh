#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Every command of the course that is shown with its output prints that output. A command is a line of a fenced block that
# begins with "$ "; what follows up to the next one is its output. `tests/course.sh --update` rewrites it.
#
# Commands that boot a kernel or need a dump are shown without output: of those, faults and options must exist.
#
# The commands run in a directory with the samples (samples/) and with hello_2.ko unpacked.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
: "${OOPSDECODE:?the path of the executable}"

for program in xz readelf nm objdump addr2line jq; do
	command -v "$program" >/dev/null || { echo "skipped: $program is not installed"; exit 77; }
done
grep -q -x 'VERSION_CODENAME=bookworm' /etc/os-release || { echo "skipped: the outputs are those of Debian 12's binutils"; exit 77; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/bin" "$work/room"
ln -s "$(realpath "$OOPSDECODE")" "$work/bin/oopsdecode"
ln -s "$PWD/samples" "$work/room/samples"
xz -dc samples/hello_2/hello_2.ko.xz >"$work/room/hello_2.ko"
cp samples/hello_2/vmcore-dmesg.txt "$work/room/hello_2.log"
export PATH=$work/bin:$PATH COLUMNS=100 LC_ALL=C.UTF-8 TERM=dumb

# One lesson with its outputs made anew.
rewritten() { # FILE
	local line fenced='' showing=''
	while IFS= read -r line; do
		case $line in
		'```'*)
			if [ -n "$fenced" ]; then fenced='' showing=''; else fenced=yes; fi
			printf '%s\n' "$line"
			;;
		'$ '*)
			printf '%s\n' "$line"
			if [ -n "$fenced" ]; then
				showing=yes
				(cd "$work/room" && bash -c "${line#\$ }" 2>&1 </dev/null) || true
			fi
			;;
		*) [ -n "$showing" ] || printf '%s\n' "$line" ;;
		esac
	done <"$1"
}

# What the lessons name without running it, "lab run [OPTION]… FAULT": options and faults that do not exist.
unknown_words() { # FILE
	local words word
	grep -o -h -E 'lab (run|shell|quiz) [a-z-][^`]*' "$1" | while IFS= read -r words; do
		for word in $words; do
			[[ $word != --* ]] || grep -q -e " $word" <<<"$(oopsdecode lab --help)" || printf '%s: no option %s\n' "$1" "$word"
		done
		[ -d "samples/$word" ] || printf '%s: no fault %s\n' "$1" "$word"
	done
}

failed=0 count=0
for lesson in docs/course/*.md; do
	rewritten "$lesson" >"$work/lesson"
	[ -z "$(unknown_words "$lesson" | tee /dev/stderr)" ] || failed=1
	count=$((count + $(grep -c '^\$ ' "$lesson" || true)))
	if [ "${1:-}" = --update ]; then
		cp "$work/lesson" "$lesson"
	elif ! diff -u "$lesson" "$work/lesson"; then
		failed=1
	fi
done
echo "$count commands"
[ "$count" -gt 0 ] && exit $failed
