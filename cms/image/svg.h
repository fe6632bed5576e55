// An SVG without what could do harm: scripts, event handlers, foreign markup, and whatever it would
// fetch from elsewhere.
//
// Read as XML by Expat; what is not on the list of elements and attributes is cut out of the bytes,
// and all others stay as they are. Refused is what cannot be cut: a text that is not well-formed,
// of another encoding than UTF-8, or with declarations of its own (entities). Threads: pure
// function. Limits: kSvgBytesMax, kSvgDepthMax. Input may be any bytes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "storage/base/byte_source.h"

namespace stet::image {

inline constexpr std::size_t kSvgBytesMax = std::size_t{16} << 20;
inline constexpr std::size_t kSvgDepthMax = 200;

struct SvgCuts {
  std::vector<Splice> splices;
  std::vector<std::string> removed;  // "<script> in line 3", the first few
};

// kInvalidInput names the line.
Result<SvgCuts> harmless_svg(std::string_view text);

}  // namespace stet::image
