#include "cms/image/boxes.h"

#include <algorithm>

namespace stet::image {

Result<std::vector<Box>> boxes_in(Reader& reader, std::uint64_t begin, std::uint64_t end) {
  std::vector<Box> boxes;
  for (std::uint64_t at = begin; at < end;) {
    if (boxes.size() == kBoxesMax) return invalid_input("the picture has too many boxes");
    if (end - at < 8) return invalid_input("the picture ends within a box's head");
    std::uint64_t size = reader.u32(at), head = 8;
    std::string name(reader.view(at + 4, 4));
    if (size == 1) {
      size = reader.u64(at + 8);
      head = 16;
    } else if (size == 0) {
      size = end - at;
    }
    if (size < head || size > end - at) {
      return invalid_input("the picture's box '" + std::string(name.size() == 4 ? name : "?") +
                           "' reaches beyond what it lies in: the file was cut off or spoilt");
    }
    boxes.push_back({std::move(name), at + head, at + size});
    at += size;
  }
  return boxes;
}

const Box* find_box(const std::vector<Box>& boxes, std::string_view name) {
  auto found =
      std::find_if(boxes.begin(), boxes.end(), [&](const Box& box) { return box.name == name; });
  return found == boxes.end() ? nullptr : &*found;
}

Result<std::vector<Box>> meta_boxes(Reader& reader) {
  std::vector<Box> top = TRY(boxes_in(reader, 0, reader.size()));
  const Box* meta = find_box(top, "meta");
  if (!meta || meta->size() < 4) return invalid_input("the picture has no 'meta' box");
  return boxes_in(reader, meta->begin + 4, meta->end);
}

}  // namespace stet::image
