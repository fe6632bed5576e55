#!/usr/bin/env bash
# make.sh TREE OUT: the Debian package of the release build in TREE, and of the web editor in build/editor/dist, into the
# folder OUT. Prints the package's path.
#
# The same commit gives the same bytes: names and times follow from the commit alone. A release is a commit that bears
# the tag v<version>; another is called by its time and name, and sorts before the release that it leads to.
set -euo pipefail
tree=$(readlink -f "$1")
mkdir -p "$2"
out=$(readlink -f "$2")
here=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
cd "$here/../.."

fail() {
  printf 'package: %s\n' "$*" >&2
  exit 1
}

[ -x "$tree/stet" ] || fail "there is no program in $tree; ./dev package builds it first"
[ -f build/editor/dist/index.html ] || fail 'there is no web editor in build/editor/dist; ./dev build makes it where npm can'

# In an archive without git, files have the commit's time.
version=$(sed -n 's/^project(stet VERSION \([0-9.]*\) .*/\1/p' CMakeLists.txt)
if SOURCE_DATE_EPOCH=$(git log -1 --format=%ct 2>/dev/null); then
  commit=$(git rev-parse HEAD)
  if [ "$(git describe --tags --exact-match 2>/dev/null || true)" != "v$version" ]; then
    version=$version~git$(date -u -d "@$SOURCE_DATE_EPOCH" +%Y%m%d%H%M%S).${commit:0:8}
  fi
else
  SOURCE_DATE_EPOCH=$(stat -c %Y CMakeLists.txt)
  commit='an archive without its history'
fi
export SOURCE_DATE_EPOCH TZ=UTC LC_ALL=C

# What the program says of itself, as files.
files=$tree/package-files
rm -rf "$files"
mkdir -p "$files"/{man1,man5,completion}
while read -r page; do
  "$tree/stet" help --page "$page" | gzip -9n >"$files/man${page##*.}/$page.gz"
done < <("$tree/stet" help --pages)
for shell in bash zsh fish; do "$tree/stet" help --completion "$shell" >"$files/completion/$shell"; done
"$tree/stet" config example >"$files/site.toml"
gzip -9n <CHANGELOG.md >"$files/changelog.gz"
gzip -9n >"$files/changelog.Debian.gz" <<TEXT
stet ($version-1) bookworm; urgency=medium

  * Made of $commit.
  * What is new is in changelog.gz.

 -- $(sed -n 's/^set(CPACK_PACKAGE_CONTACT "\(.*\)")/\1/p' api/package/CMakeLists.txt)  $(date -u -R -d "@$SOURCE_DATE_EPOCH")
TEXT

# What CPack leaves behind of a run before would be in the next one.
rm -rf "$tree/_CPack_Packages" "$out"/stet_*.deb
umask 022
cd "$tree"
cpack -G DEB -B "$out" -D CPACK_DEBIAN_PACKAGE_VERSION="$version" >"$out/cpack.log" 2>&1 || {
  cat "$out/cpack.log" >&2
  fail 'cpack failed'
}
rm -rf "$out/_CPack_Packages"
package=$(find "$out" -maxdepth 1 -name 'stet_*.deb')
[ -f "$package" ] || fail "cpack left no package in $out"
printf '%s\n' "$package"
