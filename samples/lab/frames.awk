# SPDX-License-Identifier: GPL-3.0-or-later
# Lists the frames that the first report of a log has in one module: WHERE SYMBOL OFFSET RAW, tabs between. WHERE is "ip" or
# "return"; frames that the kernel marks with "?" are left out. Set: module; expect, the text that the report begins with.

{ sub(/\r$/, "") }

!inside && index($0, expect) { inside = 1 }

!inside { next }

/---\[ end / { exit }

# What was saved at the entry from user space belongs to another program.
/Call Trace:|Call trace:/ { tracing = 1 }

match($0, /[^[:blank:]:]+\+0x[0-9a-f]+\/0x[0-9a-f]+ \[[^] ]+/) {
	raw = substr($0, RSTART, RLENGTH)
	name = raw
	sub(/.*\[/, "", name)
	if (name != module || $0 ~ /\] +\? /)
		next
	where = tracing ? "return" : "ip"
	if (where == "ip" && seen_ip++)
		next
	split(raw, part, /[+\/]/)
	printf "%s\t%s\t%s\t%s]\n", where, part[1], part[2], raw
}
