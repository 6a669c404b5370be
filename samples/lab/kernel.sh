#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# kernel.sh TARGET: finds what belongs together and prints "RELEASE HEADERS IMAGE BUSYBOX TREE", tabs between them.
#
# Where the target is this machine's own suite and architecture, these are the newest headers that are installed, the
# machine's compiler and busybox, and TREE is "/"; the image is the one in /boot when it may be read, and else comes out
# of Debian's package, which apt fetches without being root. For every other target see root.sh.
# kernel.sh --module TARGET NAME: prints the path of one of the kernel's own modules, out of the same package.

. "$(dirname "$0")/common.sh"

newest_headers() {
	find /lib/modules -mindepth 2 -maxdepth 2 -name build -path "*-$flavour/build" 2>/dev/null | sort -V | tail -n 1
}

# fetch_image RELEASE FILE
fetch_image() {
	local tmp package
	need dpkg-deb dpkg
	package=$(image_package "$1:$arch")
	tmp=$(mktemp -d "$cache/image.XXXXXX")
	note "fetching $package"
	(cd "$tmp" && apt-get -q -q -o APT::Sandbox::User= download "$package" >&2) ||
		die "apt cannot fetch $package; as root: apt update"
	unpack_image "$tmp"/*.deb >"$tmp/vmlinuz"
	mv "$tmp/vmlinuz" "$2"
	rm -r "$tmp"
}

image() {
	local file=$cache/vmlinuz-$1
	if [ -r "/boot/vmlinuz-$1" ]; then
		file=/boot/vmlinuz-$1
	elif [ ! -s "$file" ]; then
		mkdir -p "$cache"
		fetch_image "$1" "$file"
	fi
	printf '%s\n' "$file"
}

from_host() {
	local headers release vmlinuz
	headers=$(newest_headers)
	[ -n "$headers" ] || die "no kernel headers for $target; get them with: apt install linux-headers-$flavour"
	need busybox busybox-static
	release=$(basename "$(dirname "$headers")")
	vmlinuz=$(image "$release")
	printf '%s\t%s\t%s\t%s\t/\n' "$release" "$headers" "$vmlinuz" "$(command -v busybox)"
}

from_root() {
	local dir release
	dir=$("$lab/root.sh" "$target")
	release=$(cat "$dir/release")
	printf '%s\t%s\t%s\t%s\t%s\n' "$release" "/usr/src/linux-headers-$release" "$dir/vmlinuz" "$dir/busybox" "$dir/tree"
}

is_own() {
	[ "$arch" = "$(dpkg --print-architecture)" ] && grep -q -x "VERSION_CODENAME=$suite" /etc/os-release
}

# one_module TARGET NAME
one_module() {
	local release file tmp package
	target "$1"
	IFS=$'\t' read -r release _ < <("$0" "$target")
	is_own || exec "$lab/root.sh" --module "$target" "$2"
	file=$cache/$2-$release.ko
	if [ ! -s "$file" ]; then
		need dpkg-deb dpkg
		package=$(modules_package "$release:$arch")
		tmp=$(mktemp -d "$cache/image.XXXXXX")
		(cd "$tmp" && apt-get -q -q -o APT::Sandbox::User= download "$package" >&2) || die "apt cannot fetch $package"
		unpack_module "$2" "$tmp"/*.deb "$file"
		rm -r "$tmp"
	fi
	printf '%s\n' "$file"
}

if [ "$1" = --module ]; then
	one_module "$2" "$3"
	exit
fi
target "$1"
if is_own; then
	from_host
else
	from_root
fi
