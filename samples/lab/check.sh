#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# check.sh DIR…: checks captures (directories with sample.json, log and module) against their truth.
#
# The log shows the intended fault, a frame of the module leads to a marked line by way of its debug info, and neither log
# nor module names a directory of the building machine.

. "$(dirname "$0")/common.sh"
need jq jq
need xz xz-utils

bad=0
wrong() {
	note "${dir##*/}: $*"
	bad=1
}

for dir; do
	json=$dir/sample.json
	log=$dir/$(jq -r .log.file "$json")
	ko=$dir/$(jq -r .module_file "$json")
	grep -a -q -F -f <(jq -r ".log.expect[]" "$json") "$log" || wrong "the log does not show the fault"
	[ "$(jq -r .trace "$json")" = elsewhere ] || jq -e '. as $s | any(.frames[].source[]; [.file, .line] as $at | any($s.chain[]; [.file, .line] == $at))' "$json" >/dev/null ||
		wrong "no frame leads to a marked line"
	jq -e '.confirmed or .trace == "elsewhere"' "$json" >/dev/null || note "${dir##*/}: the debug info leads to a caller of the marked line, not to the line itself"
	jq -e '.fault.line and .made.kernel_release and .made.compiler' "$json" >/dev/null || wrong "sample.json has holes"
	for path in "$cache" "$samples" "$HOME/" "${TMPDIR:-/tmp}/"; do
		# Not grep -q on the pipe: it would leave xz with nowhere to write to, and the pipe would count as failed.
		if grep -a -q -F -e "$path" "$log" "$json" || xz -dc "$ko" | grep -F -e "$path" >/dev/null; then
			wrong "names $path"
		fi
	done
	[ "$(stat -c %s "$ko")" -lt 150000 ] || wrong "the module is large"
done
exit "$bad"
