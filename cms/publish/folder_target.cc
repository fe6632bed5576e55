#include "cms/publish/folder_target.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "cms/publish/mime.h"
#include "storage/base/durable_file.h"

namespace stet::publish {
namespace {

namespace fs = std::filesystem;

constexpr int kDepthMax = 2048;  // a path has at most 4096 bytes

enum class Kind { kNone, kFile, kFolder, kOther };

Kind kind_of(const fs::path& path) {
  struct stat found;
  if (::lstat(path.c_str(), &found) != 0) return Kind::kNone;
  if (S_ISREG(found.st_mode)) return Kind::kFile;
  return S_ISDIR(found.st_mode) ? Kind::kFolder : Kind::kOther;
}

Status unlink_if_there(const fs::path& path) {
  if (::unlink(path.c_str()) == 0 || errno == ENOENT || errno == ENOTDIR) return {};
  return error_of_errno("remove", path);
}

// What is ours; others see to theirs themselves.
Status open_for_all(const fs::path& path) {
  struct stat found;
  if (::lstat(path.c_str(), &found) != 0) return error_of_errno("look at", path);
  const mode_t mode = S_ISDIR(found.st_mode) ? 0755 : 0644;
  const bool is_open = (found.st_mode & mode) == mode;
  if (is_open || found.st_uid != ::geteuid() || S_ISLNK(found.st_mode)) return {};
  return ::chmod(path.c_str(), mode) == 0 ? Status() : error_of_errno("chmod", path);
}

bool holds(const fs::path& path, const Page& page) {
  struct stat found;
  if (::lstat(path.c_str(), &found) != 0 || !S_ISREG(found.st_mode)) return false;
  if (static_cast<std::uint64_t>(found.st_size) != page.bytes) return false;
  auto bytes = read_file(path, page.bytes);
  return bytes && content_hash(*bytes) == page.content;
}

// Every folder on the way to `path`, the shortest first: "a", "a/b" of "a/b/c".
std::vector<std::string_view> folders_to(std::string_view path) {
  std::vector<std::string_view> folders;
  for (std::size_t at = path.find('/'); at != std::string_view::npos; at = path.find('/', at + 1)) {
    folders.push_back(path.substr(0, at));
  }
  return folders;
}

// A site in memory may have "a" and "a/b"; a folder cannot.
Status check_fits_a_folder(const Manifest& manifest) {
  Status fits;
  manifest.entries().for_each([&](const OutputPath& path, const ManifestEntry&) {
    for (std::string_view folder : folders_to(path.view())) {
      if (!manifest.find(folder)) continue;
      fits = conflict("'" + std::string(folder) + "' and '" + path.string() +
                      "' cannot both be written: give one of them another permalink");
    }
    return fits.has_value();
  });
  return fits;
}

}  // namespace

Result<FolderTarget> FolderTarget::open(fs::path folder,
                                        Store& store,
                                        std::vector<std::string> keep_files,
                                        Readers readers) {
  std::error_code failure;
  const bool is_new = fs::create_directories(folder, failure);
  if (is_new && readers == Readers::kEverybody) TRY(open_for_all(folder));
  if (!fs::is_directory(folder, failure)) {
    return invalid_input("'" + folder.string() +
                         "' cannot be a folder to write the site into; name another");
  }
  return FolderTarget(std::move(folder), store, std::move(keep_files), readers);
}

Status FolderTarget::apply(std::span<const Change> changes) {
  for (bool is_last : {false, true}) {
    for (const Change& change : changes) {
      if (!change.entry || change.entry->is_stale()) continue;
      const Page& page = *change.entry->page();
      if (is_shown_last(page.type) == is_last) TRY(write(change.path, page));
    }
  }
  for (const Change& change : changes) {
    if (!change.entry) TRY(remove(change.path));
  }
  return {};
}

Status FolderTarget::replace(const Manifest& manifest) {
  if (manifest.stale_count() > 0) {
    return invalid_input(std::to_string(manifest.stale_count()) +
                         " pages are stale; render them before the site is exported");
  }
  TRY(check_fits_a_folder(manifest));
  TRY(apply(changes_between(Manifest(), manifest)));
  return sweep({}, manifest, 0);
}

Status FolderTarget::write(const OutputPath& path, const Page& page) {
  TRY(make_way(path));
  const fs::path place = folder_ / path.view();
  if (holds(place, page)) {
    return readers_ == Readers::kEverybody ? open_for_all(place) : Status();
  }
  auto bytes = store_->get(page.content);
  if (!bytes) return std::move(bytes).error().within("export '" + path.string() + "'");
  return readers_ == Readers::kEverybody ? write_for_all(place, **bytes)
                                         : write_atomically(place, **bytes);
}

Status FolderTarget::make_way(const OutputPath& path) {
  for (std::string_view folder : folders_to(path.view())) {
    const fs::path place = folder_ / folder;
    Kind kind = kind_of(place);
    if (kind != Kind::kFolder) {
      if (kind != Kind::kNone) TRY(unlink_if_there(place));
      if (::mkdir(place.c_str(), 0755) != 0) return error_of_errno("create", place);
    }
    if (readers_ == Readers::kEverybody) TRY(open_for_all(place));
  }
  if (kind_of(folder_ / path.view()) != Kind::kFolder) return {};
  TRY(sweep(path.string(), Manifest(), 0));
  if (::rmdir((folder_ / path.view()).c_str()) == 0) return {};
  return conflict("the folder '" + path.string() +
                  "' is to be kept, but the site has a file of that name; rename one of them");
}

Status FolderTarget::remove(const OutputPath& path) {
  std::vector<std::string_view> folders = folders_to(path.view());
  bool is_inside = std::all_of(folders.begin(), folders.end(), [&](std::string_view folder) {
    return kind_of(folder_ / folder) == Kind::kFolder;
  });
  const fs::path place = folder_ / path.view();
  // A folder of that name is the site's newer wish.
  if (!is_inside || kind_of(place) == Kind::kFolder) return {};
  TRY(unlink_if_there(place));
  for (auto folder = folders.rbegin(); folder != folders.rend(); ++folder) {
    if (is_kept(*folder) || ::rmdir((folder_ / *folder).c_str()) != 0) break;
  }
  return {};
}

Status FolderTarget::sweep(const fs::path& relative, const Manifest& manifest, int depth) {
  if (depth > kDepthMax) return invalid_input("'" + folder_.string() + "' is nested too deeply");
  std::vector<fs::path> names;
  std::error_code failure;
  for (fs::directory_iterator it(folder_ / relative, failure), end; !failure && it != end;
       it.increment(failure)) {
    names.push_back(it->path().filename());
  }
  if (failure) {
    return unavailable("list '" + (folder_ / relative).string() + "': " + failure.message());
  }
  for (const fs::path& name : names) {
    const fs::path below = relative / name;
    const fs::path place = folder_ / below;
    if (is_kept(below.native())) continue;
    if (kind_of(place) == Kind::kFolder) {
      TRY(sweep(below, manifest, depth + 1));
      ::rmdir(place.c_str());  // stays unless empty
    } else if (!manifest.find(below.native())) {
      TRY(unlink_if_there(place));
    }
  }
  return {};
}

// By the beginning of the path, as Jekyll's cleaner does: "x" keeps "x", "x/y" and "xy".
bool FolderTarget::is_kept(std::string_view relative) const {
  return std::any_of(keep_files_.begin(), keep_files_.end(), [&](const std::string& kept) {
    return !kept.empty() && relative.starts_with(kept);
  });
}

}  // namespace stet::publish
