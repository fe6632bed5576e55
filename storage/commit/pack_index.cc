#include "storage/commit/pack_index.h"

#include <algorithm>

#include "storage/base/sha1.h"

namespace stet::storage {
namespace {

constexpr std::string_view kHead("\377tOc\0\0\0\2", 8);
constexpr std::uint64_t kSmallOffsetMax = 0x7fffffff;  // beyond it the offset is in a table

template <typename Number>
void append_number(std::string& bytes, Number number) {
  for (int shift = 8 * (sizeof number - 1); shift >= 0; shift -= 8) {
    bytes += static_cast<char>(number >> shift);
  }
}

std::string_view text_of(const auto& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace

std::string pack_index(std::vector<PackedObject> objects, std::string_view pack_sum) {
  std::ranges::sort(objects, {}, &PackedObject::id);
  std::string index(kHead);
  auto at = objects.begin();
  for (int first = 0; first < 256; ++first) {
    while (at != objects.end() && at->id[0] == first) ++at;
    append_number(index, static_cast<std::uint32_t>(at - objects.begin()));
  }
  for (const PackedObject& object : objects) index += text_of(object.id);
  for (const PackedObject& object : objects) append_number(index, object.crc);
  std::string large;
  for (const PackedObject& object : objects) {
    if (object.offset <= kSmallOffsetMax) {
      append_number(index, static_cast<std::uint32_t>(object.offset));
    } else {
      append_number(index, static_cast<std::uint32_t>(0x80000000u | large.size() / 8));
      append_number(large, object.offset);
    }
  }
  index += large;
  index += pack_sum;
  index += text_of(sha1(index, "").bytes);
  return index;
}

}  // namespace stet::storage
