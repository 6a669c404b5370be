#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# quiz.sh [SAMPLE]: shows a crash that was captured, asks for its cause, its line and the variable that was wrong, and
# explains the answers. OOPSDECODE is the executable. Answers are read from standard input, one a line.

. "$(dirname "$0")/common.sh"
need jq jq
: "${OOPSDECODE:?the path of the executable}"

mapfile -t captured < <(cd "$samples" && for file in */sample.json; do
	[ ! -d "${file%/*}/src" ] || printf '%s\n' "${file%/*}"
done)
[ ${#captured[@]} -gt 0 ] || die "no captures in $samples"
name=${1:-${captured[RANDOM % ${#captured[@]}]}}
json=$samples/$name/sample.json
[ -f "$json" ] || die "no capture of $name; there are: ${captured[*]}"
truth() { jq -r "$1" "$json"; }
log=$samples/$name/$(truth .log.file)
decode=("$OOPSDECODE" decode --no-search -m "$samples/$name/$(truth .module).ko.xz" -S "$samples/$name/src")

# The report's own lines, without the boot.
read -r first last < <("${decode[@]}" --json "$log" | jq -r '.events[0] | "\(.first_line) \(.last_line)"')
sed -n "${first},${last}p" "$log" | tr -d '\r'
printf '\nThe source is in %s.\n' "$samples/$name/src"

right=0 asked=0
ask() { # QUESTION SHOWN-ANSWER ACCEPTED…
	local question=$1 shown=$2 answer word
	shift 2
	asked=$((asked + 1))
	printf '\n%s ' "$question"
	read -r answer || answer=
	for word; do
		if [ "${answer,,}" = "${word,,}" ]; then
			right=$((right + 1))
			printf 'Right: %s\n' "$shown"
			return
		fi
	done
	printf 'No: %s\n' "$shown"
}

mapfile -t kinds < <(cat "$samples"/*/sample.json | jq -r .kind | sort -u)
printf -v choice '%s, ' "${kinds[@]}"
ask "What kind of crash is it (${choice%, })?" "$(truth .kind)" "$(truth .kind)"
ask 'Which line of the source is to blame (FILE:LINE or LINE)?' "$(truth '"\(.fault.file):\(.fault.line): \(.fault.text)"')" \
	"$(truth '"\(.fault.file):\(.fault.line)"')" "$(truth .fault.line)"
if [ "$(truth '.bad | has("pointer")')" = true ]; then
	mapfile -t pointers < <(truth '.bad.pointer[]')
	ask 'Which pointer was wrong, as the source spells it?' "${pointers[*]}" "${pointers[@]}"
fi
printf '\n%d of %d. This is how it is read:\n\n' "$right" "$asked"
"${decode[@]}" "$log"
