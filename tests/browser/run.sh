#!/usr/bin/env bash
# run.sh NAME STET EXAMPLE FOLDER: NAME.mjs, with what npm has put into FOLDER. Exit status 77 where that, node or Chromium
# is missing. STET_PICTURES names a folder for screenshots, STET_STORY words of the stories to run.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
name=$1 stet=$2 example=$3 folder=$4
if ! command -v node >/dev/null || [ ! -d "$folder/node_modules/playwright-core" ]; then
  echo "skipped: there is no node with playwright-core in $folder; ./dev test puts it there"
  exit 77
fi
cp "$here"/*.mjs "$folder"
exec node "$folder/$name.mjs" "${STET_PROGRAM:-$stet}" "$example" ${STET_PICTURES:+"$STET_PICTURES"}
