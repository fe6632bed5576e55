#include "api/events/commit_changes.h"

#include <algorithm>
#include <map>

#include "cms/document/document.h"
#include "cms/site/file_name.h"
#include "storage/base/hash.h"
#include "storage/snapshot/git_snapshot.h"

namespace stet::events {
namespace {

using storage::Diff;
using storage::FileChange;

bool is_path_in(const Diff& diff, const RepoPath& path) {
  auto it = std::lower_bound(
      diff.begin(), diff.end(), path, [](const FileChange& change, const RepoPath& wanted) {
        return change.path < wanted;
      });
  return it != diff.end() && it->path == path;
}

// Of a merge, what differs from each parent.
Result<Diff> diff_of(const storage::Repository& repository, const storage::CommitRecord& commit) {
  if (commit.parents.empty()) return storage::compare(repository, std::nullopt, commit.id);
  Diff diff = TRY(storage::compare(repository, commit.parents.front(), commit.id));
  for (std::size_t i = 1; i < commit.parents.size() && !diff.empty(); ++i) {
    Diff other = TRY(storage::compare(repository, commit.parents[i], commit.id));
    std::erase_if(diff, [&](const FileChange& change) { return !is_path_in(other, change.path); });
  }
  return diff;
}

// What a move leaves alone: all but `redirect_from`, which a move may add.
Result<std::string> moving_text(const storage::SnapshotPtr& snapshot,
                                const RepoPath& path,
                                const storage::FileState& state) {
  std::string bytes = TRY(text_of(snapshot, path, state));
  if (bytes.empty()) return state.blob.hex();
  document::Document document = document::parse_document(bytes, path.view());
  document.front_matter.map()->erase("redirect_from");
  return document::to_string(document.front_matter) + "\n" + std::string(document.body(bytes));
}

class Moves {
 public:
  Moves(const Diff& diff, const CommitFiles& files) : diff_(diff), files_(files) {}

  // For each place in the diff of a file that came, the place of the one that went.
  Result<std::map<std::size_t, std::size_t>> find(std::size_t moves_max) {
    for (std::size_t i = 0; i < diff_.size(); ++i) {
      if (!diff_[i].after) gone_.push_back(i);
      if (!diff_[i].before) come_.push_back(i);
    }
    if (gone_.empty() || come_.empty()) return std::move(moved_);
    TRY(pair([](const RepoPath&, const storage::FileState& state, bool) {
      return Result<std::string>(state.blob.hex());
    }));
    if (gone_.size() > moves_max || come_.size() > moves_max) return std::move(moved_);
    TRY(pair([this](const RepoPath& path, const storage::FileState& state, bool is_gone) {
      return moving_text(is_gone ? files_.before : files_.after, path, state);
    }));
    return std::move(moved_);
  }

 private:
  // Those that are alike in what `likeness` says, the first of each with the first.
  template <typename Likeness>
  Status pair(const Likeness& likeness) {
    std::map<Fingerprint, std::vector<std::size_t>> gone;
    for (std::size_t place : gone_) {
      std::string text = TRY(likeness(diff_[place].path, *diff_[place].before, true));
      gone[fingerprint(text)].push_back(place);
    }
    std::vector<std::size_t> left;
    for (std::size_t place : come_) {
      std::string text = TRY(likeness(diff_[place].path, *diff_[place].after, false));
      auto found = gone.find(fingerprint(text));
      if (found == gone.end() || found->second.empty()) {
        left.push_back(place);
        continue;
      }
      moved_[place] = found->second.front();
      found->second.erase(found->second.begin());
    }
    come_ = std::move(left);
    gone_.clear();
    for (const auto& [likeness_of_it, places] : gone) {
      gone_.insert(gone_.end(), places.begin(), places.end());
    }
    std::sort(gone_.begin(), gone_.end());
    return {};
  }

  const Diff& diff_;
  const CommitFiles& files_;
  std::vector<std::size_t> gone_, come_;
  std::map<std::size_t, std::size_t> moved_;
};

}  // namespace

Result<std::string> text_of(const storage::SnapshotPtr& snapshot,
                            const RepoPath& path,
                            const storage::FileState& state) {
  if (!storage::is_readable(state.kind) || site::is_binary_name(path.view())) return std::string();
  auto bytes = snapshot->read(state.blob);
  // Too large to be read is too large to be an entry.
  if (!bytes && bytes.error().code == ErrorCode::kInvalidInput) return std::string();
  return bytes;
}

Result<CommitFiles> files_of(const storage::Repository& repository,
                             const storage::CommitRecord& commit,
                             std::size_t moves_max) {
  CommitFiles files;
  Diff diff = TRY(diff_of(repository, commit));
  if (diff.empty()) return files;
  files.after = TRY(storage::open_git_snapshot(repository, commit.id));
  if (!commit.parents.empty()) {
    files.before = TRY(storage::open_git_snapshot(repository, commit.parents.front()));
  }
  auto moved = TRY(Moves(diff, files).find(moves_max));
  std::vector<bool> is_told(diff.size());
  for (const auto& [to, from] : moved) is_told[from] = true;
  for (std::size_t i = 0; i < diff.size(); ++i) {
    if (is_told[i]) continue;
    FileMove file{std::nullopt, std::nullopt, diff[i].before, diff[i].after};
    if (file.before) file.from = diff[i].path;
    if (file.after) file.to = diff[i].path;
    if (auto from = moved.find(i); from != moved.end()) {
      file.from = diff[from->second].path;
      file.before = diff[from->second].before;
    }
    files.files.push_back(std::move(file));
  }
  return files;
}

}  // namespace stet::events
