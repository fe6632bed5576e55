// One backup as a file: a tar of its parts, which everybody can open, and at its end the manifest.
//
//   ledger.sqlite                    people, tokens, webhooks: as one file of SQLite
//   refs.txt                         every reference
//   repository.bundle                what they lead to; of a later one, what is new
//   config                           the repository's configuration
//   lfs/objects/ab/cd/abcd...        what Git LFS keeps beside the repository; of a later one
//   likewise manifest.txt                     manifest.h
//
// It holds secrets, so it is its owner's alone (0600). Threads: one. Durability: a file of that
// name is whole and survives a power cut, or it is not there; what a killed writer has left beside
// is named ".stet-backup-...", and the next one in that folder takes it away.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/backup/manifest.h"
#include "storage/backup/stage.h"
#include "storage/backup/tar.h"
#include "storage/base/byte_source.h"
#include "storage/base/descriptor.h"
#include "storage/base/result.h"
#include "storage/base/sha.h"

namespace stet::storage {

inline constexpr std::string_view kLedgerPart = "ledger.sqlite";
inline constexpr std::string_view kRefsPart = "refs.txt";
inline constexpr std::string_view kBundlePart = "repository.bundle";
inline constexpr std::string_view kConfigPart = "config";
inline constexpr std::uint64_t kConfigBytesMax = 1 << 20;
inline constexpr std::string_view kLfsFolder = "lfs/objects/";

// The part that keeps an object of LFS, which lies there in the repository too; by its SHA-256.
std::string lfs_part(std::string_view oid);

class ArchiveWriter {
 public:
  using Sink = std::function<Status(std::string_view)>;

  // kConflict: `path` is there already. Its folder must exist; it is written there, in a stage.
  static Result<ArchiveWriter> begin(const std::filesystem::path& path, Instant taken);

  // A folder for what is made on the way, which goes with this.
  const std::filesystem::path& stage() const { return stage_.path(); }

  // What `produce` writes. Where it fails the archive is of no more use.
  Status add(std::string_view name, const std::function<Status(const Sink&)>& produce);
  Status add(std::string_view name, const ByteSource& content);
  // The last part is taken away again.
  Status drop();
  const std::vector<BackupPart>& parts() const { return parts_; }

  // Adds the manifest, given without its parts, and gives the file its name.
  Result<Manifest> finish(Manifest manifest);

 private:
  ArchiveWriter(Stage stage, Descriptor file, std::filesystem::path path, Instant taken);

  Stage stage_;
  Descriptor file_;
  std::filesystem::path path_;
  TarWriter tar_;
  std::vector<BackupPart> parts_;
};

class Archive {
 public:
  // Looks at where its parts lie and what the manifest says of them. kInvalidInput: it is no
  // archive, cut off, spoilt, or a newer stet's; each names the file.
  static Result<Archive> open(const std::filesystem::path& path);

  const std::filesystem::path& path() const { return path_; }
  const Manifest& manifest() const { return manifest_; }

  // Reads all parts and compares their hashes.
  Status verify() const;
  // A part whose hash is right. kNotFound: it has none.
  Result<std::string> read(std::string_view part, std::uint64_t bytes_max) const;
  // Into a new file of its owner alone.
  Status extract(std::string_view part, const std::filesystem::path& to) const;

 private:
  Archive(Descriptor file, std::filesystem::path path, std::uint64_t bytes)
      : file_(std::move(file)), path_(std::move(path)), bytes_(bytes) {}
  Status read_structure();
  Status for_each(std::string_view part, const ArchiveWriter::Sink& visit) const;
  Error spoilt(std::string_view part) const;

  Descriptor file_;
  std::filesystem::path path_;
  std::uint64_t bytes_;
  Manifest manifest_;
  std::vector<TarMember> members_;  // of the manifest's parts, in its order
};

}  // namespace stet::storage
