#!/usr/bin/env bash
# Liquid, parse and render each apart, beside liquidjs: the fixtures of the public suite golden-liquid.
#
# bench_liquid.sh STET   Needs STET_LIQUID_FIXTURES, the folder benchmark_fixtures of a clone of
# github.com/jg-rp/golden-liquid, and npm for the peer. `node` may have run-time compiled as much as it likes.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
fixtures=${STET_LIQUID_FIXTURES:-}
if [ ! -d "$fixtures" ]; then
  echo 'bench liquid: skipped; STET_LIQUID_FIXTURES names no folder of fixtures' >&2
  exit 0
fi
cd "$here/../../build/bench"
mkdir -p peers
(cd peers && { [ -f package.json ] || npm init --yes >/dev/null; } && npm install --silent liquidjs@10.30.1)
mapfile -t folders < <(find "$(readlink -f "$fixtures")" -mindepth 1 -maxdepth 1 -type d | sort)
ours=$(tests/bench/liquid_fixtures "${folders[@]}")
theirs=$(cd peers && node "$here/liquid_peer.mjs" "${folders[@]}")
join <(sort <<<"$ours") <(sort <<<"$theirs") |
  awk 'BEGIN { print "fixture    parse/s  liquidjs  times   render/s  liquidjs  times" }
       { printf "%-8s %9d %9d %6.1f  %9d %9d %6.1f\n", $1, $2, $4, $2 / $4, $3, $5, $3 / $5 }'
