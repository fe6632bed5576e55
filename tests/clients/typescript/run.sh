#!/usr/bin/env bash
# A TypeScript client that is generated from the server's OpenAPI document edits a post.
#
# run.sh STET FOLDER   STET is the program; in FOLDER the packages are installed, exactly as package-lock.json
# has them, unless they are there. Exit status 77 where there is no node: `./dev test` installs it.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
stet=$1 folder=$2
command -v node >/dev/null && command -v npm >/dev/null || {
  echo 'skipped: there is no node; apt-get install nodejs npm'
  exit 77
}
mkdir -p "$folder"
cp "$here"/{package.json,package-lock.json,tsconfig.json,edit_post.ts} "$folder"
cd "$folder"
if ! cmp -s package-lock.json node_modules/.installed; then
  npm ci --no-audit --no-fund --silent
  cp package-lock.json node_modules/.installed
fi

site=$(mktemp -d)
server=
end() {
  if [ -n "$server" ]; then kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; fi
  rm -rf "$site"
}
trap end EXIT
"$stet" init "$site/site.git" --example >/dev/null
TOKEN=$("$stet" token create --repo "$site/site.git" --scope admin | tail -n 1)
mkfifo "$site/ready"
"$stet" serve --repo "$site/site.git" --port 0 --admin-port 0 >"$site/ready" 2>"$site/log" &
server=$!
read -r _ _ STET <"$site/ready" || { cat "$site/log" >&2; exit 1; }
export STET TOKEN

curl --silent --show-error --fail --noproxy '*' -H "Authorization: Bearer $TOKEN" \
  -o openapi.json "$STET/api/v1/openapi.json"
node_modules/.bin/openapi-typescript openapi.json --output schema.d.ts
node_modules/.bin/tsc --noEmit
node_modules/.bin/tsc
node out/edit_post.js
