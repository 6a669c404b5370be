#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# fleet.sh [COUNT]: a generated fleet of COUNT (10000) crash directories. The same groups come out of a run in memory, a
# run into SQLite that was killed in the middle and went on, a run into PostgreSQL, and an array of Slurm jobs of which one
# was killed and one lost its node. Prints what it did and how long it took; status 1: something differs.
# shellcheck disable=SC2317  # called by way of within and trap
here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.." && pwd)
# shellcheck source=tests/cli/common
source "$here/tests/cli/common"
count=${1:-10000}
shards=4
# shellcheck source=tests/cli/postgres
source "$here/tests/cli/postgres"

say() { printf '%5d s  %s\n' "$SECONDS" "$*"; }
same() { # WHAT FILE
	if cmp -s expected "$2"; then say "$1: the same groups"; else fail "$1: other groups"; fi
}

fleet=$work/fleet	# the jobs of a cluster know it by its whole name
"$here/bench/fleet" "$fleet" "$count"
say "$count crash directories, $(du -sm "$fleet" | cut -f 1) MB"
"$OOPSDECODE" triage --no-search -f groups "$fleet" >expected || fail 'triage in memory'
say "$(wc -l <expected) groups in memory"
"$OOPSDECODE" triage --no-search -f hosts "$fleet" >suspects
jq -e -s '.[0].host == "bad-dimm-1" and .[0].suspect == "memory" and ([.[] | select(.suspect)] | length == 1)' suspects >/dev/null ||
	fail "suspects: $(jq -c 'select(.suspect)' suspects | sed -n 1,3p)"
"$OOPSDECODE" triage --no-search --new-since 6.1.0-90 -f groups "$fleet" >new
say "$(wc -l <new) groups are new since the upgrade"

within() { # SECONDS COMMAND...
	local end=$((SECONDS + $1))
	shift
	until "$@"; do
		[ $SECONDS -lt $end ] || return 1
		sleep 0.2
	done
}

has_more_than() { [ "$(sqlite3 kill.db 'SELECT count(*) FROM od_file' 2>/dev/null || echo 0)" -gt "$1" ]; }

# SQLite, killed again and again.
kills=0
for ((i = 0; i < 6; i++)); do
	"$OOPSDECODE" triage --no-search --db kill.db "$fleet" >/dev/null 2>&1 &
	within 120 has_more_than $((i * count / 8))
	kill -9 $! 2>/dev/null && kills=$((kills + 1))
	wait $! 2>/dev/null
done
say "killed $kills times with $(sqlite3 kill.db 'SELECT count(*) FROM od_file') files in the store"
"$OOPSDECODE" triage --no-search --db kill.db -f groups "$fleet" >killed || fail 'the run that goes on'
same 'SQLite after kill -9' killed
"$OOPSDECODE" triage --no-search --db kill.db "$fleet" >again
grep -q " $count of them known" again || fail "a second run reads again: $(tail -n 1 again)"
say 'a second run knows all'

if start_postgres; then
	"$OOPSDECODE" triage --no-search --db "$url" -f groups "$fleet" >postgres || fail 'PostgreSQL'
	same PostgreSQL postgres
fi

# A cluster of one machine with two nodes, started by hand.
start_slurm() {
	[ "$(id -u)" -eq 0 ] || { echo 'skipped: Slurm needs root here'; return 1; }
	local program
	for program in munged slurmctld slurmd sbatch scontrol; do
		command -v $program >/dev/null || { echo "skipped: $program is not installed (apt install slurm-wlm munge)"; return 1; }
	done
	mkdir slurm slurm/state slurm/spool1 slurm/spool2 slurm/munge
	chown munge: slurm/munge
	dd if=/dev/urandom of=slurm/munge/key bs=1024 count=1 2>/dev/null
	chmod 400 slurm/munge/key
	chown munge: slurm/munge/key
	setpriv --reuid munge --regid munge --clear-groups munged --foreground --force --key-file="$PWD/slurm/munge/key" \
		--socket="$PWD/slurm/munge/socket" --pid-file="$PWD/slurm/munge/pid" --log-file="$PWD/slurm/munge/log" \
		--seed-file="$PWD/slurm/munge/seed" >slurm/munged.out 2>&1 &
	daemons+=($!)
	# The last two lines: two nodes that share this machine, each with a port of its own.
	cat >slurm/slurm.conf <<END
ClusterName=test
SlurmctldHost=$(hostname -s)(127.0.0.1)
AuthType=auth/munge
AuthInfo=socket=$PWD/slurm/munge/socket
CredType=cred/munge
SlurmUser=root
SlurmdUser=root
StateSaveLocation=$PWD/slurm/state
SlurmdSpoolDir=$PWD/slurm/spool-%n
SlurmctldPidFile=$PWD/slurm/slurmctld.pid
SlurmdPidFile=$PWD/slurm/slurmd-%n.pid
SlurmctldLogFile=$PWD/slurm/slurmctld.log
SlurmdLogFile=$PWD/slurm/slurmd-%n.log
SlurmctldPort=27817
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SlurmdParameters=config_overrides
ReturnToService=2
JobRequeue=1
SchedulerParameters=bf_interval=1,sched_min_interval=0,requeue_delay=1
MinJobAge=3600
SlurmdTimeout=5
MpiDefault=none
NodeName=n1 NodeHostname=$(hostname -s) NodeAddr=127.0.0.1 Port=27818 CPUs=1
NodeName=n2 NodeHostname=$(hostname -s) NodeAddr=127.0.0.1 Port=27819 CPUs=1
PartitionName=all Nodes=n1,n2 Default=YES MaxTime=INFINITE State=UP
END
	export SLURM_CONF=$PWD/slurm/slurm.conf
	within 20 test -S slurm/munge/socket || return 1
	slurmctld -D >slurm/ctld.out 2>&1 &
	daemons+=($!)
	start_node n1
	start_node n2
	within 60 all_idle || { sinfo; tail -n 5 slurm/*.log; fail 'the nodes do not come up'; return 1; }
}

start_node() {
	mkdir -p "slurm/spool-$1"
	slurmd -D -N "$1" >"slurm/$1.out" 2>&1 &
	daemons+=($!)
	node_pid[$1]=$!
}

all_idle() { [ "$(sinfo -h -N -o %t 2>/dev/null | grep -c '^idle$')" = 2 ]; }
is_over() { [ -z "$(squeue -h -o %i 2>/dev/null)" ]; }
runs() { [ -n "$(squeue -h -t RUNNING -o %i -w "$1" 2>/dev/null)" ]; }

declare -A node_pid=()
daemons=()
stop_all() {
	local pid
	for pid in "${daemons[@]}"; do kill "$pid" 2>/dev/null; done
	[ -z "${server:-}" ] || stop_postgres
	wait 2>/dev/null
	rm -rf "$work"
}
trap stop_all EXIT
database=${url:-sqlite:$work/cluster.db}
if [ -n "${url:-}" ]; then
	psql -q "$url" -c 'CREATE DATABASE cluster' && database="postgresql:///cluster?host=$server&user=tester"
fi

if start_slurm; then
	export OOPSDECODE
	"$here/share/slurm/submit" --shards $shards out "$database" "$fleet" >submitted || fail 'submitting'
	# One shard is killed by force and requeued; the node of another dies and comes back.
	within 60 runs n1 || fail 'no shard runs'
	job=$(squeue -h -t RUNNING -o %A -w n1 | sed -n 1p)
	scontrol requeue "$job" || fail "cannot requeue $job"
	within 60 runs n2 || fail 'no shard runs on the other node'
	kill -9 "${node_pid[n2]}"
	say "requeued job $job, and killed the slurmd of n2"
	start_node n2
	scontrol update "jobid=$job" StartTime=now	# Slurm waits two minutes before it starts a requeued job
	within 900 is_over || { squeue; fail 'the jobs do not end'; }
	"$OOPSDECODE" triage --db "$database" -f groups >cluster
	same "Slurm, $shards shards, into ${database%%:*}" cluster
	[ "$(find out -name 'shard-*.ndjson' | wc -l)" -eq $shards ] || fail "shards: $(ls -A out)"
	"$here/share/slurm/merge" out $shards "$database"
	"$OOPSDECODE" triage --db "$database" -f groups >cluster
	same 'merged once more' cluster
fi
[ $failed -ne 0 ] || say 'all the same'
exit $failed
