# The smallest Debian 12 there is, in a temporary folder, for a test that runs as root: what bare.sh and
# ../api/package/chroot.sh share. To be sourced. Whatever happens, the folder and what ran in it are gone when the
# test ends; $server is a process group of the test's own that ends with it.
# shellcheck shell=bash

say() { printf '==> %s: %s\n' "$(basename "$0" .sh)" "$*" >&2; }

if [ "$(id -u)" -ne 0 ]; then
  say 'debootstrap and chroot need root; run it by sudo'
  exit 1
fi

debian=$(mktemp -d)
chmod 755 "$debian"  # of whoever is no root in there, too
server=

# shellcheck disable=SC2317  # called by the trap
tear_down() {
  trap - EXIT INT TERM
  if [ -n "$server" ]; then
    kill -- "-$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
  fi
  local mounted
  for mounted in dev/pts dev proc; do
    if mountpoint -q "$debian/$mounted"; then umount -l "$debian/$mounted"; fi
  done
  # Never through a mount that would not go: that would be this machine's own /dev.
  rm -rf --one-file-system "$debian"
}
trap tear_down EXIT
trap 'exit 130' INT TERM

in_debian() {
  chroot "$debian" /usr/bin/env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 \
    ${http_proxy:+http_proxy="$http_proxy"} ${https_proxy:+https_proxy="$https_proxy"} \
    /bin/bash -c "$1"
}

make_debian() {
  local mirror
  # Either form of a source, and either file may be missing.
  mirror=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null |
    sed -n -E 's/^(URIs:|deb) *(\[[^]]*\] *)?(https?:[^ ]*debian)\/?( .*)?$/\3/p' | head -n 1) || true
  mirror=${mirror:-http://deb.debian.org/debian}
  say "debootstrap from $mirror into $debian"
  debootstrap --variant=minbase bookworm "$debian" "$mirror" >"$debian.log" 2>&1 || {
    tail -n 20 "$debian.log" >&2
    rm -f "$debian.log"
    return 1
  }
  rm -f "$debian.log"
  cat >"$debian/etc/apt/sources.list" <<LIST
deb $mirror bookworm main
deb $mirror bookworm-updates main
deb $mirror-security bookworm-security main
LIST
  cp -r /etc/apt/apt.conf.d/. "$debian/etc/apt/apt.conf.d/"
  cp /etc/resolv.conf /etc/hosts "$debian/etc/"
  mount -t proc proc "$debian/proc"
  mount --bind /dev "$debian/dev"
  if mountpoint -q /dev/pts; then mount --bind /dev/pts "$debian/dev/pts"; fi
}
