#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# samples.sh [--update] [SAMPLE...]: decodes samples (all without names) and compares each with its
# expected.json, byte for byte after `jq -S`. What depends on the place (the excerpt: on the sources that it has) and the
# version is left out.
#
# Besides equality the truth of sample.json is held against the document: the kind, the line that
# faulted, and the places of the module's frames, which come from another tool. --update rewrites
# expected.json only when that holds.
#
# Environment: OOPSDECODE, the executable; SAMPLES, the directory (samples/ of this tree by default).
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
samples=${SAMPLES:-$here/samples}
update=no

if ! command -v jq >/dev/null; then
	echo "skipped: jq is not installed"
	exit 77
fi
if [ ! -x "${OOPSDECODE:-}" ]; then
	echo "samples.sh: OOPSDECODE does not name the executable" >&2
	exit 2
fi

# The document of one sample.
decode() { # DIRECTORY
	local log module arguments=()
	log=$(jq -r '.log.file // empty' "$1/sample.json")
	while IFS= read -r module; do
		arguments+=(-m "$module")
	done < <(find "$1" -maxdepth 1 -name '*.ko*' | sort)
	"$OOPSDECODE" decode --json "${arguments[@]}" --no-search "$1/$log"
}

normalise() {
	jq -S 'del(.tool.version, .source.path, .events[]?.images[]?.path, .events[]?.excerpt)'
}

# What of the truth the first event of the document (of frames: any event) does not say; nothing when all is well.
disagreements() { # DIRECTORY DOCUMENT
	jq -r -n --slurpfile truth "$1/sample.json" --slurpfile document "$2" '
		def place: {function, file, line};
		def where: "\(.function) at \(.file):\(.line)";
		$truth[0] as $t | $document[0].events[0] as $e |
		[$e.ip // empty, $e.responsible // empty, ($e.trace // [])[]] as $frames |
		[$document[0].events[] | .ip // empty, (.trace // [])[]] as $all |
		if $e == null then "no event was found" else
			(select($t.kind and $e.kind != $t.kind) | "kind: \($e.kind), should be \($t.kind)"),
			(select($t.fault.line and all($frames[].source[]?; place != ($t.fault | place))) |
				"no frame leads to the fault, \($t.fault | where)"),
			(select($t.fault.function and ($t.fault.line | not) and all($frames[]; .function != $t.fault.function)) |
				"no frame is in \($t.fault.function)"),
			($t.frames // [] | .[] | . as $frame |
				[$all[] | select(.raw == $frame.raw)] as $same |
				if $same == [] then "no frame is \($frame.raw)"
				elif all($same[]; [.source[]? | place] != [$frame.source[] | place]) then
					"\($frame.raw): \([$same[0].source[]? | where]), should be \([$frame.source[] | where])"
				else empty end)
		end'
}

check() { # SAMPLE: returns 0 when it is right
	local directory=$samples/$1 work=$scratch/$1 wrong
	mkdir -p "$work"
	if [ ! -f "$directory/sample.json" ]; then
		echo "$1: there is no $directory/sample.json"
		return 1
	fi
	if ! decode "$directory" >"$work/document" || ! normalise <"$work/document" >"$work/got"; then
		echo "$1: could not be decoded"
		return 1
	fi
	wrong=$(disagreements "$directory" "$work/got")
	if [ -n "$wrong" ]; then
		printf '%s: not what happened:\n%s\n' "$1" "$wrong"
		return 1
	fi
	[ $update = no ] || cp "$work/got" "$directory/expected.json"
	if [ ! -f "$directory/expected.json" ]; then
		echo "$1: there is no expected.json; tests/samples.sh --update $1 writes it"
		return 1
	fi
	diff -u "$directory/expected.json" "$work/got"
}

if [ "${1:-}" = --update ]; then
	update=yes
	shift
fi
if [ $# -eq 0 ]; then
	mapfile -t all < <(find "$samples" -mindepth 2 -maxdepth 2 -name sample.json -printf '%h\n' | sort)
	set -- "${all[@]##*/}"
fi

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failed=0
for name; do
	if check "$name"; then
		echo "$name: as expected"
	else
		failed=$((failed + 1))
	fi
done
[ $# -gt 0 ] && [ $failed -eq 0 ]
