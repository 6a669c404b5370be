#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Every command that is listed explains itself, those too that are in the other program; and the program says what is
# missing when it stands alone.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() { echo "FAILED: $*" >&2; exit 1; }

mapfile -t commands < <("$OOPSDECODE" --help | sed -n '/^Commands:/,/^$/s/^  \([a-z]\{1,\}\) .*/\1/p')
[ "${#commands[@]}" -ge 9 ] || fail "only ${#commands[@]} commands are listed"
for command in "${commands[@]}"; do
	[ "$command" != help ] || continue
	"$OOPSDECODE" "$command" --help >"$work/own"
	grep -q "^Usage: oopsdecode.*$command\|^Usage: oopsdecode \[COMMAND\]" "$work/own" || fail "$command --help: $(head -n 1 "$work/own")"
	"$OOPSDECODE" help "$command" | cmp -s - "$work/own" || fail "help $command is not $command --help"
done

mkdir "$work/bin"
cp "$OOPSDECODE" "$work/bin/oopsdecode"
"$work/bin/oopsdecode" explain taint 1 >/dev/null || fail 'alone, it does not explain'
status=0
"$work/bin/oopsdecode" triage --help >"$work/out" 2>"$work/err" || status=$?
[ "$status" -eq 2 ] || fail "alone, triage ended with $status"
grep -q "cannot start '.*oopsdecode-full', which has the command 'triage'" "$work/err" || fail "it says: $(cat "$work/err")"
