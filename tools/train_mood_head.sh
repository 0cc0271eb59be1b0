#!/usr/bin/env bash
# Makes models/mood anew: imports the songs of the shared data and the demo library (by whatever
# scaler is there: the trainer fits its own), then trains on them and on data/queries.
set -euo pipefail
cd "$(dirname "$0")/.."
shared=${1:-../shared}
if [ ! -d "$shared/data/songs" ]; then
  echo "Training needs real songs with audio features in $shared/data/songs, which is not there." >&2
  exit 1
fi
bin=build/release/bin
library=build/training-library
rm -rf "$library"
"$bin/spotisearch" import "$shared/data/songs" data/demo/songs.csv --library "$library"
"$bin/spotisearch-train" mood --library "$library" --encoder models/all-MiniLM-L6-v2 \
  --queries data/queries/song_moods.csv --out models/mood
