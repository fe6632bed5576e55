#include "cms/site/text.h"

namespace stet::site {
namespace {

Fingerprint fingerprint_of(std::string_view text) {
  return text.empty() ? Fingerprint() : fingerprint(text);
}

}  // namespace

Text Text::held(std::string text) {
  Text made;
  made.size_ = text.size();
  if (!text.empty()) made.held_ = std::make_shared<const std::string>(std::move(text));
  return made;
}

Text Text::of_file(std::string_view bytes, std::size_t offset) {
  std::string_view text = bytes.substr(offset);
  return of_file(offset, text.size(), fingerprint_of(text));
}

Text Text::of_file(std::size_t offset, std::size_t size, const Fingerprint& fingerprint) {
  Text made;
  made.offset_ = offset;
  made.size_ = size;
  made.fingerprint_ = fingerprint;
  return made;
}

Text Text::part(std::string_view own, std::size_t begin, std::size_t size) const {
  Text made = *this;
  made.offset_ += begin;
  made.size_ = size;
  if (!held_) made.fingerprint_ = fingerprint_of(own.substr(begin, size));
  return made;
}

Fingerprint Text::fingerprint() const { return held_ ? fingerprint_of(said()) : fingerprint_; }

bool operator==(const Text& a, const Text& b) {
  if (a.size_ != b.size_) return false;
  if (a.held_ && b.held_) return a.said() == b.said();
  return a.fingerprint() == b.fingerprint();
}

Result<ReadText> Texts::read(const Text& text,
                             const BlobId& blob,
                             const storage::Snapshot& snapshot) {
  if (text.empty()) return ReadText();
  FileBytes bytes = text.held_ ? text.held_ : TRY(file(blob, snapshot, false));
  std::string_view all = *bytes;
  bool is_there = text.offset_ <= all.size() && text.size_ <= all.size() - text.offset_;
  ReadText read{std::move(bytes), is_there ? all.substr(text.offset_, text.size_) : ""};
  if (!text.held_ && fingerprint_of(read.text) != text.fingerprint_) {
    return internal("the file " + blob.hex() + " is not the one that was parsed");
  }
  return read;
}

Result<FileBytes> Texts::file(const BlobId& blob,
                              const storage::Snapshot& snapshot,
                              bool is_one_of_all) {
  if (FileBytes known = files_.find(blob)) return known;
  auto bytes = std::make_shared<const std::string>(TRY(snapshot.read(blob)));
  const std::uint64_t size = bytes->size();
  return is_one_of_all ? files_.offer(blob, std::move(bytes), size)
                       : files_.put(blob, std::move(bytes), size);
}

}  // namespace stet::site
