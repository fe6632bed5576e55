#!/usr/bin/env bash
# From a change to a live page, on sites of growing size; beside it starts, memory, reads, and fsync.
#
# bench_edits.sh STET [--flat] [--peers] [--edits N] [POSTS...]   The sites come from STET_SHARED/tools/gen_site.py
# (default ../shared); edits.py says what the flags mean.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
shared=${STET_SHARED:-$here/../../../shared}
generator=$shared/tools/gen_site.py
if [ ! -f "$generator" ]; then
  echo "bench edits: skipped, for there is no $generator (STET_SHARED names its folder)" >&2
  exit 0
fi
exec python3 "$here/edits.py" --generator "$generator" --stet "$@"
