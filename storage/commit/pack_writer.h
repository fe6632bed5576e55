// New objects into the repository, all or none: one pack, indexed, fsynced, then named.
//
// Pack and index are written by hand (gitformat-pack(5)): who makes an object knows its id and
// where it lies, and need not read it back. Trees are deltas against the version they were made
// from, where that is in the same pack: a large flat folder then costs its change, not its size.
// Whole trees are not compressed: half of one is ids, and git's repack soon makes deltas of them.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "storage/commit/pack_place.h"
#include "storage/commit/staged_objects.h"

namespace stet::storage {

// When it returns ok, the objects survive a power cut, and git's collection as long as the answer
// lives: let it go when a branch names them. On failure none is there, and nothing is left lying
// about unless the process was killed. kUnavailable: the disk is full, and the like.
Result<PackKeep> write_pack(const std::filesystem::path& repository_folder,
                            const std::vector<StagedObject>& objects);

// `to` as git's delta of `from`: what they share at both ends is copied, what lies between
// inserted.
std::string make_delta(std::string_view from, std::string_view to);

}  // namespace stet::storage
