#!/usr/bin/env bash
# Runs the README's commands as they stand there, with a demo file in place of the reader's own.
set -euo pipefail
cd "$(dirname "$0")/.."
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
mkdir "$home/Downloads"
cp data/demo/songs.csv "$home/Downloads/liked_songs.csv"
export HOME=$home
unset SPOTISEARCH_LIBRARY XDG_DATA_HOME
build/release/bin/spotisearch import data/demo --library "$home/demo" 2>/dev/null
count=0
while read -r line; do
  command=${line#\$ }
  command=${command//build\/demo-library/$home/demo}
  [[ $command == *" serve"* ]] && continue  # tools/test_page.sh serves
  output=$(bash -c "$command" 2>"$home/stderr") || { echo "failed: $command" >&2; cat "$home/stderr" >&2; exit 1; }
  if [[ $command != *" import "* && -z $output ]]; then
    echo "printed nothing: $command" >&2
    exit 1
  fi
  count=$((count + 1))
done < <(sed -n '/^```/,/^```/p' README.md | grep -E '^(\$ )?build/release/bin/spotisearch')
[ "$count" -ge 4 ] || { echo "only $count commands were found in README.md" >&2; exit 1; }
echo "ran $count commands of the README"
