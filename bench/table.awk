# SPDX-License-Identifier: GPL-3.0-or-later
# Figures (name, seconds, processor seconds, bytes of memory; separated by tabs) to a Markdown table. The first
# row is what the others are compared with. With count there is a column of count per second.

function duration(seconds) {
	if (seconds < 0.0995)
		return sprintf("%.1f ms", seconds * 1e3)
	return seconds < 0.9995 ? sprintf("%.0f ms", seconds * 1e3) : sprintf("%.2f s", seconds)
}

function ratio(value) {
	return sprintf(value < 9.95 ? "%.2f ×" : "%.0f ×", value)
}

# 1234567 is 1 234 567.
function grouped(value,    text, rest) {
	for (text = sprintf("%.0f", value); length(text) > 3; text = substr(text, 1, length(text) - 3))
		rest = " " substr(text, length(text) - 2) rest
	return text rest
}

BEGIN {
	print "| program | median | compared | processor | peak memory |" (count ? " " unit " |" : "")
	print "|---|--:|--:|--:|--:|" (count ? "--:|" : "")
}

{
	if (NR == 1)
		first = $2
	printf "| %s | %s | %s | %s | %.0f MB |%s\n", $1, duration($2), ratio($2 / first), duration($3), $4 / 1e6,
		count ? " " grouped(count / $2) " |" : ""
}
