#!/usr/bin/env bash
# screenshot.sh FOLDER URL...: what a person sees at each URL, as PNG files in FOLDER, in a wide and in
# a narrow window. Headless Chromium, nothing scripted: the page as it stands once it has loaded.
set -euo pipefail
if [ $# -lt 2 ]; then
  echo "usage: $0 FOLDER URL..." >&2
  exit 2
fi
folder=$1
shift
mkdir -p "$folder"
profile=$(mktemp -d)
trap 'rm -rf "$profile"' EXIT

options=(--headless=new --disable-gpu --hide-scrollbars --no-first-run --user-data-dir="$profile")
if [ "$(id -u)" -eq 0 ]; then options+=(--no-sandbox); fi # Chromium's sandbox refuses root

for url in "$@"; do
  name=$(sed -e 's,^[a-z]*://[^/]*/*,,' -e 's,[^A-Za-z0-9._-]\{1\,\},_,g' -e 's,_$,,' <<<"$url")
  for width in 1280 400; do
    file=$folder/${name:-home}-$width.png
    rm -f "$file"
    chromium "${options[@]}" --window-size="$width,1600" --screenshot="$file" "$url" >"$profile/log" 2>&1 || true
    if [ ! -s "$file" ]; then
      tail -n 5 "$profile/log" >&2
      echo "$url: no screenshot" >&2
      exit 1
    fi
    echo "$file"
  done
done
