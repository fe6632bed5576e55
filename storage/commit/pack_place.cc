#include "storage/commit/pack_place.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <system_error>
#include <utility>

#include "storage/base/durable_file.h"

namespace stet::storage {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kHalfPackSeconds = 3600;
constexpr std::string_view kPlace = "stet-pack-";
constexpr std::string_view kKeep = ".keep";
constexpr char kNewIndex[] = "new.idx";
constexpr std::string_view kMark = "stet: until a branch names it\n";

bool is_our_keep(const fs::path& file) {
  auto text = read_file(file, 1024);
  return text && *text == kMark;
}

Status rename_file(const fs::path& from, const fs::path& to) {
  if (::rename(from.c_str(), to.c_str()) == 0) return {};
  return error_of_errno("name pack", to);
}

bool is_old(const fs::path& file, const Clock& clock) {
  struct stat found;
  return ::lstat(file.c_str(), &found) == 0 &&
         clock.now().seconds - found.st_mtime >= kHalfPackSeconds;
}

}  // namespace

fs::path pack_folder(const fs::path& repository_folder) {
  return repository_folder / "objects" / "pack";
}

Result<PackKeep> PackKeep::make(fs::path file) {
  TRY(write_atomically(file, kMark));
  return PackKeep(std::move(file));
}

PackKeep::~PackKeep() {
  if (!file_.empty()) ::unlink(file_.c_str());
}

PackKeep::PackKeep(PackKeep&& other) noexcept : file_(std::exchange(other.file_, {})) {}

PackKeep& PackKeep::operator=(PackKeep&& other) noexcept {
  std::swap(file_, other.file_);
  return *this;
}

Result<PackPlace> PackPlace::make(const fs::path& repository_folder) {
  fs::path packs = pack_folder(repository_folder);
  std::error_code ignored;
  fs::create_directories(packs, ignored);
  std::string folder = (repository_folder / "objects" / kPlace).string() + "XXXXXX";
  if (!::mkdtemp(folder.data())) return error_of_errno("write pack", folder);
  return PackPlace(folder, std::move(packs));
}

PackPlace::PackPlace(PackPlace&& other) noexcept
    : folder_(std::exchange(other.folder_, {})), packs_(std::move(other.packs_)) {}

PackPlace::~PackPlace() {
  std::error_code ignored;
  if (!folder_.empty()) fs::remove_all(folder_, ignored);
}

Result<PackKeep> PackPlace::put(const std::string& name, std::string_view index) const {
  const fs::path index_file = folder_ / kNewIndex;
  TRY(create_durably(index_file, index));
  PackKeep keep = TRY(PackKeep::make(packs_ / (name + std::string(kKeep))));
  TRY(rename_file(folder_ / kNewPack, packs_ / (name + ".pack")));
  TRY(rename_file(index_file, packs_ / (name + ".idx")));
  TRY(sync_folder(packs_));
  return keep;
}

bool PackKeep::has_pack() const {
  fs::path part = file_;
  return ::access(part.replace_extension(".pack").c_str(), R_OK) == 0 &&
         ::access(part.replace_extension(".idx").c_str(), R_OK) == 0;
}

std::size_t sweep_half_packs(const fs::path& repository_folder, const Clock& clock) {
  std::error_code error;
  std::size_t count = 0;
  const fs::path packs = pack_folder(repository_folder);
  for (const auto& file : fs::directory_iterator(packs, error)) {
    std::string name = file.path().filename().string();
    bool is_half = name.starts_with("pack_git2_") || name.ends_with(".idx.lock") ||
                   (name.ends_with(kKeep) && is_our_keep(file.path()));
    if (is_half && is_old(file.path(), clock) && fs::remove(file.path(), error)) ++count;
  }
  for (const auto& folder : fs::directory_iterator(packs.parent_path(), error)) {
    bool is_place = folder.path().filename().string().starts_with(kPlace);
    if (is_place && is_old(folder.path(), clock) && fs::remove_all(folder.path(), error)) ++count;
  }
  return count;
}

}  // namespace stet::storage
