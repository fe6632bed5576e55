// A folder of backups: chains, each a whole one and those that go on from it.
//
// What is there is read from the archives' manifests, not from their names; other files are left
// alone. Threads: one. Processes: one at a time writes (lock_folder).
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
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

struct Shelf {
  std::vector<Shelved> archives;
  std::vector<std::string> notes;  // archives that cannot be read, and why
};

// Every "*.tar" of the folder.
Result<Shelf> read_shelf(const std::filesystem::path& folder);

// What leads to an archive, and it. kNotFound: one of them is not on the shelf.
Result<Chain> chain_of(const Shelf& shelf, const Shelved& newest);

// The newest archive that has all that it needs, with that. kNotFound: there is none.
Result<Chain> newest_chain(const Shelf& shelf);

// What may go so that the newest `keep` whole archives stay, with all that go on from them, and the
// one of `spared` (a digest) whatever clocks say. What goes on from something that is not there
// stays too. Each is named before what it needs.
std::vector<std::filesystem::path> beyond(const Shelf& shelf,
                                          std::size_t keep,
                                          const std::string& spared);

// kConflict: another backup is being made there.
Result<Descriptor> lock_folder(const std::filesystem::path& folder);

}  // namespace stet::storage
