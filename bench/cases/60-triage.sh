# SPDX-License-Identifier: GPL-3.0-or-later
# Many crashes: a fleet of logs of 256 KiB, read, kept, read again, and grouped; then a million events.
# shellcheck shell=bash
# shellcheck disable=SC2154  # set by bench/run

logs=10000
[ -z "$quick" ] || logs=1000
fleet=$work/fleet
"$tree/bench/fleet" "$fleet" "$logs"
database=$work/fleet.db

# Timed once each: what matters comes in a sequence.
once() { # NAME COUNT COMMAND...
	local name=$1 count=$2
	shift 2
	env time -q -f '%e %U %S %M' -o "$work/time" "$@" >"$work/out" || [ $? -le 1 ] || die "failed: $*"
	awk -v name="$name" -v count="$count" 'END {
		processor = $2 + $3
		printf "| %s | %.2f s | %.2f s | %d MB | %.0f |\n", name, $1, processor, $4 / 1024,
			count / (processor > 0.01 ? processor : 0.01)
	}' "$work/time" >>"$result"
	seconds=$(awk 'END { print $1 }' "$work/time")
	processor=$(awk 'END { print $2 + $3 }' "$work/time")
	peak=$(awk 'END { print $4 }' "$work/time")
}

begin "Triage of $logs crash directories"
note "Distinct logs of 256 KiB in four layouts, made by bench/fleet from the samples' crashes and boots, in the page cache."
printf '| what | elapsed | processor | peak memory | per second of processor |\n|---|--:|--:|--:|--:|\n' >>"$result"
find "$fleet" -type f -exec cat {} + >/dev/null
once 'events as NDJSON, one thread' "$logs" "$program" triage --no-search --emit -j 1 "$fleet"
each=$(awk -v t="$processor" -v n="$logs" 'BEGIN { print t / n * 1000 }')
mv "$work/out" "$work/events"
once 'events as NDJSON, all cores' "$logs" "$program" triage --no-search --emit "$fleet"
once 'into SQLite, logs kept' "$logs" "$program" triage --no-search --db "sqlite:$database" "$fleet"
once 'again, nothing new' "$logs" "$program" triage --no-search --db "sqlite:$database" "$fleet"
again=$seconds
once 'groups of what is stored' "$logs" "$program" triage --db "sqlite:$database"
echo >>"$result"
target 'a thousand logs per second and core' "$each" 1
[ -n "$quick" ] || target 'a second run with nothing new within a second' "$again" 1

# The same events on other hosts: what is different in a fleet is who crashed and when, far less often what.
events=1000000
[ -z "$quick" ] || events=20000
begin "Groups of $events events"
python3 - "$work/events" "$events" "$work/million.db" "$program" <<'END' || die 'cannot make the database'
import hashlib, itertools, sqlite3, subprocess, sys
lines, wanted, path, program = open(sys.argv[1], 'rb').read().splitlines(), int(sys.argv[2]), sys.argv[3], sys.argv[4]
first = b'\n'.join(lines) + b'\n'
subprocess.run([program, 'merge', '--db', 'sqlite:' + path, '-'], input=first, check=True)
db = sqlite3.connect(path)
db.execute('PRAGMA synchronous=OFF')
events = db.execute('SELECT e.host, e.hash, e.number, e.brief, c.path, c.time FROM od_event e JOIN od_crash c '
		    'ON c.host = e.host AND c.hash = e.hash').fetchall()
count = len(events)
for turn in itertools.count(1):
	if count >= wanted:
		break
	some = events[:wanted - count]
	names = [('%s-%d' % (host, turn % 977), hashlib.sha256(b'%d %s' % (turn, old.encode())).hexdigest())
		 for host, old, *_ in some]
	db.executemany('INSERT OR IGNORE INTO od_crash (host, hash, path, time) VALUES (?, ?, ?, ?)',
		       [(h, d, e[4] + b'-%d' % turn, e[5] + turn) for (h, d), e in zip(names, some)])
	db.executemany('INSERT INTO od_event (host, hash, number, brief, json) VALUES (?, ?, ?, ?, ?)',
		       [(h, d, e[2], e[3], b'{}') for (h, d), e in zip(names, some)])
	count += len(some)
db.commit()
END
printf '| what | elapsed | processor | peak memory | events per second of processor |\n|---|--:|--:|--:|--:|\n' >>"$result"
once 'groups, from SQLite' "$events" "$program" triage --db "sqlite:$work/million.db"
echo >>"$result"
[ -n "$quick" ] || target 'a million events within 60 seconds' "$seconds" 60
[ -n "$quick" ] || target 'and within 2 GB' "$peak" 2000000
rm -rf "$fleet" "$work/million.db" "$work/events"
