// A row's cells as a track or as an album.
#pragma once

#include <tl/expected.hpp>

#include "ingest/list_cell.h"
#include "ingest/row_cells.h"
#include "music/album.h"
#include "music/track.h"

namespace spotisearch {

/// The track of a row; the problem when it has no title. Unknown values stay unknown.
tl::expected<Track, RowProblem> read_track(RowCells& cells, ArtistStyle style);

/// The album of a row; the problem when it has no title.
tl::expected<Album, RowProblem> read_album(RowCells& cells, ArtistStyle style);

}  // namespace spotisearch
