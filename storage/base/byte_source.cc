#include "storage/base/byte_source.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace stet {
namespace {

constexpr std::size_t kPieceBytes = std::size_t{256} << 10;

}  // namespace

Result<std::string> MemorySource::read(std::uint64_t offset, std::size_t count) const {
  if (offset >= bytes_.size()) return std::string();
  return std::string(bytes_.substr(offset, count));
}

Result<std::string> FileSource::read(std::uint64_t offset, std::size_t count) const {
  if (offset >= size_) return std::string();
  std::string bytes(static_cast<std::size_t>(std::min<std::uint64_t>(count, size_ - offset)), '\0');
  for (std::size_t done = 0; done < bytes.size();) {
    ssize_t got = ::pread(
        descriptor_, bytes.data() + done, bytes.size() - done, static_cast<off_t>(offset + done));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return internal("a file that is being read has become shorter");
    done += static_cast<std::size_t>(got);
  }
  return bytes;
}

Result<std::string> PartSource::read(std::uint64_t offset, std::size_t count) const {
  if (offset >= size_) return std::string();
  return whole_.read(offset_ + offset,
                     static_cast<std::size_t>(std::min<std::uint64_t>(count, size_ - offset)));
}

SplicedSource::SplicedSource(const ByteSource& whole, std::vector<Splice> splices)
    : whole_(whole), splices_(std::move(splices)) {
  std::uint64_t at = 0;
  auto add = [&](std::uint64_t offset, std::uint64_t size, const std::string* text) {
    if (size > 0) pieces_.push_back({size_, offset, size, text});
    size_ += size;
  };
  for (const Splice& splice : splices_) {
    add(at, splice.offset - at, nullptr);
    add(0, splice.inserted.size(), &splice.inserted);
    at = splice.offset + splice.removed;
  }
  add(at, whole_.size() - at, nullptr);
}

Result<std::string> SplicedSource::read(std::uint64_t offset, std::size_t count) const {
  std::string bytes;
  auto piece = std::upper_bound(
      pieces_.begin(), pieces_.end(), offset, [](std::uint64_t wanted, const Piece& one) {
        return wanted < one.begin + one.size;
      });
  for (; piece != pieces_.end() && bytes.size() < count; ++piece) {
    std::uint64_t skipped = offset + bytes.size() - piece->begin;
    auto part = static_cast<std::size_t>(
        std::min<std::uint64_t>(count - bytes.size(), piece->size - skipped));
    std::uint64_t from = piece->offset + skipped;
    bytes += piece->text ? piece->text->substr(static_cast<std::size_t>(from), part)
                         : TRY(whole_.read(from, part));
  }
  return bytes;
}

Status for_each_piece(const ByteSource& source,
                      const std::function<Status(std::string_view)>& visit) {
  for (std::uint64_t at = 0; at < source.size();) {
    std::string piece = TRY(source.read(at, kPieceBytes));
    if (piece.empty()) return internal("a content ends before its end");
    TRY(visit(piece));
    at += piece.size();
  }
  return {};
}

Result<std::string> read_all(const ByteSource& source, std::uint64_t bytes_max) {
  if (source.size() > bytes_max) {
    return invalid_input("it has " + std::to_string(source.size()) + " bytes, more than the " +
                         std::to_string(bytes_max) + " that are taken here");
  }
  return source.read(0, static_cast<std::size_t>(source.size()));
}

}  // namespace stet
