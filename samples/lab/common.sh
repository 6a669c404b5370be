# SPDX-License-Identifier: GPL-3.0-or-later
# What the lab's scripts share; each of them sources it first.
#
# shellcheck shell=bash
# shellcheck disable=SC2034  # what is set here is used there

set -euo pipefail

lab=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
samples=${LAB_SAMPLES:-$(dirname "$lab")}	# another directory for modules that are no samples
cache=${OOPSDECODE_LAB_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/oopsdecode-lab}
neutral=/usr/src/oopsdecode-samples	# the path that stands in modules and logs

die() {
	printf '%s: %s\n' "${0##*/}" "$*" >&2
	exit 1
}

note() {
	printf '%s: %s\n' "${0##*/}" "$*" >&2
}

# need PROGRAM PACKAGE: stops with the line that installs what is missing.
need() {
	command -v "$1" >/dev/null 2>&1 && return
	die "$1 is missing; get it with: apt install $2"
}

# target NAME: sets target, suite, arch … from the table.
target() {
	local row
	row=$(awk -v name="$1" '$1 == name' "$lab/targets.tsv")
	[ -n "$row" ] || die "no target $1; there are: $(awk '/^[^#]/ { printf "%s ", $1 }' "$lab/targets.tsv")"
	read -r target suite arch flavour gcc cross qemu qemu_package machine cpu console second <<<"$row"
}

# conf SAMPLE KEY: prints the values of KEY in the sample's sample.conf, one a line.
conf() {
	sed -n "s/^$2:[[:blank:]]*//p" "$samples/$1/sample.conf"
}

# sample NAME: checks that there is one, and sets module.
sample() {
	[ -f "$samples/$1/sample.conf" ] || die "no sample $1 in $samples"
	module=$(conf "$1" module)
}

# inroot TREE COMMAND…: runs COMMAND with TREE as its file system, in a user namespace of its own; "/" is this one.
inroot() {
	local tree=$1
	shift
	if [ "$tree" = / ]; then
		"$@"
		return
	fi
	# shellcheck disable=SC2016  # for the inner shell
	unshare --map-root-user --mount sh -c '
		mount --rbind /dev "$0/dev" && mount --rbind /proc "$0/proc" &&
		PATH=/usr/bin:/usr/sbin LC_ALL=C exec chroot "$0" "$@"' "$tree" "$@"
}

# part_of_image PART RELEASE:ARCH: the package that has the kernel image (binary) or its modules; newer suites have split
# both off linux-image.
part_of_image() {
	local part
	part=$(apt-cache depends "linux-image-$2" | sed -n "s/.*Depends: \\(linux-$1-[^: ]*\\).*/\\1/p")
	printf '%s\n' "${part:-linux-image-${2%:*}}:${2#*:}"
}

image_package() { # RELEASE:ARCH
	part_of_image binary "$1"
}

modules_package() { # RELEASE:ARCH
	part_of_image modules "$1"
}

# unpack_image DEB: the kernel image in it, on standard output.
unpack_image() {
	dpkg-deb --fsys-tarfile "$1" | tar -xO --wildcards '*/vmlinu[xz]*'
}

# unpack_module NAME DEB FILE: one of the modules in it. Newer suites compress them, and split them off (image_package).
unpack_module() {
	local tmp=$3.part
	dpkg-deb --fsys-tarfile "$2" | tar -xO --wildcards "*/$1.ko*" >"$tmp" || {
		rm -f "$tmp"
		return 1
	}
	xz -dc "$tmp" >"$3" 2>/dev/null || mv "$tmp" "$3"
	rm -f "$tmp"
}

# What the kernels say of faults of memory, by architecture: arm, powerpc, and all others in order.
memory_faults='Unhandled fault:
Unable to handle kernel
BUG: Kernel NULL pointer dereference
Kernel attempted to
Insufficient stack space to handle exception'

# expected SAMPLE: the texts one of which its log must show. A fault of memory has other words on other architectures.
expected() {
	conf "$1" expect
	[ "$arch" != amd64 ] || return 0
	case $(conf "$1" kind) in
	null-deref | paging-request | gpf | user-access | nx-exec | user-exec | stack-overflow) printf '%s\n' "$memory_faults" ;;
	esac
}
