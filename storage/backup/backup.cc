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
    return internal("the ledger '" + source.ledger.string() +
                    "' is damaged: " + look.faults.front() + "; " + how_to_put_back(source.ledger));
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

// In order; of names of so many digits in hex, for others are not LFS's.
Result<std::vector<fs::path>> entries_of(const fs::path& folder, std::size_t digits) {
  std::vector<fs::path> entries;
  std::error_code failure;
  auto it = fs::directory_iterator(folder, failure);
  for (; !failure && it != fs::directory_iterator(); it.increment(failure)) {
    std::string name = it->path().filename();
    bool is_hex = name.find_first_not_of("0123456789abcdef") == name.npos;
    if (is_hex && name.size() == digits) entries.push_back(it->path());
  }
  if (failure) {
    errno = failure.value();
    return error_of_errno("read", folder);
  }
  std::sort(entries.begin(), entries.end());
  return entries;
}

// Names of parts, in order. What cannot be read is no reason to leave it out.
Result<std::vector<std::string>> lfs_objects(const fs::path& repository) {
  std::vector<std::string> names;
  std::error_code failure;
  for (const char* folder : {"lfs", "lfs/objects"}) {
    bool is_none = !fs::exists(fs::symlink_status(repository / folder, failure));
    if (is_none && (!failure || failure == std::errc::no_such_file_or_directory)) return names;
    TRY(entries_of(repository / folder, 0));
  }
  for (const fs::path& outer : TRY(entries_of(repository / kLfsFolder, 2))) {
    for (const fs::path& inner : TRY(entries_of(outer, 2))) {
      for (const fs::path& object : TRY(entries_of(inner, 64))) {
        std::string name = lfs_part(object.filename().native());
        if (repository / name == object) names.push_back(std::move(name));
      }
    }
  }
  return names;
}

Status add_lfs(ArchiveWriter& archive,
               const fs::path& repository,
               const Base& base,
               std::vector<std::string>& notes) {
  for (const std::string& name : TRY(lfs_objects(repository))) {
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

fs::path free_name(const fs::path& folder, Instant taken, bool is_full) {
  std::error_code failure;
  for (int serial = 0;; ++serial) {
    fs::path path = folder / shelf_name(taken, is_full, serial);
    if (!fs::exists(fs::symlink_status(path, failure))) return path;
  }
}

Result<Base> base_for(const Shelf& shelf, const ShelfRules& rules, Instant now) {
  if (rules.is_full) return Base();
  auto chain = newest_chain(shelf, now);
  if (!chain) return Base();
  std::int64_t age = now.seconds - chain->front().manifest.taken.seconds;
  // One that was begun with a clock ahead would not be old for years.
  if (age < 0 || age >= rules.full_days * kSecondsPerDay) return Base();
  return base_of(*chain);
}

bool is_known(const Repository& repository, const Shelved& one) {
  auto commit = CommitId::parse(one.manifest.commit);
  if (!commit) return true;
  const auto known = repository.read_commit(*commit);
  return known || known.error().code != ErrorCode::kNotFound;
}

// What of a folder is this site's: chains of which a commit is known here. Not all must be, for the
// repository may have been restored from an older one of them. From others' nothing goes on, and
// none of them is thrown away. kConflict: it has others' alone.
Result<Shelf> own_shelf(const Repository& repository,
                        const fs::path& folder,
                        std::vector<std::string>& notes) {
  Shelf shelf = TRY(read_shelf(folder, ShelfNames::kOwn)), own;
  std::set<std::string> roots;
  for (const Shelved& one : shelf.archives) {
    if (is_known(repository, one)) roots.insert(root_of(shelf, one));
  }
  std::string stranger;
  for (const Shelved& one : shelf.archives) {
    bool is_own = roots.contains(root_of(shelf, one));
    if (is_own) {
      own.archives.push_back(one);
    } else {
      stranger = one.path.filename().string();
    }
  }
  for (const Unread& one : shelf.unread) notes.push_back(one.why);
  if (stranger.empty()) return own;
  const std::string what = "'" + folder.string() + "' has backups of another repository (" +
                           stranger + "), or this one's history was rewritten: ";
  if (own.archives.empty()) {
    return conflict(what + "name another folder, for each site needs one of its own");
  }
  notes.push_back(what + "they are left alone; move them to a folder of their own");
  return own;
}

Status keep_no_more(const BackupSource& source,
                    const fs::path& folder,
                    const ShelfRules& rules,
                    BackupReport& report) {
  if (rules.keep == 0) return {};
  std::vector<std::string> told;
  Shelf shelf = TRY(own_shelf(source.repository, folder, told));
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
  std::vector<std::string> notes;
  Shelf shelf = TRY(own_shelf(source.repository, folder, notes));
  const Instant now = source.clock.now();
  auto base = base_for(shelf, rules, now);
  if (!base) {  // the newest cannot be read: what comes now shall not lean on it
    notes.push_back(base.error().message + "; a whole backup was made in its place");
    base = Base();
  }
  BackupReport report = TRY(write(source, free_name(folder, now, base->digest.empty()), *base));
  report.notes.insert(report.notes.begin(), notes.begin(), notes.end());
  TRY(keep_no_more(source, folder, rules, report));
  return report;
}

}  // namespace stet::storage
