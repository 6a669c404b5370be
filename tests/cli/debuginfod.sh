#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Debug info from a debuginfod server on the loopback, and from servers that are slow, die, or send garbage.
# shellcheck source=tests/cli/common
source "$(dirname "${BASH_SOURCE[0]}")/common"
: "${SAMPLES:?the directory of samples}"
for program in debuginfod objcopy python3 jq curl; do
	command -v "$program" >/dev/null || { echo "skipped: $program is not installed"; exit 77; }
done

export HOME=$work DEBUGINFOD_CACHE_PATH=$work/client DEBUGINFOD_PROGRESS=
servers=()
trap 'kill "${servers[@]}" 2>/dev/null; rm -rf "$work"' EXIT

free_port() {
	python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

await_port() { # PORT
	local try
	for try in $(seq 100); do
		(exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null && return
		sleep 0.1
	done
	fail "no server on port $1 after $try attempts"
}

status_of_ip() { jq -r '.events[0].ip.status' out; }
detail() { jq -r '.events[0].ip.status_detail' out; }

# A module with a build ID: stripped here, with its debug info at the server.
mkdir served here
xz -dc "$SAMPLES"/null-member/fan_curve.ko.xz >here/fan_curve.ko
cp "$SAMPLES"/null-member/dmesg.txt log
objcopy --only-keep-debug here/fan_curve.ko served/fan_curve.debug
objcopy -g here/fan_curve.ko here/stripped.ko
build_id=$(readelf -n here/fan_curve.ko 2>/dev/null | sed -n 's/.*Build ID: //p')
[ -n "$build_id" ] || fail "the sample's module has no build ID"

decode() { # URL [OPTION]...
	rm -rf "$work/client"
	DEBUGINFOD_URLS=$1 run --json --no-search --no-cache -m here/stripped.ko "${@:2}" log
	expect_status 0
}

port=$(free_port)
debuginfod -d :memory: -p "$port" -F served >server.log 2>&1 &
servers+=($!)
await_port "$port"
for _ in $(seq 100); do
	curl -sf -o /dev/null "http://127.0.0.1:$port/buildid/$build_id/debuginfo" && break
	sleep 0.1
done

decode "http://127.0.0.1:$port"
[ "$(status_of_ip)" = no-debug-info ] || fail "a server was asked without --debuginfod: $(status_of_ip)"
decode "http://127.0.0.1:$port" --debuginfod
[ "$(status_of_ip)" = resolved ] || fail "debug info from the server: $(status_of_ip), $(detail); $(tail -n 3 server.log)"
decode '' --debuginfod
[ "$(status_of_ip)" = no-debug-info ] || fail "without a server: $(status_of_ip)"
[[ $(detail) == *DEBUGINFOD_URLS* ]] || fail "without a server: $(detail)"
decode "http://127.0.0.1:$(free_port)" --debuginfod
[ "$(status_of_ip)" = no-debug-info ] || fail "nobody listens: $(status_of_ip)"

# A server of our own: it says nothing, sends garbage, or dies in the middle.
cat >server.py <<'END'
import socket, sys, time
mode, port = sys.argv[1], int(sys.argv[2])
server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(("127.0.0.1", port))
server.listen(8)
held = []
while True:
    client, _ = server.accept()
    held.append(client)
    if mode == "silent":
        continue
    client.settimeout(2)
    try:
        client.recv(65536)
        body = b"\x7fELF garbage " * 100 if mode == "garbage" else b"\x7fELF"
        length = len(body) if mode == "garbage" else 1 << 20
        client.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % length + body)
    except OSError:
        pass
    client.close()
END
for mode in garbage dies silent; do
	port=$(free_port)
	python3 server.py "$mode" "$port" &
	servers+=($!)
	await_port "$port"
	SECONDS=0
	decode "http://127.0.0.1:$port" --debuginfod --debuginfod-timeout 2
	[ "$(status_of_ip)" = no-debug-info ] || fail "a server that is $mode: $(status_of_ip)"
	[ "$SECONDS" -lt 15 ] || fail "a server that is $mode held the program for $SECONDS s"
done
[[ $(detail) == *'in time'* ]] || fail "a silent server: $(detail)"
exit "$failed"
