#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The checks themselves: floors.sh and samples.sh must notice what they are there for.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

expect() { # WHAT OUTPUT PHRASE
	[[ $2 == *"$3"* ]] && return
	printf '%s: expected "%s" in:\n%s\n' "$1" "$3" "$2"
	failed=1
}

refused() { # COMMAND...: prints its output; it must fail
	if "$@" 2>&1; then echo "(it succeeded)"; fi
}

# A tree with one violation of each kind.
for folder in core io parsers symbolize analyzer render vmcore lib cli include; do
	mkdir -p "$work/tree/$folder"
done
cat >"$work/tree/core/bad.c" <<'END'
#include "io/input.h"
#include <zlib.h>
#include <curl.h>
/* strtoul(text) in a comment, */ // and sscanf(text) in another
static int counter = 0;
static const int fine = 0;
bool f(const struct od_arch *arch) { return arch == &od_arch_foo; }
char *g(char *text) { return strtok(text, " "); }
void h(void) { printf("x"); }
const char *fine_too(void) { return "data abort (ESR) // \" strtok(x) /* "; }
END
printf '// SPDX-License-Identifier: GPL-3.0-or-later\n#include "core/str.h"\n' >"$work/tree/cli/main.c"
printf '// SPDX-License-Identifier: GPL-3.0-or-later\n#include "core/str.h"\n#include <zlib.h>\n' \
	>"$work/tree/io/decompress.c"
output=$(refused "$here/floors.sh" "$work/tree")
expect floors "$output" 'core/bad.c:1: no SPDX line'
expect floors "$output" 'core/bad.c:1: core/ may not include "io/input.h"'
expect floors "$output" 'core/bad.c:2: <zlib.h> may not be included here'
expect floors "$output" 'core/bad.c:3: <curl.h> is in no table'
expect floors "$output" 'core/bad.c:5: a mutable static'
expect floors "$output" 'core/bad.c:7: a branch on the architecture'
expect floors "$output" 'core/bad.c:8: a call that has no place here: strtok'
expect floors "$output" 'core/bad.c:9: a call that has no place here: printf'
expect floors "$output" 'cli/main.c:2: cli/ may not include "core/str.h"'
expect floors "$output" '3 files, 9 violations'

# A sample whose document is wrong in one way after the other; the executable is a script that prints it.
if ! command -v jq >/dev/null; then
	echo "jq is not installed: samples.sh was not checked"
	exit $((failed ? 1 : 77))
fi
sample=$work/samples/one
mkdir -p "$sample"
cat >"$sample/sample.json" <<'END'
{"kind": "null-deref", "log": {"file": "dmesg.txt"},
 "fault": {"function": "f", "file": "a.c", "line": 3},
 "frames": [{"raw": "f+0x1/0x2 [a]", "source": [{"function": "f", "file": "a.c", "line": 3}]}]}
END
printf '#!/bin/sh\ncat "%s"\n' "$work/document" >"$work/program"
chmod +x "$work/program"
document() { # KIND RAW LINE
	printf '{"tool": {"version": "%s"}, "events": [{"kind": "%s", "ip": {"raw": "%s", "source":
		[{"function": "f", "file": "a.c", "path": "/x/a.c", "line": %s}]}}], "source": {"path": "%s"}}\n' \
		"$RANDOM" "$1" "$2" "$3" "$RANDOM" >"$work/document"
}
run() { OOPSDECODE=$work/program SAMPLES=$work/samples "$here/samples.sh" "$@"; }

document null-deref 'f+0x1/0x2 [a]' 3
expect samples "$(refused run)" 'there is no expected.json'
run --update one >"$work/output"
document null-deref 'f+0x1/0x2 [a]' 3
expect samples "$(run 2>&1)" 'one: as expected'
document gpf 'f+0x1/0x2 [a]' 3
expect samples "$(refused run --update)" 'kind: gpf, should be null-deref'
document null-deref 'f+0x1/0x2 [a]' 4
expect samples "$(refused run --update)" 'no frame leads to the fault, f at a.c:3'
expect samples "$(refused run)" 'f+0x1/0x2 [a]: ["f at a.c:4"], should be ["f at a.c:3"]'
document null-deref 'f+0x9/0x2 [a]' 3
expect samples "$(refused run)" 'no frame is f+0x1/0x2 [a]'
echo '{"events": []}' >"$work/document"
expect samples "$(refused run)" 'no event was found'
document null-deref 'f+0x1/0x2 [a]' '3, "column": 7'
expect samples "$(refused run)" '+            "column": 7,'
[ ! -e "$sample/expected.json" ] && echo "expected.json is gone" && failed=1
grep -q column "$sample/expected.json" && echo "expected.json was changed" && failed=1
# Where no line is known, at least the function must be right.
echo '{"log": {"file": "dmesg.txt"}, "fault": {"function": "f"}}' >"$sample/sample.json"
echo '{"events": [{"ip": {"function": "g"}}]}' >"$work/document"
expect samples "$(refused run)" 'no frame is in f'
exit $failed
