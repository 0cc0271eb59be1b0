"""The model on ONNX Runtime: exported, fused, quantised, and run as well as we know how.

onnx_rival.py MODEL FOLDER writes the graphs.
"""

import pathlib
import sys

import numpy

NAMES = ["input_ids", "attention_mask", "token_type_ids"]
LONGEST = 256  # tokens, as sentence-transformers truncates for this model


def graphs(folder):
    """{precision: {variant: path}} of what export() writes."""
    files = {
        "fp32": {"plain": "plain", "fused": "fused"},
        "int8": {"plain": "plain-int8", "fused": "fused-int8", "per channel": "channels-int8"},
    }
    return {
        precision: {variant: folder / f"{name}.onnx" for variant, name in variants.items()}
        for precision, variants in files.items()
    }


def export(model_folder, folder):
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.transformers import optimizer

    floats, int8 = graphs(folder).values()
    folder.mkdir(parents=True, exist_ok=True)
    export_graph(model_folder, floats["plain"])
    fused = optimizer.optimize_model(
        str(floats["plain"]), "bert", num_heads=12, hidden_size=384, opt_level=0
    )
    fused.save_model_to_file(str(floats["fused"]))
    for variant, path in int8.items():
        quantize_dynamic(
            floats["fused" if variant == "fused" else "plain"],
            path,
            weight_type=QuantType.QInt8,
            per_channel=variant == "per channel",
            extra_options={"DefaultTensorType": 1},  # float: shapes of fused nodes are not inferred
        )


def export_graph(model_folder, path):
    import torch
    from transformers import AutoModel

    class LastHidden(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.bert = AutoModel.from_pretrained(model_folder, attn_implementation="eager").eval()

        def forward(self, ids, mask, types):
            return self.bert(
                input_ids=ids, attention_mask=mask, token_type_ids=types
            ).last_hidden_state

    ids = torch.randint(1000, 2000, (2, 9))
    with torch.no_grad():
        torch.onnx.export(
            LastHidden(),
            (ids, torch.ones_like(ids), torch.zeros_like(ids)),
            str(path),
            input_names=NAMES,
            output_names=["hidden"],
            dynamic_axes={name: {0: "batch", 1: "tokens"} for name in [*NAMES, "hidden"]},
            opset_version=17,
            dynamo=False,  # the other exporter asks for a package more and gives the same graph
        )


class OnnxEncoder:
    """Sorts by length, pads each batch to its longest text, means over tokens, normalises."""

    def __init__(self, graph, model_folder, threads):
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            str(graph), options, providers=["CPUExecutionProvider"]
        )
        self._types = {
            i.name: numpy.int32 if "int32" in i.type else numpy.int64
            for i in self._session.get_inputs()
        }
        self.tokenizer = Tokenizer.from_file(str(pathlib.Path(model_folder) / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(LONGEST)

    def encode(self, texts, batch_size):
        ids = [encoded.ids for encoded in self.tokenizer.encode_batch(texts)]
        order = sorted(range(len(ids)), key=lambda i: len(ids[i]))
        vectors = None
        for start in range(0, len(order), batch_size):
            chosen = order[start : start + batch_size]
            found = self._batch([ids[i] for i in chosen])
            if vectors is None:
                vectors = numpy.empty((len(ids), found.shape[1]), numpy.float32)
            vectors[chosen] = found
        return vectors

    def _batch(self, ids):
        width = max(map(len, ids))
        words = numpy.zeros((len(ids), width), numpy.int64)
        mask = numpy.zeros_like(words)
        for row, tokens in enumerate(ids):
            words[row, : len(tokens)] = tokens
            mask[row, : len(tokens)] = 1
        inputs = dict(zip(NAMES, (words, mask, numpy.zeros_like(words))))
        hidden = self._session.run(
            ["hidden"], {n: inputs[n].astype(t, copy=False) for n, t in self._types.items()}
        )[0]
        weights = mask.astype(numpy.float32)[:, None, :]
        means = (weights @ hidden)[:, 0, :] / weights.sum(axis=2)
        return means / numpy.linalg.norm(means, axis=1, keepdims=True)


if __name__ == "__main__":
    export(sys.argv[1], pathlib.Path(sys.argv[2]))
