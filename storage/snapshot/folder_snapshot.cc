#include "storage/snapshot/folder_snapshot.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <map>
#include <mutex>
#include <optional>
#include <system_error>
#include <unordered_map>

#include "storage/base/descriptor.h"
#include "storage/base/durable_file.h"
#include "storage/base/sha1.h"
#include "storage/base/utf8.h"
#include "storage/base/whole_file.h"

namespace stet::storage {
namespace {

namespace fs = std::filesystem;

struct Found {
  std::map<RepoPath, SnapshotEntry> entries;
  std::unordered_map<BlobId, fs::path> files;
  std::unordered_map<BlobId, std::string> targets;  // of symlinks
  std::unordered_map<BlobId, std::string> texts;    // of small files, up to kTextBytesMax
  Problems problems;
};

constexpr std::uint64_t kQuickBytesMax = std::uint64_t{4} << 20;
// What is listed is read soon, once: a second reading of small files is saved.
constexpr std::uint64_t kTextBytesMax = std::uint64_t{64} << 20;
constexpr std::uint64_t kOneTextBytesMax = std::uint64_t{1} << 16;

// As blob_id_of, several times as fast, and without its guard against contents that were made to
// collide: the folder is its user's own.
BlobId quick_blob_id(std::string_view bytes) {
  std::string head = "blob " + std::to_string(bytes.size());
  head += '\0';
  return BlobId(sha1(head, bytes).bytes);
}

// Files larger than kQuickBytesMax are never in memory as a whole.
Result<BlobId> hash_large_file(const fs::path& place) {
  Descriptor file(::open(place.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) return error_of_errno("open", place);
  struct stat status;
  if (::fstat(file.get(), &status) != 0) return error_of_errno("read", place);
  auto left = static_cast<std::uint64_t>(status.st_size);
  std::string head = "blob " + std::to_string(left);
  head += '\0';
  Sha1 hash;
  hash.add(head);
  char buffer[65536];
  while (left > 0) {
    ssize_t got = ::read(file.get(), buffer, std::min<std::uint64_t>(left, sizeof buffer));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return error_of_errno("read", place);
    if (got == 0) return conflict("'" + place.string() + "' has become shorter while it was read");
    hash.add({buffer, static_cast<std::size_t>(got)});
    left -= static_cast<std::uint64_t>(got);
  }
  return BlobId(hash.finish().bytes);
}

class FolderSnapshot : public Snapshot {
 public:
  explicit FolderSnapshot(Found found) : texts_(std::move(found.texts)), found_(std::move(found)) {}

  Result<std::optional<SnapshotEntry>> find(const RepoPath& path) const override {
    auto entry = found_.entries.find(path);
    if (entry == found_.entries.end()) return std::optional<SnapshotEntry>();
    return std::optional(entry->second);
  }

  Result<std::string> read(const BlobId& blob) const override {
    if (auto target = found_.targets.find(blob); target != found_.targets.end()) {
      return target->second;
    }
    if (auto text = take_text(blob)) return *std::move(text);
    auto file = found_.files.find(blob);
    if (file == found_.files.end()) return not_found("there is no blob " + blob.hex());
    std::string bytes = TRY(read_file(file->second, kReadBytesMax));
    if (quick_blob_id(bytes) != blob) {
      return conflict("'" + file->second.string() +
                      "' has changed since it was listed: list again");
    }
    return bytes;
  }

  Status walk(std::string_view folder, const Visit& visit) const override {
    auto entry = found_.entries.begin();
    if (!folder.empty()) {
      auto first = RepoPath::parse(folder);
      if (!first) return {};
      entry = found_.entries.lower_bound(*first);
    }
    std::string below = folder.empty() ? "" : std::string(folder) + "/";
    for (; entry != found_.entries.end() && entry->first.view() < below; ++entry) continue;
    for (; entry != found_.entries.end() && entry->first.view().starts_with(below); ++entry) {
      TRY(visit(entry->second));
    }
    return {};
  }

  Problems problems() const override { return found_.problems; }

 private:
  std::optional<std::string> take_text(const BlobId& blob) const {
    std::lock_guard lock(mutex_);
    auto text = texts_.find(blob);
    if (text == texts_.end()) return std::nullopt;
    std::optional<std::string> taken(std::move(text->second));
    texts_.erase(text);
    return taken;
  }

  mutable std::mutex mutex_;
  mutable std::unordered_map<BlobId, std::string>
      texts_;  // what listing has read, until it is asked for
  const Found found_;
};

class Lister {
 public:
  Lister(fs::path root, const FolderOptions& options) : root_(std::move(root)), options_(options) {}

  Status list() {
    TRY(list_folder(root_, ""));
    read_files();
    return {};
  }
  Found take() && { return std::move(found_); }

 private:
  Status list_folder(const fs::path& folder, const std::string& prefix) {
    // Links between folders could make more of them than there are.
    if (++folders_ > options_.files_max) return too_many("folders");
    std::error_code error;
    fs::path real = fs::canonical(folder, error);
    fs::directory_iterator names;
    if (!error) names = fs::directory_iterator(real, error);
    if (error) {
      complain(prefix, "The folder cannot be read: " + error.message() + ".");
      return {};
    }
    entered_.push_back(real);
    Status listed;
    for (; listed && names != fs::directory_iterator(); names.increment(error)) {
      listed = list_name(*names, prefix);
    }
    if (error) complain(prefix, "The folder cannot be read to its end: " + error.message() + ".");
    entered_.pop_back();
    return listed;
  }

  Status list_name(const fs::directory_entry& found, const std::string& prefix) {
    const fs::path& place = found.path();
    std::string name = place.filename().string();
    if (name == ".git") return {};
    auto path = RepoPath::parse(prefix + name);
    if (!path) {
      complain(prefix, "Left out, rename it: " + path.error().message + ".");
      return {};
    }
    std::error_code error;
    // Both are in the folder's own list, as a rule; a file's mode is asked for when it is read.
    if (found.is_symlink(error)) return list_link(place, *path);
    if (found.is_regular_file(error)) return list_file(place, *path);
    return list_place(place, *path, fs::symlink_status(place, error));
  }

  Status list_place(const fs::path& place, const RepoPath& path, const fs::file_status& status) {
    if (fs::is_directory(status)) {
      if (is_skipped(path)) return {};
      if (entered_.size() > options_.depth_max) {
        complain(path.string(), "The folder lies too deep, and is left out.");
        return {};
      }
      return list_folder(place, path.string() + "/");
    }
    if (!fs::is_regular_file(status)) {
      complain(path.string(), "It is neither a file nor a folder, and is left out.");
      return {};
    }
    return list_file(place, path);
  }

  Status list_file(const fs::path& place, const RepoPath& path) {
    if (listed_.size() + found_.entries.size() >= options_.files_max) return too_many("files");
    listed_.push_back({place, path});
    return {};
  }

  struct Listed {
    fs::path place;
    RepoPath path;
  };
  struct Hashed {
    BlobId blob;
    EntryKind kind;
    std::string text;  // "" of large files
  };

  static Result<Hashed> hash(const fs::path& place) {
    auto kind_of = [](bool is_executable) {
      return is_executable ? EntryKind::kExecutable : EntryKind::kFile;
    };
    auto file = read_whole_file(place, kQuickBytesMax);
    if (!file) {
      bool is_large = file.error().code == ErrorCode::kInvalidInput;
      if (!is_large) return std::move(file).error();
      std::error_code error;
      fs::perms mode = fs::status(place, error).permissions();
      bool is_executable = !error && (mode & fs::perms::owner_exec) != fs::perms::none;
      return Hashed{TRY(hash_large_file(place)), kind_of(is_executable), ""};
    }
    Hashed hashed{quick_blob_id(file->bytes), kind_of(file->is_executable), ""};
    if (file->bytes.size() <= kOneTextBytesMax) hashed.text = std::move(file->bytes);
    return hashed;
  }

  // By many threads where there are many; put together by one.
  void read_files() {
    std::vector<std::optional<Result<Hashed>>> hashed(listed_.size());
    auto read = [&](std::size_t i) { hashed[i] = hash(listed_[i].place); };
    if (options_.for_all) options_.for_all(listed_.size(), read);
    std::uint64_t text_bytes = 0;
    for (std::size_t i = 0; i < listed_.size(); ++i) {
      if (!options_.for_all) read(i);
      Result<Hashed>& file = *hashed[i];
      Listed& listed = listed_[i];
      if (!file) {
        complain(listed.path.string(), "The file cannot be read: " + file.error().message + ".");
        continue;
      }
      text_bytes += file->text.size();
      if (!file->text.empty() && text_bytes <= kTextBytesMax) {
        found_.texts.emplace(file->blob, std::move(file->text));
      }
      found_.files.emplace(file->blob, std::move(listed.place));
      SnapshotEntry entry{listed.path, file->blob, file->kind};
      found_.entries.emplace(std::move(listed.path), std::move(entry));
      hashed[i].reset();
    }
  }

  // A link to what lies inside the root, and not around this very place, counts as what it names.
  Status list_link(const fs::path& place, const RepoPath& path) {
    std::error_code error;
    fs::path target = fs::canonical(place, error);
    bool is_followed = !error && is_inside(target) &&
                       std::find(entered_.begin(), entered_.end(), target) == entered_.end();
    if (is_followed) return list_place(target, path, fs::status(target, error));
    std::string text = fs::read_symlink(place, error).string();
    BlobId blob = quick_blob_id(text);
    found_.targets.emplace(blob, std::move(text));
    return add({path, blob, EntryKind::kSymlink});
  }

  bool is_inside(const fs::path& target) const {
    auto [root_end, unused] =
        std::mismatch(root_.begin(), root_.end(), target.begin(), target.end());
    if (root_end != root_.end()) return false;
    return std::none_of(target.begin(), target.end(), [](const fs::path& component) {
      return component == ".git";
    });
  }

  bool is_skipped(const RepoPath& path) const {
    const auto& skipped = options_.skipped_folders;
    return std::find(skipped.begin(), skipped.end(), path.string()) != skipped.end();
  }

  Status add(SnapshotEntry entry) {
    if (found_.entries.size() >= options_.files_max) return too_many("files");
    RepoPath path = entry.path;
    found_.entries.emplace(std::move(path), std::move(entry));
    return {};
  }

  Error too_many(std::string_view what) const {
    return invalid_input("'" + root_.string() + "' holds more than " +
                         std::to_string(options_.files_max) + " " + std::string(what));
  }

  void complain(std::string path, std::string message) {
    if (path.ends_with('/')) path.pop_back();
    if (found_.problems.size() >= 1000) return;
    found_.problems.push_back({Severity::kError, std::move(path), 0, 0, std::move(message)});
  }

  const fs::path root_;
  const FolderOptions& options_;
  std::vector<fs::path> entered_;  // real paths from the root to the folder being listed
  std::size_t folders_ = 0;
  std::vector<Listed> listed_;  // files, not read yet
  Found found_;
};

}  // namespace

Result<SnapshotPtr> open_folder_snapshot(const fs::path& root, const FolderOptions& options) {
  std::error_code error;
  fs::path real = fs::canonical(root, error);
  if (error) {
    bool is_missing = error == std::errc::no_such_file_or_directory;
    std::string message = "open '" + root.string() + "': " + error.message();
    return is_missing ? not_found(std::move(message)) : forbidden(std::move(message));
  }
  if (!fs::is_directory(real, error)) {
    return invalid_input("'" + root.string() + "' is no folder");
  }
  fs::directory_iterator readable(real, error);
  if (error) return forbidden("open '" + root.string() + "': " + error.message());
  Lister lister(real, options);
  TRY(lister.list());
  Found found = std::move(lister).take();
  auto order = [](const Problem& a, const Problem& b) {
    return std::tie(a.path, a.message) < std::tie(b.path, b.message);
  };
  std::sort(found.problems.begin(), found.problems.end(), order);
  return SnapshotPtr(std::make_shared<FolderSnapshot>(std::move(found)));
}

}  // namespace stet::storage
