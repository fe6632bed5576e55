// Where a picture was taken, taken out of it; not a pixel and nothing else changes.
//
// Looked for is what cameras and programs write: EXIF's block of places and XMP's packets, of JPEG,
// PNG, WebP and AVIF; of films see film_location.h. Which way up the picture is, who made it and
// its colours stay. A block that cannot be understood goes whole, for nobody can say what is in it.
// Threads: pure function. Memory: the blocks. Input may be any bytes.
#pragma once

#include <vector>

#include "cms/image/file_type.h"
#include "storage/base/byte_source.h"

namespace stet::image {

// What to change; nothing where nothing says where it was. kInvalidInput: the file is broken.
Result<std::vector<Splice>> without_location(const ByteSource& source, Format format);

}  // namespace stet::image
