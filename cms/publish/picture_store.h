// Smaller versions of pictures on disk, each under its name, as many as fit: whoever is asked for
// least goes first.
//
// All of it can be made again. Threads: any. A file is whole or absent for every reader, and has a
// fingerprint that is verified when it is read. Cost: a look through the folder now and then, when
// as much was written as a tenth of what may be.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "storage/base/bounded_cache.h"
#include "storage/base/result.h"

namespace stet::publish {

class PictureStore {
 public:
  static constexpr std::uint64_t kMemoryBytes = std::uint64_t{16} << 20;
  using Bytes = std::shared_ptr<const std::string>;

  // Makes the folder where it is missing; its parent must exist.
  static Result<std::unique_ptr<PictureStore>> open(std::filesystem::path folder,
                                                    std::uint64_t bytes_max);

  // `key` is of small letters, digits and hyphens. kNotFound: it is not there, or was spoilt.
  Result<Bytes> get(const std::string& key);
  Status put(const std::string& key, const Bytes& bytes);

 private:
  PictureStore(std::filesystem::path folder, std::uint64_t bytes_max)
      : folder_(std::move(folder)), bytes_max_(bytes_max) {}
  void make_room();

  const std::filesystem::path folder_;
  const std::uint64_t bytes_max_;
  BoundedCache<std::string, Bytes> cache_{kMemoryBytes};
  std::atomic<std::uint64_t> written_{0};  // since there was last made room
  std::mutex room_mutex_;
};

}  // namespace stet::publish
