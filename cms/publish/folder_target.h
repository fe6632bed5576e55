// The public site as a plain directory, for nginx, a CDN or `stet build -d`.
//
// Assets are written first, pages next, deletions come last, each file by a rename, so that a
// reader never meets half a file or a page whose pictures are not there yet. Symbolic links below
// the folder are never followed: one in the way is replaced. Files that hold the right bytes are
// not touched. A file of an older site that stands where a folder is wanted gives way, and the
// other way round; of one site that wants both, replace() writes nothing (kConflict names the two).
// Threads: one at a time. Failure leaves the folder somewhere between old and new, each file whole;
// replace() mends it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "cms/publish/manifest.h"
#include "cms/publish/store.h"

namespace stet::publish {

// Who may read files and folders that are made: as the user's mask says, or everybody.
enum class Readers : std::uint8_t { kAsMask, kEverybody };

class FolderTarget {
 public:
  // `keep_files` are paths below the folder that replace() leaves alone, with all below them, as
  // Jekyll's option of that name ([".git", ".svn"] unless told). Makes the folder where missing.
  static Result<FolderTarget> open(std::filesystem::path folder,
                                   Store& store,
                                   std::vector<std::string> keep_files,
                                   Readers readers = Readers::kAsMask);

  // The difference from what was applied last. A stale entry leaves what is there as it is.
  Status apply(std::span<const Change> changes);

  // Makes the folder hold this manifest's pages and nothing else (but what is to be kept).
  // kInvalidInput where an entry is stale.
  Status replace(const Manifest& manifest);

  // The folders that lead to a file, and nothing where it shall be.
  Status make_way(const OutputPath& path);

 private:
  FolderTarget(std::filesystem::path folder,
               Store& store,
               std::vector<std::string> keep_files,
               Readers readers)
      : folder_(std::move(folder)),
        store_(&store),
        keep_files_(std::move(keep_files)),
        readers_(readers) {}
  Status write(const OutputPath& path, const Page& page);
  Status remove(const OutputPath& path);
  Status sweep(const std::filesystem::path& relative, const Manifest& manifest, int depth);
  bool is_kept(std::string_view relative) const;

  std::filesystem::path folder_;
  Store* store_;
  std::vector<std::string> keep_files_;
  Readers readers_;
};

}  // namespace stet::publish
