// Names of git objects, one type a kind, so that a blob is never taken for a commit.
//
// A git object id is the SHA-1 of the object (20 bytes, 40 hex digits). Values; any thread.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <cstring>
#include <functional>
#include <string>
#include <string_view>

#include "storage/base/hex.h"
#include "storage/base/result.h"

namespace stet {

template <typename Kind>
class ObjectId {
 public:
  static constexpr std::size_t kBytes = 20;

  // All zeros: git's own "no object". Never the id of anything.
  constexpr ObjectId() = default;
  explicit ObjectId(const std::array<std::uint8_t, kBytes>& bytes) : bytes_(bytes) {}

  // Exactly 40 hex digits, either case.
  static Result<ObjectId> parse(std::string_view hex) {
    ObjectId id;
    if (!decode_hex(hex, id.bytes_)) {
      return invalid_input("'" + std::string(hex.substr(0, 60)) + "' is not 40 hex digits");
    }
    return id;
  }

  std::string hex() const { return encode_hex(bytes_); }
  bool is_zero() const { return *this == ObjectId(); }
  const std::array<std::uint8_t, kBytes>& bytes() const { return bytes_; }

  friend auto operator<=>(const ObjectId&, const ObjectId&) = default;

 private:
  std::array<std::uint8_t, kBytes> bytes_{};
};

using CommitId = ObjectId<struct CommitKind>;
using TreeId = ObjectId<struct TreeKind>;
using BlobId = ObjectId<struct BlobKind>;

}  // namespace stet

template <typename Kind>
struct std::hash<stet::ObjectId<Kind>> {
  std::size_t operator()(const stet::ObjectId<Kind>& id) const noexcept {
    std::size_t h;
    std::memcpy(&h, id.bytes().data(), sizeof h);
    return h;
  }
};
