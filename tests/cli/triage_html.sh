#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Pages of a triage: what they hold, that nothing of a log gets out of its place, and that a browser shows them.
# `triage_html.sh --pictures DIR` also writes the screenshots of docs/ into DIR.
# shellcheck source=tests/cli/common
source "$(dirname "${BASH_SOURCE[0]}")/common"
here=$(cd "$(dirname "$(readlink -f "$0")")/../.." && pwd)
samples=${SAMPLES:-$here/samples}
pictures=
command -v jq >/dev/null || { echo 'skipped: jq is not installed'; exit 77; }
[ "${1:-}" != --pictures ] || pictures=$2

# Forty crashes of eight bugs, on hosts, kernels and days that a formula gives.
i=0
for round in 1 2 3 4 5 6 7 8; do
	for name in null-member gpf warn bug-on null-timer use-after-free panic divide-error; do
		i=$((i + 1))
		[ $((i * 7 % 13)) -lt 8 ] || continue
		log=$samples/$name/$(jq -r .log.file "$samples/$name/sample.json")
		directory=fleet/web-$((i * 5 % 17))/var/crash/2026$(printf '%02d%02d' $((3 + round)) $((i * 11 % 28 + 1)))0305
		mkdir -p "$directory"
		kernel=$((50 + i * 3 % 7))
		[ "$name" != null-member ] || kernel=56 # whose module is at hand
		{ printf '[    0.000000] machine %d\n' "$i"; sed "s/6\.1\.0-56-amd64/6.1.0-$kernel-amd64/g" "$log"; } >"$directory/dmesg.txt"
	done
done

# A hostile one: in the log, and in its path.
mkdir -p 'fleet/<script>alert(1)<'
cat >'fleet/<script>alert(1)</dmesg.txt' <<'END'
[    1.000000] BUG: kernel NULL pointer dereference, address: 0000000000000010
[    1.000001] #PF: supervisor read access in kernel mode
[    1.000002] Oops: 0000 [#1] SMP
[    1.000003] CPU: 0 PID: 66 Comm: <img src=x> Not tainted 6.1.0-"><script>alert(2)</script> #1
[    1.000004] Hardware name: '"><iframe>, BIOS <b>
[    1.000005] RIP: 0010:evil_function+0x1/0x20
[    1.000006] Call Trace:
[    1.000007]  evil_caller+0x10/0x20
[    1.000008] ---[ end trace 0000000000000000 ]---
END
touch -d 2026-11-18T12:00:00Z 'fleet/<script>alert(1)</dmesg.txt'

run triage --no-search -M "$samples/null-member" -S "$samples/null-member/src" --html site fleet
expect_status 0
expect_out 'groups of'
[ "$(find site -name 'group-*.html' | wc -l)" -eq "$(grep -c -E '^ *[0-9]+\. ' out)" ] || fail 'not one page per group'
[ -z "$(find site -name '.*.new')" ] || fail 'left-overs of writing'

# Every link leads somewhere; nothing is loaded; no markup of the log's.
grep -o -h 'href="[^"]*"' site/*.html | sort -u | sed 's/^href="//; s/"$//' | while read -r link; do
	[ -f "site/$link" ] || echo "$link"
done >broken
[ ! -s broken ] || fail "links that lead nowhere: $(<broken)"
if grep -n -i -E '<(script|img|iframe|link|object|b>)|(src|onload)=|https?:' site/*.html | grep -v -E "<b>[0-9]" | grep -i -E '<(script|img|iframe|link|object)|https?:' >markup; then
	fail "markup that is not ours: $(head -c 500 markup)"
fi
grep -q -F '&lt;script&gt;alert(2)' site/group-*.html || fail 'the hostile release is not shown'
grep -q -F '&lt;img src=x&gt;' site/group-*.html || fail 'the hostile command is not shown'

# The policy allows the style that is there, by its hash, and nothing else.
for page in site/*.html; do
	digest=$(sed -n '/^<style>/,/^<\/style>/p' "$page" | sed '$d; 1s/^<style>//' | openssl dgst -sha256 -binary | base64)
	[[ $(<"$page") == *"default-src 'none'; style-src 'sha256-$digest'\""* ]] || fail "$page: the policy does not fit the style"
done

# Every crash of which the time is known stands in the timeline.
bars=$(sed -n '/<figure>/{p;q}' site/index.html | grep -o '<title>[0-9]*' | tr -d -c '0-9\n' | awk '{ n += $1 } END { print n }')
[ "$bars" -eq "$(find fleet -type f | wc -l)" ] || fail "the timeline shows $bars crashes"

# A second run replaces; pages of groups that are no more go, other files stay.
touch site/group-0123456789abcdef.html site/mine.html
run triage --no-search -M "$samples/null-member" -S "$samples/null-member/src" --html site fleet
expect_status 0
[ ! -e site/group-0123456789abcdef.html ] || fail 'a stale page stays'
[ -e site/mine.html ] || fail 'a foreign file was removed'
run triage --no-search --html /dev/null/site fleet; expect_status 3; expect_err 'cannot write pages into /dev/null/site'

# With a database, and from lines of another machine, the pages are the same but for what was read just now.
"$OOPSDECODE" triage --no-search -M "$samples/null-member" -S "$samples/null-member/src" --emit fleet >lines
run merge --db sqlite:a.db lines; expect_status 0
run triage --db sqlite:a.db --html again; expect_status 0
for page in site/group-*.html; do
	cmp <(grep -v '^<footer>' "$page") <(grep -v '^<footer>' "again/${page#site/}") || fail "$page differs when it comes from lines"
done

# A browser shows it, and has nothing to complain of.
browser=$(command -v chromium || command -v chromium-browser || true)
if [ -n "$browser" ]; then
	show() { # PAGE WIDTH,HEIGHT PICTURE [OPTION]
		"$browser" --headless --no-sandbox --disable-gpu --no-first-run --hide-scrollbars --disable-background-networking \
			--disable-component-update --disable-sync --user-data-dir="$work/profile" --enable-logging=stderr \
			--window-size="$2" "${@:4}" --screenshot="$3" "file://$work/site/$1" >/dev/null 2>browser.log
		[ -s "$3" ] || fail "no picture of $1: $(tail -n 3 browser.log)"
		if grep -E 'CONSOLE|Content Security Policy' browser.log; then
			fail "the browser complains of $1"
		fi
	}
	example=$(grep -l 'fan_channel_duty' site/group-*.html | sed -n 1p)
	show index.html 1100,1500 "$work/overview.png"
	show "${example#site/}" 1000,1500 "$work/group.png"
	if [ -n "$pictures" ]; then
		show index.html 420,900 "$work/phone.png"
		show index.html 1100,900 "$work/dark.png" --force-dark-mode
		cp overview.png "$pictures/triage-overview.png"
		cp group.png "$pictures/triage-group.png"
		cp phone.png "$pictures/triage-phone.png"
		cp dark.png "$pictures/triage-dark.png"
	fi
else
	echo 'not looked at: there is no chromium'
fi
exit "$failed"
