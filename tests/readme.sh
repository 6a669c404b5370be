#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The README shows what the program prints, to the letter. `tests/readme.sh --update` rewrites it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

tool=${OOPSDECODE:-build/release/bin/oopsdecode}
arguments=(-m samples/hello_2/hello_2.ko.xz -S samples/hello_2/src samples/hello_2/vmcore-dmesg.txt)

# The block: the command, and its output up to the facts about the task.
block() {
	printf '$ oopsdecode %s\n' "${arguments[*]}"
	"$tool" "${arguments[@]}" --width 80 --no-search | sed '/^  Task/,$d'
	printf '  …\n'
}

# The README with its first fenced block replaced.
rewritten() {
	BLOCK=$1 awk '
		/^```$/ && !done { print; print ENVIRON["BLOCK"]; inside = 1; done = 1; next }
		/^```$/ && inside { inside = 0 }
		!inside' README.md
}

wanted=$(rewritten "$(block)")
if [ "${1:-}" = --update ]; then
	printf '%s\n' "$wanted" >README.md
	exit 0
fi
diff -u README.md <(printf '%s\n' "$wanted") && echo "README.md shows what the program prints"
