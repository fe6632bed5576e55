#!/usr/bin/env bash
# check.sh STET FOLDER: the editor's calls have the types of the program's OpenAPI document, its components no warning, and its unit tests pass.
# In FOLDER (build/editor) `./dev` has put its sources and packages. Exit status 77 where they are missing.
set -euo pipefail
stet=${STET_PROGRAM:-$1} folder=$2
if ! command -v node >/dev/null || [ ! -x "$folder/node_modules/.bin/svelte-check" ]; then
  echo "skipped: there is no node with the editor's packages in $folder; ./dev test puts them there"
  exit 77
fi
site=$(mktemp -d)
server=
end() {
  if [ -n "$server" ]; then kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; fi
  rm -rf "$site"
}
trap end EXIT
"$stet" init "$site/site.git" --example >/dev/null
token=$("$stet" token create --repo "$site/site.git" --scope admin | tail -n 1)
mkfifo "$site/ready"
"$stet" serve --repo "$site/site.git" --port 0 --admin-port 0 >"$site/ready" 2>"$site/log" &
server=$!
read -r _ _ admin <"$site/ready" || { cat "$site/log" >&2; exit 1; }
curl --silent --show-error --fail --noproxy '*' -H "Authorization: Bearer $token" -o "$site/openapi.json" "$admin/api/v1/openapi.json"
cd "$folder"
node_modules/.bin/openapi-typescript "$site/openapi.json" --output schema.d.ts
node_modules/.bin/svelte-check --fail-on-warnings --threshold warning
node_modules/.bin/vitest run
