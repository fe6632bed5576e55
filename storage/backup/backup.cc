#include "storage/backup/backup.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <set>

#include "storage/backup/archive.h"
#include "storage/backup/refs.h"
#include "storage/backup/shelf.h"
#include "storage/base/durable_file.h"
#include "storage/base/time.h"
#include "storage/sqlite/ledger_file.h"

namespace stet::storage {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kSecondsPerDay = 86'400;

// What it goes on from; nothing, for a whole one.
struct Base {
  std::string digest;
  Refs refs;
  std::set<std::string> names;  // of the parts of the whole chain
};

Result<Base> base_of(const Chain& chain) {
  Base base{.digest = chain.back().digest, .refs = {}, .names = {}};
  Archive newest = TRY(Archive::open(chain.back().path));
  base.refs = TRY(parse_refs(TRY(newest.read(kRefsPart, kRefsBytesMax))));
  for (const Shelved& one : chain) {
    for (const BackupPart& part : one.manifest.parts) base.names.insert(part.name);
  }
  return base;
}

// The bytes of a file as it is now; should it grow, those that it had.
Result<BackupPart> add_file(ArchiveWriter& archive, const std::string& name, const fs::path& path) {
  Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  struct stat found;
  if (!file || ::fstat(file.get(), &found) != 0) return error_of_errno("read", path);
  if (!S_ISREG(found.st_mode)) return invalid_input("'" + path.string() + "' is no file");
  FileSource content(file.get(), static_cast<std::uint64_t>(found.st_size));
  Status added = archive.add(name, content);
  if (!added) return std::move(added).error().within("'" + path.string() + "'");
  return archive.parts().back();
}

Status add_ledger(ArchiveWriter& archive, const BackupSource& source, Manifest& manifest) {
  const fs::path copy = archive.stage() / kLedgerPart;
  TRY(copy_ledger(source.ledger, copy));
  LedgerLook look = TRY(look_at_ledger(copy));
  if (!look.faults.empty()) {
    return internal("the ledger '" + source.ledger.string() + "' is damaged: " +
                    look.faults.front() + "; put back the last good backup of it");
  }
  manifest.ledger = look.version;
  TRY(add_file(archive, std::string(kLedgerPart), copy));
  std::error_code ignored;
  fs::remove(copy, ignored);
  return {};
}

// What HEAD names and where that is.
Status add_head(const BackupSource& source, const Refs& refs, Manifest& manifest) {
  auto branch = source.repository.default_branch();
  if (!branch) {
    manifest.commit = TRY(source.repository.resolve("HEAD")).hex();
    return {};
  }
  manifest.branch = *branch;
  for (const Ref& ref : refs) {
    if (ref.name == "refs/heads/" + *branch) manifest.commit = ref.id;
  }
  return {};
}

Result<Refs> add_repository(ArchiveWriter& archive,
                            const BackupSource& source,
                            const Base& base,
                            Manifest& manifest) {
  const fs::path& repository = source.repository.path();
  Refs refs = TRY(list_refs(repository));
  if (refs.empty()) {
    return not_found("'" + repository.string() +
                     "' has no branch yet, so there is nothing to keep");
  }
  TRY(add_head(source, refs, manifest));
  TRY(archive.add(kRefsPart, MemorySource(to_text(refs))));
  BundleRequest bundle{
      .repository = repository, .refs = refs, .head = manifest.commit, .known = base.refs};
  Status added = archive.add(
      kBundlePart, [&](const ArchiveWriter::Sink& sink) { return write_bundle(bundle, sink); });
  if (!added) return std::move(added).error().within("'" + repository.string() + "'");
  std::string config = TRY(read_file(repository / "config", kConfigBytesMax));
  TRY(archive.add(kConfigPart, MemorySource(config)));
  return refs;
}

// Names of parts, in order.
std::vector<std::string> lfs_objects(const fs::path& repository) {
  std::vector<std::string> names;
  std::error_code failure;
  auto end = fs::recursive_directory_iterator();
  auto it = fs::recursive_directory_iterator(repository / kLfsFolder, failure);
  for (; !failure && it != end; it.increment(failure)) {
    std::string oid = it->path().filename();
    bool is_object = oid.size() == 64 && is_tar_name(oid) && it->is_regular_file(failure);
    if (!is_object) continue;
    std::string name = lfs_part(oid);
    if (repository / name == it->path()) names.push_back(std::move(name));
  }
  std::sort(names.begin(), names.end());
  return names;
}

Status add_lfs(ArchiveWriter& archive,
               const fs::path& repository,
               const Base& base,
               std::vector<std::string>& notes) {
  for (const std::string& name : lfs_objects(repository)) {
    if (base.names.contains(name)) continue;
    BackupPart part = TRY(add_file(archive, name, repository / name));
    if (name.ends_with("/" + part.sha256)) continue;
    TRY(archive.drop());
    notes.push_back("'" + (repository / name).string() +
                    "' is not what its name says, and was left out; fetch it again");
  }
  return {};
}

Result<BackupReport> write(const BackupSource& source, const fs::path& file, const Base& base) {
  Manifest manifest{.version = source.version, .taken = source.clock.now()};
  manifest.previous = base.digest;
  ArchiveWriter archive = TRY(ArchiveWriter::begin(file, manifest.taken));
  BackupReport report{.path = file, .manifest = {}};
  // In this order, or something would be named that is not there (backup.h).
  TRY(add_ledger(archive, source, manifest));
  report.refs = TRY(add_repository(archive, source, base, manifest)).size();
  TRY(add_lfs(archive, source.repository.path(), base, report.notes));
  report.manifest = TRY(archive.finish(std::move(manifest)));
  std::error_code failure;
  report.bytes = fs::file_size(file, failure);
  return report;
}

// "stet-20260301T020000Z-full.tar", and another name for another one of that second.
fs::path free_name(const fs::path& folder, Instant taken, bool is_full) {
  std::string stamp = iso_instant(taken);
  std::erase_if(stamp, [](char c) { return c == '-' || c == ':'; });
  std::error_code failure;
  for (int serial = 0;; ++serial) {
    fs::path path = folder / ("stet-" + stamp + (serial > 0 ? "." + std::to_string(serial) : "") +
                              (is_full ? "-full.tar" : "-more.tar"));
    if (!fs::exists(fs::symlink_status(path, failure))) return path;
  }
}

Result<Base> base_for(const Shelf& shelf, const ShelfRules& rules, Instant now) {
  if (rules.is_full) return Base();
  auto chain = newest_chain(shelf);
  if (!chain) return Base();
  std::int64_t age = now.seconds - chain->front().manifest.taken.seconds;
  if (age >= rules.full_days * kSecondsPerDay) return Base();
  return base_of(*chain);
}

// A folder is one site's, or one would go on from another's, and throw them away. Not every commit
// must be known here: the repository may have been restored from an older one of them.
Status check_is_of_one_site(const Repository& repository,
                            const Shelf& shelf,
                            const fs::path& folder) {
  std::string stranger;
  for (const Shelved& one : shelf.archives) {
    auto commit = CommitId::parse(one.manifest.commit);
    if (!commit) continue;
    const auto known = repository.read_commit(*commit);
    if (known || known.error().code != ErrorCode::kNotFound) return {};
    stranger = one.path.filename().string();
  }
  if (stranger.empty()) return {};
  return conflict(
      "'" + folder.string() + "' has backups of another repository (" + stranger +
      "), or this one's history was rewritten: name another folder, for each site needs "
      "one of its own");
}

Status keep_no_more(const fs::path& folder, const ShelfRules& rules, BackupReport& report) {
  if (rules.keep == 0) return {};
  Shelf shelf = TRY(read_shelf(folder));
  for (const fs::path& path : beyond(shelf, rules.keep, digest_of(report.manifest))) {
    if (::unlink(path.c_str()) != 0) return error_of_errno("remove", path);
    report.removed.push_back(path);
  }
  return sync_folder(folder);
}

}  // namespace

Result<BackupReport> back_up_to_file(const BackupSource& source, const fs::path& file) {
  return write(source, file, Base());
}

Result<BackupReport> back_up_to_folder(const BackupSource& source,
                                       const fs::path& folder,
                                       const ShelfRules& rules) {
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) return error_of_errno("make", folder);
  Descriptor lock = TRY(lock_folder(folder));
  Shelf shelf = TRY(read_shelf(folder));
  TRY(check_is_of_one_site(source.repository, shelf, folder));
  const Instant now = source.clock.now();
  auto base = base_for(shelf, rules, now);
  if (!base) {  // the newest cannot be read: what comes now shall not lean on it
    shelf.notes.push_back(base.error().message + "; a whole backup was made in its place");
    base = Base();
  }
  BackupReport report = TRY(write(source, free_name(folder, now, base->digest.empty()), *base));
  report.notes.insert(report.notes.begin(), shelf.notes.begin(), shelf.notes.end());
  TRY(keep_no_more(folder, rules, report));
  return report;
}

}  // namespace stet::storage
