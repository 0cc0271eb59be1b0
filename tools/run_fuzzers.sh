#!/usr/bin/env bash
# Runs every fuzzer for so many seconds: run_fuzzers.sh SECONDS. New inputs stay under build/, what
# crashes is named and kept there; copy it to fuzz/corpus/NAME so that every build replays it.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:?usage: run_fuzzers.sh SECONDS}
for fuzzer in build/fuzz/bin/*_fuzz; do
  name=$(basename "$fuzzer" _fuzz)
  mkdir -p "build/fuzz/corpus/$name" "fuzz/corpus/$name"
  echo "== $name, $seconds s"
  "$fuzzer" -max_total_time="$seconds" -print_final_stats=1 -artifact_prefix="build/fuzz/$name-" \
    "build/fuzz/corpus/$name" "fuzz/corpus/$name" 2>&1 | grep -E 'stat::number_of_executed_units|ERROR|SUMMARY' || true
  if compgen -G "build/fuzz/$name-crash-*" >/dev/null; then
    echo "a crashing input was found: $(compgen -G "build/fuzz/$name-crash-*" | head -1)" >&2
    exit 1
  fi
done
