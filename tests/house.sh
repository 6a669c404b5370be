#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Sizes: no function over 60 lines (median 17, 90th percentile 45 at most), no file over 600.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if ! grep -q Universal <<<"$(ctags --version 2>/dev/null)"; then
	echo "skipped: universal-ctags is not installed"
	exit 77
fi

folders=(core io parsers symbolize analyzer render vmcore lib triage cli)
lengths=$(find "${folders[@]}" -name '*.c' -print0 | xargs -0 ctags -x --c-kinds=f --_xformat='%{end} %n %N %F' |
	awk '{ print $1 - $2 + 1, $3, $4 }' | sort -n)
[ -n "$lengths" ] || { echo "no functions found"; exit 1; }

awk -v median_limit=17 -v p90_limit=45 -v limit=60 '
	{ length_of[NR] = $1 }
	$1 > limit { printf "%s: %s() has %d lines, over %d\n", $3, $2, $1, limit; bad = 1 }
	END {
		median = length_of[int((NR + 1) / 2)]; p90 = length_of[int(NR * 0.9 + 0.5)]
		printf "%d functions: median %d lines, 90th percentile %d, longest %d\n", NR, median, p90, length_of[NR]
		if (median > median_limit || p90 > p90_limit) { print "longer than the house allows"; bad = 1 }
		exit bad
	}' <<<"$lengths" && status=0 || status=1

while read -r lines file; do
	printf '%s has %d lines, over 600\n' "$file" "$lines"
	status=1
done < <(find "${folders[@]}" include tests -name '*.[ch]' -exec wc -l {} + | awk '$2 != "total" && $1 > 600')
exit "$status"
