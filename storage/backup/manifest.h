// What an archive says of itself: the last of its parts, `manifest.txt`.
//
//   stet backup 1
//   version: 0.1.0                  of the program that wrote it
//   taken: 2026-03-01T02:00:00Z
//   previous: -                     or the digest of the manifest that this one goes on from
//   branch: main                    that HEAD names; "-" where it names none
//   commit: 7f0c...                 of that branch then; "-" where there is none
//   ledger: 9                       the version of its tables
//   part: 9b1e... 40960 ledger.sqlite
//   end: 3c5a...
//
// A part is SHA-256, bytes and name, in the archive's order. The last line is the SHA-256 of all
// before it, and names the manifest. Threads: pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "storage/base/clock.h"
#include "storage/base/result.h"

namespace stet::storage {

inline constexpr std::string_view kManifestName = "manifest.txt";
inline constexpr std::uint64_t kManifestBytesMax = std::uint64_t{256} << 20;
inline constexpr int kBackupFormat = 1;

struct BackupPart {
  std::string name;
  std::uint64_t bytes = 0;
  std::string sha256;  // in hex
  friend bool operator==(const BackupPart&, const BackupPart&) = default;
};

struct Manifest {
  std::string version;
  Instant taken;
  std::string previous = {};  // "": whole by itself
  std::string branch = {}, commit = {};
  std::int64_t ledger = 0;
  std::vector<BackupPart> parts = {};

  bool is_full() const { return previous.empty(); }
  const BackupPart* find(std::string_view name) const;  // null: it has none
  friend bool operator==(const Manifest&, const Manifest&) = default;
};

std::string to_text(const Manifest& manifest);

// What its last line says: the name by which the next one knows it.
std::string digest_of(const Manifest& manifest);

// kInvalidInput: it is none, is spoilt, or a newer stet wrote it, which is then said.
Result<Manifest> parse_manifest(std::string_view text);

}  // namespace stet::storage
