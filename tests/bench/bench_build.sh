#!/usr/bin/env bash
# A whole site from nothing, beside Jekyll and Hugo: wall time, CPU time, peak memory, one after another in one run.
#
# bench_build.sh STET [POSTS...]   Default: 1000 10000. The sites come from STET_SHARED/tools/gen_site.py (default
# ../shared). STET_BENCH_RUNS (3) runs each, the fastest counts; Jekyll, which needs minutes, runs once.
# A program that is not installed is left out.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
shared=${STET_SHARED:-$here/../../../shared}
generator=$shared/tools/gen_site.py
stet=$1
shift
sizes=("${@:-1000}")
[ $# -gt 0 ] || sizes=(1000 10000)
if [ ! -f "$generator" ]; then
  echo "bench build: skipped, for there is no $generator (STET_SHARED names its folder)" >&2
  exit 0
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# measure NAME RUNS COMMAND...: the fastest run, each into a folder of its own: file systems are slow to make what has
# just been deleted. COMMAND is given the folder as its last word.
measure() {
  local name=$1 runs=$2 best='' began line
  shift 2
  for ((run = 0; run < runs; run++)); do
    began=${EPOCHREALTIME/./}
    if ! /usr/bin/time -o "$folder/time" -f '%U %S %M' "$@" "$folder/site.$name.$run" >"$folder/log" 2>&1; then
      tail -n 5 "$folder/log" >&2
      return 1
    fi
    line="$((${EPOCHREALTIME/./} - began)) $(tail -n 1 "$folder/time")"
    best=$(printf '%s\n%s\n' "$best" "$line" | sed '/^$/d' | sort -n | head -n 1)
  done
  awk -v name="$name" -v files="$(find "$folder/site.$name.0" -type f | wc -l)" \
    '{ printf "%-8s %8.3f s wall %8.2f s CPU %7.0f MB  %d files\n", name, $1 / 1e6, $2 + $3, $4 / 1024, files }' <<<"$best"
}

for posts in "${sizes[@]}"; do
  python3 "$generator" "$posts" "$folder/sources" >/dev/null
  echo "$posts posts"
  measure stet "${STET_BENCH_RUNS:-3}" "$stet" build -q -s "$folder/sources/jekyll" -d
  if command -v hugo >/dev/null; then
    measure hugo "${STET_BENCH_RUNS:-3}" hugo --quiet -s "$folder/sources/hugo" -d
  fi
  if command -v jekyll >/dev/null; then
    measure jekyll 1 env JEKYLL_NO_BUNDLER_REQUIRE=true jekyll build -q --disable-disk-cache \
      -s "$folder/sources/jekyll" -d
  fi
  rm -rf "$folder"/sources "$folder"/site.*
done
