#!/usr/bin/env bash
# Random sites under random edits, each compared with a build from nothing, for a while: rounds of the property test
# of that name, each with a seed of its own, which is printed.
#
# soak_incremental.sh PROGRAM [MINUTES]   (default: $STET_SOAK_MINUTES, else 5). A round that fails is printed whole, with
# what to type to see it again. Exit status 1 then.
set -euo pipefail
program=$1
minutes=${2:-${STET_SOAK_MINUTES:-5}}
end=$(($(date +%s) + minutes * 60))
log=$(mktemp)
trap 'rm -f "$log"' EXIT
rounds=0
while [ "$(date +%s)" -lt "$end" ]; do
  seed=$(od -An -N8 -tu8 /dev/urandom | tr -d ' ')
  rounds=$((rounds + 1))
  echo "round $rounds: seed=$seed"
  if ! RC_PARAMS="seed=$seed max_success=40" "$program" --gtest_filter='Incremental.*' >"$log" 2>&1; then
    cat "$log"
    echo "again: RC_PARAMS='seed=$seed max_success=40' $program --gtest_filter='Incremental.*'" >&2
    exit 1
  fi
done
echo "$rounds rounds of 40 stories in $minutes minutes: no page differs"
