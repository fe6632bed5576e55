#!/usr/bin/env bash
# Every operation of the API asked again and again, with other requests each time, for a while.
#
# soak_contract.sh PROGRAM [MINUTES]   (default: $STET_SOAK_MINUTES, else 5). A round that fails is printed
# whole, with what to type to see it again. Exit status 1 then.
set -euo pipefail
program=$1
minutes=${2:-${STET_SOAK_MINUTES:-5}}
end=$(($(date +%s) + minutes * 60))
log=$(mktemp)
trap 'rm -f "$log"' EXIT
rounds=0
while [ "$(date +%s)" -lt "$end" ]; do
  seed=$(od -An -N4 -tu4 /dev/urandom | tr -d ' ')
  rounds=$((rounds + 1))
  echo "round $rounds: STET_CONTRACT_SEED=$seed"
  if ! STET_CONTRACT_SEED=$seed "$program" --gtest_filter='*Contract*' >"$log" 2>&1; then
    cat "$log"
    echo "again: STET_CONTRACT_SEED=$seed $program --gtest_filter='*Contract*'" >&2
    exit 1
  fi
done
echo "$rounds rounds in $minutes minutes: every answer is as the document says"
