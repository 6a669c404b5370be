#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Holds the sources against the table of floors in docs/architecture.md: which folder may include
# which, where a library may be used, and which calls stand nowhere.
# With a directory as argument: checks that tree instead of this one.
set -euo pipefail
shopt -s extglob
cd "${1:-$(dirname "${BASH_SOURCE[0]}")/..}"

# folder: what its quoted includes may begin with
floors='
core:      core
io:        core io
parsers:   core io parsers
symbolize: core io symbolize
analyzer:  core analyzer
render:    core render
vmcore:    core io vmcore
lib:       core io parsers symbolize analyzer render vmcore lib oopsdecode
triage:    core io triage oopsdecode
cli:       cli oopsdecode
include:   oopsdecode
'

# library header: where it may be included (a shell pattern of the path)
libraries='
zlib.h          io/decompress.c
zlib.h          io/inflate.c
lzma.h          io/decompress.c
zstd.h          io/decompress.c
zlib.h          vmcore/page.c
zstd.h          vmcore/page.c
seccomp.h       io/filter/make_filter.c
hs/*            parsers/scan.c
libkdumpfile/*  vmcore/libkdumpfile.c
systemd/*       parsers/input_journal.c
openssl/*       symbolize/module_signature.c
elf.h           symbolize/*
gelf.h          symbolize/*
libelf.h        symbolize/*
dwarf.h         symbolize/*
elfutils/*      symbolize/*
capstone/*      symbolize/insn_arm64.c
capstone/*      symbolize/capstone.c
bfd.h           symbolize/opcodes.c
dis-asm.h       symbolize/opcodes.c
dlfcn.h         core/library.c
dlfcn.h         symbolize/debuginfod.c
oopsdecode/*    cli/*
oopsdecode/oopsdecode.h include/oopsdecode/triage.h
zstd.h          triage/pack.c
sqlite3.h       triage/db_sqlite.c
libpq-fe.h      triage/db_postgres.c
openssl/evp.h   triage/sha256.c
archive.h       triage/archive.c
archive_entry.h triage/archive.c
'

# headers of the C library, free to all
libc=' assert ctype errno fcntl fts ftw getopt inttypes limits linux/filter linux/seccomp locale malloc math poll pthread signal stdalign stdarg
stdbool stddef stdint stdio stdlib string strings sys/ioctl sys/mman sys/prctl sys/resource sys/single_threaded sys/socket sys/stat sys/syscall sys/time
sys/types sys/uio sys/wait termios time unistd dirent fnmatch glob '

# calls: where they may stand all the same (a shell pattern); "-": nowhere
calls='
strtok|strtok_r|strsep            -
sscanf|fscanf|scanf|vsscanf       -
strto(l|ul|ll|ull|d|imax|umax)    cli/*
ato(i|l|ll|f)                     -
regcomp|regexec                   -
strcpy|strcat|sprintf|vsprintf|gets    -
printf|vprintf|puts|putchar|fprintf|vfprintf|fputs|perror    @(cli/*|io/filter/*)
exit|abort|getenv|secure_getenv|setlocale                    cli/*
_exit                             @(cli/*|io/sandbox.c)
time|gettimeofday|localtime|localtime_r                      cli/*
'

declare -A allowed
while IFS=': ' read -r folder folders; do
	[ -z "$folder" ] || allowed[$folder]=$folders
done <<<"$floors"

failures=0
fail() {
	printf '%s\n' "$*"
	failures=$((failures + 1))
}

# The code of files without comments and what strings say, each line as FILE:NUMBER:TEXT.
code() {
	awk 'FNR == 1 { inside = 0 }
	{
		line = $0; out = ""
		if (!inside && line !~ /^[ \t]*#[ \t]*include/) gsub(/"([^"\\]|\\.)*"/, "\"\"", line)
		while (line != "") {
			if (inside) {
				end = index(line, "*/")
				if (!end) { line = ""; break }
				line = substr(line, end + 2); inside = 0
				continue
			}
			block = index(line, "/*"); rest = index(line, "//")
			if (rest && (!block || rest < block)) { out = out substr(line, 1, rest - 1); line = ""; break }
			if (!block) { out = out line; line = ""; break }
			out = out substr(line, 1, block - 1); line = substr(line, block + 2); inside = 1
		}
		if (out ~ /[^ \t]/) print FILENAME ":" FNR ":" out
	}' "$@"
}

matches() { # matches TEXT PATTERN: a shell pattern
	# shellcheck disable=SC2254
	case $1 in $2) return 0 ;; esac
	return 1
}

check_quoted() { # FILE LINE NAME
	[[ " ${allowed[${1%%/*}]} " == *" ${3%%/*} "* ]] || fail "$1:$2: ${1%%/*}/ may not include \"$3\""
}

check_angle() { # FILE LINE NAME
	local header place known=0 i
	[[ $libc == *[[:space:]]"${3%.h}"[[:space:]]* ]] && return
	for i in "${!library_headers[@]}"; do
		header=${library_headers[i]} place=${library_places[i]}
		matches "$3" "$header" || continue
		known=1
		matches "$1" "$place" && return
	done
	if [ $known = 1 ]; then
		fail "$1:$2: <$3> may not be included here"
	else
		fail "$1:$2: <$3> is in no table of tests/floors.sh"
	fi
}

check_includes() {
	local file number text name
	while IFS=: read -r file number text; do
		[[ $text =~ ^[[:space:]]*#[[:space:]]*include[[:space:]]*([\<\"])([^\>\"]+) ]] || continue
		name=${BASH_REMATCH[2]}
		case ${BASH_REMATCH[1]} in
		'"') check_quoted "$file" "$number" "$name" ;;
		*) check_angle "$file" "$number" "$name" ;;
		esac
	done < <(grep -E '^[^:]*:[0-9]+:[[:space:]]*#[[:space:]]*include' "$all" || true)
}

check_calls() {
	local names place file number
	while read -r names place; do
		[ -n "$names" ] || continue
		while IFS=: read -r file number _; do
			matches "$file" "$place" || fail "$file:$number: a call that has no place here: $names"
		done < <(grep -E "(^[^:]*:[0-9]+:|[^_[:alnum:]>.\"])($names)[[:space:]]*\(" "$all" || true)
	done <<<"$calls"
}

check_house() {
	local file number text
	while IFS=: read -r file number _; do
		case $file in core/arch*.c | symbolize/insn_*.c) ;; *)
			fail "$file:$number: a branch on the architecture belongs into core/arch_*.c"
			;;
		esac
	done < <(grep -E '\barch *[!=]= *&?od_arch' "$all" || true)
	while IFS=: read -r file number text; do
		fail "$file:$number: a mutable static: $text"
	done < <(grep -E '^[^:]*:[0-9]+:[[:space:]]*(static|_Thread_local|__thread)[[:space:]][^(]*[;=]' "$all" |
		grep -vE '\b(const|pthread_once_t)\b' || true)
}

library_headers=() library_places=()
while read -r header place; do
	[ -z "$header" ] || { library_headers+=("$header") library_places+=("$place"); }
done <<<"$libraries"

mapfile -t files < <(find core io parsers symbolize analyzer render vmcore lib triage cli include -name '*.[ch]' | sort)
[ ${#files[@]} -gt 0 ] || fail "no sources found"
all=$(mktemp)
trap 'rm -f "$all"' EXIT
[ ${#files[@]} -eq 0 ] || code "${files[@]}" >"$all"
while IFS= read -r file; do
	fail "$file:1: no SPDX line"
done < <(awk 'FNR == 1 && !/SPDX-License-Identifier: GPL-3.0-or-later/ { print FILENAME }' "${files[@]}" </dev/null)
check_includes
check_calls
check_house
printf '%d files, %d violations\n' "${#files[@]}" "$failures"
[ "$failures" -eq 0 ]
