#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# kdump.sh TARGET: gets what a real kdump needs and prints "TOOLS MODULES", a tab between: the directory with kexec, makedumpfile and
# their libraries, unpacked and not installed, and the one with the kernel's own modules for a disk, whose names begin with the
# order in which they are loaded. The second time it only prints them.

. "$(dirname "$0")/common.sh"

target "$1"
IFS=$'\t' read -r release _ _ _ tree < <("$lab/kernel.sh" "$target") || exit 1
[ "$tree" = / ] || die "a kdump is only made of this machine's own suite and architecture"
dir=$cache/kdump
# A disk of virtio on PCI: what a kernel has built in is no file, and is left out.
modules="virtio_ring virtio virtio_pci_legacy_dev virtio_pci_modern_dev virtio_pci virtio_blk"

need dpkg-deb dpkg
need flock util-linux
mkdir -p "$dir"
exec 9>"$dir.lock"
flock 9

# fetch PACKAGE… into $tmp/debs
fetch() {
	mkdir -p "$tmp/debs"
	(cd "$tmp/debs" && apt-get -q -q -o APT::Sandbox::User= download "$@" >&2) || die "apt cannot fetch: $*; as root: apt update"
}

# libraries PACKAGE…: these, and the libraries that they depend on.
libraries() {
	local queue=("$@") package all=()
	while [ ${#queue[@]} -gt 0 ] && [ ${#all[@]} -lt 60 ]; do
		package=${queue[0]}
		queue=("${queue[@]:1}")
		case " ${all[*]} " in *" $package "*) continue ;; esac
		all+=("$package")
		mapfile -t -O "${#queue[@]}" queue < <(apt-cache depends --no-recommends --no-suggests --no-conflicts --no-breaks \
			--no-replaces --no-enhances "$package" | sed -n 's/^ *|* *\(Pre\)*Depends: *\(lib\|zlib\)/\2/p')
	done
	printf '%s\n' "${all[@]}"
}

tools() {
	local deb packages
	note "fetching kexec-tools and makedumpfile"
	mapfile -t packages < <(libraries kexec-tools makedumpfile)
	fetch "${packages[@]}"
	mkdir -p "$tmp/root"
	for deb in "$tmp"/debs/*.deb; do
		dpkg-deb --fsys-tarfile "$deb" | tar -x -C "$tmp/root" --wildcards --wildcards-match-slash \
			'./sbin/kexec' './usr/sbin/kexec' './usr/bin/makedumpfile' './lib*/*.so*' './usr/lib/*.so*' 2>/dev/null || true
	done
	# Of libc only what the loader asks for; the conversions of character sets are large.
	rm -rf "$tmp"/root/usr/lib/*/{gconv,audit}
	[ -x "$tmp/root/usr/bin/makedumpfile" ] || die "no makedumpfile in Debian's package"
	mv "$tmp/root" "$dir/root"
}

disk_modules() {
	local name file count=10
	fetch "$(image_package "$release:$arch")"
	mkdir "$tmp/modules"
	for file in "$tmp"/debs/*.deb; do
		dpkg-deb --fsys-tarfile "$file" | tar -x -C "$tmp/modules" --wildcards '*/kernel/drivers/virtio/*' '*/kernel/drivers/block/virtio_blk*' 2>/dev/null || true
	done
	mkdir "$tmp/disk"
	for name in $modules; do
		file=$(find "$tmp/modules" -name "$name.ko*" | sed -n 1p)
		[ -n "$file" ] || continue
		count=$((count + 1))
		xz -dc "$file" >"$tmp/disk/$count-$name.ko" 2>/dev/null || cp "$file" "$tmp/disk/$count-$name.ko"
	done
	mv "$tmp/disk" "$dir/$release"
}

tmp=$(mktemp -d "$cache/kdump.XXXXXX")
trap 'rm -rf "$tmp"' EXIT
[ -d "$dir/root" ] || tools
rm -rf "$tmp/debs"
[ -d "$dir/$release" ] || disk_modules
printf '%s\t%s\n' "$dir/root" "$dir/$release"
