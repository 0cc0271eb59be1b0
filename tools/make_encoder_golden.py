#!/usr/bin/env python3
"""Writes src/encoder/testdata/golden.json: what sentence-transformers makes of a few sentences.

Needs sentence-transformers and the model folder; development only, the program needs no Python.

    tools/make_encoder_golden.py models/all-MiniLM-L6-v2 > src/encoder/testdata/golden.json
"""
import json
import math
import sys

from sentence_transformers import SentenceTransformer

SENTENCES = [
    "",
    "rain",
    "quiet piano for a late train home",
    "Loud guitars, a fast drummer and nobody in the mood to sleep.",
    "something warm for Sunday pancakes",
    "songs that sound like the sea at four in the morning",
    "Beyoncé, Björk & Sigur Rós — live!",
    "ÜBERGROSSE ENERGIE",
    "no drums, no voice, only strings",
    "what do i play at my grandfather's eightieth birthday?",
    "東京 night drive",
    "sad but danceable",
    "100% acoustic, 0% autotune",
    "antidisestablishmentarianism set to a waltz",
    "slow-burning soul with a horn section that takes its time " * 3,
    "🎷 smoky",
    "an album to read Russian novels to",
    "the kind of synth pop that makes neon signs hum along",
    "my dog only likes baroque cello",
    "road, dust, steel guitar, heartbreak, repeat. " * 60,
]


def projection(vector):
    """A number that depends on every element: the dot product with sin(1), sin(2), ..."""
    return sum(float(x) * math.sin(i + 1) for i, x in enumerate(vector))


def main():
    model = SentenceTransformer(sys.argv[1], device="cpu")
    vectors = model.encode(SENTENCES, batch_size=1, normalize_embeddings=True)
    golden = [
        {
            "text": text,
            "leading": [round(float(x), 7) for x in vector[:8]],
            "projection": round(projection(vector), 6),
        }
        for text, vector in zip(SENTENCES, vectors)
    ]
    json.dump(golden, sys.stdout, ensure_ascii=False, indent=1)
    print()


if __name__ == "__main__":
    main()
