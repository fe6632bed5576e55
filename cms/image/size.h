// How wide and high a picture is, read of its head: nothing is decoded.
//
// Threads: pure functions. Limits: heads of pictures have a bounded number of parts; what claims
// more is refused. Input may be any bytes.
#pragma once

#include <cstdint>
#include <optional>

#include "cms/image/file_type.h"

namespace stet::image {

struct Size {
  std::uint32_t width = 0, height = 0;  // as it is shown: a turned photograph is turned
  friend bool operator==(const Size&, const Size&) = default;
};

// None where the format has none (a film), or where the picture does not say (an SVG).
// kInvalidInput where the file is broken: cut off, or with parts that reach beyond it.
Result<std::optional<Size>> size_of(const ByteSource& source, Format format);

}  // namespace stet::image
