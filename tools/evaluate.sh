#!/usr/bin/env bash
# Measures search quality on the evaluation folders and writes docs/EVALUATION.md:
# evaluate.sh SHARED
set -euo pipefail
cd "$(dirname "$0")/.."
shared=${1:-../shared}
if [ ! -d "$shared/eval" ]; then
  echo "There is nothing to evaluate with: $shared/eval is not there." >&2
  exit 1
fi
bin=build/release/bin/spotisearch
compile=build/release/bin/compile_knowledge
work=build/evaluation
mkdir -p "$work"

# measure FOLDER KIND LIBRARY MODE: our own metrics into $work/metrics, checked against the referee.
measure() {
  local folder=$1 kind=$2 library=$3 mode=$4
  local run=$library-$mode.trec
  "$bin" eval "$kind" --library "$library" --queries "$shared/eval/$folder/queries.jsonl" \
    --qrels "$shared/eval/$folder/qrels.tsv" --run "$run" --mode "$mode" -k 100 >"$work/metrics"
  python3 "$shared/eval/score.py" "$shared/eval/$folder/qrels.tsv" "$run" | diff -q - "$work/metrics" >/dev/null ||
    { echo "our metrics and score.py disagree on $run" >&2; exit 1; }
}

# table FOLDER KIND MODE...: a row per mode.
table() {
  local folder=$1 kind=$2
  shift 2
  local library=$work/$precision/$folder
  "$bin" import "$shared/eval/$folder/library.csv" --library "$library" 2>>"$work/log"
  local mode
  for mode in "$@"; do
    measure "$folder" "$kind" "$library" "$mode"
    local name=$mode
    [ "$mode" = keywords ] && name="keywords (BM25)"
    awk -v name="$name" 'BEGIN { row = "| " name " |" }
      $1 != "queries" { row = row " " sprintf("%.4f", $2) " |" } END { print row }' "$work/metrics"
  done
}

# What each half of the knowledge is worth. The files hold no rows, those of genres, of artists, all.
knowledge_files() {
  head -n 1 data/knowledge/genres.csv >"$work/no-rows.csv"
  mkdir -p "$work/knowledge"
  "$compile" "$work/knowledge/none" "$work/no-rows.csv" >>"$work/log"
  "$compile" "$work/knowledge/genres" data/knowledge/genres.csv >>"$work/log"
  "$compile" "$work/knowledge/artists" data/knowledge/artists.csv >>"$work/log"
  "$compile" "$work/knowledge/both" data/knowledge/genres.csv data/knowledge/artists.csv >>"$work/log"
}

# What an export without genres and features has: titles, artists, albums, years.
names_only() {
  python3 - "$shared/eval/songs_playlists/library.csv" "$work/names_only.csv" <<'PYTHON'
import csv, sys
with open(sys.argv[1], encoding="utf-8-sig", newline="") as given, open(sys.argv[2], "w", newline="") as out:
    rows = csv.DictReader(given)
    kept = ["Track URI", "Track Name", "Album Name", "Artist Name(s)", "Release Date"]
    writer = csv.DictWriter(out, kept, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
PYTHON
}

# knowledge_table FOLDER KIND CSV NAME: nDCG@10 in text and blend mode, with each part of the
# knowledge, and how many times that of nothing known it is.
knowledge_table() {
  local folder=$1 kind=$2 csv=$3 name=$4 known mode
  echo; echo "### $name"; echo
  echo "| known | text | times | blend | times |"
  echo "|---|---|---|---|---|"
  declare -A base=()
  for known in none genres artists both; do
    local library=$work/knowing/$known/$(basename "$csv" .csv)-$folder
    export SPOTISEARCH_KNOWLEDGE=$work/knowledge/$known
    "$bin" import "$csv" --library "$library" 2>>"$work/log"
    local row="| ${known/none/nothing} |"
    for mode in text blend; do
      measure "$folder" "$kind" "$library" "$mode"
      local score
      score=$(awk '$1 == "nDCG@10" { print $2 }' "$work/metrics")
      [ "$known" = none ] && base[$mode]=$score
      row+=$(awk -v s="$score" -v b="${base[$mode]}" 'BEGIN { printf " %.4f | %.2f |", s, s / b }')
    done
    echo "$row"
  done
  unset SPOTISEARCH_KNOWLEDGE
}

# coverage: what is known of each real export, by `info`.
coverage_table() {
  echo; echo "### How much of real exports is known"; echo
  echo "Songs by a known artist, with a known genre of their own, with audio features, and with"
  echo "neither artist nor genre known."; echo
  echo "| file | songs | known artist | known genre | features | neither |"
  echo "|---|---|---|---|---|---|"
  local path
  for path in "$shared"/data/songs/*.csv "$shared"/data/songs/exportify/liked_songs.csv \
    "$shared"/data/songs/exportify/playlists "$shared"/eval/songs_playlists/library.csv; do
    local name=${path#"$shared"/}
    local library=$work/coverage/${name//\//-}
    "$bin" import "$path" --library "$library" 2>>"$work/log"
    "$bin" info --library "$library" --json | python3 -c '
import json, sys
info = json.load(sys.stdin)
songs, known = info["songs"], info["knowledge"]
share = lambda part: f"{100 * part / max(songs, 1):.1f}%"
features = share(info["coverage"]["songs_with_any_feature"])
artist, genre = share(known["songs_by_known_artists"]), share(known["songs_with_known_genres"])
neither = share(known["songs_with_neither"])
print(f"| {sys.argv[1]} | {songs:,} | {artist} | {genre} | {features} | {neither} |")' "$name"
  done
}

knowledge_sections() {
  export SPOTISEARCH_PRECISION=int8
  echo; echo "## What the knowledge of genres and artists is worth"; echo
  echo "nDCG@10 with the encoder in int8, and how many times that of nothing known it is. The"
  echo "names-only library is songs_playlists without its genres and features."
  knowledge_files
  echo; tail -n 1 "$work/log"
  names_only
  knowledge_table songs_playlists songs "$shared/eval/songs_playlists/library.csv" "songs_playlists"
  knowledge_table songs_playlists songs "$work/names_only.csv" "songs_playlists, names only"
  knowledge_table albums_described albums "$shared/eval/albums_described/library.csv" "albums_described"
  knowledge_table albums_review albums "$shared/eval/albums_review/library.csv" "albums_review"
  coverage_table
}

head_row() {
  echo
  echo "| mode | nDCG@10 | P@10 | MRR@10 | hit@1 | hit@5 | hit@10 |"
  echo "|---|---|---|---|---|---|---|"
}

sections() {
  for precision in int8 float32; do
    export SPOTISEARCH_PRECISION=$precision
    if [ "$precision" = int8 ]; then
      echo; echo "## As shipped: encoder in int8"
    else
      echo; echo "## The same with the encoder in float32"
      echo; echo "\`SPOTISEARCH_PRECISION=float32\`: what the faster arithmetic costs."
    fi
    echo; echo "### songs_playlists: 16,471 tracks, 77 queries"
    head_row
    table songs_playlists songs features text keywords blend
    echo "| *floor: BM25 of the referee* | .089 | .083 | .163 | .117 | .221 | .286 |"
    echo; echo "### albums_described: 6,034 albums, 40 queries"
    head_row
    table albums_described albums text keywords blend
    echo "| *floor: BM25 of the referee* | .044 | .100 | .211 | .150 | .250 | .450 |"
    echo; echo "### albums_review: 219 albums with review text, 219 queries"
    head_row
    table albums_review albums text keywords blend
    echo "| *floor: BM25 of the referee* | .526 | .069 | .475 | .388 | .566 | .694 |"
  done
}

{
  sections
  knowledge_sections
} >"$work/tables.md"
{
  cat docs/evaluation/intro.md
  cat "$work/tables.md"
  echo
  cat docs/evaluation/choices.md
} >"$work/EVALUATION.md"
mv "$work/EVALUATION.md" docs/EVALUATION.md
echo "wrote docs/EVALUATION.md"
