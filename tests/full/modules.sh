#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# modules.sh DIR [SYMVERS]: holds `oopsdecode module` against modinfo, modprobe --dump-modversions and readelf for
# every module below DIR, and the exported symbols against a Module.symvers. Prints what differs; status 1: something does.
#
# Environment: OOPSDECODE, the executable.
set -euo pipefail

: "${OOPSDECODE:?the path of the executable}"
dir=${1:?a directory with modules} symvers=${2:-}
for program in jq modinfo modprobe readelf; do
	command -v "$program" >/dev/null || { echo "skipped: $program is missing (apt install jq kmod binutils)"; exit 77; }
done
export LC_ALL=C
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
find "$dir" -name '*.ko' | sort >"$work/files"
[ -s "$work/files" ] || { echo "no modules below $dir"; exit 1; }

SECONDS=0
xargs -d '\n' "$OOPSDECODE" module --json <"$work/files" >"$work/json"
printf '%d modules, ours in %d s\n' "$(wc -l <"$work/files")" "$SECONDS"

# Line breaks within values: modinfo prints them as they are.
ours() { # FILTER: lines of text, each behind the module's path
	jq -r ".module | .path as \$path | ($1) | \"\(\$path)\t\(.)\"" "$work/json" | sort
}

failed=0
compare() { # WHAT: the two files
	local count
	diff "$work/theirs" "$work/ours" >"$work/diff" || true
	count=$(grep -c '^[<>]' "$work/diff" || true)
	printf '%-40s %8d lines, %d differ\n' "$1" "$(wc -l <"$work/theirs")" "$count"
	[ "$count" -eq 0 ] && return
	failed=1
	head -n 20 "$work/diff"
}

# modinfo: every key, the parameters with their types, signer, key and hash. modinfo names the file's own path first.
xargs -d '\n' modinfo <"$work/files" | awk '
	/^filename:/ { path = $0; sub(/^filename: +/, "", path); next }
	/^signature:/ || /^\t\t[0-9A-F][0-9A-F]:/ { next }
	/^[a-z_]+:/ { line = $0; sub(/: +/, ":", line); print path "\t" line; next }' | sort >"$work/theirs"
ours '(.modinfo[] | select(.key != "parm" and .key != "parmtype") | "\(.key):\(.value | sub("\n.*"; ""; "m"))"),
	(.parameters[] | "parm:\(.name):\(if .description and .type then "\(.description) (\(.type))" else .description // .type // "" end)" | sub("\n.*"; ""; "m")),
	(.signature | select(.state == "present") |
		"sig_id:\(.format)", "signer:\(.signer)", "sig_key:\(.key)", "sig_hashalgo:\(.hash)")' >"$work/ours"
# A description of several lines: modinfo puts the type behind the last one.
sed -i -E 's/(\tparm:[^:]*:.*) \([a-z ]+\)$/\1/' "$work/theirs" "$work/ours"
sed -i -E 's/ +$//; s/:[ \t]+/:/' "$work/theirs" "$work/ours"
compare 'modinfo'

while read -r file; do
	modprobe --dump-modversions "$file" | awk -v file="$file" '{ print file "\t" $1 "\t" $2 }'
done <"$work/files" | sort >"$work/theirs"
ours '.imports[] | select(.crc) | "\(.crc)\t\(.name)"' >"$work/ours"
compare 'modprobe --dump-modversions'

xargs -d '\n' readelf -SW <"$work/files" | awk '
	/^File: / { path = substr($0, 7) }
	match($0, /^ *\[ *[0-9]+\] /) {
		n = split(substr($0, RLENGTH + 1), f, " ")
		if (n >= 9 && f[7] ~ /A/) { sub(/^0+/, "", f[5]); print path "\t" f[1] " 0x" (f[5] == "" ? "0" : f[5]) }
	}' | sort >"$work/theirs"
ours '.sections[] | "\(.name) \(.size)"' >"$work/ours"
compare 'readelf -S, sections that are loaded'

while read -r file; do
	printf '%s\t%s\n' "$file" "$(readelf -n "$file" 2>/dev/null | sed -n 's/.*Build ID: //p')"
done <"$work/files" | sort >"$work/theirs"
ours '.build_id' >"$work/ours"
compare 'readelf -n, build IDs'

if [ -n "$symvers" ]; then
	awk -F '\t' '$3 != "vmlinux" { n = split($3, part, "/"); gsub(/-/, "_", part[n])
		print part[n] "\t" $1 " " $2 " " ($4 ~ /GPL/ ? "true" : "false") " " $5 }' "$symvers" | sort >"$work/theirs"
	jq -r '.module | .name as $name | .exports[] | "\($name)\t\(.crc) \(.name) \(.gpl_only) \(.namespace // "")"' \
		"$work/json" | sort >"$work/ours"
	compare 'Module.symvers, exported symbols'
fi
exit $failed
