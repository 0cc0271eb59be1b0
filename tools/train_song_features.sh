#!/usr/bin/env bash
# Makes models/song_features anew: from the text of a song, as the program composes it, to the audio
# features that its source lacks. Learns from the songs of the shared data, but not from those that
# search quality is measured with: train_song_features.sh SHARED
set -euo pipefail
cd "$(dirname "$0")/.."
shared=${1:-../shared}
if [ ! -d "$shared/data/songs" ] || [ ! -d "$shared/eval/songs_playlists" ]; then
  echo "Training needs $shared/data/songs and $shared/eval/songs_playlists, which are not there." >&2
  exit 1
fi
bin=build/release/bin
rm -rf build/training-library build/measured-library
"$bin/spotisearch" import "$shared/data/songs" --library build/training-library
"$bin/spotisearch" import "$shared/eval/songs_playlists/library.csv" --library build/measured-library
"$bin/spotisearch-train" song-features --library build/training-library \
  --without build/measured-library --encoder models/all-MiniLM-L6-v2 \
  --knowledge build/release/share/spotisearch/knowledge.bin \
  --scaler models/mood/feature_scaler.json --epochs 30 --hidden 128 --out models/song_features
