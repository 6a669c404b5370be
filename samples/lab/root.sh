#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# root.sh TARGET: makes a directory with the target's own compiler, kernel headers, kernel image and busybox, all from
# Debian's packages of the target's suite, and prints its name. The second time it only prints it.
#
# Needs no root: apt keeps its lists and downloads in the cache, the packages are unpacked but never configured, and
# inroot (common.sh) enters the directory in a user namespace. DIR/tree is the file system, DIR/release the kernel's.
# root.sh --module TARGET NAME: prints the path of one of that kernel's own modules, fetched the first time.

. "$(dirname "$0")/common.sh"

wanted=''
[ "$1" != --module ] || {
	wanted=$3
	shift
}
target "$1"
dir=$cache/$target
native=$(dpkg --print-architecture)
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
tools="bash dash coreutils diffutils findutils grep sed mawk make"

module_file() { # NAME
	printf '%s/%s-%s.ko\n' "$dir" "$1" "$(cat "$dir/release")"
}
finish_if_ready() {
	if [ -n "$wanted" ] && [ -s "$(module_file "$wanted")" ]; then
		module_file "$wanted"
		exit
	elif [ -z "$wanted" ] && [ -e "$dir/ready" ]; then
		printf '%s\n' "$dir"
		exit
	fi
}
finish_if_ready
# Two that want the same target wait for one download.
need flock util-linux
mkdir -p "$cache"
exec 9>"$dir.lock"
flock 9
finish_if_ready
need apt-get apt
need dpkg-deb dpkg
need unshare util-linux
[ -r "$keyring" ] || die "$keyring is missing; get it with: apt install debian-archive-keyring"

sources() {
	printf 'deb [signed-by=%s] http://deb.debian.org/debian %s main\n' "$keyring" "$suite"
	[ "$suite" = sid ] ||
		printf 'deb [signed-by=%s] http://deb.debian.org/debian-security %s-security main\n' "$keyring" "$suite"
}

configure_apt() {
	mkdir -p "$dir"/apt/{lists,archives}/partial "$dir/tree"
	: >"$dir/apt/status"
	sources >"$dir/apt/sources.list"
	cat >"$dir/apt/apt.conf" <<-END
		APT::Architecture "$native";
		APT::Architectures { "$native"; "$arch"; };
		APT::Install-Recommends "false";
		APT::Sandbox::User "";
		Acquire::By-Hash "force";
		Acquire::Languages "none";
		Acquire::Check-Valid-Until "false";
		Dir::State "$dir/apt";
		Dir::State::status "$dir/apt/status";
		Dir::Cache "$dir/apt";
		Dir::Etc::sourcelist "$dir/apt/sources.list";
		Dir::Etc::sourceparts "/dev/null";
		Dir::Etc::preferencesparts "/dev/null";
		Debug::NoLocking "true";
	END
	export APT_CONFIG=$dir/apt/apt.conf
}

# newest_release: what the suite's linux-headers-FLAVOUR depends on.
newest_release() {
	apt-cache depends "linux-headers-$flavour:$arch" |
		sed -n 's/.*Depends: linux-headers-\([0-9][^: ]*\).*/\1/p' | sort -V | tail -n 1
}

# download PACKAGE…: these alone, without what they depend on.
download() {
	(cd "$dir/apt/archives" && apt-get -q -q download "$@" >&2)
}

# Headers of another architecture want that architecture's compiler, so they come alone and the tools are the host's.
fetch() {
	local kbuild
	if [ "$arch" = "$native" ]; then
		# shellcheck disable=SC2086  # a list of words
		apt-get -q -q -y install --download-only $tools "linux-headers-$release" "$gcc" >&2
	else
		kbuild=$(apt-cache depends "linux-headers-$release:$arch" | sed -n 's/.*Depends: <*\(linux-kbuild-[^:> ]*\).*/\1/p')
		# shellcheck disable=SC2086
		apt-get -q -q -y install --download-only $tools "$kbuild" "$gcc" >&2
		download "linux-headers-$release:$arch" "$(common_headers)"
	fi
	download "$(image_package "$release:$arch")" "busybox-static:$arch"
}

common_headers() {
	apt-cache depends "linux-headers-$release:$arch" | sed -n 's/.*Depends: <*\(linux-headers-[^: ]*-common[^:> ]*\).*/\1/p'
}

# unpack: what a package's scripts would have linked is linked here; of image and busybox one file each is kept.
unpack() {
	local deb link
	mkdir -p "$dir"/tree/{dev,proc,tmp} "$dir"/tree/usr/{bin,sbin,lib,lib32,lib64,libx32}
	for link in bin sbin lib lib32 lib64 libx32; do
		ln -sfn "usr/$link" "$dir/tree/$link"
	done
	for deb in "$dir"/apt/archives/*.deb; do
		case ${deb##*/} in
		linux-image-* | linux-binary-*) unpack_image "$deb" >"$dir/vmlinuz" ;;
		busybox-static_*) dpkg-deb --fsys-tarfile "$deb" | tar -xO --wildcards './*bin/busybox' >"$dir/busybox" ;;
		*) dpkg-deb --fsys-tarfile "$deb" | tar -x --keep-directory-symlink -C "$dir/tree" ;;
		esac
	done
	ln -sf mawk "$dir/tree/usr/bin/awk"
	ln -sf dash "$dir/tree/usr/bin/sh"
	chmod +x "$dir/busybox"
}

# fetch_module NAME: for the release that is unpacked.
fetch_module() {
	rm -rf "$dir/apt"
	configure_apt
	apt-get -q -q update >&2 || note "$target: apt could not read every list; going on with what it has"
	release=$(cat "$dir/release")
	download "$(modules_package "$release:$arch")" || die "$suite has no modules of $release any more; remove $dir to fetch what it has"
	unpack_module "$1" "$dir"/apt/archives/linux-*.deb "$(module_file "$1")" || die "$release has no module $1"
	rm -rf "$dir/apt"
}

if [ -n "$wanted" ]; then
	fetch_module "$wanted"
	module_file "$wanted"
	exit
fi
note "$target: fetching the newest kernel of $suite and its compiler; a few hundred MB, once"
configure_apt
apt-get -q -q update >&2 || note "$target: apt could not read every list; going on with what it has"
release=$(newest_release)
[ -n "$release" ] || die "$suite has no linux-headers-$flavour for $arch"
fetch
unpack
rm -rf "$dir/apt"
printf '%s\n' "$release" >"$dir/release"
touch "$dir/ready"
printf '%s\n' "$dir"
