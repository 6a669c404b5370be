#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What is said of a module that cannot help: no ELF, cut off, without debug info, of another build.
# shellcheck source=tests/cli/common
source "$(dirname "${BASH_SOURCE[0]}")/common"

log=$SAMPLES/hello_2/vmcore-dmesg.txt
xz -dc "$SAMPLES/hello_2/hello_2.ko.xz" >whole.ko
head -c 20000 whole.ko >cut.ko
strip -g -o stripped.ko whole.ko
printf 'no module\n' >text.ko
# Another build: the same module, for another kernel.
sed 's/vermagic=6\.1\.0-/vermagic=6.1.9-/' whole.ko >other.ko

# MODULE STATUS WORDS: the status of the faulting frame, and words of the sentence behind it.
expect_frame() {
	run --no-search --json -m "$1" "$log"
	expect_status 0
	expect_out "\"status\":\"$2\""
	expect_out "$3"
}

expect_frame whole.ko resolved '"line":49'

# Places only: the same places, and no variable is looked at.
xz -dc "$SAMPLES/null-member/fan_curve.ko.xz" >fan_curve.ko
for causes in '' --no-causes; do
	run --no-search $causes --json -m fan_curve.ko "$SAMPLES/null-member/dmesg.txt"
	expect_status 0
	jq -c '.events[0] | [.ip.source, [.trace[].source]]' out >"places$causes"
	jq -r '.events[0].cause.pointer' out >"pointer$causes"
done
cmp places places--no-causes || fail "--no-causes changes places"
[ "$(cat pointer pointer--no-causes)" = "$(printf 'curve\nnull')" ] || fail "--no-causes: $(cat pointer pointer--no-causes)"

# The source is where the debug info says, below --root; a line of it is shown, and never with --no-search.
source_name=/usr/src/oopsdecode-samples/hello_2/hello_2.c
install -D "$SAMPLES/hello_2/src/hello_2.c" "root$source_name"
run --root root -m whole.ko "$log"; expect_status 0; expect_out '▶ 49 │'
run --root root --no-search -m whole.ko "$log"; expect_status 0; expect_out 'hello_2.c:49'
[[ $out != *'▶ 49 │'* ]] || fail '--no-search reads a source that nobody named'

expect_frame cut.ko no-image 'cut.ko is damaged or cut off'
expect_frame text.ko no-image 'text.ko is not an ELF file'
expect_frame stripped.ko no-debug-info 'stripped.ko has no debug info'
expect_frame other.ko mismatch 'built for kernel 6.1.9-'
[[ $out != *'"line":49'* ]] || fail 'a line from another build'

# The module's other name for its exit function leads to the same line, under the author's name.
sed 's/hello_cleanup+/cleanup_module+/' "$log" >other-name
run --no-search --json -m whole.ko other-name
expect_status 0; expect_out '"function":"hello_cleanup"'; expect_out '"line":49'
exit $failed
