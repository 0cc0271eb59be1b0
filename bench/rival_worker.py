"""One Python contender in a process of its own: rival_worker.py KIND MODEL [GRAPH | INDEX].

KIND is `embed` (sentence-transformers), `search` (the same with a faiss index) or `onnx` (ONNX
Runtime on GRAPH). Reads one JSON order per line and answers each with one JSON line; the seconds in
the answers are measured here, around the work alone.
"""

import json
import os
import sys
import time

os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["TRANSFORMERS_VERBOSITY"] = "error"
os.environ["HF_HUB_DISABLE_PROGRESS_BARS"] = "1"

CORES = len(os.sched_getaffinity(0))


class TorchEncoder:
    def __init__(self, folder):
        import torch
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.disable_progress_bar()
        torch.set_num_threads(CORES)
        self._model = SentenceTransformer(folder, device="cpu")

    def encode(self, texts, batch_size):
        return self._model.encode(
            texts, batch_size=batch_size, normalize_embeddings=True, show_progress_bar=False
        )


class Worker:
    def __init__(self, kind, model, extra):
        if kind == "onnx":
            from onnx_rival import OnnxEncoder

            self._encoder = OnnxEncoder(extra, model, CORES)
        else:
            self._encoder = TorchEncoder(model)
        if kind == "search":
            import faiss

            self._faiss = faiss
            self._index = faiss.read_index(extra)

    def embed(self, order):
        start = time.perf_counter()
        vectors = self._encoder.encode(order["texts"], order["batch"])
        seconds = time.perf_counter() - start
        if "save" in order:
            import numpy

            numpy.save(order["save"], vectors)
        return {"seconds": seconds, "checksum": float(vectors.sum())}

    def each(self, order):
        return {"seconds": [self.embed({"texts": [t], "batch": 1})["seconds"] for t in order["texts"]]}

    def lengths(self, order):
        tokens = [len(e.ids) for e in self._encoder.tokenizer.encode_batch(order["texts"])]
        return {"lengths": tokens}

    def search(self, order):
        self._faiss.omp_set_num_threads(order["faiss_threads"])
        seconds = []
        for query in order["queries"]:
            start = time.perf_counter()
            self._index.search(self._encoder.encode([query], 1), 10)
            seconds.append(time.perf_counter() - start)
        return {"seconds": seconds}


def main():
    kind, model = sys.argv[1:3]
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)  # what libraries print must not stand between the answers
    worker = Worker(kind, model, sys.argv[3] if len(sys.argv) > 3 else None)
    print(json.dumps({"ready": True}), file=answers)
    for line in sys.stdin:
        order = json.loads(line)
        print(json.dumps(getattr(worker, order.pop("do"))(order)), file=answers)


if __name__ == "__main__":
    main()
