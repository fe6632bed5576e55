#!/usr/bin/env bash
# Reads by the API under wrk, beside json-server on the same content in the same run.
#
# bench_reads.sh STET [--seconds N] [POSTS...]   The sites come from STET_SHARED/tools/gen_site.py (default ../shared);
# the peer needs npm, and is left out without it. reads.py says what is measured.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
shared=${STET_SHARED:-$here/../../../shared}
generator=$shared/tools/gen_site.py
if [ ! -f "$generator" ]; then
  echo "bench reads: skipped, for there is no $generator (STET_SHARED names its folder)" >&2
  exit 0
fi
peers=$here/../../build/bench/peers
mkdir -p "$peers"
if command -v npm >/dev/null; then
  (cd "$peers" && { [ -f package.json ] || npm init --yes >/dev/null; } && npm install --silent json-server@0.17.4) ||
    echo 'bench reads: json-server could not be installed; its figures are left out' >&2
fi
exec python3 "$here/reads.py" --generator "$generator" --peers "$peers" --stet "$@"
