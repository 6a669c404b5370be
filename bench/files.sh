# SPDX-License-Identifier: GPL-3.0-or-later
# Brings what the cases need and the tree does not have; bench/run sources it.
#
# Sets vmlinux, big_module (mlx5_core.ko of the same package), kernel (its release) and kernel_package, and scripts (a directory with decode_stacktrace.sh) and
# scripts_package; what cannot be had is empty, and then why_no_kernel and why_no_scripts say why.
#
# shellcheck shell=bash
# shellcheck disable=SC2034  # what is set here is used in the cases
# shellcheck disable=SC2154  # cache, quick, vmlinux: set by bench/run

kernel=
big_module=
kernel_package=
scripts=
scripts_package=
why_no_kernel=
why_no_scripts=

candidate() { apt-cache policy "$1" 2>/dev/null | sed -n 's/^ *Candidate: \([^(]*\)$/\1/p'; }

# fetch PACKAGE DIRECTORY: the package file, whose path is printed.
fetch() {
	[ -n "$(type -P apt-get)" ] || return 1
	say "fetching $1"
	mkdir -p "$2"
	(cd "$2" && apt-get -q -q -o APT::Sandbox::User= download "$1" >&2) || return 1
	find "$2" -name "${1%%=*}_*.deb" -print -quit
}

newest() { printf '%s\n' "$@" | sort -V | tail -n 1; }

# unpack_kernel DEB FILE
unpack_kernel() {
	say "unpacking vmlinux"
	dpkg-deb --fsys-tarfile "$1" | tar -x -O --wildcards './usr/lib/debug/boot/vmlinux-*' >"$2.part"
	mv "$2.part" "$2"
}

unpack_module() { # DEB FILE
	say "unpacking mlx5_core.ko"
	dpkg-deb --fsys-tarfile "$1" | tar -x -O --wildcards '*/mlx5_core.ko' >"$2.part"
	mv "$2.part" "$2"
}

# The largest module of the package, beside the kernel or where the package has it.
find_module() {
	local file
	for file in "${vmlinux%/*}/mlx5_core.ko" \
		"${vmlinux%/boot/*}/lib/modules/$kernel/kernel/drivers/net/ethernet/mellanox/mlx5/core/mlx5_core.ko"; do
		[ -n "$big_module" ] || [ ! -r "$file" ] || big_module=$file
	done
}

fetch_kernel() {
	local package version deb
	package=$(apt-cache depends linux-image-amd64-dbg 2>/dev/null | sed -n 's/^ *Depends: //p')
	version=$(candidate "${package:-none}")
	[ -n "$version" ] || return 1
	mkdir -p "$cache/${package}_$version"
	deb=$(fetch "$package=$version" "$cache/packages") || return 1
	unpack_kernel "$deb" "$cache/${package}_$version/vmlinux"
	unpack_module "$deb" "$cache/${package}_$version/mlx5_core.ko"
	rm "$deb"
}

# What there is, else what apt has: an installed package, one of an earlier run, a download.
find_kernel() {
	local banner file
	why_no_kernel='--quick'
	[ -z "$quick" ] || { vmlinux=; return 0; }
	why_no_kernel='the package is not to be had; get it with: apt-get install linux-image-amd64-dbg'
	for file in /usr/lib/debug/boot/vmlinux-*-amd64 "$(newest "$cache"/linux-image-*-dbg_*/vmlinux)"; do
		[ -n "$vmlinux" ] || [ ! -r "$file" ] || vmlinux=$file
	done
	if [ -z "$vmlinux" ]; then
		fetch_kernel || { say "$why_no_kernel"; return 0; }
		vmlinux=$(newest "$cache"/linux-image-*-dbg_*/vmlinux)
	fi
	banner=$(grep -a -m 1 -o 'Linux version [0-9][^(]* (.*' "$vmlinux") || die "$vmlinux is not a Linux kernel"
	kernel=$(cut -d ' ' -f 3 <<<"$banner")
	find_module
	kernel_package="linux-image-$kernel-dbg $(sed -n 's/.* Debian \([0-9][^ ]*\) (.*/\1/p' <<<"$banner")"
}

# decode_stacktrace.sh calls decodecode, which stands beside it.
unpack_scripts() { # DEB DIRECTORY
	say "unpacking decode_stacktrace.sh"
	dpkg-deb --fsys-tarfile "$1" | tar -x -O --wildcards './usr/src/linux-source-*.tar.xz' |
		tar -x -J -C "$2" --strip-components 2 --wildcards '*/scripts/decode_stacktrace.sh' '*/scripts/decodecode'
}

fetch_scripts() { # PACKAGE
	local version directory deb
	version=$(candidate "$1")
	[ -n "$version" ] || return 1
	directory=$cache/$1_$version
	deb=$(fetch "$1=$version" "$cache/packages") || return 1
	mkdir -p "$directory.part"
	unpack_scripts "$deb" "$directory.part"
	mv "$directory.part" "$directory"
	rm "$deb"
}

# The scripts of Debian's own kernel series.
find_scripts() {
	local package script
	why_no_scripts='--quick'
	[ -z "$quick" ] || return 0
	package=$(apt-cache depends linux-source 2>/dev/null | sed -n 's/^ *Depends: //p')
	why_no_scripts="the package is not to be had; get it with: apt-get download ${package:=linux-source-6.1}"
	script=$(newest "$cache/$package"_*/decode_stacktrace.sh)
	if [ ! -r "$script" ]; then
		fetch_scripts "$package" || { say "$why_no_scripts"; return 0; }
		script=$(newest "$cache/$package"_*/decode_stacktrace.sh)
	fi
	scripts=${script%/*}
	scripts_package="${scripts##*/}"
	scripts_package=${scripts_package/_/ }
}
