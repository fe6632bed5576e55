// The text below a file's front matter: held in memory, or read from the repository when wanted.
//
// A Text says which part of a file it is, and by a fingerprint what it says: so two of them are
// compared without being read. Texts reads them, and keeps the bytes of files up to a size.
// Threads: a Text is a value; every method of Texts from any thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "storage/base/bounded_cache.h"
#include "storage/base/hash.h"
#include "storage/base/object_id.h"
#include "storage/base/result.h"
#include "storage/snapshot/snapshot.h"

namespace stet::site {

using FileBytes = std::shared_ptr<const std::string>;

class Text {
 public:
  Text() = default;  // empty
  static Text held(std::string text);
  // Of a file that can be read again: from `offset`, which is in it, to its end.
  static Text of_file(std::string_view bytes, std::size_t offset);
  // As it was told before, by somebody who kept it.
  static Text of_file(std::size_t offset, std::size_t size, const Fingerprint& fingerprint);

  // A part of it; `own` is what it says.
  Text part(std::string_view own, std::size_t begin, std::size_t size) const;

  bool empty() const { return size_ == 0; }
  bool is_held() const { return held_ != nullptr; }
  std::size_t offset() const { return offset_; }
  std::size_t size() const { return size_; }
  // Made anew at each call for one that is held.
  Fingerprint fingerprint() const;

  // They say the same.
  friend bool operator==(const Text& a, const Text& b);

 private:
  friend class Texts;
  // Of one that is held.
  std::string_view said() const { return std::string_view(*held_).substr(offset_, size_); }

  FileBytes held_;  // null: the bytes of the file that it is of
  std::size_t offset_ = 0;
  std::size_t size_ = 0;
  Fingerprint fingerprint_;  // zeros of one that is empty, or held
};

// What a Text says, and what keeps it there.
struct ReadText {
  FileBytes bytes;
  std::string_view text;
};

class Texts {
 public:
  static constexpr std::uint64_t kBytesMax = std::uint64_t{256} << 20;

  explicit Texts(std::uint64_t bytes_max = kBytesMax) : files_(bytes_max) {}

  // `text` is held, or of that blob. An error: the repository cannot be read, or its file is not
  // the one that the text was made of.
  Result<ReadText> read(const Text& text, const BlobId& blob, const storage::Snapshot& snapshot);

  // The whole file. `is_one_of_all`: the site is read from one end to the other, so what is there
  // already is worth as much as this one, and stays.
  Result<FileBytes> file(const BlobId& blob, const storage::Snapshot& snapshot, bool is_one_of_all);

 private:
  BoundedCache<BlobId, FileBytes> files_;
};

}  // namespace stet::site
