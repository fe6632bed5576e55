#include "storage/snapshot/large_files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <charconv>

#include "storage/base/descriptor.h"
#include "storage/base/durable_file.h"
#include "storage/base/hex.h"
#include "storage/base/sha.h"
#include "storage/base/sha1.h"
#include "storage/git/objects.h"

namespace stet::storage {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kBufferBytes = std::size_t{128} << 10;

// A file that it closes.
class OwnFile final : public ByteSource {
 public:
  OwnFile(Descriptor file, std::uint64_t size)
      : file_(std::move(file)), source_(file_.get(), size) {}
  std::uint64_t size() const override { return source_.size(); }
  Result<std::string> read(std::uint64_t offset, std::size_t count) const override {
    return source_.read(offset, count);
  }

 private:
  const Descriptor file_;
  const FileSource source_;
};

// git's loose form of an object, unpacked into a file without a name.
class Unpacking {
 public:
  Unpacking(Descriptor from, Descriptor to, const fs::path& path)
      : from_(std::move(from)), to_(std::move(to)), path_(path) {
    is_open_ = ::inflateInit(&stream_) == Z_OK;
  }
  ~Unpacking() {
    if (is_open_) ::inflateEnd(&stream_);
  }
  Unpacking(const Unpacking&) = delete;
  Unpacking& operator=(const Unpacking&) = delete;

  Result<ByteSourcePtr> run(const BlobId& blob, std::uint64_t size) {
    const std::string head = "blob " + std::to_string(size) + std::string(1, '\0');
    if (!is_open_) return unavailable("no memory to unpack an object");
    std::string in(kBufferBytes, '\0'), out(kBufferBytes, '\0');
    int code = Z_OK;
    while (code != Z_STREAM_END) {
      ssize_t got = ::read(from_.get(), in.data(), in.size());
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0) return damaged();
      stream_.next_in = reinterpret_cast<Bytef*>(in.data());
      stream_.avail_in = static_cast<uInt>(got);
      do {
        stream_.next_out = reinterpret_cast<Bytef*>(out.data());
        stream_.avail_out = static_cast<uInt>(out.size());
        code = ::inflate(&stream_, Z_NO_FLUSH);
        bool is_good = code == Z_OK || code == Z_STREAM_END || code == Z_BUF_ERROR;
        if (!is_good) return damaged();
        TRY(take({out.data(), out.size() - stream_.avail_out}, head));
      } while (stream_.avail_out == 0 && code != Z_STREAM_END);
    }
    bool is_it = taken_ == head.size() + size && BlobId(hash_.finish().bytes) == blob;
    if (!is_it) return damaged();
    return ByteSourcePtr(std::make_shared<OwnFile>(std::move(to_), size));
  }

 private:
  Error damaged() const { return internal("the object '" + path_.string() + "' is damaged"); }

  Status take(std::string_view piece, std::string_view head) {
    hash_.add(piece);
    if (taken_ < head.size()) {
      std::size_t part = std::min<std::size_t>(head.size() - taken_, piece.size());
      if (piece.substr(0, part) != head.substr(taken_, part)) return damaged();
      piece.remove_prefix(part);
      taken_ += part;
    }
    taken_ += piece.size();
    return write_all(to_.get(), piece, path_);
  }

  Descriptor from_, to_;
  const fs::path path_;
  z_stream stream_{};
  bool is_open_ = false;
  Sha1 hash_;
  std::uint64_t taken_ = 0;
};

// Takes "key value\n" off the text; "" where the line is another.
std::string_view take_line(std::string_view& text, std::string_view key) {
  std::size_t end = text.find('\n');
  if (end == text.npos || !text.starts_with(key) || end <= key.size() || text[key.size()] != ' ') {
    return {};
  }
  std::string_view value = text.substr(key.size() + 1, end - key.size() - 1);
  text.remove_prefix(end + 1);
  return value;
}

Result<bool> has_hash(const ByteSource& content, std::string_view oid) {
  Sha2 hash(Sha2::Kind::k256);
  TRY(for_each_piece(content, [&](std::string_view piece) {
    hash.add(piece);
    return Status();
  }));
  std::string digest = hash.finish();
  return encode_hex({reinterpret_cast<const std::uint8_t*>(digest.data()), digest.size()}) == oid;
}

Error spoilt(const LfsPointer& pointer) {
  return internal("the object " + pointer.oid + " of Git LFS is spoilt; fetch it again");
}

}  // namespace

std::optional<LfsPointer> parse_lfs_pointer(std::string_view text) {
  if (text.size() > kLfsPointerBytesMax) return std::nullopt;
  std::string_view version = take_line(text, "version");
  if (version != "https://git-lfs.github.com/spec/v1" &&
      version != "https://hawser.github.com/spec/v1") {
    return std::nullopt;
  }
  // Extensions' lines come between, by their names.
  while (text.starts_with("ext-")) {
    std::size_t end = text.find('\n');
    if (end == text.npos) return std::nullopt;
    text.remove_prefix(end + 1);
  }
  std::string_view oid = take_line(text, "oid"), size = take_line(text, "size");
  constexpr std::string_view kHash = "sha256:";
  if (!oid.starts_with(kHash) || !text.empty()) return std::nullopt;
  LfsPointer pointer;
  pointer.oid = oid.substr(kHash.size());
  bool is_hash = pointer.oid.size() == 64 &&
                 pointer.oid.find_first_not_of("0123456789abcdef") == std::string::npos;
  auto [end, error] = std::from_chars(size.data(), size.data() + size.size(), pointer.size);
  bool is_size = error == std::errc() && end == size.data() + size.size();
  return is_hash && is_size ? std::optional(std::move(pointer)) : std::nullopt;
}

Result<ByteSourcePtr> LargeFiles::open_large(const BlobId& blob) const {
  if (!repository_) return ByteSourcePtr();
  auto found = repository_->objects().blob_size(blob);
  // A theme's files, and what is not committed yet, lie elsewhere.
  if (!found && found.error().code == ErrorCode::kNotFound) return ByteSourcePtr();
  const std::uint64_t size = TRY(std::move(found));
  if (size <= kLargeBytes) return ByteSourcePtr();
  const std::string hex = blob.hex();
  const fs::path objects = repository_->path() / "objects";
  const fs::path path = objects / hex.substr(0, 2) / hex.substr(2);
  Descriptor from(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (!from) return ByteSourcePtr();  // it lies in a pack
  Descriptor to(::open(objects.c_str(), O_RDWR | O_TMPFILE | O_CLOEXEC, 0600));
  if (!to) return ByteSourcePtr();
  return Unpacking(std::move(from), std::move(to), path).run(blob, size);
}

fs::path LargeFiles::path_of(const LfsPointer& pointer) const {
  const std::string& oid = pointer.oid;
  return lfs_folder_ / "objects" / oid.substr(0, 2) / oid.substr(2, 2) / oid;
}

bool LargeFiles::has(const LfsPointer& pointer) const {
  struct stat found;
  bool is_there = ::lstat(path_of(pointer).c_str(), &found) == 0 && S_ISREG(found.st_mode) &&
                  static_cast<std::uint64_t>(found.st_size) == pointer.size;
  if (!is_there) return false;
  std::lock_guard lock(mutex_);
  auto known = verdicts_.find(pointer.oid);
  const Seen seen{found.st_mtim.tv_sec, found.st_mtim.tv_nsec};
  return known == verdicts_.end() || known->second.is_whole || known->second.seen != seen;
}

Result<ByteSourcePtr> LargeFiles::open(const LfsPointer& pointer) const {
  const fs::path path = path_of(pointer);
  Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  struct stat found;
  bool is_file = file && ::fstat(file.get(), &found) == 0 && S_ISREG(found.st_mode);
  if (!is_file) {
    return not_found(
        "its content (" + std::to_string(pointer.size) +
        " bytes) is with Git LFS, and not here; run `git lfs fetch` in the repository");
  }
  if (static_cast<std::uint64_t>(found.st_size) != pointer.size) {
    return spoilt(pointer);
  }
  auto content = std::make_shared<OwnFile>(std::move(file), pointer.size);
  const Seen seen{found.st_mtim.tv_sec, found.st_mtim.tv_nsec};
  {
    std::lock_guard lock(mutex_);
    auto known = verdicts_.find(pointer.oid);
    if (known != verdicts_.end() && known->second.seen == seen) {
      return known->second.is_whole ? Result<ByteSourcePtr>(content) : spoilt(pointer);
    }
  }
  const bool is_whole = TRY(has_hash(*content, pointer.oid));
  {
    std::lock_guard lock(mutex_);
    verdicts_[pointer.oid] = {seen, is_whole};
  }
  return is_whole ? Result<ByteSourcePtr>(content) : spoilt(pointer);
}

}  // namespace stet::storage
