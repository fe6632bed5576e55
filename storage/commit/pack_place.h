// How a pack comes among a repository's packs without git's collection taking it away at once.
//
// `git repack` deletes the packs that it has seen when it began, once it has put their reachable
// objects elsewhere. A pack that no branch names yet has none, and one whose index comes late has
// none that repack knows. So a pack is made in a folder of its own; a .keep file goes before it
// (git-repack(1)), its index comes last, and the .keep goes when the branch names it: as git's own
// receive-pack does it. Threads: one each.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "storage/base/clock.h"
#include "storage/base/result.h"

namespace stet::storage {

std::filesystem::path pack_folder(const std::filesystem::path& repository_folder);

// Keeps a pack until this goes.
class PackKeep {
 public:
  PackKeep() = default;
  static Result<PackKeep> make(std::filesystem::path file);
  ~PackKeep();
  PackKeep(PackKeep&& other) noexcept;
  PackKeep& operator=(PackKeep&& other) noexcept;

  // Whether the pack is still there: a backup that is put back, say, asks for no .keep.
  bool has_pack() const;

 private:
  explicit PackKeep(std::filesystem::path file) : file_(std::move(file)) {}
  std::filesystem::path file_;
};

// A folder beside the packs, and gone with this.
class PackPlace {
 public:
  static constexpr char kNewPack[] = "new.pack";  // the file that put() takes

  static Result<PackPlace> make(const std::filesystem::path& repository_folder);
  ~PackPlace();
  PackPlace(PackPlace&& other) noexcept;
  PackPlace& operator=(PackPlace&&) = delete;

  const std::filesystem::path& folder() const { return folder_; }

  // Puts the pack that has been made here, durable in itself, among the others, durably, under this
  // name ("pack-...") and with this index.
  Result<PackKeep> put(const std::string& name, std::string_view index) const;

 private:
  PackPlace(std::filesystem::path folder, std::filesystem::path packs)
      : folder_(std::move(folder)), packs_(std::move(packs)) {}
  std::filesystem::path folder_, packs_;
};

// Removes what killed processes have left of all this an hour ago or longer, and half-written packs
// of older programs. How many files and folders went.
std::size_t sweep_half_packs(const std::filesystem::path& repository_folder, const Clock& clock);

}  // namespace stet::storage
