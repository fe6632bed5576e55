#!/usr/bin/env bash
# Durable commits a second: over the API, by the committer alone, by git, by a Node server over simple-git.
#
# bench_writes.sh STET [--seconds N] [--no-growth] [--posts N]   The sites come from STET_SHARED/tools/gen_site.py
# (default ../shared); the peer needs npm, and is left out without it. writes.py says what is measured.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
shared=${STET_SHARED:-$here/../../../shared}
generator=$shared/tools/gen_site.py
programs=$here/../../build/bench/tests/bench
if [ ! -f "$generator" ]; then
  echo "bench writes: skipped, for there is no $generator (STET_SHARED names its folder)" >&2
  exit 0
fi
peers=$here/../../build/bench/peers
mkdir -p "$peers"
if command -v npm >/dev/null; then
  (cd "$peers" && { [ -f package.json ] || npm init --yes >/dev/null; } && npm install --silent simple-git@3.27.0) ||
    echo 'bench writes: simple-git could not be installed; its figures are left out' >&2
fi
exec python3 "$here/writes.py" --generator "$generator" --programs "$programs" --peers "$peers" --stet "$@"
