#!/usr/bin/env bash
# bare.sh [serve]: is `./dev serve`, and is `./dev test`, all that a person types on a fresh Debian 12?
#
# Makes the smallest Debian there is in a temporary folder, puts what is committed into it, and types
# the two commands there, as root and without anything else installed. Both origins must answer, and
# the tests must pass. With `serve`, only the quick half. Takes the packages from where this machine does
# (its mirror and its apt.conf.d). Whatever happens, the folder and what ran in it are gone afterwards.
# Needs root, debootstrap, and about 3 GB below $TMPDIR.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.."

what=${1:-all}
case $what in all | serve) ;; *) echo "usage: ./dev bare [serve]" >&2 && exit 2 ;; esac
# shellcheck source=tests/bare/debian.sh
. tests/bare/debian.sh

copy_project() {
  if [ -n "$(git status --porcelain --untracked-files=no)" ]; then
    say 'what is not committed is not tested'
  fi
  mkdir -p "$debian/stet"
  git archive HEAD | tar -x -C "$debian/stet"
}

# answers ORIGIN: an HTTP status of success or of being asked for a password; prints the line.
answers() {
  local host=${1#http://} line
  host=${host%%/*}
  exec 3<>"/dev/tcp/${host%:*}/${host##*:}"
  printf 'GET / HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n' "$host" >&3
  IFS= read -r -t 10 line <&3
  exec 3>&-
  say "$1 answers: ${line%$'\r'}"
  [[ $line =~ ^HTTP/1.1\ (200|30[1278]|401) ]]
}

# The ports are free ones, since the network is this machine's; all else is as a person types it.
serve() {
  local ready=$debian/root/ready waited=0 site admin
  say './dev serve'
  set -m
  in_debian 'cd /stet && ./dev serve --port 0 --admin-port 0 >/root/ready' &
  server=$!
  set +m
  until grep -q '^ready ' "$ready" 2>/dev/null; do
    kill -0 "$server" 2>/dev/null || { say './dev serve ended before it was ready' && return 1; }
    waited=$((waited + 1))
    if [ "$waited" -gt 2700 ]; then say 'not ready after 45 minutes' && return 1; fi
    sleep 1
  done
  read -r _ site admin <"$ready"
  say "ready after $waited seconds"
  answers "$site"
  answers "$admin"
  kill -- "-$server"
  wait "$server" || true
  server=
}

make_debian
copy_project
serve
if [ "$what" = all ]; then
  say './dev test'
  in_debian 'cd /stet && ./dev test </dev/null'
fi
say 'a bare Debian 12 needs nothing but these commands'
