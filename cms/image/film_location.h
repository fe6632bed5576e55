// Where a film was taken, as phones and cameras write it beside the pictures: QuickTime's and
// 3GPP's boxes of places (©xyz, loci), keys of metadata (com.apple.quicktime.location...), packets
// of XMP, thumbnails with an EXIF of their own.
//
// Each box keeps its size: what is in it becomes zeros, and the box one that players pass over.
// Tracks that tell the place second by second (GoPro's gpmd, camm) lie between the pictures, and
// such a film is refused. Threads: pure function. Memory: the boxes. Input may be any bytes; what
// is no box ends the row that it stands in, as for players.
#pragma once

#include <vector>

#include "storage/base/byte_source.h"

namespace stet::image {

// Of MP4, M4A and MOV. Nothing where nothing says where it was; kInvalidInput: a track does.
Result<std::vector<Splice>> without_place_of_film(const ByteSource& source);

}  // namespace stet::image
