"""Everybody who turns texts into vectors, and the peak of the machine that they run on."""

import json
import statistics
import sys
import time

import onnx_rival
from places import BIN, MODEL, PAUSE, PRECISIONS, WORK, write_texts
from processes import Worker, run_once


def embed_ours(precision, texts_path, how="all"):
    order = [BIN / "embed_texts", MODEL, texts_path, PRECISIONS[precision], how, 1]
    return json.loads(run_once(order)[2])["seconds"]


class Encoders:
    """Everybody who turns texts into vectors, with the batch size that suits each best."""

    def __init__(self):
        graphs = onnx_rival.graphs(WORK / "onnx")
        if not all(path.exists() for variants in graphs.values() for path in variants.values()):
            run_once([sys.executable, onnx_rival.__file__, MODEL, WORK / "onnx"])
        self._torch = {"best": Worker("embed", MODEL)}
        self._rivals = {("torch", "fp32"): self._torch}
        for precision, variants in graphs.items():
            workers = {name: Worker("onnx", MODEL, path) for name, path in variants.items()}
            self._rivals["onnx", precision] = workers
        self.chosen = {}

    def choose(self, workload_name, texts):
        """Tries each rival's variants and batch sizes once, after a warm-up, and keeps the best."""
        for (name, precision), workers in self._rivals.items():
            batches = (32, 64, 128) if name == "torch" else (8, 16, 32, 64)
            tried = {}
            for variant, worker in workers.items():
                worker.ask("embed", texts=texts[:16], batch=8)
                for batch in batches:
                    if batch < 2 * len(texts):
                        took = worker.ask("embed", texts=texts, batch=batch)["seconds"]
                        tried[variant, batch] = took
            self.chosen[workload_name, name, precision] = min(tried, key=tried.get)

    def worker(self, workload_name, name, precision):
        return self._rivals[name, precision][self.chosen[workload_name, name, precision][0]]

    def lengths(self, texts):
        return self._rivals["onnx", "fp32"]["plain"].ask("lengths", texts=texts)["lengths"]

    def compare(self, workload_name, texts, rounds, peak):
        """Seconds per round for all texts, of every contender, and the machine's peak beside."""
        path = write_texts(workload_name, texts)
        seconds = {("ours", p): [] for p in PRECISIONS} | {key: [] for key in self._rivals}
        for _ in range(rounds):
            peak.measure()
            for (name, precision), values in seconds.items():
                time.sleep(PAUSE)
                if name == "ours":
                    values += embed_ours(precision, path)
                    continue
                batch = self.chosen[workload_name, name, precision][1]
                worker = self.worker(workload_name, name, precision)
                values.append(worker.ask("embed", texts=texts, batch=batch)["seconds"])
        return seconds

    def compare_one(self, make_texts, rounds):
        """Seconds of encoding one text, alone."""
        seconds = {("ours", p): [] for p in PRECISIONS}
        variants = {(*key, v): w for key, ws in self._rivals.items() for v, w in ws.items()}
        tried = {key: [] for key in variants}
        for turn in range(-1, rounds):
            texts = make_texts(turn)
            path = write_texts("one", texts)
            for (_, precision), values in seconds.items():
                time.sleep(PAUSE)
                median = statistics.median(embed_ours(precision, path, "each"))
                values += [median] if turn >= 0 else []
            for key, worker in variants.items():
                time.sleep(PAUSE)
                worker.ask("each", texts=texts[:3])
                median = statistics.median(worker.ask("each", texts=texts)["seconds"])
                tried[key] += [median] if turn >= 0 else []
        for key, workers in self._rivals.items():
            best = min(workers, key=lambda variant: statistics.median(tried[*key, variant]))
            seconds[key] = tried[*key, best]
            self.chosen["one", *key] = best, 1
        return seconds

    def agreement(self, texts):
        """Mean cosine of everybody's vectors with sentence-transformers'."""
        import numpy

        path, saved = write_texts("agreement", texts), WORK / "agreement.npy"
        self._torch["best"].ask("embed", texts=texts, batch=32, save=str(saved))
        reference = numpy.load(saved)
        cosines = {}
        for precision, ours in PRECISIONS.items():
            raw = WORK / "agreement.f32"
            run_once([BIN / "embed_texts", MODEL, path, ours, "all", 0, raw])
            vectors = numpy.fromfile(raw, numpy.float32).reshape(reference.shape)
            cosines["ours", precision] = float((vectors * reference).sum(axis=1).mean())
            self.worker("short", "onnx", precision).ask(
                "embed", texts=texts, batch=32, save=str(saved)
            )
            vectors = numpy.load(saved)
            cosines["onnx", precision] = float((vectors * reference).sum(axis=1).mean())
        assert cosines["ours", "fp32"] > 0.9999, "our float vectors are not the reference's"
        return cosines

    def memory(self):
        found = {"torch fp32": self._torch["best"].memory()}
        for precision in PRECISIONS:
            found[f"onnx {precision}"] = self.worker("long", "onnx", precision).memory()
        return found

    def close(self):
        for workers in self._rivals.values():
            for worker in workers.values():
                worker.close()


class Peak:
    """What oneDNN makes of this machine for large products, measured again and again (GOP/s)."""

    def __init__(self):
        self.rates = {precision: [] for precision in PRECISIONS}

    def measure(self):
        program = BIN / "encode_bench"
        if not program.exists():
            return
        order = ["--benchmark_filter=BM_Peak", "--benchmark_format=json", "--benchmark_min_time=0.1"]
        for found in json.loads(run_once([program, *order])[2]).get("benchmarks", []):
            precision = "int8" if "bits:8" in found["name"] else "fp32"
            self.rates[precision].append(found["GOP/s"])
