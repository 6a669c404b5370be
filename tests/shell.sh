#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# All shell scripts of the tree pass shellcheck, and no pipe of theirs ends in a program that stops reading early: with pipefail
# the writer's SIGPIPE would fail the script, now and then. Where it is wanted, the line says "# stops early".
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if ! command -v shellcheck >/dev/null; then
	echo "skipped: shellcheck is not installed"
	exit 77
fi
mapfile -d '' -t scripts < <(find tests bench samples -name '*.sh' -print0)
all=(bootstrap bench/run .ci/run "${scripts[@]}")
# Variables go from common.sh to the scripts that read it, unseen by shellcheck.
shellcheck --severity=warning --external-sources --source-path=SCRIPTDIR --exclude=SC2034 "${all[@]}"
if early=$(grep -nE '[^|]\|[[:space:]]*(grep( -[a-zA-Z]+)* -[a-zA-Z]*q|head )' "${all[@]}" | grep -v '# stops early$' | grep -v 'tests/shell.sh'); then
	printf '%s\n' "$early"
	echo "a pipe that ends in grep -q or head: use a here-string, or sed -n 1p"
	exit 1
fi
echo "${#all[@]} scripts"
