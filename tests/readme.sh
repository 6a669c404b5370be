#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The README shows what the program prints, to the letter. `tests/readme.sh --update` rewrites it.
#
# Its transcript of the lab is made of the captures in samples/; `tests/readme.sh --lab` makes it by booting the faults (half a minute),
# and compares. tests/lab.sh does so for the faults that it boots anyway, with --fault NAME CONSOLE MODULE.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

tool=${OOPSDECODE:-build/release/bin/oopsdecode}
arguments=(-m samples/hello_2/hello_2.ko.xz -S samples/hello_2/src samples/hello_2/vmcore-dmesg.txt)
faults=(hello_2 null-member use-after-free bug-on cold-path)

# The block: the command, and its output up to the facts about the task.
block() {
	printf '$ oopsdecode %s\n' "${arguments[*]}"
	"$tool" "${arguments[@]}" --width 80 --no-search | sed '/^  Task/,$d'
	printf '  …\n'
}

# What `oopsdecode lab run FAULT` prints of a crash behind its console: from the title to the reason.
fault() { # NAME LOG MODULE
	printf '$ oopsdecode lab run %s\n  …\n' "$1"
	"$tool" --width 80 --no-search -m "$3" -S "samples/$1/src" "$2" | sed '/^━━/d; /^  \(Access\|Error\|Task\)/,$d'
	printf '  …\n'
}

captured() { # NAME
	local json=samples/$1/sample.json
	fault "$1" "samples/$1/$(sed -n 's/^ *"file": "\(.*dmesg.txt\)".*/\1/p' "$json" | sed -n 1p)" \
		"samples/$1/$(sed -n 's/^ *"module_file": "\(.*\)".*/\1/p' "$json")"
}

booted() { # NAME
	local out
	out=$(mktemp -d)
	"$tool" lab run --out "$out" "$1" >"$out/printed" 2>"$out/log" || { cat "$out/log" >&2; return 1; }
	fault "$1" "$out/console.txt" "$out"/*.ko
	rm -rf "$out"
}

transcript() { # HOW
	local name
	for name in "${faults[@]}"; do "$1" "$name"; done
}

# The README with its first fenced block, and the one of the lab, replaced.
rewritten() {
	BLOCK=$1 LAB=$2 awk '
		inside && /^```$/ { inside = 0 }
		opened && /^\$ oopsdecode lab run / { print ENVIRON["LAB"]; inside = 1 }
		/^```$/ && !first { print; print ENVIRON["BLOCK"]; inside = first = 1; next }
		{ opened = /^```$/ }
		!inside' README.md
}

how=captured
case ${1:-} in
--lab) how=booted ;;
--fault)
	shift
	fault "$@"
	exit
	;;
esac
wanted=$(rewritten "$(block)" "$(transcript "$how")")
if [ "${1:-}" = --update ]; then
	printf '%s\n' "$wanted" >README.md
	exit 0
fi
diff -u README.md <(printf '%s\n' "$wanted") && echo "README.md shows what the program prints"
