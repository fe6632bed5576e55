#include "api/targets/directory.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

#include "storage/base/descriptor.h"
#include "storage/base/durable_file.h"
#include "storage/base/file_sync.h"

namespace stet::targets {
namespace {

namespace fs = std::filesystem;
using publish::Variant;

constexpr std::string_view kLeftover = ".stet-tmp";

struct Sibling {
  Variant variant;
  std::string_view ending;
};
constexpr std::array kSiblings = {Sibling{Variant::kGzip, ".gz"}, Sibling{Variant::kBrotli, ".br"}};

// "a", "a/b" of "a/b/c".
std::vector<std::string_view> folders_above(const OutputPath& path) {
  std::vector<std::string_view> folders;
  const std::string_view text = path.view();
  for (std::size_t at = text.find('/'); at != text.npos; at = text.find('/', at + 1)) {
    folders.push_back(text.substr(0, at));
  }
  return folders;
}

// The site may have a file of that name itself; then that one is meant.
bool is_of_site(const Work& work, std::string_view path) {
  return work.live.manifest.find(path) != nullptr;
}

Status unlink_file(const fs::path& file) {
  if (::unlink(file.c_str()) == 0 || errno == ENOENT || errno == ENOTDIR) return {};
  return error_of_errno("remove", file);
}

// nginx's documentation wants both to be of one time.
void give_time_of(const fs::path& from, const fs::path& to) {
  struct stat found;
  if (::stat(from.c_str(), &found) != 0) return;
  const std::array times = {found.st_mtim, found.st_mtim};
  ::utimensat(AT_FDCWD, to.c_str(), times.data(), AT_SYMLINK_NOFOLLOW);
}

}  // namespace

Result<std::unique_ptr<Directory>> Directory::open(DirectorySettings settings,
                                                   publish::Store& store,
                                                   publish::Variants& variants) {
  auto files =
      TRY(publish::FolderTarget::open(settings.folder, store, {}, publish::Readers::kEverybody));
  return std::unique_ptr<Directory>(new Directory(std::move(settings), std::move(files), variants));
}

Status Directory::begin(const Work& work) const { return work.resumes ? sweep() : Status(); }

Status Directory::apply(Work& work) {
  TRY(begin(work));
  for (const auto* phase : work.plan.in_order()) TRY(run(work, *phase));
  return {};
}

Status Directory::run(Work& work, const std::vector<Change>& changes) {
  std::size_t confirmed = 0;
  auto confirm = [&](std::size_t done) -> Status {
    if (done == confirmed) return {};
    TRY(sync());
    TRY(work.confirm(std::span(changes).subspan(confirmed, done - confirmed)));
    confirmed = done;
    return {};
  };
  for (std::size_t i = 0; i < changes.size(); ++i) {
    Status done = work.is_over()
                      ? Status(stopping())
                      : (changes[i].entry ? put(work, changes[i]) : remove(work, changes[i]));
    if (!done) {
      TRY(confirm(i));
      return done;
    }
    if (i + 1 - confirmed == settings_.batch) TRY(confirm(i + 1));
  }
  return confirm(changes.size());
}

// What is in the way is somebody else's: what was ours has been cleared.
Status Directory::check_way(const Work& work, const OutputPath& path) const {
  struct stat found;
  for (std::string_view above : folders_above(path)) {
    const fs::path folder = settings_.folder / above;
    if (::lstat(folder.c_str(), &found) != 0) break;
    if (S_ISDIR(found.st_mode)) continue;
    if (is_of_site(work, above)) {
      return conflict("'" + std::string(above) + "' and '" + path.string() +
                      "' cannot both be files; give one of them another permalink");
    }
    return conflict("'" + folder.string() + "' is no folder, and the site has '" + path.string() +
                    "'; move it away");
  }
  const fs::path file = settings_.folder / path.view();
  if (::lstat(file.c_str(), &found) != 0 || !S_ISDIR(found.st_mode)) return {};
  return conflict("'" + file.string() + "' is a folder, and the site has a file of that name; " +
                  "move it away");
}

Status Directory::put(Work& work, const Change& change) {
  TRY(check_way(work, change.path));
  const Page& page = *change.entry->page();
  TRY(work.bytes_of(change.path, page));  // mends what the store has lost
  TRY(put_variants(work, change));
  TRY(files_.apply(std::span(&change, 1)));
  const fs::path file = settings_.folder / change.path.view();
  for (const Sibling& sibling : kSiblings) {
    const std::string beside = change.path.string() + std::string(sibling.ending);
    if (!is_of_site(work, beside)) give_time_of(file, settings_.folder / beside);
  }
  return {};
}

// Before the file itself, so that its folders may have to be made.
Status Directory::put_variants(const Work& work, const Change& change) {
  for (const Sibling& sibling : kSiblings) {
    const std::string beside = change.path.string() + std::string(sibling.ending);
    auto path = OutputPath::parse(beside);
    if (!path || is_of_site(work, beside)) continue;
    const fs::path file = settings_.folder / beside;
    publish::Store::Bytes bytes;
    if (settings_.is_compressing) {
      bytes = TRY(variants_.get(*change.entry->page(), sibling.variant));
    }
    if (!bytes) {
      TRY(unlink_file(file));
      continue;
    }
    TRY(files_.make_way(change.path));
    TRY(write_for_all(file, *bytes));
  }
  return {};
}

Status Directory::remove(const Work& work, const Change& change) {
  for (const Sibling& sibling : kSiblings) {
    const std::string beside = change.path.string() + std::string(sibling.ending);
    if (!is_of_site(work, beside) && is_inside(change.path)) {
      TRY(unlink_file(settings_.folder / beside));
    }
  }
  return files_.apply(std::span(&change, 1));
}

// No link leads out of the folder on the way.
bool Directory::is_inside(const OutputPath& path) const {
  const auto folders = folders_above(path);
  return std::all_of(folders.begin(), folders.end(), [&](std::string_view folder) {
    struct stat found;
    return ::lstat((settings_.folder / folder).c_str(), &found) == 0 && S_ISDIR(found.st_mode);
  });
}

// Of files that were being written when the machine, or the process, stopped.
Status Directory::sweep() const {
  std::error_code failure;
  // Folders of others, such as lost+found, may be closed to us.
  constexpr auto kOpenOnes = fs::directory_options::skip_permission_denied;
  fs::recursive_directory_iterator it(settings_.folder, kOpenOnes, failure), end;
  for (; !failure && it != end; it.increment(failure)) {
    const std::string name = it->path().filename().string();
    if (name.starts_with(kLeftover) && it->is_regular_file(failure)) TRY(unlink_file(it->path()));
  }
  if (!failure) return {};
  return unavailable("list '" + settings_.folder.string() + "': " + failure.message());
}

Status Directory::sync() const { return sync_file_system(settings_.folder); }

}  // namespace stet::targets
