#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The man page and --help know the same options, commands and exit statuses.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
# shellcheck source=tests/cli/common
source "$(dirname "${BASH_SOURCE[0]}")/common"
page=$root/docs/man/oopsdecode.1

"$OOPSDECODE" decode --help >help
# "  -m, --module=FILE" and "      --json" of the help, as "-m --module FILE" and "--json".
sed -nE 's/^ {2,6}((-[A-Za-z]), )?--([a-z-]+)(=([A-Z]+))?( .*)?$/\2 --\3 \5/p' help |
	sed -E 's/^ +//; s/ +$//' | sort >from_help
# ".It Fl m , Fl Fl module Ns = Ns Ar FILE" of the page, in the same words.
sed -nE 's/^\.It (Fl ([A-Za-z]) , )?Fl Fl ([a-z-]+)( Ns = Ns Ar ([A-Z]+))?$/-\2 --\3 \5/p' "$page" |
	sed -E 's/^- +//; s/ +$//' | sort >from_page
[ "$(wc -l <from_help)" -ge 10 ] || fail 'the help lists hardly an option'
diff from_help from_page || fail 'the help (<) and the man page (>) differ in their options'

"$OOPSDECODE" --help | sed -nE '/^Commands:/,/^$/s/^  ([a-z]+) .*/\1/p' | sort >from_help
sed -nE 's/^\.It Cm ([a-z]+).*/\1/p' "$page" | sort >from_page
[ -s from_help ] || fail 'the help lists no command'
diff from_help from_page || fail 'the help (<) and the man page (>) differ in their commands'

sed -n '/^\.Sh EXIT STATUS/,/^\.El/p' "$page" | sed -nE 's/^\.It ([0-9])$/\1/p' | tr -d '\n' >from_page
[ "$(<from_page)" = 0123 ] || fail 'the man page does not list the exit statuses 0 to 3'
grep -qE 'Exit status: 0 .* 1 .* 2 .* 3 ' <<<"$(tr '\n' ' ' <help)" || fail 'the help does not list the exit statuses'

if command -v groff >/dev/null; then
	groff -mdoc -Tutf8 -ww "$page" 2>warnings >/dev/null
	[ ! -s warnings ] || fail "groff: $(<warnings)"
fi
exit $failed
