#!/usr/bin/env bash
# run.sh NAME STET EXAMPLE FOLDER EDITOR: the stories of NAME.mjs, with what npm has put into FOLDER and the editor that is built
# in EDITOR. Exit status 77 where one of them, node or Chromium is missing. STET_PICTURES names a folder for screenshots,
# STET_STORY words of the stories to run.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
name=$1 stet=$2 example=$3 folder=$4 editor=$5
if ! command -v node >/dev/null || [ ! -d "$folder/node_modules/playwright-core" ]; then
  echo "skipped: there is no node with playwright-core in $folder; ./dev test puts it there"
  exit 77
fi
if [ ! -f "$editor/index.html" ]; then
  echo "skipped: there is no editor in $editor; ./dev test builds it"
  exit 77
fi
mkdir -p "$folder/editor"
for file in "$here"/*.mjs; do  # another story may be reading them
  if ! cmp -s "$file" "$folder/editor/${file##*/}"; then
    cp "$file" "$folder/editor/.${file##*/}.$$"
    mv "$folder/editor/.${file##*/}.$$" "$folder/editor/${file##*/}"
  fi
done
export STET_EDITOR=$editor
exec node "$folder/editor/$name.mjs" "${STET_PROGRAM:-$stet}" "$example"
