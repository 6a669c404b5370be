#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# lab.sh: `oopsdecode lab run` from the source to the decoded line, in three boots: a fault in an exit function, one in a
# cold function of a module of two files, and a module that is no sample. Then what can go wrong, with a QEMU that is none.
#
# lab.sh --all [--out DIR] [TARGET…]: crashes every target (all of samples/lab/targets.tsv without names) with every sample
# and compiler that it has, decodes what was captured, and rewrites docs/lab-accuracy.md, where targets without captures keep
# their rows. Hours. Captures in DIR are kept and are not made again.
# lab.sh --score DIR: only decodes the captures that DIR has, and prints the tables.
#
# Environment: OOPSDECODE, the executable.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
: "${OOPSDECODE:?the path of the executable}"
lab=$PWD/samples/lab

for program in qemu-system-x86_64 cpio jq make busybox; do
	command -v "$program" >/dev/null || { echo "skipped: $program is not installed"; exit 77; }
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

# crash NAME KIND FILE LINE ARGUMENT…
crash() {
	local name=$1 kind=$2 file=$3 line=$4 status=0 started=$SECONDS
	shift 4
	"$OOPSDECODE" lab run --json --timeout 150 --out "$work/$name" "$@" >"$work/$name.json" 2>"$work/$name.log" || status=$?
	printf '%s: %d s\n' "$name" $((SECONDS - started))
	if [ "$status" -ne 0 ] || ! jq -e --arg kind "$kind" --arg file "$file" --argjson line "$line" '.events[0]
		| .kind == $kind and any([.ip, (.trace // [])[]][] | .source[]?; .file == $file and .line == $line)' "$work/$name.json" >/dev/null; then
		printf '%s: status %d, no %s at %s:%s\n' "$name" "$status" "$kind" "$file" "$line"
		cat "$work/$name.log"
		jq -c '.events[] | {kind, title}' "$work/$name.json" || true
		tail -n 20 "$work/$name/console.txt" 2>/dev/null || true
		failed=1
	fi
}

# shown FAULT DIRECTORY: what this boot gave is what the README shows.
shown() {
	local text
	text=$(tests/readme.sh --fault "$1" "$work/$2/console.txt" "$work/$2"/*.ko)
	if [[ $(<README.md) != *"$text"* ]]; then
		printf 'README.md does not show this (tests/readme.sh --update):\n%s\n' "$text"
		failed=1
	fi
}

marked() { # FILE: the line with the fault
	awk '/\/\* FAULT \*\// { print FNR; exit }' "$1"
}

few() {
	if ! compgen -G '/lib/modules/*-amd64/build' >/dev/null || ! grep -q -x 'VERSION_CODENAME=bookworm' /etc/os-release; then
		echo "skipped: no kernel headers of this suite"
		exit 77
	fi
	local kernel
	if ! kernel=$("$lab/kernel.sh" amd64-bookworm 2>"$work/kernel.log"); then
		echo "skipped: no kernel image: $(cat "$work/kernel.log")"
		exit 77
	fi
	echo "$kernel"
	crash exit null-deref hello_2.c "$(marked samples/hello_2/src/hello_2.c)" hello_2
	shown hello_2 exit
	crash cold null-deref pkt_drop.c "$(marked samples/cold-path/src/pkt_drop.c)" cold-path
	shown cold-path cold
	cat >"$work/my_module.c" <<-'C'
		#include <linux/module.h>
		MODULE_LICENSE("GPL");
		static int my_init(void) { return 0; }
		static int *where;
		static void my_exit(void)
		{
			WRITE_ONCE(*where, 1); /* FAULT */
		}
		module_init(my_init);
		module_exit(my_exit);
	C
	crash own null-deref my_module.c "$(marked "$work/my_module.c")" "$work/my_module.c"
	# One that does not compile is told, with the compiler's words.
	echo 'this is no C' >"$work/broken.c"
	if "$OOPSDECODE" lab run --out "$work/broken" "$work/broken.c" >/dev/null 2>"$work/log" || ! grep -q 'does not compile' "$work/log"; then
		echo "a module that does not compile: $(cat "$work/log")"
		failed=1
	fi
	wrong
}

# A stand-in for QEMU: it writes $FAKE_CONSOLE to the console, takes $FAKE_SECONDS, and exits with $FAKE_STATUS.
fake_qemu() {
	mkdir -p "$work/fake"
	cat >"$work/fake/qemu-system-x86_64" <<-'SH'
		#!/bin/bash
		[ "$1" != --version ] || exit 0
		for argument; do
			case $argument in file:*console.txt) printf 'Run /init as init process\n%b' "$FAKE_CONSOLE" >"${argument#file:}" ;; esac
		done
		sleep "$FAKE_SECONDS"
		exit "$FAKE_STATUS"
	SH
	chmod +x "$work/fake/qemu-system-x86_64"
}

# fails NAME STATUS TEXT: what `lab run` makes of such a guest.
fails() {
	local status=0
	PATH=$work/fake:$PATH "$OOPSDECODE" lab run --timeout 2 --out "$work/$1" "$work/my_module.c" >"$work/printed" 2>"$work/log" || status=$?
	if [ "$status" -ne "$2" ] || ! grep -q -e "$3" "$work/log" "$work/printed"; then
		printf '%s: status %d (wanted %d), no "%s":\n' "$1" "$status" "$2" "$3"
		cat "$work/log" "$work/printed"
		failed=1
	fi
	[ -s "$work/$1/console.txt" ] || { printf '%s: the console is not kept\n' "$1"; failed=1; }
}

wrong() {
	export FAKE_CONSOLE='# insmod my_module.ko\nhello\n' FAKE_SECONDS=0 FAKE_STATUS=0
	fake_qemu
	fails quiet 1 'no kernel report found'
	FAKE_CONSOLE="# insmod my_module.ko\ninsmod: can't insert 'my_module.ko': Function not implemented\n" fails modules 1 'cannot load modules'
	FAKE_CONSOLE="# insmod my_module.ko\ninsmod: can't insert 'my_module.ko': invalid module format\n" fails refused 1 'refused the module'
	FAKE_SECONDS=60 fails hangs 3 'still up after 2 s'
}

# One capture as a row: TARGET SAMPLE KIND LINE CHAIN VARIABLE, each right, wrong or - (nothing to compare with).
score() { # DIRECTORY: DIR/TARGET/SAMPLE
	local log module
	log=$1/$(jq -r .log.file "$1/sample.json") module=$1/$(jq -r .module_file "$1/sample.json")
	"$OOPSDECODE" decode --json --no-search -m "$module" "$log" >"$work/document" 2>/dev/null || true
	jq -r -n --arg target "$(basename "$(dirname "$1")")" --arg name "$(basename "$1")" \
		--slurpfile truth "$1/sample.json" --slurpfile document "$work/document" '
		def place: {function, file, line};
		# Only x86 has general protection faults; elsewhere the same access is a page fault at a bad address.
		# powerpc says of code that is gone that it may not be executed; riscv of a low address that it is user memory.
		def fits($t): . == $t.kind or ($t.kind == "gpf" and . == "paging-request" and ($target | startswith("amd64") | not))
			or ($t.kind == "paging-request" and . == "nx-exec" and ($target | startswith("ppc")))
			or ($t.kind == "paging-request" and . == "user-access" and ($target | startswith("riscv")));
		def word: if . == null then "-" elif . then "right" else "wrong" end;
		$truth[0] as $t | ($document[0].events // []) as $events
		| ([$events[] | select(.kind | fits($t))][0] // $events[0] // {}) as $e
		| [$events[] | .ip // empty, .lr // empty, .responsible // empty, (.trace // [])[], ((.traces // [])[] | .frames[]?)] as $frames
		| [$target, $name,
			($e.kind | fits($t) | word),
			((if $t.trace == "elsewhere" or ($t.confirmed | not) then null
				else any($frames[].source[]?; place == ($t.fault | place)) end) | word),
			((if ($t.frames | length) == 0 then null else all($t.frames[]; . as $f
				| any($frames[] | select(.raw == $f.raw); [.source[]? | place] == [$f.source[] | place])) end) | word),
			((if ($t.bad.pointer | not) or ($e.cause | not) then null
				else any($t.bad.pointer[]; . == $e.cause.pointer) end) | word)] | join(" ")'
}

# ROWS, and a page with an older table, whose rows stay for targets that ROWS lacks.
tables() { # ROWS [PAGE]
	awk '
		function keep(t, i, cell,   part) {
			if (split(cell, part, " of ") < 2)
				return
			right[t, i] = part[1]; asked[t, i] = part[2]; good[i] += part[1]; all[i] += part[2]
		}
		FILENAME != ARGV[1] {
			split($0, cells, / *[|] */)
			if (/^[|] [a-z0-9]+-[a-z0-9-]+ [|] [0-9]+ [|]/ && !(cells[2] in targets)) {
				targets[cells[2]]; total[cells[2]] = cells[3]; count += cells[3]
				for (i = 3; i <= 6; i++) keep(cells[2], i, cells[i + 1])
			}
			next
		}
		{
			targets[$1]; total[$1]++
			for (i = 3; i <= 6; i++) { if ($i != "-") asked[$1, i]++; if ($i == "right") right[$1, i]++; all[i] += $i != "-"; good[i] += $i == "right" }
			if ($0 ~ / wrong/) misses = misses "| " $1 " | " $2 " | " $3 " | " $4 " | " $5 " | " $6 " |\n"
			count++
		}
		function cell(t, i) { return asked[t, i] ? right[t, i] + 0 " of " asked[t, i] : "–" }
		END {
			print "| target | crashes | kind | line | chain | variable |\n|---|---|---|---|---|---|"
			n = asorti_plain()
			for (k = 1; k <= n; k++) { t = order[k]; print "| " t " | " total[t] " | " cell(t, 3) " | " cell(t, 4) " | " cell(t, 5) " | " cell(t, 6) " |" }
			printf "| all | %d |", count
			for (i = 3; i <= 6; i++) printf " %s |", all[i] ? good[i] + 0 " of " all[i] : "–"
			print "\n"
			if (misses) print "What is wrong:\n\n| target | fault | kind | line | chain | variable |\n|---|---|---|---|---|---|\n" misses
			else print "Nothing is wrong."
		}
		function asorti_plain(   t, n, i, j, x) {
			for (t in targets) order[++n] = t
			for (i = 2; i <= n; i++) { x = order[i]; for (j = i - 1; j > 0 && order[j] > x; j--) order[j + 1] = order[j]; order[j + 1] = x }
			return n
		}' "$@"
}

score_all() { # DIR [PAGE]
	find "$1" -mindepth 3 -maxdepth 3 -name sample.json | sort | while read -r file; do
		score "$(dirname "$file")"
	done >"$work/rows"
	[ -s "$work/rows" ] || { echo "no captures in $1" >&2; exit 1; }
	tables "$work/rows" "${@:2}"
}

everything() { # OUT TARGET…
	local out=$1 target compiler compilers variant name missing
	shift
	[ $# -gt 0 ] || mapfile -t targets < <(awk '/^[^#]/ { print $1 }' "$lab/targets.tsv")
	[ $# -eq 0 ] || targets=("$@")
	for target in "${targets[@]}"; do
		compilers=(gcc)
		[ "$target" != amd64-bookworm ] || compilers+=(clang)
		for compiler in "${compilers[@]}"; do
			variant=$target
			[ "$compiler" = gcc ] || variant=$target-clang
			missing=()
			for name in samples/*/sample.conf; do
				name=$(basename "$(dirname "$name")")
				[ -f "$out/$variant/$name/sample.json" ] || missing+=("$name")
			done
			[ ${#missing[@]} -eq 0 ] ||
				"$lab/crash.sh" --together --target "$target" --compiler "$compiler" --out "$out" "${missing[@]}" || true
		done
	done
}

page=docs/lab-accuracy.md

# The page anew; targets without captures keep the rows that it has.
report() { # DIR
	cat <<-'END'
		# Accuracy, measured in the lab

		The faults of `samples/` on the kernels of the lab, as far as they were crashed there; the truth comes from the marks in the sources and from
		`eu-addr2line` and `addr2line`, never from oopsdecode. Written by `tests/lab.sh --all`; targets that its last run left out keep their rows.

		*Kind*: the event has the class that the fault is. *Line*: the faulting line is in the decoded trace (not asked where the
		compiler moved the code, or where the kernel notices the fault when the module is no longer on the stack). *Chain*: every frame of the
		module with all its inlined functions. *Variable*: the pointer that was wrong (asked where a cause is named).

	END
	score_all "$1" "$page"
}

case ${1:-} in
'') few ;;
--score) score_all "${2:?a directory of captures}" ;;
--report) report "${2:?a directory of captures}" ;;
--all)
	shift
	out=${XDG_CACHE_HOME:-$HOME/.cache}/oopsdecode-lab/captures
	if [ "${1:-}" = --out ]; then
		out=$2
		shift 2
	fi
	mkdir -p "$out"
	everything "$out" "$@"
	report "$out" >"$work/page"
	cp "$work/page" "$page"
	;;
*)
	sed -n 's/^# \(lab\.sh.*\)/\1/p' "$0" >&2
	exit 2
	;;
esac
exit $failed
