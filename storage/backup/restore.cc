#include "storage/backup/restore.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <string_view>

#include "storage/backup/archive.h"
#include "storage/backup/refs.h"
#include "storage/base/durable_file.h"
#include "storage/base/file_sync.h"
#include "storage/base/time.h"
#include "storage/base/utf8.h"
#include "storage/git/settings.h"
#include "storage/process/git_command.h"
#include "storage/sqlite/ledger_file.h"
#include "storage/sqlite/ledger_schema.h"

namespace stet::storage {
namespace {

namespace fs = std::filesystem;

// Sections and settings that are rules and numbers, as `git config --list` writes them.
constexpr std::array kTaken = std::to_array<std::string_view>({"receive.",
                                                               "transfer.",
                                                               "uploadpack.",
                                                               "uploadarchive.",
                                                               "fsck.",
                                                               "gc.",
                                                               "pack.",
                                                               "repack.",
                                                               "http.receivepack",
                                                               "http.uploadpack",
                                                               "user.name",
                                                               "user.email",
                                                               "core.bigfilethreshold",
                                                               "core.compression",
                                                               "core.fsync",
                                                               "core.logallrefupdates",
                                                               "core.loosecompression",
                                                               "core.sharedrepository"});
// Of those, what names a program or a file.
constexpr std::array kNotTaken = std::to_array<std::string_view>({"hook", "skiplist", "command"});
// What every repository has, and a new one has as it needs it.
constexpr std::array kOwn = std::to_array<std::string_view>(
    {"core.repositoryformatversion", "core.filemode", "core.bare", "core.ignorecase"});

// Backups are taken on one machine and put back on another.
constexpr std::int64_t kClockSlackSeconds = 86'400;

bool is_taken(std::string_view name) {
  auto begins = [&](std::string_view with) {
    return with.ends_with('.') ? name.starts_with(with) : name == with;
  };
  auto ends = [&](std::string_view with) { return name.ends_with(with); };
  return std::any_of(kTaken.begin(), kTaken.end(), begins) &&
         std::none_of(kNotTaken.begin(), kNotTaken.end(), ends);
}

fs::path plain(const fs::path& path) {
  fs::path whole = fs::absolute(path).lexically_normal();
  return whole.has_filename() ? whole : whole.parent_path();
}

Status check_place(const fs::path& place) {
  std::error_code failure;
  auto status = fs::symlink_status(place, failure);
  bool is_free = !fs::exists(status) || (fs::is_directory(status) && fs::is_empty(place, failure));
  if (!is_free) {
    return conflict("'" + place.string() + "' is there already, and nothing is overwritten; " +
                    "name another folder");
  }
  if (fs::is_directory(folder_above(place), failure)) return {};
  return not_found("there is no folder '" + folder_above(place).string() + "'; make it first");
}

// What a chain's archives must have, before anything is made of them.
Status check_parts(const Manifest& manifest, const fs::path& path) {
  for (std::string_view name : {kLedgerPart, kRefsPart, kBundlePart, kConfigPart}) {
    if (manifest.find(name)) continue;
    return invalid_input("'" + path.string() + "' has no '" + std::string(name) +
                         "', so it is no whole backup");
  }
  for (const BackupPart& part : manifest.parts) {
    if (!part.name.starts_with(kLfsFolder)) continue;
    if (part.name == lfs_part(part.sha256)) continue;
    return invalid_input("'" + path.string() + "' has a part '" + part.name +
                         "' that is not what its name says");
  }
  return {};
}

Status make_folders(const fs::path& folder) {
  std::error_code failure;
  fs::create_directories(folder, failure);
  if (!failure) return {};
  errno = failure.value();
  return error_of_errno("make", folder);
}

Result<Chain> chain_to(const fs::path& path) {
  Archive archive = TRY(Archive::open(path));
  Shelved named{archive.path(), archive.manifest(), digest_of(archive.manifest())};
  if (named.manifest.is_full()) return Chain{std::move(named)};
  return chain_of(TRY(read_shelf(folder_above(path), ShelfNames::kAll)), named);
}

// Of what cannot be read, the name is all that is known.
void add_unread(const Shelf& shelf, FoundBackup& found) {
  for (const Unread& one : shelf.unread) {
    const std::string name = one.path.filename();
    bool is_backup = is_shelf_name(name);
    (is_backup ? found.faults : found.notes).push_back(one.why);
    if (is_backup && is_later_name(name, found.chain.back().manifest.taken)) {
      found.newer = one.why;
    }
  }
}

// What has lost its beginning; and what a clock that was ahead has dated, or ours is behind.
void add_newer(const Shelf& shelf, Instant now, FoundBackup& found) {
  for (const Shelved& one : shelf.archives) {
    if (!is_older(found.chain.back(), one)) continue;
    auto chain = chain_of(shelf, one);
    if (chain && (!is_last(shelf, one) || chain->back().digest == found.chain.back().digest)) {
      continue;
    }
    std::string fault = chain ? "'" + one.path.string() + "' says that it was taken at " +
                                    iso_instant(one.manifest.taken) +
                                    ", and by this machine's clock it is " + iso_instant(now) +
                                    ": set the clock, or move that archive away"
                              : chain.error().message;
    found.newer = fault;
    bool is_told = !found.faults.empty() && found.faults.back() == fault;
    if (!is_told) found.faults.push_back(std::move(fault));
  }
}

Status take_lfs(const Archive& archive, const fs::path& repository) {
  for (const BackupPart& part : archive.manifest().parts) {
    if (!part.name.starts_with(kLfsFolder)) continue;
    const fs::path object = repository / lfs_part(part.sha256);
    TRY(make_folders(object.parent_path()));
    TRY(archive.extract(part.name, object));
  }
  return {};
}

Status take_archive(const Archive& archive, const fs::path& repository, const fs::path& bundle) {
  TRY(archive.extract(kBundlePart, bundle));
  const Manifest& manifest = archive.manifest();
  const bool is_head_detached = manifest.branch.empty() && !manifest.commit.empty();
  Status taken = take_bundle(repository, bundle, is_head_detached);
  ::unlink(bundle.c_str());
  if (!taken) return std::move(taken).error().within("'" + archive.path().string() + "'");
  return take_lfs(archive, repository);
}

}  // namespace

Result<FoundBackup> find_backup(const fs::path& archive_or_folder, Instant now) {
  std::error_code failure;
  if (!fs::is_directory(archive_or_folder, failure)) {
    return FoundBackup{.chain = TRY(chain_to(archive_or_folder))};
  }
  Shelf shelf = TRY(read_shelf(archive_or_folder, ShelfNames::kAll));
  auto chain = newest_chain(shelf, {now.seconds + kClockSlackSeconds});
  if (!chain) {
    std::string why = shelf.unread.empty() ? "" : ": " + shelf.unread.front().why;
    return not_found("'" + archive_or_folder.string() + "' has no backup that is whole" + why);
  }
  FoundBackup found{.chain = *std::move(chain)};
  add_unread(shelf, found);
  add_newer(shelf, now, found);
  found.shelf = std::move(shelf);
  return found;
}

std::vector<std::string> faults_of_all(const FoundBackup& found) {
  std::vector<std::string> faults = found.faults;
  auto add = [&](const std::string& fault) {
    if (std::find(faults.begin(), faults.end(), fault) == faults.end()) faults.push_back(fault);
  };
  for (const Shelved& one : found.shelf.archives) {
    const bool is_seen = std::any_of(found.chain.begin(),
                                     found.chain.end(),
                                     [&](const Shelved& other) { return other.path == one.path; });
    if (is_seen) continue;
    if (auto chain = chain_of(found.shelf, one); !chain) add(chain.error().message);
    if (Status whole = verify_backup({one}); !whole) add(whole.error().message);
  }
  return faults;
}

Status check_is_newest(const FoundBackup& found) {
  if (found.newer.empty()) return {};
  const Shelved& last = found.chain.back();
  return conflict("the newest backup cannot be used: " + found.newer + "; what can be is of " +
                  iso_instant(last.manifest.taken) + ": name '" + last.path.string() +
                  "' itself to go back to it");
}

Status verify_backup(const Chain& chain) {
  for (const Shelved& one : chain) {
    Archive archive = TRY(Archive::open(one.path));
    TRY(check_parts(archive.manifest(), one.path));
    TRY(archive.verify());
  }
  return {};
}

Restoration::Restoration(RestorePlaces places, Stage stage)
    : places_(std::move(places)), stage_(std::move(stage)), staged_(stage_.path() / "repository") {}

Result<Restoration> Restoration::prepare(const Chain& chain, const RestorePlaces& places) {
  RestorePlaces named{.repository = plain(places.repository)};
  TRY(check_place(named.repository));
  if (!places.state.empty()) {
    named.state = plain(places.state);
    if (named.state == named.repository / "stet") named.state.clear();
  }
  if (!named.state.empty()) TRY(check_place(named.state));
  TRY(verify_backup(chain));
  Restoration restoration(named, TRY(Stage::make(folder_above(named.repository))));
  restoration.staged_state_ = restoration.staged_ / "stet";
  if (!named.state.empty()) {
    restoration.state_stage_.push_back(TRY(Stage::make(folder_above(named.state))));
    restoration.staged_state_ = restoration.state_stage_.front().path() / "state";
  }
  TRY(restoration.take_repository(chain));
  TRY(restoration.take_ledger(chain));
  return restoration;
}

Status Restoration::take_repository(const Chain& chain) {
  const Manifest& manifest = chain.back().manifest;
  const std::string first = manifest.branch.empty() ? "main" : manifest.branch;
  TRY(Repository::create(staged_, first));
  const fs::path bundle = stage_.path() / kBundlePart;
  for (const Shelved& one : chain) {
    TRY(take_archive(TRY(Archive::open(one.path)), staged_, bundle));
  }
  Archive newest = TRY(Archive::open(chain.back().path));
  RefsWanted wanted{.refs = TRY(parse_refs(TRY(newest.read(kRefsPart, kRefsBytesMax)))),
                    .branch = manifest.branch,
                    .commit = manifest.commit};
  Status finished = finish_refs(staged_, wanted);
  if (!finished) return std::move(finished).error().within("'" + newest.path().string() + "'");
  return take_settings(TRY(newest.read(kConfigPart, kConfigBytesMax)));
}

Status Restoration::take_settings(const std::string& config) {
  const fs::path file = stage_.path() / kConfigPart;
  TRY(write_atomically(file, config));
  auto listed = TRY(run(
      git_command(staged_, {}, {"config", "--file", file.string(), "--no-includes", "-z", "-l"})));
  TRY(check_success(listed, "git config"));
  auto repository = TRY(Repository::open(staged_));
  for (std::string_view rest = listed.output; !rest.empty();) {
    std::string_view entry = rest.substr(0, rest.find('\0'));
    rest.remove_prefix(std::min(entry.size() + 1, rest.size()));
    std::size_t end = std::min(entry.find('\n'), entry.size());
    std::string name(entry.substr(0, end));
    bool is_own = std::find(kOwn.begin(), kOwn.end(), name) != kOwn.end();
    if (is_own) continue;
    if (!is_taken(name)) {
      settings_left_.push_back(printable(name, 100));
      continue;
    }
    // A name without a value is git's way to say yes.
    std::string value = end < entry.size() ? std::string(entry.substr(end + 1)) : "true";
    TRY(add_setting(repository, name, value));
  }
  return {};
}

Status Restoration::take_ledger(const Chain& chain) {
  if (::mkdir(staged_state_.c_str(), 0700) != 0) return error_of_errno("make", staged_state_);
  Archive newest = TRY(Archive::open(chain.back().path));
  const fs::path ledger = staged_state_ / kLedgerPart;
  TRY(newest.extract(kLedgerPart, ledger));
  LedgerLook look = TRY(look_at_ledger(ledger));
  if (!look.faults.empty()) {
    return invalid_input("the ledger in '" + newest.path().string() +
                         "' is damaged: " + look.faults.front());
  }
  if (look.version <= newest_ledger_version()) return {};
  return invalid_input("the ledger in '" + newest.path().string() + "' is of version " +
                       std::to_string(look.version) + ", written by a newer stet; this one knows " +
                       std::to_string(newest_ledger_version()) + ": run the newer stet");
}

Status Restoration::finish() {
  TRY(sync_file_system(stage_.path()));
  if (places_.state.empty()) return move_into_place(staged_, places_.repository);
  TRY(sync_file_system(state_stage_.front().path()));
  TRY(move_into_place(staged_state_, places_.state));
  Status moved = move_into_place(staged_, places_.repository);
  if (moved) return {};
  // Back where it goes with the rest.
  ::rename(places_.state.c_str(), staged_state_.c_str());
  return moved;
}

}  // namespace stet::storage
