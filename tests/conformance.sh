#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# conformance.sh [--update]: docs/conformance.md must be what this script makes of the tables and tests:
# which kinds, architectures and wrappings have a sample that is tested, and whether it is real. $CUBE is the built
# tests/test_cube; without it, that of a preset.
set -euo pipefail
export LC_ALL=C
cd "$(dirname "${BASH_SOURCE[0]}")/.."
page=docs/conformance.md
if ! command -v jq >/dev/null; then
	echo "skipped: jq is not installed"
	exit 77
fi

if [ -z "${CUBE:-}" ]; then
	CUBE=$(find build -maxdepth 3 -path '*/tests/test_cube' -print -quit 2>/dev/null || true)
fi
if [ ! -x "$CUBE" ]; then
	echo "skipped: tests/test_cube is not built"
	exit 77
fi

# KIND ARCH SAMPLE of each real sample, by its expected document.
real() {
	local document
	for document in samples/*/expected.json; do
		jq -r --arg name "$(basename "$(dirname "$document")")" \
			'.events[] | [.kind, .arch // "-", $name] | @tsv' "$document"
	done | sort -u
}

# KIND ARCH NAME SOURCE of each synthetic oops of an architecture.
synthetic() {
	awk '/^\/\* / { source = $0; gsub(/^\/\* | \*\/$/, "", source) }
	     /^static const char oops_/ { name = $4; sub(/\[\]/, "", name); print name "\t" source }' tests/arch_oopses.h |
	while IFS=$'\t' read -r name source; do
		sed -n "s/^\t{$name, \"\([^\"]*\)\", \"\([^\"]*\)\".*/\2\t\1\t$name/p" tests/unit/test_body_arch.c |
			while IFS= read -r row; do printf '%s\t%s\n' "$row" "$source"; done
	done
}

# The unit tests that name the kind, as links.
tests_of() { # KIND
	{ grep -lF "\"$1\"" tests/unit/test_parser_*.[ch] tests/unit/test_body_arch.c || true; } |
		sed -E 's|.*/test_||; s|(_rows)?\.[ch]$||' | sort -u | paste -sd ' '
}

# The kernel sources that headers.def names above the literals of the kind.
sources_of() { # IDENTIFIER
	awk -v kind="$1" '/^\/\* .*[a-z]\// && !/OD_HEADER/ { source = $0; gsub(/^\/\* | \*\/$/, "", source) }
		/^OD_HEADER/ && $0 ~ ", " kind ", " { print source }' parsers/headers.def parsers/headers_arch.def |
		sort -u | paste -sd ';' | sed 's/;/; /g'
}

list() { # FILE COLUMN VALUE COLUMN_TO_PRINT
	awk -F'\t' -v column="$2" -v value="$3" -v show="$4" '$column == value { print $show }' "$1" | sort -u | paste -sd ' '
}

# On how many architectures a synthetic report of the kind is read, and the sources that those follow.
cube_of() { # KIND
	awk -F'\t' -v kind="$1" '$1 == kind && $3 == "s" { count++; if (!seen[$4]++) sources = sources (sources ? "; " : "") $4 }
		END { printf "%s\t%s\n", count ? count : "–", sources }' "$work/cube"
}

kinds() {
	local identifier name real tests count sources own
	echo '| kind | real samples | synthetic, on architectures | held by the unit tests | kernel source of the header |'
	echo '|---|---|--:|---|---|'
	sed -n 's/^OD_KIND(\([A-Z0-9_]*\), "\([^"]*\)".*/\1 \2/p' core/kinds.def | while read -r identifier name; do
		real=$(list "$work/real" 1 "$name" 3)
		tests=$(tests_of "$name")
		IFS=$'\t' read -r count sources < <(cube_of "$name")
		own=$(sources_of "$identifier")
		echo "| $name | ${real:-–} | $count | ${tests:-**none**} | ${sources:-$own} |"
	done
}

architectures() {
	local arch real
	echo '| architecture | real samples | synthetic report, after |'
	echo '|---|---|---|'
	sed -n -e 's/^\t*\.name = "\([a-z0-9_]*\)",.*/\1/p' -e 's/^[A-Z0-9_]*(od_arch_[a-z0-9]*, "\([a-z0-9_]*\)".*/\1/p' \
		core/arch_*.c | sort -u | while read -r arch; do
		real=$(list "$work/real" 2 "$arch" 3)
		echo "| $arch | ${real:-–} | $(list "$work/synthetic" 2 "$arch" 4 | sed 's/^$/–/') |"
	done
}

# Kinds by architectures: R a real sample too, s synthetic, – not printed there.
matrix() {
	awk -F'\t' -v real="$work/real" '
		BEGIN { while ((getline line <real) > 0) { split(line, part, "\t"); is_real[part[1], part[2]] = 1 } }
		$3 == "form" { next }
		!($1 in seen_kind) { seen_kind[$1] = 1; kinds[++kind_count] = $1 }
		!($2 in seen_arch) { seen_arch[$2] = 1; arches[++arch_count] = $2 }
		{ cell[$1, $2] = is_real[$1, $2] ? "R" : $3 == "s" ? "s" : "–" }
		$3 == "s" { reports++ }
		$3 != "s" { absent++ }
		END {
			printf "%d reports of %d kinds on %d architectures; %d pairs do not exist.\n\n", reports, kind_count, arch_count, absent
			printf "| kind |"; for (a = 1; a <= arch_count; a++) printf " %s |", arches[a]
			printf "\n|---|"; for (a = 1; a <= arch_count; a++) printf ":-:|"; print ""
			for (k = 1; k <= kind_count; k++) {
				printf "| %s |", kinds[k]; for (a = 1; a <= arch_count; a++) printf " %s |", cell[kinds[k], arches[a]]; print ""
			}
		}' "$work/cube"
}

# What the synthetic reports follow: KIND, SOURCE of each architecture or group of them.
cube_sources() {
	echo '| kind | architectures | kernel source that the report follows |'
	echo '|---|---|---|'
	awk -F'\t' '$3 == "s" {
			key = $1 SUBSEP $4
			if (!(key in list)) { order[++count] = key; kind[key] = $1; source[key] = $4 }
			list[key] = list[key] (list[key] ? " " : "") $2; size[key]++
		}
		END { for (i = 1; i <= count; i++) { key = order[i]
			printf "| %s | %s | %s |\n", kind[key], (size[key] == all ? "all" : list[key]), source[key] } }' \
		all="$(awk -F'\t' '$3 == "form"' "$work/cube" | wc -l)" "$work/cube"
}

absences() {
	echo '| kind | not on | because |'
	echo '|---|---|---|'
	awk -F'\t' '$3 == "n/a" {
			if (!($1 in why)) { order[++count] = $1; why[$1] = $4 }
			list[$1] = list[$1] (list[$1] ? " " : "") $2; size[$1]++
		}
		$3 == "form" { all++ }
		END { for (i = 1; i <= count; i++) { kind = order[i]
			printf "| %s | %s | %s |\n", kind, (size[kind] > all / 2 ? size[kind] " others" : list[kind]), why[kind] } }' "$work/cube"
}

forms() {
	echo '| architecture | registers and stack after |'
	echo '|---|---|'
	awk -F'\t' '$3 == "form" { printf "| %s | %s |\n", $2, $4 }' "$work/cube"
}

wrappings() {
	echo '| wrapping | format that is told |'
	echo '|---|---|'
	awk '/^} wrappings\[\] = \{/ { inside = 1; next } inside && /^};/ { exit }
	     inside && match($0, /\{"[^"]*", "[^"]*"/) { split(substr($0, RSTART, RLENGTH), part, "\""); print "| " part[2] " | " part[4] " |" }' \
		tests/wrappings.h
}

make_page() {
	cat <<'END'
# Conformance

Made by `tests/conformance.sh --update` from the tables and the tests; a test fails when it is out of date.
*Real* is a log that a kernel printed when a module of `samples/` crashed it, with its expected document. *Synthetic*
is text composed in a test from the format strings of the kernel source that is named.

## Kinds

END
	kinds
	printf '\n## Architectures\n\n'
	architectures
	cat <<'END'

## Wrappings

All synthetic: `tests/unit/test_wrappings.c` puts the report of each architecture and of several kinds into each
of these, and compares the event with the one of the bare text.

END
	wrappings
	cat <<'END'

## Kinds on architectures

`tests/unit/test_cube.c` makes each of these reports from `tests/cube_rows.h`, written after the sources named below, puts it
into each of the wrappings above,
and compares kind, header, message, task, CPU, address, error code, place, registers, code, stack, modules and integrity
with those of the report as dmesg prints it. *s*: synthetic. *R*: there is a real sample as well. –: that architecture does
not print it, for the reason below. Every cell passes: the test fails otherwise.

END
	matrix
	printf '\n### What they follow\n\n'
	cube_sources
	printf '\n'
	forms
	printf '\n### What is not printed\n\n'
	absences
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
real >"$work/real"
synthetic >"$work/synthetic"
"$CUBE" --table >"$work/cube"
make_page >"$work/page"
if [ "${1:-}" = --update ]; then
	cp "$work/page" "$page"
elif ! diff -u "$page" "$work/page"; then
	echo "$page is out of date: tests/conformance.sh --update" >&2
	exit 1
fi
