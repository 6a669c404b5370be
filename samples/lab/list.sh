#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# list.sh: the faults and the kernels that there are.

. "$(dirname "$0")/common.sh"

printf 'Faults:\n'
for file in "$samples"/*/sample.conf; do
	name=$(basename "$(dirname "$file")")
	printf '  %-22s %-24s %s\n' "$name" "$(conf "$name" kind)" "$(conf "$name" description)"
done
printf '\nKernels (--kernel, --arch):\n'
awk '
	BEGIN { version["bullseye"] = "5.10"; version["bookworm"] = "6.1"; version["trixie"] = "6.12"; version["sid"] = "newest" }
	/^[^#]/ { printf "  %-7s %-9s Debian %s\n", version[$2], $3 == "amd64" ? "x86_64" : $3, $2 }' "$lab/targets.tsv"
