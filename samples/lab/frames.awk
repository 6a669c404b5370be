# SPDX-License-Identifier: GPL-3.0-or-later
# Lists the frames that the first report of a log has in one module: WHERE SYMBOL OFFSET RAW, tabs between. WHERE is "ip", "lr"
# (the link register, where one is printed) or "return" (the stack protector and SLUB name some, too); frames that the kernel marks with "?" are left out. The first file has the texts that the report may begin with,
# one a line; the second is the log. Set: module. Some architectures repeat the IP in the trace; it is listed once.

NR == FNR {
	expected[$0]
	next
}

{ sub(/\r$/, "") }

!inside {
	for (text in expected)
		if (index($0, text))
			inside = 1
}

!inside { next }

/---\[ end |Last Breaking-Event-Address:/ { exit }

# s390 moves its PSW past what BUG() and WARN() trap with.
/(monitor event|illegal operation): 00[04][01] ilc:/ { behind = 1 }

# riscv's trace follows the registers without a heading.
/ epc : / { epc = 1 }
epc && /\[<[0-9a-f]+>\]/ { tracing = 1 }

# What was saved at the entry from user space belongs to another program.
/Call Trace:|Call trace:|(Allocated|Freed) in |Stack: \(0x/ { tracing = 1 }

match($0, /[^[:blank:]:(]+\+0x[0-9a-f]+\/0x[0-9a-f]+ \[[^] ]+/) {
	raw = substr($0, RSTART, RLENGTH)
	name = raw
	sub(/.*\[/, "", name)
	if (name != module || $0 ~ /\] +\? /)
		next
	# an interrupted RIP inside a trace is no return address (before 5.12 the stall's trace has it)
	where = / preempt leak: | RIP: 0010:/ ? "ip" : tracing || /is corrupted in: / ? "return" : \
		/(^|[] ])(ra|lr) +: |LR is at / ? "lr" : (behind || warning != "") && /Krnl PSW/ ? "return" : "ip"
	# x86 since 7.0: what WARN() says of its place is the begin of the instructions that trap, and RIP is behind it.
	trapped = warning != "" && / RIP: 0010:/
	if (trapped)
		warning = ""
	if (where == "ip" && !trapped ? seen_ip++ : raw == ip && !trapped)
		next
	if (where == "ip")
		ip = raw
	split(raw, part, /[+\/]/)
	line = sprintf("%s\t%s\t%s\t%s]", where, part[1], part[2], raw)
	# s390: what WARN() says of its place is said again by the PSW, one instruction on.
	if (/WARNING: /) {
		warning = line
		next
	}
	if (warning != "" && !/Krnl PSW/)
		print warning
	warning = ""
	print line
}

END {
	if (warning != "")
		print warning
}
