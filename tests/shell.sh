#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# All shell scripts of the tree pass shellcheck.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if ! command -v shellcheck >/dev/null; then
	echo "skipped: shellcheck is not installed"
	exit 77
fi
mapfile -d '' -t scripts < <(find tests bench samples -name '*.sh' -print0)
# Variables go from common.sh to the scripts that read it, unseen by shellcheck.
shellcheck --severity=warning --external-sources --source-path=SCRIPTDIR --exclude=SC2034 bootstrap bench/run .ci/run "${scripts[@]}"
echo "$((${#scripts[@]} + 3)) scripts"
