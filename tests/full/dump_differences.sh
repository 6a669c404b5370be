#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What crash, drgn and oopsdecode say of one dump, as the table of docs/vmcore.md, and the variables of all stacks of
# sleeping tasks against drgn's.
#
#	tests/full/dump_differences.sh DUMP VMLINUX [MODULE]...
#
# Needs crash, python3-drgn and jq; what is missing is left out and said. OOPSDECODE: the executable.
set -euo pipefail
dump=${1:?usage: tests/full/dump_differences.sh DUMP VMLINUX [MODULE]...} vmlinux=${2:?the vmlinux of the dump}
shift 2
: "${OOPSDECODE:?the path of the executable}"
command -v jq >/dev/null || { echo 'jq is missing' >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

modules=()
for module; do modules+=(-m "$module"); done
"$OOPSDECODE" vmcore --json --no-search --no-cache "$dump" kmem -i bt -a log mod ps >"$work/own.json"
"$OOPSDECODE" vmcore --json --no-search --no-cache -k "$vmlinux" "${modules[@]}" "$dump" bt all >"$work/stacks.json"
own() { jq -r "$1" "$work/own.json"; }

if command -v crash >/dev/null; then
	printf 'ps\nquit\n' >"$work/ps"
	printf 'bt\nquit\n' >"$work/bt"
	printf 'mod\nquit\n' >"$work/mod"
	printf 'log\nquit\n' >"$work/log"
	printf 'kmem -i\nquit\n' >"$work/kmem"
	for view in ps bt mod log kmem; do
		crash -s -i "$work/$view" "$vmlinux" "$dump" >"$work/crash-$view" 2>/dev/null || true
	done
fi
crash_lines() { # VIEW PATTERN
	[ -r "$work/crash-$1" ] && grep -c -E "$2" "$work/crash-$1" || echo '–'
}

# What drgn says: tasks, frames of the task that panicked, modules, then the variables that differ.
cat >"$work/compare.py" <<'EOF'
import json, re, sys
import drgn
from drgn.helpers.linux.list import list_for_each_entry
from drgn.helpers.linux.pid import for_each_task

prog = drgn.Program()
prog.set_core_dump(sys.argv[1])
prog.load_debug_info(sys.argv[4:])
own = json.load(open(sys.argv[3]))["vmcore"]
print("tasks", sum(1 for task in for_each_task(prog)))
panic = own["panic"]["pid"] if "panic" in own else None
print("frames", len(prog.stack_trace(panic)) if panic else 0)
print("modules", sum(1 for m in list_for_each_entry("struct module", prog["modules"].address_of_(), "list")))

def number(text):
    found = re.match(r"0x[0-9a-f]+|-?[0-9]+", {"NULL": "0", "true": "1", "false": "0"}.get(text, text))
    return int(found.group(0), 0) if found else None

def scalar(value):
    kind = value.type_
    while kind.kind == drgn.TypeKind.TYPEDEF:
        kind = kind.type
    plain = (drgn.TypeKind.INT, drgn.TypeKind.BOOL, drgn.TypeKind.ENUM, drgn.TypeKind.POINTER)
    return int(value.value_()) if kind.kind in plain else None

counts, mask = {}, (1 << 64) - 1
def count(what, *of):
    counts[what] = counts.get(what, 0) + 1
    if of:
        print(what, *of, file=sys.stderr)
for task in own["tasks"]:
    if not task.get("frames"):
        continue
    try:
        stack = list(prog.stack_trace(drgn.Object(prog, "struct task_struct *", value=int(task["address"], 16))))
    except Exception:
        continue
    for frame in task["frames"]:
        here = [other for other in stack if other.pc == int(frame["address"], 16)]
        for variable in frame.get("args", []) + frame.get("locals", []):
            theirs = [other for other in here if other.name == variable["function"]]
            try:
                value = theirs[0][variable["name"]]
                absent = value.absent_
                got = None if absent else scalar(value)
            except Exception:
                continue
            if "value" not in variable:
                count("neither" if absent else "drgn-only", *(() if absent else (frame["function"], variable["name"])))
            elif absent:
                count("oopsdecode-only")
            elif got is not None and number(variable["value"]) is not None:
                same = (got ^ number(variable["value"])) & mask == 0
                count("same" if same else "different", *(() if same else (frame["function"], variable, hex(got))))
for what, many in sorted(counts.items()):
    print("variables-" + what, many)
EOF
/usr/bin/python3 "$work/compare.py" "$dump" "$vmlinux" "$work/stacks.json" "$vmlinux" "$@" >"$work/drgn-says" 2>"$work/drgn-err" ||
	echo "drgn: $(tail -n 1 "$work/drgn-err")" >&2
drgn() { sed -n "s/^$1 //p" "$work/drgn-says" | grep . || echo '–'; }

row() { printf '| %s | %s | %s | %s |\n' "$@"; }
row what crash drgn oopsdecode
row --- --- --- ---
row 'tasks' "$(crash_lines ps '^[> ]+ *[0-9]+ +[0-9-]+ ')" "$(drgn tasks)" "$(own '.vmcore.tasks | length')"
row 'frames of the task that panicked' "$(crash_lines bt '^ *#[0-9]+ ')" "$(drgn frames)" \
	"$(own '[.vmcore.cpus[] | select(.panicked)][0].frames | length')"
row 'modules' "$(crash_lines mod '^ *[0-9a-f]{16} ')" "$(drgn modules)" "$(own '.vmcore.modules | length')"
row 'lines of the log' "$(crash_lines log '')" '–' "$(own '.vmcore.log' | grep -c '')"
row 'slab memory, kB' "$(sed -n 's/.* SLAB *[0-9]* *\([0-9.]* [KMG]B\).*/\1/p' "$work/crash-kmem" 2>/dev/null | grep . || echo '–')" \
	'–' "$(own '(.vmcore.memory.slab_reclaimable + .vmcore.memory.slab_unreclaimable) / 1024')"
for what in same different oopsdecode-only drgn-only neither; do
	row "variables of sleeping tasks: $what" '–' "$(drgn "variables-$what")" ''
done
