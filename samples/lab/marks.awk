# SPDX-License-Identifier: GPL-3.0-or-later
# Lists the marked lines of C sources in kernel style: MARK FILE LINE FUNCTION TEXT, tabs between. MARK is 0 for
# /* FAULT */ and N for the caller /* FN */. A function begins on a line that starts with its type and does not end in ";".

FNR == 1 {
	file = FILENAME
	sub(/.*\//, "", file)
}

/^[A-Za-z_][^;]*\(/ && !/;[[:blank:]]*$/ {
	head = $0
	sub(/\(.*/, "", head)
	n = split(head, word, /[[:blank:]*]+/)
	function_name = word[n]
}

match($0, /\/\* (FAULT|F[0-9]+) \*\/[[:blank:]]*$/) {
	mark = substr($0, RSTART + 3)
	sub(/ .*/, "", mark)
	text = substr($0, 1, RSTART - 1)
	gsub(/^[[:blank:]]+|[[:blank:]]+$/, "", text)
	printf "%d\t%s\t%d\t%s\t%s\n", mark == "FAULT" ? 0 : substr(mark, 2), file, FNR, function_name, text
}
