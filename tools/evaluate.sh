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
work=build/evaluation
mkdir -p "$work"

# table FOLDER KIND MODE...: a row per mode, from our own metrics, checked against the referee.
table() {
  local folder=$1 kind=$2
  shift 2
  local library=$work/$precision/$folder
  "$bin" import "$shared/eval/$folder/library.csv" --library "$library" 2>>"$work/log"
  local mode
  for mode in "$@"; do
    local run=$work/$precision-$folder-$mode.trec
    "$bin" eval "$kind" --library "$library" --queries "$shared/eval/$folder/queries.jsonl" \
      --qrels "$shared/eval/$folder/qrels.tsv" --run "$run" --mode "$mode" -k 100 >"$work/metrics"
    python3 "$shared/eval/score.py" "$shared/eval/$folder/qrels.tsv" "$run" | diff -q - "$work/metrics" >/dev/null ||
      { echo "our metrics and score.py disagree on $run" >&2; exit 1; }
    local name=$mode
    [ "$mode" = keywords ] && name="keywords (BM25)"
    awk -v name="$name" 'BEGIN { row = "| " name " |" }
      $1 != "queries" { row = row " " sprintf("%.4f", $2) " |" } END { print row }' "$work/metrics"
  done
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

sections >"$work/tables.md"
{
  cat docs/evaluation/intro.md
  cat "$work/tables.md"
  echo
  cat docs/evaluation/choices.md
} >"$work/EVALUATION.md"
mv "$work/EVALUATION.md" docs/EVALUATION.md
echo "wrote docs/EVALUATION.md"
