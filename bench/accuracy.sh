#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# How often the named cause is right: bench/accuracy.sh [DIR...] prints docs/accuracy.md.
# Each case is a directory with sample.json or truth.json, which know what was bad, a log and a module:
# samples/*/, and DIR/<target>/<case>/ of crashes that are not in the repository (samples/lab makes them). Those of
# samples/matrix are rows of their own, behind the name of its file.
# OOPSDECODE names the program.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
tool=${OOPSDECODE:-build/release/bin/oopsdecode}
rows=$(mktemp)
trap 'rm -f "$rows"' EXIT

# What counts as right: target, name of the case, pointers, members (or none), from either form of truth.
truth() { # DIRECTORY
	if [ -f "$1/sample.json" ]; then
		jq -c '{pointer: (.bad.pointer // []), member: ([.bad.member] | map(values)), log: .log.file}' "$1/sample.json"
	else
		jq -c '(.bad.accept // {}) | {pointer: (.pointer // []), member: (.member // [])}' "$1/truth.json"
	fi
}

score() { # TARGET DIRECTORY
	local known log module cause
	known=$(truth "$2")
	[ "$(jq '.pointer | length' <<<"$known")" -gt 0 ] || return 0
	log=$(find "$2" -maxdepth 1 -name "$(jq -r '.log // "*dmesg.txt"' <<<"$known")" | sed -n 1p)
	module=$(find "$2" -maxdepth 1 -name '*.ko.xz' | sed -n 1p)
	[ -n "$log" ] && [ -n "$module" ] || return 0
	cause=$("$tool" decode --json --no-search -m "$module" "$log" | jq -c '[.events[].cause | values][0] // {}')
	jq -rn --argjson k "$known" --argjson c "$cause" --arg target "$1" --arg case "${2##*/}" '
		def right: ($k.pointer | index($c.pointer // "-")) != null and
			(($k.member | length) == 0 or ($k.member | index($c.member // "-")) != null);
		[$target, $case, ($c.expression // "none"), ($c.class // "-"), ($c.confidence // "-"),
		 (if right then "right" else "wrong" end)] | @tsv'
}

for directory in samples/*/; do
	[ ! -f "$directory/sample.json" ] || score samples "${directory%/}" >>"$rows"
done
for top in "$@"; do
	for directory in "$top"/*/*/; do
		if [ -f "$directory/sample.json" ] || [ -f "$directory/truth.json" ]; then
			target=$(basename "$(dirname "$directory")")
			file=$(sed -n 's/^ *"module": "\(.*\)",$/\1/p' "$directory/truth.json" 2>/dev/null || true)
			[ ! -f "samples/matrix/$file.c" ] || target="$file: $target"
			score "$target" "${directory%/}" >>"$rows"
		fi
	done
done

cat <<'TEXT'
# How often the named cause is right

How well signatures tell bugs apart is in [grouping-accuracy.md](grouping-accuracy.md). This page is about causes.

Made by `bench/accuracy.sh [DIR...]`: real crashes of which it is known, from their sources, which pointer was
bad and which member was accessed through it. A cause is right when both are. `certain` may never be wrong.
The samples are in the repository; the other targets were crashed by `samples/lab` on kernels of Debian, where
5.10 is bullseye, 6.1 bookworm, 6.12 trixie and 7.2 sid, and are rebuilt from there.

Those crashes were looked at while the naming was written, so no figure of this table is blind. `samples/matrix` has others, which
`samples/lab/matrix.sh` sets off; their rows are named after its file, compiler and optimization (gcc -O2 where none is told).

`faults.c` was seen for the first time on 6.1 (gcc -O2 and -Os, clang -Os) and on arm64 (6.12, gcc): 153 of 211 were right
(72.5 %), and one was wrong although it was called certain. After one mending 178 of these 211 were. What the table says of it was counted after
a second one, on crashes made anew: with gcc then, with clang -O2 on 6.1 after all that is told below. `drivers.c` was written before
that second mending and crashed after it, with gcc -O2: 23 of 33 right on 6.1, 19 of 29 on arm64 (6.12), none certain and wrong (before the mending
23, and 18 with one certain and wrong). That, 67.7 %, is what was to expect of an unseen fault. Then it was looked at, and what was mended was
mended for all: parameters that gcc took apart, functions that ended in a call, words of headers, variables at the sum of two registers. With clang -O2 on 6.1 it was
crashed for the first time after most of this: 26 of 34 (76.5 %), before any of those crashes was looked at. Two logs of arm64 were no crash of the fault that
they were filed under: one that the kernel's own check (FORTIFY_SOURCE) caught before it, and one of another fault, as the marks of the
shell came late; these crashes were made anew, with marks in the kernel's log, and what is no memory fault is not kept now.
With -Os `drivers.c` was crashed for the first time after all of this, and counted before any of those crashes was looked at: 33 of 34 right with gcc and 30 of 34 with clang
on 6.1, 30 of 33 on arm64 (92.1 %), none certain and wrong. All rows of `samples/matrix` are of one run over both files. The lab builds with clang for
its own architecture only.

What counts as right are the spellings that stand above each fault in the source. Where a bad pointer has several names in the functions that
it went through, each is right; twelve lists were widened by such a name after it was seen in an answer (last `chan[…].value` for what is also
`chan`, and `seq` beside `prio`, of two members of which clang reads the other one first), none by a name for anything else.

TEXT
awk -F '\t' '
	{ n[$1]++; if ($6 == "right") r[$1]++; if ($5 == "certain") { c[$1]++; if ($6 != "right") lies++ }
	  N++; R += $6 == "right"; C += $5 == "certain" }
	END {
		print "| target | right | of | certain |\n|---|---|---|---|"
		command = "sort"
		for (t in n) printf "| %s | %d | %d | %d |\n", t, r[t], n[t], c[t] | command
		close(command)
		printf "| **all** | **%d** | **%d** | %d |\n\nRight: %.1f %%. Certain and wrong: %d.\n", R, N, C, 100 * R / N, lies
	}' "$rows"
printf '\n| target | crash | accessed | class | confidence | |\n|---|---|---|---|---|---|\n'
awk -F '\t' '{ printf "| %s | %s | `%s` | %s | %s | %s |\n", $1, $2, $3, $4, $5, $6 }' "$rows"
