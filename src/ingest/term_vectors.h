// The vectors of single words about music, for reasons.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <set>
#include <string>

#include "base/result.h"
#include "encoder/text_encoder.h"
#include "vectors/vector_file.h"

namespace spotisearch {

/// Writes the genres, descriptors and moods of a library, each with its vector, under the stable
/// hash of its text. Those that `previous` has (null: none), a file of the same encoder, are
/// copied. The number of those that were not.
Result<std::size_t> write_terms(const std::filesystem::path& path,
                                const std::set<std::string>& terms, const TextEncoder& encoder,
                                const VectorFile* previous, std::int64_t generation);

}  // namespace spotisearch
