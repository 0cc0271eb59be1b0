# The front door. Every target installs what it needs first (tools/setup.sh) and says so.
SHELL := /bin/bash
.DEFAULT_GOAL := help
JOBS ?= $(shell nproc)
PORT ?= 8080
SHARED ?= ../shared
BIN := build/release/bin
LIBRARY := build/demo-library

.PHONY: help build run test bench evaluate train train-features asan tsan fuzz format clean

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 16

build: ## build the program: build/release/bin/spotisearch
	@tools/setup.sh run
	@cmake --preset release -DSPOTISEARCH_TRAIN=OFF >/dev/null
	@cmake --build build/release -j $(JOBS) --target spotisearch

run: build ## install, build, import the demo library, serve the page and print its address
	@$(BIN)/spotisearch import data/demo --library $(LIBRARY)
	@$(BIN)/spotisearch serve --library $(LIBRARY) --port $(PORT)

test: ## install, build, and run every test
	@tools/setup.sh test train
	@cmake --preset release -DSPOTISEARCH_TRAIN=ON
	@cmake --build build/release -j $(JOBS)
	@ctest --preset release -j $(JOBS)
	@tools/test_readme.sh
	@tools/test_page.sh

bench: ## compare with Python's sentence-transformers and faiss, and with ONNX Runtime
	@tools/setup.sh bench
	@cmake --preset release -DSPOTISEARCH_TRAIN=OFF && cmake --build build/release -j $(JOBS)
	@.venv/bin/python bench/compare.py

evaluate: build ## measure search quality on shared/eval and write docs/EVALUATION.md
	@tools/evaluate.sh $(SHARED)

train: ## train the mood head anew from shared/data (models/mood/README.md)
	@tools/setup.sh run train
	@cmake --preset release -DSPOTISEARCH_TRAIN=ON
	@cmake --build build/release -j $(JOBS) --target spotisearch spotisearch-train
	@tools/train_mood_head.sh $(SHARED)

train-features: ## train the head for features that songs lack (models/song_features/README.md)
	@tools/setup.sh run train
	@cmake --preset release -DSPOTISEARCH_TRAIN=ON
	@cmake --build build/release -j $(JOBS) --target spotisearch spotisearch-train
	@tools/train_song_features.sh $(SHARED)

asan tsan: ## the tests under the address or the thread sanitizer
	@tools/setup.sh test
	@cmake --preset $@ && cmake --build build/$@ -j $(JOBS)
	@ctest --preset $@ -j $(JOBS)

fuzz: ## build the fuzzers and run each for a minute (FUZZ_SECONDS)
	@tools/setup.sh test fuzz
	@cmake --preset fuzz && cmake --build build/fuzz -j $(JOBS) --target fuzzers
	@tools/run_fuzzers.sh $${FUZZ_SECONDS:-60}

format: ## format the C++ sources
	@tools/setup.sh format
	@git ls-files '*.h' '*.cc' | xargs clang-format -i

clean: ## remove everything that was built
	rm -rf build
