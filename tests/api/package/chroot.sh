#!/usr/bin/env bash
# chroot.sh PACKAGE [OLDER]: the life of a Debian package on a bare Debian 12: installed, used, upgraded with its data,
# behind nginx, edited in a browser, backed up and restored, removed, purged, installed again.
#
# OLDER is the package of a version before; without it, PACKAGE under a lower version number. The Debian lies in a
# temporary folder, and its own systemd runs there (boot.sh), so that the unit is the real one, with all that shuts it
# in. Needs root, debootstrap, namespaces, curl with HTTP/2, git, openssl, Chromium, node, npm's playwright-core in
# build/npm/browser, and about 1 GB below $TMPDIR. The network is this machine's, so ports are free ones. STET_PICTURES
# names a folder for screenshots.
set -euo pipefail
package=$(readlink -f "${1:?usage: ./dev package test [OLDER]}")
older=${2:+$(readlink -f "$2")}
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../../.."
# shellcheck source=tests/bare/debian.sh
. tests/bare/debian.sh
readonly browser=build/npm/browser
if [ ! -d "$browser/node_modules/playwright-core" ]; then
  say "there is no playwright-core in $browser; ./dev package test puts it there, where npm can"
  exit 1
fi

expect() {
  "${@:2}" || { say "not so: $1" && exit 1; }
  say "$1"
}
denied() { ! "$@"; }

free_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}
site_port=$(free_port) admin_port=$(free_port) plain_port=$(free_port) secure_port=$(free_port)
readonly site=http://127.0.0.1:$site_port admin=http://127.0.0.1:$admin_port
readonly public_url=https://www.example.org:$secure_port people_url=https://cms.example.org:$secure_port

# ---- the machine

machine=

# shellcheck disable=SC2317  # called by the trap
power_off() {
  if [ -n "$machine" ]; then
    kill -KILL "$machine" 2>/dev/null || true
    wait "$machine" 2>/dev/null || true
    machine=
  fi
}
trap 'power_off; tear_down' EXIT

# inside COMMAND: by the shell of the machine that has been booted.
inside() {
  nsenter --target "$init" --all --root /usr/bin/env -C / -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin \
    LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
    ${http_proxy:+http_proxy="$http_proxy"} ${https_proxy:+https_proxy="$https_proxy"} /bin/bash -c "$1"
}

boot() {
  say 'systemd'
  in_debian 'apt-get update -q && apt-get install -y -q --no-install-recommends systemd dbus' >"$debian/root/apt.log" 2>&1 ||
    { tail -n 20 "$debian/root/apt.log" >&2 && exit 1; }
  # No package starts what it brings: nginx would take this machine's ports.
  printf '#!/bin/sh\nexit 101\n' >"$debian/usr/sbin/policy-rc.d"
  chmod 755 "$debian/usr/sbin/policy-rc.d"
  unshare --mount --pid --uts --ipc --cgroup --fork --kill-child tests/api/package/boot.sh "$debian" \
    </dev/null >"$debian/root/boot.log" 2>&1 &
  machine=$!
  local tries
  for tries in $(seq 100); do
    init=$(pgrep -P "$machine") || true
    if [ -n "$init" ] && inside 'systemctl is-system-running' 2>/dev/null | grep -qE 'running|degraded'; then return; fi
    sleep 0.3
  done
  say "systemd does not run in namespaces here, after $tries tries:"
  cat "$debian/root/boot.log" >&2
  exit 1
}

install_package() {
  cp "$1" "$debian/root/stet.deb"
  inside 'apt-get install -y -q --no-install-recommends --allow-downgrades /root/stet.deb </dev/null' \
    >"$debian/root/apt.log" 2>&1 || { tail -n 30 "$debian/root/apt.log" >&2 && exit 1; }
}

make_older() {
  if [ -n "$older" ]; then return; fi
  local folder=$debian/older
  dpkg-deb --raw-extract "$package" "$folder"
  sed -i 's/^Version: .*/Version: 0.0.1-1/' "$folder/DEBIAN/control"
  older=$debian/root/older.deb
  dpkg-deb --root-owner-group --build "$folder" "$older" >/dev/null
  rm -rf "$folder"
}

version() { inside "dpkg-query -W -f '\${Version}' stet"; }
process() { inside 'systemctl show -p MainPID --value stet@site'; }
is_active() { inside 'systemctl is-active -q stet@site'; }

start() {
  inside 'systemctl start stet@site' && return
  inside 'systemctl status --no-pager -l stet@site; journalctl --no-pager -n 30 -u stet@site' >&2
  return 1
}

# ---- the site

as_stet() { inside "setpriv --reuid stet --regid stet --init-groups $1"; }

write_settings() {
  # As somebody would who reads the file: what it has behind '#', with other values.
  sed -i "s,^# port = .*,port = $site_port,; s,^# admin_port = .*,admin_port = $admin_port," "$debian/etc/stet/site.toml"
  inside 'stet config check' >/dev/null
}

make_site() {
  as_stet 'stet init --example /var/lib/stet/site.git' >/dev/null
  token=$(as_stet 'stet token create --repo /var/lib/stet/site.git --scope admin')
  write_settings
}

# answers PATTERN CURL-ARGUMENTS: all of the answer is read, so that nobody hears of a broken pipe.
answers() {
  curl -sS --fail -H "Authorization: Bearer $token" -o "$debian/root/answer" "${@:2}" && grep -q "$1" "$debian/root/answer"
}

write_post() {
  curl -sS --fail-with-body -o /dev/null -H "Authorization: Bearer $token" -H 'Content-Type: application/json' \
    -d "{\"front_matter\": {\"title\": \"$1\", \"date\": \"2020-02-02\"}, \"body\": \"A body.\"}" "$admin/api/v1/posts"
}
has_post() { answers "$1" "$site/news/"; }
is_editor_there() { answers '<script' "$admin/admin/"; }
# Style sheets are Sass's, smaller pictures libvips's: both of processes of their own.
makes_pictures() { answers '"makes_pictures": *true' "$admin/api/v1/status"; }
makes_a_picture() {
  python3 - "$debian/root/picture.png" <<'PYTHON' || return 1
import struct, sys, zlib
def chunk(kind, data):
    return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))
rows = b''.join(b'\0' + bytes((x + y) % 256 for x in range(1600 * 3)) for y in range(900))
open(sys.argv[1], 'wb').write(b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', 1600, 900, 8, 2, 0, 0, 0))
                              + chunk(b'IDAT', zlib.compress(rows)) + chunk(b'IEND', b''))
PYTHON
  local url
  curl -sS --fail -o /dev/null -H "Authorization: Bearer $token" -H 'Content-Type: image/png' \
    --data-binary @"$debian/root/picture.png" "$admin/api/v1/media?name=picture.png" || return 1
  curl -sS --fail -o /dev/null -H "Authorization: Bearer $token" -H 'Content-Type: application/json' \
    -d '{"front_matter": {"title": "With a picture", "date": "2020-02-03"}, "body": "{% responsive_image assets/media/'"$(date +%Y)"'/picture.png alt: \"It\" %}"}' \
    "$admin/api/v1/posts" || return 1
  answers 'picture-320w' "$site/2020/02/03/with-a-picture/" || return 1
  url=$(sed -n 's/.*srcset="\([^" ]*\.webp\).*/\1/p' "$debian/root/answer")
  answers '^RIFF' "$site$url"
}
sees_one_site() {
  as_stet 'stet init /var/lib/stet/other.git' >/dev/null
  [ "$(inside "ls /proc/$(process)/root/var/lib/stet")" = site.git ]
}
is_logged() {
  inside 'journalctl -q -o cat -u stet@site' >"$debian/root/log" && grep -q "$1" "$debian/root/log"
}
# The signal is sent when systemctl returns; that it has been heard stands in the log.
is_logged_soon() {
  for _ in $(seq 100); do
    is_logged "$1" && return
    sleep 0.1
  done
  return 1
}
is_reloaded() {
  sed -i 's,^# force = .*,force = "off",; s,^# hours = .*,hours = 12,' "$debian/etc/stet/site.toml"
  inside 'systemctl reload stet@site' && is_logged_soon 'push.force changed' &&
    is_logged_soon 'wait for a restart: sessions.hours'
}

# ---- nginx

# What the example asks for; an address is taken up by a restart.
name_origins() {
  sed -i -e '/^\[http\]/,/^$/ {' -e "s,^# url = [^#]*,url = \"$public_url\" ," -e "s,^# admin_url = [^#]*,admin_url = \"$people_url\" ," \
    -e 's,^# trusted_proxies = [^#]*,trusted_proxies = ["127.0.0.1"] ,' -e '}' "$debian/etc/stet/site.toml"
  inside 'stet config check && systemctl restart stet@site' >/dev/null
}

start_nginx() {
  say 'nginx, with the example of the package'
  name_origins
  inside 'apt-get install -y -q --no-install-recommends nginx-light </dev/null' >"$debian/root/apt.log" 2>&1
  mkdir -p "$debian/etc/ssl/stet"
  local name
  for name in www cms; do
    openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj "/CN=$name.example.org" \
      -keyout "$debian/etc/ssl/stet/$name.example.org.key" -out "$debian/etc/ssl/stet/$name.example.org.pem" 2>/dev/null
  done
  rm -f "$debian/etc/nginx/sites-enabled/default"
  sed -e "s,127.0.0.1:4000,127.0.0.1:$site_port," -e "s,127.0.0.1:4001,127.0.0.1:$admin_port," \
    -e "s,listen 80;,listen 127.0.0.1:$plain_port;," -e "s,listen 443,listen 127.0.0.1:$secure_port," -e '/listen \[::\]/d' \
    "$debian/usr/share/doc/stet/examples/nginx.conf" >"$debian/etc/nginx/sites-enabled/stet"
  inside 'systemctl start nginx'
}

through_nginx() {
  curl -sS --fail -k --resolve "www.example.org:$secure_port:127.0.0.1" --resolve "cms.example.org:$secure_port:127.0.0.1" "$@"
}
is_http2() {
  [ "$(through_nginx -o /dev/null -w '%{http_version}' "$public_url/")" = 2 ]
}
leads_to_https() {
  [ "$(curl -sS -o /dev/null -w '%{redirect_url}' -H 'Host: www.example.org' "http://127.0.0.1:$plain_port/a?b")" = \
    'https://www.example.org/a?b' ]
}
# The first event comes at once, though the stream goes on.
streams() {
  through_nginx -N --max-time 5 -H "Authorization: Bearer $token" -H 'Accept: text/event-stream' \
    -o "$debian/root/events" "$people_url/api/v1/events" 2>/dev/null || true
  grep -q 'site.state' "$debian/root/events"
}
pushes() {
  local work=$debian/root/work url=https://me:$token@cms.example.org:$secure_port/site.git
  local trust=(-c http.sslVerify=false -c "http.curloptResolve=cms.example.org:$secure_port:127.0.0.1" -c user.name=Ada
    -c user.email=ada@example.org)
  trust+=(-c http.version=HTTP/1.1)  # README, "Large pushes", says why
  git "${trust[@]}" clone -q "$url" "$work" || return 1
  mkdir -p "$work/assets/media"
  head -c 67108864 /dev/urandom >"$work/assets/media/large.bin"
  git "${trust[@]}" -C "$work" add . && git "${trust[@]}" -C "$work" commit -q -m 'Something large' || return 1
  git "${trust[@]}" -C "$work" push -q origin HEAD 2>"$debian/root/push.log" || {
    cat "$debian/root/push.log" >&2
    return 1
  }
}

# A person made in the machine opens the editor in this machine's Chromium; what they type is on the public page.
readonly edited_page=/2020/02/02/before-the-upgrade/ sentence='Typed in a browser, over HTTPS.'
is_edited_in_a_browser() {
  local password
  password=$(openssl rand -base64 15)
  as_stet 'stet user add jo --repo /var/lib/stet/site.git --mail jo@example.org --role editor' <<<"$password" || return 1
  mkdir -p "$browser/editor" && cp tests/editor/*.mjs tests/api/package/edit.mjs "$browser/editor" || return 1
  STET_USER=jo STET_PASSWORD=$password node "$browser/editor/edit.mjs" "$people_url" "$public_url" \
    "$debian/etc/ssl/stet" 'Before the upgrade' "$edited_page" "$sentence"
}
has_the_edit() { answers "$sentence" "$site$edited_page"; }

# ---- restarts that refuse nobody

hold_sockets() {
  inside 'systemctl stop stet@site'
  local name port
  for name in public admin; do
    port=$([ "$name" = public ] && echo "$site_port" || echo "$admin_port")
    mkdir -p "$debian/etc/systemd/system/stet-$name@site.socket.d"
    printf '[Socket]\nListenStream=\nListenStream=127.0.0.1:%s\n' "$port" \
      >"$debian/etc/systemd/system/stet-$name@site.socket.d/port.conf"
  done
  inside 'systemctl daemon-reload && systemctl start stet-public@site.socket stet-admin@site.socket && systemctl start stet@site'
}
# Twenty requests a second, each a connection of its own; three restarts meanwhile.
refuses_nobody() {
  local asked=0 restarts
  (for _ in 1 2 3; do inside 'systemctl restart stet@site && sleep 1'; done) &
  restarts=$!
  while kill -0 "$restarts" 2>/dev/null; do
    asked=$((asked + 1))
    { curl -sS --fail --max-time 60 -o /dev/null "$site/" || echo refused; } >>"$debian/root/refused.log" 2>&1 &
    sleep 0.05
  done
  # All but systemd, which is a child as well.
  jobs -p | grep -vx "$machine" | xargs -r -n 1 | while read -r asked_one; do tail --pid="$asked_one" -f /dev/null; done
  say "$asked requests during three restarts, $(grep -c refused "$debian/root/refused.log") refused"
  [ "$asked" -gt 10 ] && [ ! -s "$debian/root/refused.log" ]
}

# ---- a disk that is lost

# Each page of the sitemap with its hash.
pages() {
  local path
  curl -sS --fail "$site/sitemap.xml" | sed -n 's,.*<loc>[a-z]*://[^/]*\(/[^<]*\)</loc>.*,\1,p' | sort | while read -r path; do
    printf '%s ' "$path" && curl -sS --fail "$site$path" | sha256sum
  done
}
comes_back() {
  local repository=/var/lib/stet/site.git
  inside 'install -d -o stet -g stet -m 700 /var/backups/stet'
  as_stet "stet backup --repo $repository --to /var/backups/stet" >/dev/null || return 1
  pages >"$debian/root/before"
  inside "systemctl stop stet@site && rm -r $repository"
  as_stet "stet restore /var/backups/stet --repo $repository" >/dev/null || return 1
  inside 'systemctl start stet@site' || return 1
  pages >"$debian/root/after"
  say "$(wc -l <"$debian/root/after") pages"
  [ -s "$debian/root/after" ] && cmp "$debian/root/before" "$debian/root/after"
}
doctor_is_content() { as_stet 'stet doctor --repo /var/lib/stet/site.git --quick' >"$debian/root/doctor" || { cat "$debian/root/doctor" >&2 && return 1; }; }

# ---- the story

make_debian
boot
make_older

say 'install'
install_package "$older"
inside 'apt-get install -y -q --no-install-recommends libvips42' >/dev/null 2>&1
# shellcheck disable=SC2016  # for the shell in there
expect 'the user and the folder are there' inside 'test "$(stat -c "%U %a" /var/lib/stet)" = "stet 750"'
make_site
expect 'the unit starts' start
expect 'and serves, for it is ready when its start is over' curl -sS --fail -o /dev/null "$site/"
expect 'the editor is there' is_editor_there
expect 'a post is written' write_post 'Before the upgrade'
expect 'it is live' has_post 'Before the upgrade'
expect 'pictures can be made' makes_pictures
expect 'a smaller one is made' makes_a_picture
expect 'a reload takes up what it can, and names the rest' is_reloaded
expect 'the service sees no other site' sees_one_site
before=$(process)

say "upgrade from $(version)"
install_package "$package"
expect "it is $(version) now" test "$(version)" = "$(dpkg-deb -f "$package" Version)"
expect 'settings are as they were' grep -qx "port = $site_port" "$debian/etc/stet/site.toml"
expect 'it runs, and was started anew' is_active
expect 'by the upgrade' test "$(process)" != "$before"
expect 'what was written is live' has_post 'Before the upgrade'
expect 'the token is good' write_post 'After the upgrade'
start_nginx
expect 'TLS and HTTP/2' is_http2
expect 'plain HTTP leads there' leads_to_https
expect 'events come as they happen' streams
expect 'a post is edited in Chromium, over HTTPS' is_edited_in_a_browser
expect 'a push of 64 MiB goes through' pushes
inside 'systemctl stop nginx'
expect 'systemd holds the sockets' hold_sockets
expect 'restarts refuse nobody' refuses_nobody
expect 'after the disk was lost, all pages come back from the backup' comes_back
expect 'the edit too' has_the_edit
expect 'the token of before is good' write_post 'After the restore'
expect 'the doctor is content' doctor_is_content

say 'remove'
inside 'apt-get remove -y -q stet' >/dev/null 2>&1
expect 'the service has ended' denied is_active
expect 'the sockets have ended' denied inside 'systemctl is-active -q stet-public@site.socket stet-admin@site.socket'
expect 'the program is gone' denied test -e "$debian/usr/bin/stet"
expect 'settings stay' test -e "$debian/etc/stet/site.toml"
expect 'the site stays' test -e "$debian/var/lib/stet/site.git/HEAD"

say 'purge'
inside 'apt-get purge -y -q stet' >"$debian/root/purge.log" 2>&1
expect 'settings are gone' denied test -e "$debian/etc/stet"
expect 'it says that sites stay' grep -q 'rm -r /var/lib/stet' "$debian/root/purge.log"
expect 'the site stays' test -e "$debian/var/lib/stet/site.git/HEAD"

say 'install again'
install_package "$package"
write_settings
expect 'the unit starts' start
expect 'all that was written is live' has_post 'After the upgrade'
inside 'systemctl stop stet@site'
say 'installed, upgraded with its data, removed, purged'
