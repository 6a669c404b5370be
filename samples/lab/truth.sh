#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# truth.sh SAMPLE TARGET MODULE.ko LOG SOURCE: prints sample.json, the truth about one capture.
#
# Function, file and line of the fault and of its callers come from the marks in the source, never from the log.
# "frames" is what eu-addr2line (or addr2line, or llvm-symbolizer) says of the frames that the log has in the module (of return addresses: of the byte
# before), a reference that shares no code with oopsdecode. "confirmed" says whether one of them is the marked line: where it
# is false, the compiler moved the code. "trace" is "elsewhere" where the kernel notices the fault when the module's code is
# no longer on the stack ("frames: none" in sample.conf). SOURCE says where LOG came from: dmesg or console.

. "$(dirname "$0")/common.sh"

name=$1 ko=$3 log=$4 source=$5
target "$2"
sample "$name"
need jq jq
need eu-addr2line elfutils
need readelf binutils
prefix=$cross
[ "$prefix" != - ] || prefix=
otherwise=by_section
if [[ $(readelf -p .comment "$ko") = *clang* ]]; then
	need llvm-symbolizer llvm
	otherwise=by_link
fi

# by_section SYMBOL OFFSET: the binutils' word, those of the target. eu-addr2line knows no address of a unit without
# .debug_aranges, which clang does not write, and no relocation of mips64.
by_section() {
	local value section
	read -r value section < <("${prefix}objdump" -t "$ko" | awk -v name="$1" '$NF == name { print $1, $(NF - 2); exit }')
	"${prefix}addr2line" -f -i -e "$ko" -j "$section" "$(printf '0x%x' $((0x$value + $2)))" | sed 's/ (discriminator .*//'
}

# by_link SYMBOL OFFSET: the word of clang's own tool, of the module linked as if it were a program. In a relocatable file the
# binutils miss functions that clang inlined.
by_link() {
	local linked value
	linked=$(mktemp)
	"${prefix}ld" -e 0 --unresolved-symbols=ignore-all -o "$linked" "$ko"
	value=$("${prefix}nm" "$linked" | awk -v name="$1" '$3 == name { print $1; exit }')
	llvm-symbolizer --functions=short --obj="$linked" "$(printf '0x%x' $((0x$value + $2)))" | sed '/^$/d; s/^\(.*:[0-9][0-9]*\):[0-9]*$/\1/'
	rm -f "$linked"
}

# place SYMBOL OFFSET: the places of one address, innermost first, as a JSON array.
place() {
	local lines='??:0'
	# The return address of a call that ends a function is the next symbol +0: what called is before that.
	[ $(($2)) -lt 0 ] || lines=$(eu-addr2line -f -i -e "$ko" "$1+$(printf '0x%x' $(($2)))" | sed 's/ inlined at .*//')
	case $lines in
	*'??:'*) lines=$("$otherwise" "$1" "$2") ;;
	esac
	paste - - <<<"$lines" | jq -R -s '
		split("\n") | map(select(. != "") | split("\t")
			| {function: .[0], path: (.[1] | split(":")[0]), line: (.[1] | split(":")[1] | tonumber)}
			| .file = (.path | split("/")[-1]))'
}

frames() {
	local where symbol offset raw
	awk -v module="$module" -f "$lab/frames.awk" <(expected "$name") "$log" |
		while IFS=$'\t' read -r where symbol offset raw; do
			[ "$where" = ip ] || offset=$((offset - 1))
			jq -n --arg raw "$raw" --arg where "$where" --argjson source "$(place "$symbol" "$offset")" '$ARGS.named'
		done | jq -s .
}

chain() {
	awk -f "$lab/marks.awk" "$samples/$name"/src/*.[ch] | sort -n | jq -R -s '
		split("\n") | map(select(. != "") | split("\t")
			| {function: .[3], file: .[1], line: (.[2] | tonumber), text: .[4]})'
}

# facts KEY…: what sample.conf says under these keys, as a JSON object.
facts() {
	local key
	for key; do
		conf "$name" "$key" | jq -R --arg key "$key" '{($key): .}'
	done | jq -s 'add // {}'
}

# bad: the pointer that was wrong, in every spelling that is right, and what was accessed through it.
bad() {
	facts type member offset value access | jq --argjson pointer "$(conf "$name" pointer | jq -R . | jq -s .)" \
		'if $pointer == [] then . else {pointer: $pointer} + . end'
}

banner=$(grep -a -m 1 -o 'Linux version .*' "$log" | tr -d '\r' || true)

jq -n \
	--arg name "$name" --arg ko "$module" --argjson head "$(facts kind description)" \
	--argjson chain "$(chain)" --argjson bad "$(bad)" \
	--argjson frames "$(frames)" --argjson run "$(conf "$name" run | jq -R . | jq -s .)" \
	--arg append "$(conf "$name" append)" --argjson expect "$(expected "$name" | jq -R . | jq -s .)" \
	--arg log "$(conf "$name" log)" --arg source "$source" \
	--arg trace "$(conf "$name" frames)" --arg target "$target" --arg banner "$banner" \
	--arg compiler "$(readelf -p .comment "$ko" | sed -n 's/^ *\[ *[0-9a-f]*\] *//p' | sort -u | sed -n 1p)" \
	--arg qemu "$("$qemu" --version | sed -n 1p)" --arg path "$neutral/$name" '
{
	name: $name, module: $ko, kind: $head.kind, description: $head.description,
	fault: $chain[0], chain: $chain, bad: $bad,
	log: {file: $log, from: $source, expect: $expect},
	module_file: ($ko + ".ko.xz"),
	frames: $frames,
	trace: (if $trace == "none" then "elsewhere" else "in the module" end),
	confirmed: any($frames[].source[]; .file == $chain[0].file and .line == $chain[0].line),
	made: {
		target: $target,
		kernel_release: ($banner | split(" ")[2]),
		kernel_version: ($banner | capture("(?<v>#[0-9]+ .*)$").v),
		compiler: $compiler, qemu: $qemu, build_path: $path, run: $run, kernel_parameters: $append
	}
}'
