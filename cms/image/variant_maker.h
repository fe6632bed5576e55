// Makes smaller versions of pictures, in a process of its own that sees nothing but its pipes.
//
// Decoders of pictures are written for speed and fed by strangers: what they do with a hostile one
// ends with their process, whose time and memory are bounded. The server's own process decodes
// nothing. Threads: any; as many processes run at once as the options say, and others wait.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "cms/image/variant.h"
#include "storage/base/result.h"

namespace stet::image {

struct MakerOptions {
  std::vector<std::string>
      worker;  // a program that calls serve_image_worker(); empty: there is none
  unsigned processes_max = 2;
  std::int64_t wall_ms = 30'000;
  std::uint64_t cpu_seconds = 20;
  std::uint64_t memory_bytes = std::uint64_t{2} << 30;  // of address space
  std::uint64_t output_bytes = std::uint64_t{32} << 20;
  std::uint64_t input_bytes = std::uint64_t{64} << 20;
};

class VariantMaker {
 public:
  explicit VariantMaker(MakerOptions options) : options_(std::move(options)) {}

  // Whether the worker is there and has what it needs: a process is run to learn it.
  bool is_able() const;

  // kInvalidInput: it cannot be made of this picture. kUnavailable: of any, or not now: the process
  // was ended by one of its limits, or otherwise.
  Result<std::string> make(std::string picture, const Recipe& recipe);

 private:
  const MakerOptions options_;
  std::mutex mutex_;
  std::condition_variable ended_;
  unsigned running_ = 0;
};

}  // namespace stet::image
