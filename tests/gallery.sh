#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# docs/gallery.md shows what the program prints, to the letter. `tests/gallery.sh --update` rewrites it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

tool=${OOPSDECODE:-build/release/bin/oopsdecode}

show() { # TITLE SAMPLE SOURCES
	local log module
	log=$(jq -r .log.file "samples/$2/sample.json")
	module=$(jq -r .module_file "samples/$2/sample.json")
	printf '\n## %s\n\n```\n$ oopsdecode -m samples/%s/%s -S samples/%s/src samples/%s/%s\n' \
		"$1" "$2" "$module" "$3" "$2" "$log"
	"$tool" -m "samples/$2/$module" -S "samples/$3/src" "samples/$2/$log" --width 80 --no-search |
		sed '/^  Task/,$d'
	printf '  …\n```\n'
}

# A log without a module at hand, which says itself where it is from.
show_log() { # TITLE LOG WORDS
	printf '\n## %s\n\n%s\n\n```\n$ oopsdecode %s\n' "$1" "$3" "$2"
	"$tool" "$2" --width 80 --no-search | sed '/^  Task/,$d'
	printf '  …\n```\n'
}

gallery() {
	cat <<-'TEXT'
		# Gallery

		The beginning of what `oopsdecode` prints for some of the samples. Made by `tests/gallery.sh --update`,
		and held against the program by the same script.
	TEXT
	show 'A constant NULL pointer' hello_2 hello_2
	show 'A nested member through NULL' null-member null-member
	show 'The same on arm64' null-member-arm64 null-member
	show 'A use after free' use-after-free use-after-free
	show 'Something that was never written' gpf gpf
	show 'A call through NULL' null-call null-call
	show 'A constant written' rodata-write rodata-write
	show 'A division by zero' divide-error divide-error
	show 'A failed assertion' bug-on bug-on
	show 'A list entry removed twice' list-del-twice list-del-twice
	show 'A stack overflow' stack-overflow stack-overflow
	show 'Two tasks that wait for each other' abba-deadlock abba-deadlock
	show_log 'A circle of locks' tests/gallery/lock-cycle.txt \
		"Debian's kernels have no lock validator: this log is synthetic, as \`kernel/locking/lockdep.c\` of 6.12 prints it."
}

if [ "${1:-}" = --update ]; then
	gallery >docs/gallery.md
	exit 0
fi
diff -u docs/gallery.md <(gallery) && echo "docs/gallery.md shows what the program prints"
