#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# list.sh: the faults and the kernels that there are.

. "$(dirname "$0")/common.sh"

printf 'Faults:\n'
awk '
	FNR == 1 { name = FILENAME; sub(/\/sample\.conf$/, "", name); sub(/.*\//, "", name); kind = "" }
	/^kind:/ { kind = $2 }
	/^description:/ { sub(/^description:[[:blank:]]*/, ""); about[name] = $0 }
	kind != "" && name in about { printf "  %-22s %-24s %s\n", name, kind, about[name]; kind = "" }' "$samples"/*/sample.conf
printf '\nKernels (--kernel, --arch):\n'
awk '
	BEGIN { version["bullseye"] = "5.10"; version["bookworm"] = "6.1"; version["trixie"] = "6.12"; version["sid"] = "newest" }
	/^[^#]/ { printf "  %-7s %-9s Debian %s\n", version[$2], $3 == "amd64" ? "x86_64" : $3, $2 }' "$lab/targets.tsv"
