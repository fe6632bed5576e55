// What an upload is, and what must be changed in it before it is kept: its type by its content, how
// large its picture is, whether it may come in at all.
//
// Threads: pure function. Memory: a few pages, whatever the file's size. Input may be any bytes.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "cms/image/file_type.h"
#include "cms/image/size.h"
#include "cms/media/rules.h"
#include "storage/base/byte_source.h"

namespace stet::media {

struct Examined {
  const image::FileType* type = nullptr;  // never null
  std::optional<image::Size> size;        // of a picture that says so
  std::vector<Splice> changes;            // what is kept is the upload with these
  std::vector<std::string> removed;       // what they take away, in words
};

struct Unwanted {
  enum class Why { kTooLarge, kType, kBroken };
  Why why = Why::kBroken;
  std::string message;
};

Result<std::variant<Examined, Unwanted>> examine(const ByteSource& upload, const Limits& limits);

}  // namespace stet::media
