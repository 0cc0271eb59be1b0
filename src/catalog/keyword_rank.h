// The ranking function of the keyword search, as an auxiliary function of FTS5.
#pragma once

#include "base/result.h"

struct sqlite3;

namespace spotisearch {

/// Makes `keyword_rank(table, tags_weight, body_weight, known_weight)` known to a connection, for
/// FTS5 tables with the columns title, artists, tags, body, known. It gives
///   tags_weight * B(title, artists, tags) + body_weight * B(body) + known_weight * B(known),
/// where B is BM25 (k1 = 1.2, b = 0.75) over the named fields divided by the largest value the
/// query could reach: 0 where no word is found, near 1 where every word is found often.
///
/// SQLite's own bm25() is not used for two reasons, both measured (docs/EVALUATION.md). It gives a
/// word that half of the items hold no weight at all, where Lucene's idf, ln(1 + (N - n + 0.5) /
/// (n + 0.5)), still gives it some. And its scores have no scale: here a score is a share, so that
/// it can be added to a cosine. Lengths are compared with fixed typical lengths rather than with
/// the library's mean: what else is in a library does not change what a long text is.
Status register_keyword_rank(sqlite3* connection);

}  // namespace spotisearch
