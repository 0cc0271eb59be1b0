#!/usr/bin/env bash
# The page in a real browser: against canned answers, then against the program with the demo library.
set -euo pipefail
cd "$(dirname "$0")/.."
npm --prefix web test
bin=build/release/bin/spotisearch
library=$(mktemp -d)
trap 'kill "$server" 2>/dev/null || true; rm -rf "$library"' EXIT
"$bin" import data/demo --library "$library" 2>/dev/null
"$bin" serve --library "$library" --port 0 2>"$library/address" &
server=$!
for _ in $(seq 100); do
  url=$(grep -oE 'http://[0-9.:]+' "$library/address" || true)
  [ -n "$url" ] && break
  sleep 0.1
done
SPOTISEARCH_URL=${url:?the server did not start} npm --prefix web test
