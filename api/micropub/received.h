// A Micropub request as it came: a form, JSON, or a form with files.
//
// Files are read where they lie, in memory or on disk; nothing of them is copied. Threads: values.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "api/micropub/command.h"
#include "storage/base/byte_source.h"

namespace stet::micropub {

inline constexpr std::uint64_t kTextBytesMax = std::uint64_t{6} << 20;  // of all but files

struct File {
  std::string property;                 // "photo"; of the media endpoint "file"
  std::string name;                     // as the client has it: any text
  const ByteSource* content = nullptr;  // lies in what was received
};

struct Received {
  http::Query form;
  std::optional<document::Data> json;
  std::vector<File> files;
  // What lies behind the files.
  std::unique_ptr<ByteSource> body;
  std::vector<std::unique_ptr<ByteSource>> parts;
};

// Of a POST; of any other request there is nothing.
std::variant<Received, Fault> receive(const http::Request& request);

}  // namespace stet::micropub
