// The boxes of ISO's base media format (ISO 14496-12 4.2), as AVIF has them: one after the other,
// each with its size and its name.
//
// Threads: pure functions. Limits: kBoxesMax in one row. Input may be any bytes.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cms/image/reader.h"
#include "storage/base/result.h"

namespace stet::image {

struct Box {
  std::string name;         // "meta"
  std::uint64_t begin = 0;  // of what is in it
  std::uint64_t end = 0;
  std::uint64_t size() const { return end - begin; }
};

inline constexpr std::size_t kBoxesMax = 10'000;

// Those between two places. kInvalidInput where one reaches beyond.
Result<std::vector<Box>> boxes_in(Reader& reader, std::uint64_t begin, std::uint64_t end);

// The first of that name; null: none.
const Box* find_box(const std::vector<Box>& boxes, std::string_view name);

// What is in an AVIF's "meta" box.
Result<std::vector<Box>> meta_boxes(Reader& reader);

}  // namespace stet::image
