// Upkeep of a repository by git itself, while it is read and written: few packs instead of many,
// the commit-graph, and what nobody can reach any more taken away after two weeks.
//
// A group of commits is a pack of its own, so packs pile up, and every handle has each of them
// open. git joins them in child processes: packs are written whole and named before the old ones
// go, so that readers lose nothing (Objects looks again where a pack has gone under its hands). No
// multi-pack-index: packs stay few, and handles that have one open go by its names. Threads: one
// repack at a time a repository, held by RepackLock, other processes included; the child inherits
// the calling thread's priority. Failure leaves the repository as it was, or in between, which is
// sound: at worst there are objects twice. What a child that failed was writing is taken away, for
// on a full disk that is the room that is wanted.
#pragma once

#include <cstddef>
#include <cstdint>

#include "storage/base/clock.h"
#include "storage/base/result.h"
#include "storage/git/repository.h"

namespace stet::storage {

enum class RepackKind : std::uint8_t {
  kQuick,  // packs of a kind joined as they are, in a second or so: for when they pile up
  kUsual,  // the same with a search for deltas, and the commit-graph
  kWhole,  // all in one pack with a bitmap; what is unreachable apart, and gone after two weeks
};

struct RepackLimits {
  std::int64_t wall_ms = 3'600'000;
  std::uint64_t memory_bytes = std::uint64_t{4} << 30;  // of address space
  unsigned threads = 1;
  int stop_fd = -1;  // as Command has it: git is ended, and what it had not done is undone
};

struct PackCounts {
  std::size_t packs = 0;          // those of `.keep` files left out
  std::size_t loose_objects = 0;  // by the measure of one of 256 folders, as git does it
  std::uint64_t bytes = 0;        // of the packs
};

// kNotFound, kForbidden: the folder of packs cannot be read.
Result<PackCounts> count_packs(const Repository& repository);

// kConflict: somebody else tends the repository. kUnavailable: it took too long; kInternal: git
// failed, in git's words. After ok, handles that have old packs open are let go of.
Status repack(const Repository& repository,
              RepackKind kind,
              const Clock& clock,
              const RepackLimits& limits = {});

}  // namespace stet::storage
