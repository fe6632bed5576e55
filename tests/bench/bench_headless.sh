#!/usr/bin/env bash
# What an editor's screens ask for, and a large upload (headless.py). Argument: the release build of stet.
set -euo pipefail
exec python3 "$(dirname "$0")/headless.py" --stet "$1"
