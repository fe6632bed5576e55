// Bytes that lie somewhere and are read in parts, so that nobody need hold all of them: in memory,
// in a file, or in another source with some of them replaced.
//
// Threads: read() from any, for none of them has a position.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "storage/base/result.h"

namespace stet {

class ByteSource {
 public:
  virtual ~ByteSource() = default;
  virtual std::uint64_t size() const = 0;
  // `count` bytes from `offset`; fewer where the source ends before.
  virtual Result<std::string> read(std::uint64_t offset, std::size_t count) const = 0;
};
using ByteSourcePtr = std::shared_ptr<const ByteSource>;

// `bytes` stay their owner's, and must live as long.
class MemorySource final : public ByteSource {
 public:
  explicit MemorySource(std::string_view bytes) : bytes_(bytes) {}
  std::uint64_t size() const override { return bytes_.size(); }
  Result<std::string> read(std::uint64_t offset, std::size_t count) const override;

 private:
  const std::string_view bytes_;
};

// Of an open file, which stays its owner's and must not become shorter. kInternal where it has.
class FileSource final : public ByteSource {
 public:
  FileSource(int descriptor, std::uint64_t size) : descriptor_(descriptor), size_(size) {}
  std::uint64_t size() const override { return size_; }
  Result<std::string> read(std::uint64_t offset, std::size_t count) const override;

 private:
  const int descriptor_;
  const std::uint64_t size_;
};

// A part of another, which must live as long and have it.
class PartSource final : public ByteSource {
 public:
  PartSource(const ByteSource& whole, std::uint64_t offset, std::uint64_t size)
      : whole_(whole), offset_(offset), size_(size) {}
  std::uint64_t size() const override { return size_; }
  Result<std::string> read(std::uint64_t offset, std::size_t count) const override;

 private:
  const ByteSource& whole_;
  const std::uint64_t offset_, size_;
};

// In the place of `removed` bytes at `offset` stands `inserted`.
struct Splice {
  std::uint64_t offset = 0, removed = 0;
  std::string inserted = {};
  friend bool operator==(const Splice&, const Splice&) = default;
};

// Another, which must live as long, with splices, which are in order and do not overlap.
class SplicedSource final : public ByteSource {
 public:
  SplicedSource(const ByteSource& whole, std::vector<Splice> splices);
  std::uint64_t size() const override { return size_; }
  Result<std::string> read(std::uint64_t offset, std::size_t count) const override;

 private:
  struct Piece {
    std::uint64_t begin;   // here
    std::uint64_t offset;  // in the whole, or in `text`
    std::uint64_t size;
    const std::string* text;  // null: of the whole
  };
  const ByteSource& whole_;
  const std::vector<Splice> splices_;
  std::vector<Piece> pieces_;
  std::uint64_t size_ = 0;
};

// All of it in order, a bounded piece at a time. An error of `visit` ends it, and is returned.
Status for_each_piece(const ByteSource& source,
                      const std::function<Status(std::string_view)>& visit);

// kInvalidInput where it is larger than `bytes_max`.
Result<std::string> read_all(const ByteSource& source, std::uint64_t bytes_max);

}  // namespace stet
