// Rendered bytes, each once, named by their hash: <folder>/ab/cdef... as git names its objects.
// Beside an object may lie forms of it (ab/cdef....gz), which go when it goes.
//
// Threads: every method from any thread. Durability: a file is whole or absent for every reader,
// but is not fsynced, for it can be rendered again; what a power cut spoilt is found by its hash
// when it is read. Limits: an object is at most kObjectBytesMax; memory for the cache is bounded by
// Options.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_set>

#include "storage/base/bounded_cache.h"
#include "storage/base/byte_source.h"
#include "storage/base/hash.h"
#include "storage/base/result.h"

namespace stet::publish {

class Store {
 public:
  static constexpr std::uint64_t kObjectBytesMax = std::uint64_t{4} << 30;

  struct Options {
    std::uint64_t cache_bytes_max = std::uint64_t{64} << 20;         // 200 an object beside its own
    std::uint64_t cached_object_bytes_max = std::uint64_t{4} << 20;  // larger ones stay on disk
  };
  struct Counts {
    std::uint64_t hits = 0, misses = 0, writes = 0;
  };
  using Bytes = std::shared_ptr<const std::string>;

  // Makes the folder where it is missing; its parent must exist.
  static Result<std::unique_ptr<Store>> open(std::filesystem::path folder, Options options);
  static Result<std::unique_ptr<Store>> open(std::filesystem::path folder) {
    return open(std::move(folder), Options());
  }

  // Costs no writing where the bytes are there already. Readers find them from here on.
  Result<ContentHash> put(std::string_view bytes);

  // The same of what is not in memory: it goes through it in pieces.
  Result<ContentHash> put(const ByteSource& content);

  // From memory, or from disk with the hash verified. kNotFound where there is no such object or it
  // was spoilt; a spoilt file is taken away, so that the next put() mends it.
  Result<Bytes> get(const ContentHash& content);

  // What an object is in another form ("gz"), with a fingerprint that is verified as it is read.
  // kNotFound where there is none, or it was spoilt and has been taken away.
  Status put_form(const ContentHash& of, std::string_view form, std::string_view bytes);
  Result<std::string> get_form(const ContentHash& of, std::string_view form) const;
  bool has_form(const ContentHash& of, std::string_view form) const;

  bool contains(const ContentHash& content) const;

  // True where get() would not touch the disk just now.
  bool has_in_memory(const ContentHash& content) const;

  // Where it lies on disk, for streaming what is too large for memory; it may not exist.
  std::filesystem::path path_of(const ContentHash& content) const;

  // Removes every object that `is_kept` denies, but what was put since the collection before the
  // last began, for that may be about to be published. Returns how many went. Slow; one at a time.
  Result<std::size_t> collect(const std::function<bool(const ContentHash&)>& is_kept);

  Counts counts() const;

 private:
  using Recent = std::unordered_set<ContentHash>;

  Store(std::filesystem::path folder, Options options)
      : folder_(std::move(folder)), options_(options), cache_(options.cache_bytes_max) {}
  Status write(const ContentHash& content, std::string_view bytes);
  Result<std::size_t> collect_folder(const std::filesystem::path& folder,
                                     const std::function<bool(const ContentHash&)>& is_kept);
  // The object's file, or that of a form of it. True if it was removed.
  bool remove_unless_recent(const ContentHash& content, const std::filesystem::path& file);
  std::filesystem::path path_of(const ContentHash& of, std::string_view form) const;

  const std::filesystem::path folder_;
  const Options options_;
  std::atomic<std::uint64_t> hits_{0}, misses_{0}, writes_{0};

  BoundedCache<ContentHash, Bytes> cache_;

  std::mutex collect_mutex_;  // held by collect()
  std::mutex recent_mutex_;   // guards the two below, and a put's claim against a removal
  Recent recent_;             // put since the last collection began
  Recent before_;             // put between the one before and that
};

}  // namespace stet::publish
