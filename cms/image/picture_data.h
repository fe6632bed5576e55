// Whether there is a picture behind the head of a file that says it is one.
//
// Decided by how the file is built, without decoding: a GIF has a block of an image, a PNG a chunk
// of data, a JPEG a scan, a WebP a frame, an AVIF its data, an icon pictures where its list says.
// What is in them only a decoder can tell, and that is asked when a smaller version is made.
// Threads: pure function. Memory: a window of the file. Limits: parts are bounded; what claims more
// is refused. Input may be any bytes.
#pragma once

#include "cms/image/file_type.h"

namespace stet::image {

// kInvalidInput says what is missing. Other formats have nothing to be asked.
Status check_picture(const ByteSource& source, Format format);

}  // namespace stet::image
