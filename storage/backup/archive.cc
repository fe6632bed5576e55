#include "storage/backup/archive.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "storage/base/durable_file.h"
#include "storage/base/file_sync.h"
#include "storage/base/hex.h"
#include "storage/base/utf8.h"

namespace stet::storage {
namespace {

namespace fs = std::filesystem;

constexpr const char* kUnnamed = "archive.tar";  // in its stage

Status check_is_free(const fs::path& path) {
  std::error_code failure;
  if (!fs::exists(fs::symlink_status(path, failure))) return {};
  return conflict("'" + path.string() + "' is there already; name another file");
}

std::string hex_of(Sha2& hash) {
  std::string bytes = hash.finish();
  return encode_hex({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
}

}  // namespace

std::string lfs_part(std::string_view oid) {
  return std::string(kLfsFolder)
      .append(oid.substr(0, 2))
      .append("/")
      .append(oid.substr(2, 2))
      .append("/")
      .append(oid);
}

ArchiveWriter::ArchiveWriter(Stage stage, Descriptor file, fs::path path, Instant taken)
    : stage_(std::move(stage)),
      file_(std::move(file)),
      path_(std::move(path)),
      tar_(file_.get(), stage_.path() / kUnnamed, taken) {}

Result<ArchiveWriter> ArchiveWriter::begin(const fs::path& path, Instant taken) {
  TRY(check_is_free(path));
  Stage stage = TRY(Stage::make(folder_above(path)));
  const fs::path unnamed = stage.path() / kUnnamed;
  Descriptor file(::open(unnamed.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!file) return error_of_errno("make", unnamed);
  return ArchiveWriter(std::move(stage), std::move(file), path, taken);
}

Status ArchiveWriter::add(std::string_view name,
                          const std::function<Status(const Sink&)>& produce) {
  BackupPart part{.name = std::string(name), .bytes = 0, .sha256 = ""};
  Sha2 hash(Sha2::Kind::k256);
  TRY(tar_.begin(name));
  TRY(produce([&](std::string_view bytes) -> Status {
    hash.add(bytes);
    part.bytes += bytes.size();
    return tar_.add(bytes);
  }));
  TRY(tar_.end());
  part.sha256 = hex_of(hash);
  parts_.push_back(std::move(part));
  return {};
}

Status ArchiveWriter::add(std::string_view name, const ByteSource& content) {
  return add(name, [&](const Sink& sink) { return for_each_piece(content, sink); });
}

Status ArchiveWriter::drop() {
  parts_.pop_back();
  return tar_.drop();
}

Result<Manifest> ArchiveWriter::finish(Manifest manifest) {
  manifest.parts = parts_;
  TRY(add(kManifestName, MemorySource(to_text(manifest))));
  TRY(tar_.finish());
  TRY(sync_file(file_.get(), path_));
  TRY(move_into_place(stage_.path() / kUnnamed, path_));
  return manifest;
}

Result<Archive> Archive::open(const fs::path& path) {
  Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!file) return error_of_errno("open", path);
  struct stat found;
  if (::fstat(file.get(), &found) != 0) return error_of_errno("open", path);
  if (!S_ISREG(found.st_mode)) return invalid_input("'" + path.string() + "' is no file");
  Archive archive(std::move(file), path, static_cast<std::uint64_t>(found.st_size));
  Status read = archive.read_structure();
  if (!read) return std::move(read).error().within("'" + path.string() + "'");
  return archive;
}

Status Archive::read_structure() {
  FileSource file(file_.get(), bytes_);
  members_ = TRY(read_tar(file));
  if (members_.empty() || members_.back().name != kManifestName) {
    return invalid_input("it has no manifest at its end, so it is no backup of stet, or not whole");
  }
  PartSource text(file, members_.back().offset, members_.back().bytes);
  manifest_ = TRY(parse_manifest(TRY(read_all(text, kManifestBytesMax))));
  members_.pop_back();
  auto is_same = [](const TarMember& member, const BackupPart& part) {
    return member.name == part.name && member.bytes == part.bytes;
  };
  if (!std::equal(members_.begin(),
                  members_.end(),
                  manifest_.parts.begin(),
                  manifest_.parts.end(),
                  is_same)) {
    return invalid_input("it has other parts than its manifest says; it was changed");
  }
  std::vector<std::string_view> names;
  for (const TarMember& member : members_) names.push_back(member.name);
  std::sort(names.begin(), names.end());
  if (std::adjacent_find(names.begin(), names.end()) == names.end()) return {};
  return invalid_input("it has a part twice; it was changed");
}

Error Archive::spoilt(std::string_view part) const {
  return invalid_input("'" + path_.string() + "': '" + std::string(part) +
                       "' is not as it was written: take another backup, or another copy of this");
}

Status Archive::for_each(std::string_view part, const ArchiveWriter::Sink& visit) const {
  auto it = std::find_if(members_.begin(), members_.end(), [&](const TarMember& member) {
    return member.name == part;
  });
  if (it == members_.end()) {
    return not_found("'" + path_.string() + "' has no '" + std::string(part) + "'");
  }
  FileSource file(file_.get(), bytes_);
  Sha2 hash(Sha2::Kind::k256);
  TRY(for_each_piece(PartSource(file, it->offset, it->bytes), [&](std::string_view bytes) {
    hash.add(bytes);
    return visit(bytes);
  }));
  const auto index = static_cast<std::size_t>(it - members_.begin());
  return hex_of(hash) == manifest_.parts[index].sha256 ? Status() : Status(spoilt(part));
}

Status Archive::verify() const {
  for (const TarMember& member : members_) {
    TRY(for_each(member.name, [](std::string_view) { return Status(); }));
  }
  return {};
}

Result<std::string> Archive::read(std::string_view part, std::uint64_t bytes_max) const {
  std::string all;
  TRY(for_each(part, [&](std::string_view bytes) -> Status {
    if (bytes.size() > bytes_max - all.size()) {
      return invalid_input("'" + path_.string() + "': '" + std::string(part) + "' is too large");
    }
    all += bytes;
    return {};
  }));
  return all;
}

Status Archive::extract(std::string_view part, const fs::path& to) const {
  Descriptor file(::open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!file) return error_of_errno("make", to);
  return for_each(part, [&](std::string_view bytes) { return write_all(file.get(), bytes, to); });
}

}  // namespace stet::storage
