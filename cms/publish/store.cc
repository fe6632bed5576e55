#include "cms/publish/store.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "storage/base/content_hasher.h"
#include "storage/base/descriptor.h"
#include "storage/base/durable_file.h"

namespace stet::publish {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kTemporary = ".stet-tmp";  // write_atomically names its own so

Status make_folder(const fs::path& folder) {
  if (::mkdir(folder.c_str(), 0755) == 0 || errno == EEXIST) return {};
  return error_of_errno("create", folder);
}

bool has_size(const fs::path& path, std::uint64_t bytes) {
  struct stat found;
  return ::stat(path.c_str(), &found) == 0 && S_ISREG(found.st_mode) &&
         static_cast<std::uint64_t>(found.st_size) == bytes;
}

// As write_atomically() does it, of a source.
Status write_pieces(const fs::path& path, const ByteSource& source) {
  static std::atomic<std::uint64_t> serial{0};
  const fs::path beside =
      path.parent_path() /
      (std::string(kTemporary) + std::to_string(::getpid()) + "-large" + std::to_string(++serial));
  Descriptor file(::open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644));
  if (!file) return error_of_errno("create", beside);
  Status written = for_each_piece(
      source, [&](std::string_view piece) { return write_all(file.get(), piece, beside); });
  if (written && ::rename(beside.c_str(), path.c_str()) != 0) {
    written = error_of_errno("rename", path);
  }
  if (!written) ::unlink(beside.c_str());
  return written;
}

// What a crash left behind, not what this process is writing now.
bool is_abandoned(const std::string& name) {
  return name.starts_with(kTemporary) &&
         !name.starts_with(std::string(kTemporary) + std::to_string(::getpid()) + "-");
}

}  // namespace

Result<std::unique_ptr<Store>> Store::open(fs::path folder, Options options) {
  TRY(make_folder(folder));
  return std::unique_ptr<Store>(new Store(std::move(folder), options));
}

fs::path Store::path_of(const ContentHash& content) const {
  std::string hex = content.hex();
  return folder_ / hex.substr(0, 2) / hex.substr(2);
}

fs::path Store::path_of(const ContentHash& of, std::string_view form) const {
  return path_of(of).concat("." + std::string(form));
}

Status Store::put_form(const ContentHash& of, std::string_view form, std::string_view bytes) {
  const Fingerprint whole = fingerprint(bytes);
  std::string framed(reinterpret_cast<const char*>(whole.bytes.data()), whole.bytes.size());
  framed += bytes;
  return write_atomically(path_of(of, form), framed);
}

Result<std::string> Store::get_form(const ContentHash& of, std::string_view form) const {
  fs::path path = path_of(of, form);
  std::string framed = TRY(read_file(path, kObjectBytesMax));
  std::string_view bytes = framed;
  Fingerprint whole;
  if (bytes.size() >= whole.bytes.size()) {
    std::copy_n(bytes.begin(), whole.bytes.size(), whole.bytes.begin());
    bytes.remove_prefix(whole.bytes.size());
    if (fingerprint(bytes) == whole) return std::string(bytes);
  }
  ::unlink(path.c_str());
  return not_found("'" + path.string() + "' was spoilt and has been removed");
}

bool Store::has_form(const ContentHash& of, std::string_view form) const {
  return ::access(path_of(of, form).c_str(), R_OK) == 0;
}

bool Store::contains(const ContentHash& content) const {
  return ::access(path_of(content).c_str(), R_OK) == 0;
}

bool Store::has_in_memory(const ContentHash& content) const { return cache_.contains(content); }

Result<ContentHash> Store::put(std::string_view bytes) {
  if (bytes.size() > kObjectBytesMax) {
    return invalid_input("a page has more than " + std::to_string(kObjectBytesMax) + " bytes");
  }
  ContentHash content = content_hash(bytes);
  {
    std::lock_guard lock(recent_mutex_);
    recent_.insert(content);  // before looking: a collection from here on leaves it alone
  }
  if (!has_size(path_of(content), bytes.size())) TRY(write(content, bytes));
  return content;
}

Result<ContentHash> Store::put(const ByteSource& source) {
  if (source.size() > kObjectBytesMax) {
    return invalid_input("a file has more than " + std::to_string(kObjectBytesMax) + " bytes");
  }
  ContentHasher hasher;
  TRY(for_each_piece(source, [&](std::string_view piece) {
    hasher.add(piece);
    return Status();
  }));
  const ContentHash content = hasher.finish();
  {
    std::lock_guard lock(recent_mutex_);
    recent_.insert(content);
  }
  const fs::path path = path_of(content);
  if (has_size(path, source.size())) return content;
  TRY(make_folder(path.parent_path()));
  TRY(write_pieces(path, source));
  ++writes_;
  return content;
}

Status Store::write(const ContentHash& content, std::string_view bytes) {
  fs::path path = path_of(content);
  Status written = write_atomically(path, bytes);
  if (!written && written.error().code == ErrorCode::kNotFound) {
    TRY(make_folder(path.parent_path()));
    written = write_atomically(path, bytes);
  }
  if (written) ++writes_;
  return written;
}

Result<Store::Bytes> Store::get(const ContentHash& content) {
  if (Bytes cached = cache_.find(content)) {
    ++hits_;
    return cached;
  }
  ++misses_;
  fs::path path = path_of(content);
  auto bytes = std::make_shared<const std::string>(TRY(read_file(path, kObjectBytesMax)));
  if (content_hash(*bytes) != content) {
    ::unlink(path.c_str());
    return not_found("'" + path.string() + "' was spoilt and has been removed");
  }
  if (bytes->size() <= options_.cached_object_bytes_max) cache_.put(content, bytes, bytes->size());
  return bytes;
}

Result<std::size_t> Store::collect(const std::function<bool(const ContentHash&)>& is_kept) {
  std::lock_guard one_at_a_time(collect_mutex_);
  {
    std::lock_guard lock(recent_mutex_);
    before_ = std::exchange(recent_, {});
  }
  std::size_t removed = 0;
  std::error_code failure;
  for (fs::directory_iterator it(folder_, failure), end; !failure && it != end;
       it.increment(failure)) {
    if (it->is_directory(failure)) removed += TRY(collect_folder(it->path(), is_kept));
  }
  if (failure) return unavailable("collect '" + folder_.string() + "': " + failure.message());
  return removed;
}

Result<std::size_t> Store::collect_folder(const fs::path& folder,
                                          const std::function<bool(const ContentHash&)>& is_kept) {
  std::size_t removed = 0;
  std::error_code failure;
  for (fs::directory_iterator it(folder, failure), end; !failure && it != end;
       it.increment(failure)) {
    std::string name = it->path().filename();
    ContentHash content;
    if (is_abandoned(name)) ::unlink(it->path().c_str());
    bool is_form = name.find('.') != std::string::npos;
    std::string hex = folder.filename().string() + name.substr(0, name.find('.'));
    if (!decode_hex(hex, content.bytes) || is_kept(content)) continue;
    if (remove_unless_recent(content, it->path()) && !is_form) ++removed;
  }
  if (failure) return unavailable("collect '" + folder.string() + "': " + failure.message());
  return removed;
}

bool Store::remove_unless_recent(const ContentHash& content, const fs::path& file) {
  std::lock_guard lock(recent_mutex_);
  if (recent_.contains(content) || before_.contains(content)) return false;
  cache_.erase(content);
  return ::unlink(file.c_str()) == 0;
}

Store::Counts Store::counts() const { return {hits_, misses_, writes_}; }

}  // namespace stet::publish
