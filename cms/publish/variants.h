// Pages as they travel: compressed once, when somebody first wants them so or before (prepare), and
// kept in the store beside them.
//
// A page is named by the hash of its bytes, so a variant is never out of date. Threads: every
// method from any thread; two who ask for the same variant at once may both make it. Limits:
// Options; what is larger, or would not become smaller, travels as it is.
#pragma once

#include <cstdint>

#include "cms/publish/manifest.h"
#include "cms/publish/store.h"

namespace stet::publish {

enum class Variant : std::uint8_t { kGzip, kBrotli };

struct VariantKey {
  ContentHash content;
  Variant variant;
  friend bool operator==(const VariantKey&, const VariantKey&) = default;
};

}  // namespace stet::publish

template <>
struct std::hash<stet::publish::VariantKey> {
  std::size_t operator()(const stet::publish::VariantKey& key) const noexcept {
    return std::hash<stet::ContentHash>()(key.content) ^ static_cast<std::size_t>(key.variant);
  }
};

namespace stet::publish {

class Variants {
 public:
  struct Options {
    std::uint64_t cache_bytes_max = std::uint64_t{64} << 20;
    std::uint64_t page_bytes_min = 512, page_bytes_max = std::uint64_t{4} << 20;
  };

  // `store` must outlive it.
  explicit Variants(Store& store, Options options)
      : store_(store), options_(options), cache_(options.cache_bytes_max) {}
  explicit Variants(Store& store) : Variants(store, Options()) {}

  // True where pages of this type and size have variants.
  bool has_variants(const Page& page) const;

  // Null where the page travels as it is. Takes time the first time, so not on a reactor thread
  // unless is_ready(). kNotFound: the store has lost the page.
  Result<Store::Bytes> get(const Page& page, Variant variant);
  bool is_ready(const Page& page, Variant variant) const;

  // Makes those that the store lacks; true where there was something to do.
  Result<bool> prepare(const Page& page);

 private:
  Result<Store::Bytes> make(const Page& page, Variant variant);

  Store& store_;
  const Options options_;
  BoundedCache<VariantKey, Store::Bytes> cache_;  // empty bytes: it would not be smaller
};

}  // namespace stet::publish
