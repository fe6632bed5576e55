// zlib streams that are kept between objects: making one costs more than a small object's bytes.
//
// Threads: one.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "storage/base/result.h"

namespace stet::storage {

class Deflater {
 public:
  enum class Effort {
    kNone,  // for what hardly compresses, such as trees, which are mostly ids
    kUsual,
  };

  Deflater();
  ~Deflater();
  Deflater(const Deflater&) = delete;
  Deflater& operator=(const Deflater&) = delete;

  // Appends `bytes`, compressed, to `to`. kUnavailable: no memory.
  Status append(std::string& to, std::string_view bytes, Effort effort);

 private:
  struct Streams;
  std::unique_ptr<Streams> streams_;
};

}  // namespace stet::storage
