#!/usr/bin/env bash
# One move in a large schedule, until every export shows it; beside it the full build, memory, and where time goes.
#
# bench_schedule.sh STET [--edits N] [--rooms N] [SESSIONS...]   schedule.py makes the site and says what flags mean.
set -euo pipefail
exec python3 "$(dirname "$(readlink -f "$0")")/schedule.py" --stet "$@"
