#include "cms/image/avif_items.h"

#include <algorithm>

#include "cms/image/boxes.h"

namespace stet::image {
namespace {

Error broken() { return invalid_input("the AVIF's list of what is in it is broken"); }

// Numbers of the widths that a box itself tells.
class Cursor {
 public:
  Cursor(Reader& reader, const Box& box) : reader_(reader), at_(box.begin), end_(box.end) {}

  std::uint64_t take(unsigned bytes) {
    if (bytes > end_ - at_) {
      has_failed_ = true;
      return 0;
    }
    std::uint64_t value = 0;
    for (unsigned i = 0; i < bytes; ++i) value = value << 8 | reader_.u8(at_ + i);
    at_ += bytes;
    return value;
  }
  bool has_failed() const { return has_failed_; }

 private:
  Reader& reader_;
  std::uint64_t at_;
  const std::uint64_t end_;
  bool has_failed_ = false;
};

// iinf's entries that are EXIF or XMP.
Result<std::vector<AvifItem>> named_items(Reader& reader, const Box& box) {
  if (box.size() < 6) return broken();
  std::uint64_t begin = box.begin + (reader.u8(box.begin) == 0 ? 6 : 8);
  if (begin > box.end) return broken();
  std::vector<AvifItem> items;
  for (const Box& entry : TRY(boxes_in(reader, begin, box.end))) {
    if (entry.name != "infe" || entry.size() < 12) continue;
    std::uint32_t version = reader.u8(entry.begin);
    bool is_wide = version >= 3;
    AvifItem item;
    item.id = is_wide ? reader.u32(entry.begin + 4) : reader.u16(entry.begin + 4);
    std::uint64_t type = entry.begin + (is_wide ? 10 : 8);
    item.is_exif = reader.view(type, 4) == "Exif";
    bool is_mime = reader.view(type, 4) == "mime";
    auto rest = static_cast<std::size_t>(std::min<std::uint64_t>(entry.end - type, 256));
    item.is_xmp = is_mime && reader.view(type, rest).find("rdf+xml") != std::string_view::npos;
    if (item.is_exif || item.is_xmp) items.push_back(item);
  }
  return items;
}

struct Widths {
  std::uint32_t version;
  unsigned offset, length, base, index;
};

// One entry of iloc; its extents go to the item, where that is one that is wanted.
Status take_location(Cursor& cursor,
                     const Widths& widths,
                     std::uint64_t inner,
                     std::uint64_t file_size,
                     std::vector<AvifItem>& items) {
  auto id = static_cast<std::uint32_t>(cursor.take(widths.version < 2 ? 2 : 4));
  std::uint64_t construction = widths.version == 0 ? 0 : cursor.take(2) & 0xf;
  cursor.take(2);  // of which file
  std::uint64_t base = cursor.take(widths.base), count = cursor.take(2);
  auto item =
      std::find_if(items.begin(), items.end(), [&](const AvifItem& one) { return one.id == id; });
  for (std::uint64_t i = 0; i < count && !cursor.has_failed(); ++i) {
    cursor.take(widths.index);
    std::uint64_t offset = cursor.take(widths.offset), length = cursor.take(widths.length);
    if (item == items.end()) continue;
    std::uint64_t begin = base + offset + (construction == 1 ? inner : 0);
    bool is_inside = construction <= 1 && begin >= base && begin <= file_size &&
                     length <= file_size - begin && item->extents.size() < kBoxesMax;
    if (!is_inside) return broken();
    item->extents.push_back({begin, length});
  }
  return {};
}

// Where items may lie: in what holds data, and not among what describes the file.
Result<std::vector<AvifExtent>> grounds_of(Reader& reader, const Box* inner) {
  std::vector<AvifExtent> grounds;
  for (const Box& box : TRY(boxes_in(reader, 0, reader.size()))) {
    if (box.name != "ftyp" && box.name != "meta") grounds.push_back({box.begin, box.size()});
  }
  if (inner) grounds.push_back({inner->begin, inner->size()});
  return grounds;
}

Status check_places(const std::vector<AvifItem>& items, const std::vector<AvifExtent>& grounds) {
  auto lies_in = [](const AvifExtent& extent, const AvifExtent& ground) {
    return extent.begin >= ground.begin && extent.begin <= ground.begin + ground.size &&
           extent.size <= ground.begin + ground.size - extent.begin;
  };
  for (const AvifItem& item : items) {
    for (const AvifExtent& extent : item.extents) {
      const bool is_good = std::any_of(grounds.begin(), grounds.end(), [&](const auto& ground) {
        return lies_in(extent, ground);
      });
      if (!is_good) return invalid_input("a part of the AVIF lies among what describes the file");
    }
  }
  return {};
}

}  // namespace

Result<std::vector<AvifItem>> avif_items(Reader& reader) {
  auto meta = TRY(meta_boxes(reader));
  const Box* names = find_box(meta, "iinf");
  const Box* places = find_box(meta, "iloc");
  if (!names) return std::vector<AvifItem>();
  auto items = TRY(named_items(reader, *names));
  if (items.empty()) return items;
  if (!places || places->size() < 8) return broken();
  const Box* inner = find_box(meta, "idat");
  Cursor cursor(reader, *places);
  auto version = static_cast<std::uint32_t>(cursor.take(4) >> 24);
  auto sizes = static_cast<unsigned>(cursor.take(2));
  Widths widths{
      version, sizes >> 12, sizes >> 8 & 0xf, sizes >> 4 & 0xf, version == 0 ? 0 : sizes & 0xf};
  if (version > 2 || widths.offset > 8 || widths.length > 8 || widths.base > 8 ||
      widths.index > 8) {
    return broken();
  }
  std::uint64_t count = cursor.take(version < 2 ? 2 : 4);
  if (count > kBoxesMax) return broken();
  for (std::uint64_t i = 0; i < count; ++i) {
    TRY(take_location(cursor, widths, inner ? inner->begin : 0, reader.size(), items));
    if (cursor.has_failed()) return broken();
  }
  TRY(check_places(items, TRY(grounds_of(reader, inner))));
  return items;
}

}  // namespace stet::image
