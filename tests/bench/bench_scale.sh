#!/usr/bin/env bash
# The same site at growing sizes, and behind one and three followers; what sites need, as a table with its arithmetic.
#
# bench_scale.sh STET [--edits N] [--seconds S] [--budget MINUTES] [POSTS...]   The sites come from
# STET_SHARED/tools/gen_site.py (default ../shared); scale.py says what is measured.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
shared=${STET_SHARED:-$here/../../../shared}
generator=$shared/tools/gen_site.py
programs=${STET_BENCH_PROGRAMS:-$here/../../build/bench/tests/bench}
if [ ! -f "$generator" ]; then
  echo "bench scale: skipped, for there is no $generator (STET_SHARED names its folder)" >&2
  exit 0
fi
exec python3 "$here/scale.py" --generator "$generator" --programs "$programs" --stet "$@"
