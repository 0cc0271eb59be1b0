"""Where the programs, the models and the files made for the comparison lie."""

import pathlib

ROOT = pathlib.Path(__file__).resolve().parent.parent
BIN = ROOT / "build/release/bin"
PROGRAM = BIN / "spotisearch"
MODEL = ROOT / "models/all-MiniLM-L6-v2"
WORK = ROOT / "build/bench"
LIBRARY = WORK / "library"
PAUSE = 0.05  # seconds until the last contender's threads sleep
PRECISIONS = {"int8": "int8", "fp32": "float32"}


def write_texts(name, texts):
    path = WORK / f"{name}.txt"
    path.write_text("\n".join(texts), encoding="utf-8")
    return path
