// A folder of backups: chains, each a whole one and those that go on from it.
//
// What is there is read from the archives' manifests; by its name an archive is the folder's own.
// Other files are left alone. Threads: one. Processes: one at a time writes (lock_folder).
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "storage/backup/archive.h"
#include "storage/base/descriptor.h"

namespace stet::storage {

struct Shelved {
  std::filesystem::path path;
  Manifest manifest;
  std::string digest;  // of the manifest
};

// From the whole one to the newest.
using Chain = std::vector<Shelved>;

struct Unread {
  std::filesystem::path path;
  std::string why;  // names it
};

struct Shelf {
  std::vector<Shelved> archives;  // the oldest first
  std::vector<Unread> unread = {};
};

// "stet-20260301T020000Z-full.tar", "-more.tar" of one that goes on from another; and
// "stet-20260301T020000Z.1-full.tar" for another one of that second.
std::string shelf_name(Instant taken, bool is_full, int serial = 0);
bool is_shelf_name(std::string_view name);
// Whether it may be later, going by its name, than what was taken then.
bool is_later_name(std::string_view shelf_name, Instant taken);

// Of a folder: what has such a name, or every "*.tar".
enum class ShelfNames : std::uint8_t { kOwn, kAll };
Result<Shelf> read_shelf(const std::filesystem::path& folder, ShelfNames names);

bool is_older(const Shelved& a, const Shelved& b);

// The digest of what its chain begins with, whether that is on the shelf or not.
std::string root_of(const Shelf& shelf, const Shelved& one);

// What leads to an archive, and it. kNotFound: one of them is not on the shelf.
Result<Chain> chain_of(const Shelf& shelf, const Shelved& newest);

// Whether nothing on the shelf goes on from it.
bool is_last(const Shelf& shelf, const Shelved& one);

// The newest archive that has all that it needs, with that; one that says to be taken after
// `latest`, by a clock that was ahead, only where there is no other. kNotFound: there is none.
Result<Chain> newest_chain(const Shelf& shelf, Instant latest);

// What may go so that the newest `keep` whole archives stay, with all that go on from them, and the
// one of `spared` (a digest) whatever clocks say. What goes on from something that is not there
// stays too. Each is named before what it needs.
std::vector<std::filesystem::path> beyond(const Shelf& shelf,
                                          std::size_t keep,
                                          const std::string& spared);

// kConflict: another backup is being made there.
Result<Descriptor> lock_folder(const std::filesystem::path& folder);

}  // namespace stet::storage
