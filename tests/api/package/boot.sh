#!/usr/bin/env bash
# boot.sh FOLDER: starts the systemd of a Debian in FOLDER as the first process of namespaces that chroot.sh has made
# (mounts, processes, groups of processes, name; not the network). It sees nothing of this machine's devices, and sets
# nothing of its kernel.
set -euo pipefail
debian=$1

mount --make-rprivate /
mount --bind "$debian" "$debian"
mount -t proc proc "$debian/proc"
mount --bind "$debian/proc/sys" "$debian/proc/sys"
mount -o remount,bind,ro "$debian/proc/sys"
mount -t sysfs -o ro sysfs "$debian/sys"
mount -t cgroup2 cgroup2 "$debian/sys/fs/cgroup"
mount -t tmpfs tmpfs "$debian/run"
mount -t tmpfs tmpfs "$debian/dev"
for node in null zero full random urandom tty; do
  touch "$debian/dev/$node"
  mount --bind "/dev/$node" "$debian/dev/$node"
done
mkdir "$debian/dev/pts" "$debian/dev/shm"
mount -t devpts -o newinstance,ptmxmode=0666 devpts "$debian/dev/pts"
ln -s pts/ptmx "$debian/dev/ptmx"
ln -s /proc/self/fd "$debian/dev/fd"
# Its root is a root: services that are shut in take it for one.
cd "$debian"
pivot_root . mnt
exec env -i container=other PATH=/usr/sbin:/usr/bin:/sbin:/bin chroot . /bin/sh -c \
  'cd / && umount -l /mnt && exec /lib/systemd/systemd --show-status=0 systemd.unit=basic.target'
