"""Writes what compare.py measured as tables."""

import os
import re
import statistics

DIMENSION, LAYERS, INNER = 384, 6, 1536  # all-MiniLM-L6-v2
NAMES = {"ours": "SpotiSearch", "torch": "sentence-transformers", "onnx": "ONNX Runtime"}


def operations(lengths):
    """Of one forward pass each: the linear layers and attention."""
    per_token = LAYERS * 2 * (4 * DIMENSION**2 + 2 * DIMENSION * INNER)
    return sum(t * per_token + t * t * LAYERS * 4 * DIMENSION for t in lengths)


def machine():
    text = open("/proc/cpuinfo", encoding="utf-8").read()
    name = re.search(r"model name\s*: (.*)", text)
    flags = re.search(r"flags\s*: (.*)", text)
    known = {"amx_int8": "AMX", "avx512_vnni": "AVX-512 VNNI", "avx512f": "AVX-512", "avx2": "AVX2"}
    best = next((v for k, v in known.items() if flags and k in flags[1].split()), "no known vectors")
    return f"{name[1] if name else 'a CPU'}, {len(os.sched_getaffinity(0))} cores, {best}"


def table(head, rows):
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


def three(value):
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def contest(what, ours, rival, aim, show=lambda seconds: f"{three(1000 * seconds)} ms"):
    """A row: medians of seconds per round, how many times faster ours is, and the aim."""
    ratio = statistics.median(rival) / statistics.median(ours)
    per_round = [r / o for o, r in zip(ours, rival)]
    spread = f"{three(min(per_round))} to {three(max(per_round))}"
    met = "" if aim is None else ("met" if ratio >= aim else "**not met**")
    goal = "" if aim is None else f"at least {aim}"
    shown = [show(statistics.median(values)) for values in (ours, rival)]
    return [what, *shown, three(ratio), spread, goal, met]


HEAD = ["", "ours", "rival", "times as fast", "per round", "aim", ""]


def query_rows(result):
    cold, warm = result["cold"], result["warm"]
    rows = []
    for mode in ("blend", "text"):
        what = f"cold process, {mode} mode; Python with sentence-transformers and faiss"
        rows.append(contest(what, cold[mode], cold["python"], 10))
    for mode in ("blend", "text"):
        what = f"warm server over HTTP, {mode} mode; the same Python program's loop, no server"
        rows.append(contest(what, warm[mode], warm["python"], 5))
    return rows


def embed_rows(result):
    rows = []
    for name, words in (("short", 12), ("long", 200)):
        embed = result["embed"][name]
        count = len(embed["lengths"])
        rate = lambda seconds, count=count: f"{three(count / seconds)} texts/s"
        rows += rival_rows(f"{words} words", embed["seconds"], rate, 3)
    return rows


def rival_rows(what, seconds, show, torch_aim):
    pairs = [
        ("int8", "torch", "fp32", torch_aim, ", as each comes"),
        ("fp32", "torch", "fp32", torch_aim, ""),
        ("int8", "onnx", "int8", 1, ""),
        ("fp32", "onnx", "fp32", 1, ""),
    ]
    return [
        contest(
            f"{what}: {ours} against {NAMES[rival]} {theirs}{note}",
            *(seconds["ours", ours], seconds[rival, theirs], aim, show),
        )
        for ours, rival, theirs, aim, note in pairs
    ]


def share_rows(result):
    rows = []
    for name, words in (("short", 12), ("long", 200)):
        work = operations(result["embed"][name]["lengths"]) / 1e9
        tokens = sum(result["embed"][name]["lengths"])
        for (who, precision), seconds in result["embed"][name]["seconds"].items():
            took = statistics.median(seconds)
            peak = result["peak"][precision]
            share = f"{100 * work / took / statistics.median(peak):.0f}%" if peak else "not measured"
            row = [f"{words} words", f"{NAMES[who]} {precision}", three(tokens / took)]
            rows.append([*row, three(work / took), share])
    return rows


def memory_rows(result):
    cold, warm, embed = result["cold_memory"], result["warm_memory"], result["embed_memory"]
    rows = [
        ["one query, cold process", cold["blend"], cold["python"]],
        ["warm, after all queries", warm["server"], warm["python"]],
        ["embedding, int8; sentence-transformers fp32", embed["ours int8"], embed["torch fp32"]],
        ["embedding, int8; ONNX Runtime int8", embed["ours int8"], embed["onnx int8"]],
        ["embedding, fp32; ONNX Runtime fp32", embed["ours fp32"], embed["onnx fp32"]],
    ]
    return [
        [what, f"{ours:,.0f} MiB", f"{rival:,.0f} MiB", f"{rival / ours:.1f}"]
        for what, ours, rival in rows
    ]


def size_rows(result):
    names = {
        "ours": "SpotiSearch: the program and the libraries it loads",
        "python": "sentence-transformers and faiss, with what they need",
        "onnx": "ONNX Runtime, tokenizers and numpy (a search comes on top)",
    }
    return [
        [names[key], f"{program - gpu:,.0f} MiB", f"{gpu:,.0f} MiB", f"{model:,.0f} MiB"]
        for key, (program, gpu, model) in result["size"].items()
    ]


def chosen_text(result):
    lines = []
    for (name, rival, precision), (variant, batch) in result["chosen"].items():
        graph = "" if rival == "torch" else f"{variant} graph, "
        lines.append(f"- {name}, {NAMES[rival]} {precision}: {graph}batches of {batch}")
    return "\n".join(lines)


def markdown(result):
    peaks = ", ".join(
        f"{three(statistics.median(rates))} GOP/s in {precision}"
        for precision, rates in result["peak"].items()
        if rates
    )
    engine = ", ".join(
        f"{three(1000 * statistics.median(result['warm'][mode + ' engine']))} ms in {mode} mode"
        for mode in ("blend", "text")
    )
    agreement = ", ".join(
        f"{NAMES[who]} {precision} {cosine:.4f}"
        for (who, precision), cosine in result["agreement"].items()
    )
    library = "the demo library" if result["demo"] else "a library of real playlists"
    return f"""# Benchmarks

Written by `make bench`; every number is of one run. The contenders take turns, one working at a
time, and numbers are medians over the rounds; "per round" is the least and the greatest ratio of a
round. Everybody may use every core.

Machine: {machine()}.
The run took {result["minutes"]:.1f} minutes; other work than the contenders' kept
{result["load"]:.1f} processes busy when it began (load average of the minute before).
Peak of large matrix products by oneDNN in the same run: {peaks or "not measured"}.

## One query to the top 10

{result["tracks"]:,} tracks of {library}; no query is asked twice. The rival encodes with
sentence-transformers and searches a faiss IndexFlatIP over "title by artists. genres". Cold is the
whole life of a process, its files in the page cache. Warm, ours pays for HTTP over loopback and for
a Python client, while the rival is a loop in one process: that favours the rival. The blend reads
audio features and keywords besides, which the rival does not. Of the warm requests, the engine's own
part was {engine}.

{table(HEAD, query_rows(result))}

## Texts embedded

Generated texts, tokenizers included. Rivals use the fastest of several batch sizes, and ONNX
Runtime also of several graphs (as exported, fused by its transformer optimizer, and in int8 per
channel), tried first; its texts are sorted by length. The aims: 3 times sentence-transformers, not
slower than ONNX Runtime in the same arithmetic. sentence-transformers has float only.

{table(HEAD, embed_rows(result))}

One text of 10 words, alone:

{table(HEAD, rival_rows("one text", result["one"], lambda s: f"{three(1000 * s)} ms", 3))}

Chosen for the rivals:

{chosen_text(result)}

Mean cosine with sentence-transformers' vectors: {agreement}.

## Share of the machine's peak

Arithmetic of the texts' own tokens (padding is not counted) over the peak of the same precision.

{table(["", "", "tokens/s", "GOP/s", "of the peak"], share_rows(result))}

## Memory

Peak resident memory, mapped files included; the warm and the embedding rows after the same work.

{table(["", "ours", "rival", "times as much"], memory_rows(result))}

## Installed size

Without Python itself. What a GPU would use comes with the rivals' packages whether there is one or
not; torch's own GPU code is counted as torch.

{table(["", "program", "GPU packages besides", "model"], size_rows(result))}
"""
