"""What a Python program does for one query: rival_cold.py MODEL INDEX TEXTS QUERY."""

import os
import sys

os.environ["HF_HUB_OFFLINE"] = "1"

import faiss
from sentence_transformers import SentenceTransformer

folder, index_path, texts_path, query = sys.argv[1:5]
model = SentenceTransformer(folder, device="cpu")
index = faiss.read_index(index_path)
vector = model.encode([query], normalize_embeddings=True, show_progress_bar=False)
scores, rows = index.search(vector, 10)
with open(texts_path, encoding="utf-8") as file:
    texts = file.read().split("\n")
for score, row in zip(scores[0], rows[0]):
    print(f"{score:.4f} {texts[row]}")
