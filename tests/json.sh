#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# docs/json.md names every key that a document can have, and every word of the contract's lists.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

words() {
	grep -ohE 'od_json_key[a-z_]*\(&?json, "[a-z_]+"' render/json.c render/json_frame.c render/json_oom.c render/json_vmcore.c | sed -E 's/.*"(.*)"/\1/'
	grep -ohE '^OD_(KIND|FRAME_STATUS|INTEGRITY|VERDICT|EVIDENCE)\([A-Z_0-9]+, "[a-z0-9-]+"' core/kinds.def core/reasons.def | sed -E 's/.*"(.*)"/\1/'
}

missing=0
while read -r word; do
	grep -qF "\`$word\`" docs/json.md docs/oom.md || { echo "docs/json.md does not name $word"; missing=1; }
done < <(words | sort -u)
[ "$(words | sort -u | wc -l)" -gt 200 ] || { echo "too few words were found in the sources"; exit 1; }
exit $missing
