"""Compares SpotiSearch with what it stands beside, in one run, and writes docs/BENCHMARKS.md.

The contenders take turns for several rounds, one working at a time, so that whatever else the
machine does falls on all of them alike; each number is the median over the rounds. `--quick` makes
fewer rounds, to try the script out. Needs build/release and the packages of
tools/rival-requirements.txt; `make bench` sees to both.
"""

import argparse
import os
import pathlib
import shutil
import statistics
import sys
import time

import installed_size
import report
import workload
from encoders import Encoders, Peak
from places import BIN, LIBRARY, MODEL, PAUSE, PRECISIONS, PROGRAM, ROOT, WORK, write_texts
from processes import Server, Worker, run_once

STARTED = time.monotonic()


def say(*words):
    print(f"{time.monotonic() - STARTED:5.0f} s:", *words, file=sys.stderr, flush=True)


def find_songs():
    shared = pathlib.Path(os.environ.get("SPOTISEARCH_SHARED", ROOT.parent / "shared"))
    path = shared / "eval/songs_playlists/library.csv"
    return path if path.exists() else ROOT / "data/demo/songs.csv"


def import_library(songs):
    """A library of these songs, made anew where another version of the program left it."""
    stamp = WORK / "library-of"
    if not stamp.exists() or stamp.read_text() != str(songs):
        shutil.rmtree(LIBRARY, ignore_errors=True)
    say("importing", songs.name)
    run_once([PROGRAM, "import", songs, "--library", LIBRARY])
    stamp.write_text(str(songs))


def make_faiss_index(songs):
    """The rival's saved index. Our own float encoder fills it, because it is the faster one; that
    its vectors are the rival's to five digits is checked by Encoders.agreement()."""
    import faiss
    import numpy

    texts = workload.library_texts(songs)
    path, old = WORK / "songs.faiss", WORK / "songs.txt"
    if not path.exists() or not old.exists() or old.read_text("utf-8") != "\n".join(texts):
        say("embedding", len(texts), "texts for the rival's index")
        texts_path = write_texts("songs", texts)
        run_once([BIN / "embed_texts", MODEL, texts_path, "float32", "all", 0, WORK / "songs.f32"])
        vectors = numpy.fromfile(WORK / "songs.f32", numpy.float32).reshape(len(texts), -1)
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(vectors)
        faiss.write_index(index, str(path))
    return path, len(texts)


def compare_cold(rounds, queries, index):
    """Seconds and MiB of whole processes that answer one query."""
    found = {name: [] for name in ("blend", "text", "python")}
    for _ in range(rounds):
        for name, values in found.items():
            time.sleep(PAUSE)
            if name == "python":
                files = [index, WORK / "songs.txt"]
                order = [sys.executable, ROOT / "bench/rival_cold.py", MODEL, *files]
                values.append([run_once([*order, *queries.take(1)])[:2]])
                continue
            order = [PROGRAM, "songs", "--library", LIBRARY, "--json", "--mode", name]
            values.append([run_once([*order, query])[:2] for query in queries.take(3)])
    seconds = {n: [statistics.median(s for s, _ in turn) for turn in v] for n, v in found.items()}
    memory = {n: max(m for turn in v for _, m in turn) for n, v in found.items()}
    return seconds, memory


def best_faiss_threads(rival, queries):
    """One thread or all: torch's threads and faiss's get in each other's way on some machines."""
    took = {}
    for threads in (os.cpu_count(), 1):
        rival.ask("search", queries=queries.take(3), faiss_threads=threads)
        answer = rival.ask("search", queries=queries.take(7), faiss_threads=threads)
        took[threads] = statistics.median(answer["seconds"])
    return min(took, key=took.get)


def compare_warm(rounds, queries, index):
    """Seconds per query of programs that have everything loaded, and their peak memory."""
    server, rival = Server(PROGRAM, LIBRARY), Worker("search", MODEL, index)
    seconds = {name: [] for name in ("blend", "text", "python", "blend engine", "text engine")}
    faiss_threads = best_faiss_threads(rival, queries)
    for turn in range(-1, rounds):
        for name in ("blend", "text", "python"):
            time.sleep(PAUSE)
            asked = queries.take(5)
            if name == "python":
                answer = rival.ask("search", queries=asked, faiss_threads=faiss_threads)
                took = {name: answer["seconds"]}
            else:
                pairs = [server.search(query, name) for query in asked]
                took = {name: [p[0] for p in pairs], f"{name} engine": [p[1] for p in pairs]}
            for key, values in took.items():
                if turn >= 0:  # the turn before the first warms everybody up
                    seconds[key].append(statistics.median(values))
    memory = {"server": server.memory(), "python": rival.memory()}
    server.close()
    rival.close()
    return seconds, memory


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="two rounds of everything")
    parser.add_argument("--output", type=pathlib.Path, default=ROOT / "docs/BENCHMARKS.md")
    arguments = parser.parse_args()
    os.environ["HF_HUB_OFFLINE"] = "1"
    WORK.mkdir(parents=True, exist_ok=True)
    load = os.getloadavg()[0]
    few = 2 if arguments.quick else 5
    queries, peak, songs = workload.Queries(), Peak(), find_songs()
    import_library(songs)
    index, tracks = make_faiss_index(songs)

    result = {"tracks": tracks, "demo": songs.parent.name == "demo", "load": load}
    say("cold queries")
    result["cold"], result["cold_memory"] = compare_cold(few, queries, index)
    say("warm queries")
    result["warm"], result["warm_memory"] = compare_warm(2 * few, queries, index)

    say("encoders: export, batch sizes")
    encoders = Encoders()
    counts = {"short": 256, "long": 48}
    result["embed"] = {}
    for name, words in (("short", 12), ("long", 200)):
        texts = workload.texts_of(words, counts[name], words)
        encoders.choose(name, texts)
        say(name, "texts")
        result["embed"][name] = {
            "lengths": encoders.lengths(texts),
            "seconds": encoders.compare(name, texts, few, peak),
        }
    say("one text")
    result["one"] = encoders.compare_one(lambda turn: workload.texts_of(10, 20, 100 + turn), few)
    result["agreement"] = encoders.agreement(workload.texts_of(12, 64, 5))
    result["peak"], result["chosen"] = peak.rates, encoders.chosen
    result["embed_memory"] = encoders.memory() | {
        f"ours {precision}": run_once(
            [BIN / "embed_texts", MODEL, WORK / "long.txt", name, "all", 1]
        )[1]
        for precision, name in PRECISIONS.items()
    }
    encoders.close()
    result["size"] = sizes()
    result["minutes"] = (time.monotonic() - STARTED) / 60
    text = report.markdown(result)
    arguments.output.write_text(text, encoding="utf-8")
    print(text)


def sizes():
    model, mood = installed_size.of_folder(MODEL), installed_size.of_folder(MODEL.parent / "mood")
    onnx = {p: (WORK / f"onnx/fused{s}.onnx").stat().st_size / 2**20
            for p, s in (("fp32", ""), ("int8", "-int8"))}  # fmt: skip
    return {
        "ours": (installed_size.of_program(PROGRAM), 0, model + mood),
        "python": (*installed_size.of_packages(["sentence-transformers", "faiss-cpu"]), model),
        "onnx": (*installed_size.of_packages(["onnxruntime", "tokenizers", "numpy"]), onnx["int8"]),
    }


if __name__ == "__main__":
    main()
