#include "cms/publish/picture_store.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <vector>

#include "storage/base/durable_file.h"
#include "storage/base/hash.h"

namespace stet::publish {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kPictureBytesMax = std::uint64_t{64} << 20;
constexpr std::uint64_t kParts = 10;  // room is made for so much of the whole at once

struct Kept {
  timespec used;
  std::uint64_t bytes;
  fs::path path;
};

std::vector<Kept> kept_in(const fs::path& folder) {
  std::vector<Kept> all;
  std::error_code failure;
  for (const auto& file : fs::directory_iterator(folder, failure)) {
    struct stat found;
    bool is_file = ::lstat(file.path().c_str(), &found) == 0 && S_ISREG(found.st_mode);
    if (!is_file) continue;
    all.push_back({found.st_mtim, static_cast<std::uint64_t>(found.st_size), file.path()});
  }
  return all;
}

}  // namespace

Result<std::unique_ptr<PictureStore>> PictureStore::open(fs::path folder, std::uint64_t bytes_max) {
  if (::mkdir(folder.c_str(), 0755) != 0 && errno != EEXIST) {
    return error_of_errno("create", folder);
  }
  std::unique_ptr<PictureStore> store(new PictureStore(std::move(folder), bytes_max));
  store->make_room();
  return store;
}

Result<PictureStore::Bytes> PictureStore::get(const std::string& key) {
  if (Bytes known = cache_.find(key)) return known;
  const fs::path path = folder_ / key;
  std::string framed = TRY(read_file(path, kPictureBytesMax));
  Fingerprint whole;
  if (framed.size() > whole.bytes.size()) {
    std::copy_n(framed.begin(), whole.bytes.size(), whole.bytes.begin());
    framed.erase(0, whole.bytes.size());
    if (fingerprint(framed) == whole) {
      // By this date room is made; it needs no more than to be about right.
      ::utimensat(AT_FDCWD, path.c_str(), nullptr, 0);
      auto bytes = std::make_shared<const std::string>(std::move(framed));
      return cache_.put(key, bytes, bytes->size());
    }
  }
  ::unlink(path.c_str());
  return not_found("'" + path.string() + "' was spoilt and has been removed");
}

Status PictureStore::put(const std::string& key, const Bytes& bytes) {
  cache_.put(key, bytes, bytes->size());
  const Fingerprint whole = fingerprint(*bytes);
  std::string framed(reinterpret_cast<const char*>(whole.bytes.data()), whole.bytes.size());
  framed += *bytes;
  TRY(write_atomically(folder_ / key, framed));
  if (written_.fetch_add(framed.size()) + framed.size() > bytes_max_ / kParts) make_room();
  return {};
}

void PictureStore::make_room() {
  std::lock_guard lock(room_mutex_);
  written_ = 0;
  std::vector<Kept> all = kept_in(folder_);
  std::uint64_t bytes = 0;
  for (const Kept& one : all) bytes += one.bytes;
  const std::uint64_t wanted = bytes_max_ - bytes_max_ / kParts;
  if (bytes <= wanted) return;
  std::sort(all.begin(), all.end(), [](const Kept& a, const Kept& b) {
    return std::pair(a.used.tv_sec, a.used.tv_nsec) < std::pair(b.used.tv_sec, b.used.tv_nsec);
  });
  for (const Kept& one : all) {
    if (bytes <= wanted) return;
    if (::unlink(one.path.c_str()) == 0) bytes -= one.bytes;
  }
}

}  // namespace stet::publish
