// Digests as columns: blobs of so many bytes.
#pragma once

#include <algorithm>
#include <string_view>

#include "storage/base/hash.h"

namespace stet::storage {

template <std::size_t Size>
std::string_view bytes_of(const Digest<Size>& digest) {
  return {reinterpret_cast<const char*>(digest.bytes.data()), Size};
}

// Zeros where the column has fewer bytes.
template <std::size_t Size>
Digest<Size> digest_of(std::string_view bytes) {
  Digest<Size> digest;
  std::copy_n(bytes.begin(), std::min(bytes.size(), Size), digest.bytes.begin());
  return digest;
}

}  // namespace stet::storage
