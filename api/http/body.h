// The body of a request: in memory while it is small, else in a file that has no name.
//
// The file is unlinked from the start, so nothing is left behind whatever happens to the process.
// Limits: the server refuses bodies above its own limit before a Body exists. Threads: a value that
// one thread uses at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "storage/base/result.h"

namespace stet::http {

// An open file that is closed when the last owner lets go.
class OpenFile {
 public:
  // Owns `descriptor`, which is valid.
  explicit OpenFile(int descriptor) : descriptor_(descriptor) {}
  ~OpenFile();
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;

  static Result<std::shared_ptr<OpenFile>> open(const std::string& path);

  int descriptor() const { return descriptor_; }

 private:
  int descriptor_;
};

class Body {
 public:
  Body() = default;
  explicit Body(std::string bytes) : bytes_(std::move(bytes)), size_(bytes_.size()) {}
  Body(std::shared_ptr<OpenFile> file, std::uint64_t size) : file_(std::move(file)), size_(size) {}

  std::uint64_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  bool is_in_memory() const { return file_ == nullptr; }

  // The whole body. kInvalidInput if it is larger than `bytes_max`.
  Result<std::string> read(std::uint64_t bytes_max) const;

  // The bytes of a body that is in memory; empty for one in a file.
  std::string_view memory() const { return bytes_; }

  // The body as a file that stands at its start, for a child process's standard input. A body in
  // memory is copied to an anonymous file. Two calls share one file offset where the body is in a
  // file.
  Result<std::shared_ptr<OpenFile>> as_file() const;

 private:
  std::string bytes_;
  std::shared_ptr<OpenFile> file_;
  std::uint64_t size_ = 0;
};

// Takes a body as it arrives, and moves to a file when it passes `memory_bytes_max`.
class BodyCollector {
 public:
  BodyCollector(std::uint64_t memory_bytes_max, std::string temporary_folder)
      : memory_bytes_max_(memory_bytes_max), temporary_folder_(std::move(temporary_folder)) {}

  // kUnavailable when the disk is full; what came before is then lost.
  Status append(std::string_view piece);
  std::uint64_t size() const { return size_; }
  // The body; the collector is empty afterwards.
  Body take();

 private:
  Status move_to_file();

  std::uint64_t memory_bytes_max_;
  std::string temporary_folder_;
  std::string bytes_;
  std::shared_ptr<OpenFile> file_;
  std::uint64_t size_ = 0;
};

}  // namespace stet::http
