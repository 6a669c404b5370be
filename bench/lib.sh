# SPDX-License-Identifier: GPL-3.0-or-later
# The verbs of the cases; bench/run sources it.
#
#	begin TITLE			opens a section
#	contender NAME COMMAND...	adds a row; the first is the one that the others are compared with
#	contender_script LOG VMLINUX [MODULES]	adds decode_stacktrace.sh, where there is one
#	measure				runs them all and keeps the figures
#	table [COUNT UNIT]		prints them; with COUNT there is a column of COUNT per second, in UNIT
#	instructions		counts those of the contenders with callgrind, and prints a table
#	target TEXT VALUE LIMIT		a line that says whether VALUE is at most LIMIT
#	note TEXT			a line of text
#
# shellcheck shell=bash
# shellcheck disable=SC2154  # work, result, program …: set by bench/run

names=()
commands=()
hyperfine_options=()

say() { printf 'bench: %s\n' "$*" >&2; }

die() {
	say "$@"
	exit 1
}

# need PROGRAM PACKAGE: stops with the line that installs what is missing.
need() {
	[ -n "$(type -P "$1")" ] || die "$1 is missing; get it with: apt-get install $2"
}

begin() {
	say "$1"
	names=()
	commands=()
	hyperfine_options=()
	printf '\n### %s\n\n' "$1" >>"$result"
}

contender() {
	local quoted
	names+=("$1")
	shift
	printf -v quoted '%q ' "$@"
	commands+=("${quoted% }")
}

# The kernel's script reads the log from its standard input.
contender_script() { # LOG VMLINUX [MODULES]
	# shellcheck disable=SC2016  # for the inner shell
	local log=$1 read_log='exec bash "$0" "${@:2}" <"$1"'
	shift
	[ -z "$scripts" ] || contender decode_stacktrace.sh bash -c "$read_log" "$scripts/decode_stacktrace.sh" \
		"$log" "$1" "$PWD" "${@:2}"
}

note() { printf '%s\n\n' "$*" >>"$result"; }

skip() { # WHAT WHY
	say "skipped: $1: $2"
	printf 'Skipped: %s (%s).\n\n' "$1" "$2" >>"$result"
}

# The peak of the resident memory of a command and of those that it starts, in bytes; of one, not their sum.
peak_of() { # COMMAND
	env time -q -f %M -o "$work/peak" bash -c "exec $1" </dev/null 2>&1 | cat >/dev/null ||
		[ "${hyperfine_options[0]:-}" = --ignore-failure ] || die "failed: $1"
	echo $(($(tail -n 1 "$work/peak") * 1024))
}

# Keeps NAME, median seconds, mean seconds of processor time and peak bytes, a contender a line.
measure() {
	local i
	hyperfine -N --warmup 2 --min-runs 5 --max-runs 100 --style basic \
		"${hyperfine_options[@]}" --export-json "$work/times.json" "${commands[@]}" >&2
	jq -r '.results[] | [.median, .user + .system] | @tsv' "$work/times.json" >"$work/times"
	for i in "${!names[@]}"; do
		printf '%s\t%s\n' "${names[i]}" "$(peak_of "${commands[i]}")"
	done >"$work/peaks"
	paste "$work/peaks" "$work/times" | awk -F'\t' -v OFS='\t' '{ print $1, $3, $4, $2 }' >"$work/figures"
}

table() {
	awk -F'\t' -v count="${1:-0}" -v unit="${2:-}" -f "$tree/bench/table.awk" "$work/figures" >>"$result"
	echo >>"$result"
}

# Of every contender that is one process: times depend on the machine and its load, these do not. The programs under
# valgrind cannot enter the sandbox, so oopsdecode is counted without it.
instructions() {
	local i command
	if [ -z "$(type -P valgrind)" ]; then
		skip 'counts of instructions' 'get it with: apt-get install valgrind'
		return 0
	fi
	printf '| program | instructions |\n|---|--:|\n' >>"$result"
	for i in "${!names[@]}"; do
		[ "${names[i]}" != decode_stacktrace.sh ] || continue
		command=${commands[i]/#"$program"/"$program" --no-sandbox}
		bash -c "exec valgrind --tool=callgrind --callgrind-out-file=/dev/null $command" >/dev/null 2>"$work/callgrind" || true
		awk -v name="${names[i]}" '/ Collected : / { count = $4 }
			END { printf "| %s | %.1f million |\n", name, count / 1e6 }' "$work/callgrind"
	done >>"$result"
	echo >>"$result"
}

seconds_of() { awk -F'\t' -v name="$1" '$1 == name { print $2 }' "$work/figures"; }
bytes_of() { awk -F'\t' -v name="$1" '$1 == name { print $4 }' "$work/figures"; }

target() {
	awk -v text="$1" -v value="$2" -v limit="$3" 'BEGIN {
		printf "- %s: %s\n", text, value + 0 <= limit + 0 ? "met" : "**missed**"
	}' >>"$result"
}

version_of() { dpkg-query -W -f='${Package} ${Version}' "$1" 2>/dev/null || echo "$1, no Debian package"; }

describe_machine() {
	printf '%s cores (%s), %s GiB of memory, %s. ' "$(nproc)" \
		"$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | sort -u | sed -n 1p)" \
		"$(awk '/^MemTotal/ { printf "%.0f", $2 / 1048576 }' /proc/meminfo)" \
		"$(sed -n 's/^PRETTY_NAME="\(.*\)"/\1/p' /etc/os-release)"
	printf '%s, %s, %s, %s, %s.\n' "$("$program" --version | sed -n 1p)" \
		"$(version_of binutils)" "$(version_of elfutils)" "$(version_of grep)" "$(version_of ripgrep)"
}

# Puts a file between the markers of a page.
write_page() { # FILE PAGE
	local begin='<!-- bench/run writes from here -->' end='<!-- to here -->'
	[ "$(grep -cxF -e "$begin" -e "$end" "$2")" = 2 ] || die "$2 has no markers to write between"
	awk -v begin="$begin" -v end="$end" -v file="$1" '
		$0 == end { inside = 0 }
		!inside { print }
		$0 == begin { inside = 1; print ""; while ((getline line < file) > 0) print line }' "$2" >"$work/page"
	cat "$work/page" >"$2"
}

# The reliable frames of the first oops of a log, the instruction pointer first: function and offset. An entry of the
# trace is a return address; what is printed lies in the call before it.
frames() { # LOG [MODULE]
	local line back pattern='(RIP: 0010:|\] +)([^ ]+)\+(0x[0-9a-f]+)/0x[0-9a-f]+( \[([^]]+)\])?$'
	while read -r line; do
		[[ $line != *'[ end trace '* ]] || break
		[[ $line =~ $pattern && ${BASH_REMATCH[5]} = "${2:-}" ]] || continue
		back=1
		[[ $line != *RIP:* ]] || back=0
		printf '%s 0x%x\n' "${BASH_REMATCH[2]}" $((BASH_REMATCH[3] - back))
	done <"$1"
}

# Frames to addresses in a file.
addresses() { # FILE <FRAMES
	local name offset base
	nm "$1" >"$work/nm"
	while read -r name offset; do
		base=$(awk -v name="$name" '$3 == name { print $1; exit }' "$work/nm")
		printf '0x%x\n' $((0x$base + offset))
	done
}

# A fast answer must be a right one: the innermost places, oopsdecode's against eu-addr2line's.
compare_places() { # LOG FILE MODULE ADDRESS...
	local log=$1 file=$2 module=$3 option=(-k "$2")
	shift 3
	[ -z "$module" ] || option=(-m "$file")
	"$program" --json --no-search "${option[@]}" "$log" | jq -r --arg name "$module" '
		.events[0] | [.ip] + [.trace[] | select(.reliable)] | .[] | select((.module // "") == $name) |
		if .source then "\(.source[0].file):\(.source[0].line)" else "??:0" end' >"$work/ours"
	eu-addr2line -s -e "$file" "$@" | cut -d : -f 1,2 >"$work/theirs"
	note "$(paste "$work/ours" "$work/theirs" | awk '$1 == $2 && $1 !~ /^\?/ { same++ } END {
		printf "%d of %d places are the same in oopsdecode and eu-addr2line.", same, NR }')"
	diff "$work/ours" "$work/theirs" >&2 || say "the places of ${log##*/} differ: < oopsdecode, > eu-addr2line"
}
