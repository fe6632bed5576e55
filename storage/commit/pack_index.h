// The index of a pack, version 2 (gitformat-pack(5)): which object lies where.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace stet::storage {

struct PackedObject {
  std::array<std::uint8_t, 20> id{};
  std::uint32_t crc = 0;  // of its bytes in the pack
  std::uint64_t offset = 0;
};

// `objects` are each there once; `pack_sum` is what the pack ends with.
std::string pack_index(std::vector<PackedObject> objects, std::string_view pack_sum);

}  // namespace stet::storage
