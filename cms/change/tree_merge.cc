#include "cms/change/tree_merge.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "cms/change/report.h"
#include "storage/base/utf8.h"
#include "storage/history/merge_base.h"
#include "storage/snapshot/blob_id.h"
#include "storage/snapshot/git_snapshot.h"
#include "storage/snapshot/overlay_snapshot.h"

namespace stet::change {
namespace {

using document::Data;
using storage::FileState;
using storage::Repository;
using storage::SnapshotPtr;
using State = std::optional<FileState>;

constexpr std::size_t kPathBytesMax = 4096;  // all of a RepoPath
constexpr std::size_t kValueBytesMax = 60;

std::string shown(const std::optional<Data>& value) {
  if (!value) return "nothing";
  if (!value->is_string()) return printable(document::to_string(*value), kValueBytesMax);
  std::string_view text = *value->string();
  while (text.ends_with('\n')) text.remove_suffix(1);
  std::string line;
  for (char c : text.substr(0, kValueBytesMax)) line += c == '\n' ? ' ' : c;
  return "\"" + printable(line, kValueBytesMax) + (text.size() > kValueBytesMax ? "...\"" : "\"");
}

Result<State> state_in(const storage::Snapshot& files, const RepoPath& path) {
  auto entry = TRY(files.find(path));
  if (!entry) return State();
  return State({entry->blob, entry->kind});
}

bool is_text(std::string_view bytes) {
  return bytes.find('\0') == std::string_view::npos && is_utf8(bytes);
}

// What both sides come from.
struct Base {
  SnapshotPtr files;
  std::set<RepoPath> made;      // differ from the first of several bases
  std::set<RepoPath> disputed;  // several bases have conflicts there
};

struct Sides {
  Base base;
  SnapshotPtr ours, theirs;
  const FileChoices& choices;
};

const FileChoices kNoChoices;

class Merger {
 public:
  explicit Merger(const Sides& sides) : sides_(sides) {}

  // Of the paths that theirs may have changed; in order.
  Result<TreeMerge> merge(const std::set<RepoPath>& paths) {
    for (const RepoPath& path : paths) {
      TRY(merge_path(path));
      if (merge_.conflicts.size() >= kConflictsMax) break;
    }
    for (const storage::FileChange& change : merge_.diff) {
      if (change.after && !change.before) TRY(check_place(change.path));
    }
    return std::move(merge_);
  }

  void refuse(std::string path, std::string reason) {
    merge_.conflicts.push_back({std::move(path), 0, {}, std::move(reason)});
  }

 private:
  void refuse(const RepoPath& path, std::string reason) {
    refuse(printable(path.string(), kPathBytesMax), std::move(reason));
  }

  void take(const RepoPath& path, const State& ours, const State& merged) {
    if (ours == merged) return;
    if (!merged) deleted_.insert(path);
    merge_.diff.push_back({path, ours, merged});
  }

  Status merge_path(const RepoPath& path) {
    State base = TRY(state_in(*sides_.base.files, path));
    State ours = TRY(state_in(*sides_.ours, path));
    State theirs = TRY(state_in(*sides_.theirs, path));
    if (ours == theirs) return {};
    if (const document::Choice* choice = choice_of(path)) {
      if (ours != base && theirs != base) return choose(path, *choice, ours, theirs);
    }
    if (sides_.base.disputed.contains(path)) {
      refuse(path, "both sides have merged it before, and differently");
    } else if (theirs == base) {
      return {};
    } else if (ours == base) {
      take(path, ours, theirs);
    } else if (!base) {
      refuse(path, "both sides have made a file of this name, and differently");
    } else if (!ours) {
      refuse(path, "the branch has deleted it, and what is merged changes it");
    } else if (!theirs) {
      refuse(path, "the branch has changed it, and what is merged deletes it");
    } else {
      return merge_states(path, *base, *ours, *theirs);
    }
    return {};
  }

  // Of the whole file.
  const document::Choice* choice_of(const RepoPath& path) const {
    auto found = sides_.choices.find(path.string());
    if (found == sides_.choices.end()) return nullptr;
    for (const document::Choice& choice : found->second) {
      if (choice.pointer.empty()) return &choice;
    }
    return nullptr;
  }

  Status choose(const RepoPath& path,
                const document::Choice& choice,
                const State& ours,
                const State& theirs) {
    using Take = document::Choice::Take;
    if (choice.take == Take::kOurs) return {};
    if (choice.take == Take::kTheirs) {
      take(path, ours, theirs);
      return {};
    }
    if (choice.value.is_nil()) {
      take(path, ours, std::nullopt);
      return {};
    }
    const std::string* text = choice.value.string();
    if (!text) return invalid_input("'" + path.string() + "': a whole file is a string, or null");
    State made = ours ? ours : theirs;
    if (!storage::is_readable(made->kind)) made->kind = storage::EntryKind::kFile;
    made->blob = storage::blob_id_of(*text);
    merge_.contents.emplace(made->blob, *text);
    take(path, ours, made);
    return {};
  }

  Status merge_states(const RepoPath& path,
                      const FileState& base,
                      const FileState& ours,
                      const FileState& theirs) {
    for (const FileState* side : {&base, &ours, &theirs}) {
      if (storage::is_readable(side->kind)) continue;
      refuse(path, "a symbolic link or a submodule is changed on both sides");
      return {};
    }
    FileState merged = ours;
    if (ours.kind == base.kind) merged.kind = theirs.kind;
    if (ours.blob == base.blob) merged.blob = theirs.blob;
    bool is_both = ours.blob != base.blob && theirs.blob != base.blob && ours.blob != theirs.blob;
    if (is_both) {
      auto blob = TRY(merge_contents(path, base.blob, ours.blob, theirs.blob));
      if (!blob) return {};
      merged.blob = *blob;
    }
    take(path, ours, merged);
    return {};
  }

  // None: there is a conflict.
  Result<std::optional<BlobId>> merge_contents(const RepoPath& path,
                                               const BlobId& base,
                                               const BlobId& ours,
                                               const BlobId& theirs) {
    std::string from, mine, other;
    for (auto [bytes, files, blob] : {std::tuple(&from, &sides_.base.files, &base),
                                      std::tuple(&mine, &sides_.ours, &ours),
                                      std::tuple(&other, &sides_.theirs, &theirs)}) {
      auto read = (*files)->read(*blob);
      bool is_large =
          read ? read->size() > kMergedBytesMax : read.error().code == ErrorCode::kInvalidInput;
      if (is_large) {
        refuse(path, "both sides have changed it, and it is too large to be merged");
        return std::optional<BlobId>();
      }
      *bytes = TRY(std::move(read));
    }
    if (!is_text(from) || !is_text(mine) || !is_text(other)) {
      refuse(path, "both sides have changed it, and it is no text");
      return std::optional<BlobId>();
    }
    auto found = sides_.choices.find(path.string());
    std::span<const document::Choice> choices;
    if (found != sides_.choices.end()) choices = found->second;
    document::Merged merged =
        TRY(document::merge_by_choice(from, mine, other, path.view(), choices));
    for (document::Conflict& conflict : merged.conflicts) {
      merge_.conflicts.push_back(conflict_in(path.view(), mine, std::move(conflict)));
    }
    if (!merged.conflicts.empty()) return std::optional<BlobId>();
    BlobId blob = storage::blob_id_of(merged.bytes);
    if (blob != ours && blob != theirs) merge_.contents.emplace(blob, std::move(merged.bytes));
    return std::optional(blob);
  }

  // A new file where ours has a folder of its name, or a file in place of one of its folders.
  Status check_place(const RepoPath& path) {
    for (std::string_view above = path.folder(); !above.empty();) {
      RepoPath folder = TRY(RepoPath::parse(above));
      if (TRY(sides_.ours->find(folder)) && !deleted_.contains(folder)) {
        refuse(path, "on the branch '" + printable(above, kPathBytesMax) + "' is a file");
        return {};
      }
      above = folder.folder().empty() ? "" : above.substr(0, folder.folder().size());
    }
    bool is_folder = false;
    Status walked = sides_.ours->walk(path.view(), [&](const storage::SnapshotEntry& entry) {
      is_folder = entry.path != path && !deleted_.contains(entry.path);
      return is_folder ? Status(conflict("found")) : Status();
    });
    if (!walked && !is_folder) return walked;
    if (is_folder) refuse(path, "on the branch it is a folder");
    return {};
  }

  const Sides& sides_;
  std::set<RepoPath> deleted_;
  TreeMerge merge_;
};

Result<std::optional<TreeMerge>> merge_above(const Repository& repository,
                                             const CommitId& ours,
                                             const CommitId& theirs,
                                             const FileChoices& choices,
                                             int crossings);

// `bases` is not empty. Of several, the second and so on are merged into the first.
Result<Base> base_of(const Repository& repository,
                     const std::vector<CommitId>& bases,
                     int crossings) {
  Base base{TRY(storage::open_git_snapshot(repository, bases.front())), {}, {}};
  if (bases.size() == 1) return base;
  if (crossings >= kCrossingsMax || bases.size() > 2) {
    return conflict(
        "the two histories have merged one another so often that stet finds no common "
        "ground: merge them by git, and push the merge");
  }
  auto merge = TRY(merge_above(repository, bases[0], bases[1], kNoChoices, crossings + 1));
  if (!merge) return base;
  for (const FileConflict& found : merge->conflicts) {
    if (auto path = RepoPath::parse(found.path)) base.disputed.insert(*path);
  }
  for (const storage::FileChange& change : merge->diff) base.made.insert(change.path);
  base.files = merge->over(base.files);
  return base;
}

Result<std::optional<TreeMerge>> merge_above(const Repository& repository,
                                             const CommitId& ours,
                                             const CommitId& theirs,
                                             const FileChoices& choices,
                                             int crossings) {
  auto bases = TRY(storage::merge_bases(repository, ours, theirs));
  if (bases.empty()) return std::optional<TreeMerge>();
  Sides sides{TRY(base_of(repository, bases, crossings)),
              TRY(storage::open_git_snapshot(repository, ours)),
              TRY(storage::open_git_snapshot(repository, theirs)),
              choices};
  std::set<RepoPath> paths = sides.base.made;
  paths.insert(sides.base.disputed.begin(), sides.base.disputed.end());
  std::vector<std::string> odd_names;
  for (const storage::FileChange& change :
       TRY(storage::compare(repository, bases.front(), theirs, odd_names))) {
    paths.insert(change.path);
  }
  Merger merger(sides);
  for (std::string& name : odd_names) {
    merger.refuse(std::move(name), "stet cannot keep a file of such a name: rename it");
  }
  return std::optional(TRY(merger.merge(paths)));
}

}  // namespace

FileConflict conflict_in(std::string_view path,
                         std::string_view ours,
                         document::Conflict conflict) {
  FileConflict found{printable(path, kPathBytesMax), 0, std::move(conflict), {}};
  if (found.field.pointer.empty()) {
    found.field = {};
    found.reason = "both sides have changed it, and its fields cannot be told apart";
    return found;
  }
  FileShape shape = FileShape::kDocument;
  for (std::string_view extension : {".yml", ".yaml", ".json"}) {
    if (path.ends_with(extension)) shape = FileShape::kYaml;
  }
  if (auto place = place_of(ours, shape, found.field.pointer)) {
    found.line = place->line + std::max(found.field.line - 1, 0);
  }
  return found;
}

std::string FileConflict::string(std::string_view theirs) const {
  return to_string(problem(theirs));
}

Problem FileConflict::problem(std::string_view theirs) const {
  Problem problem{.path = path, .line = line, .message = reason};
  if (!reason.empty()) return problem;
  problem.message = field.pointer + ": it was " + shown(field.base) + ", is now " +
                    shown(field.ours) + ", and " + std::string(theirs) + " is " +
                    shown(field.theirs);
  return problem;
}

std::vector<storage::FileEdit> TreeMerge::edits() const {
  std::vector<storage::FileEdit> edits;
  edits.reserve(diff.size());
  for (const storage::FileChange& change : diff) {
    storage::FileEdit edit{change.path, std::nullopt};
    edit.kind = change.after ? change.after->kind : change.before->kind;
    if (change.after) {
      auto made = contents.find(change.after->blob);
      if (made != contents.end()) {
        edit.content = made->second;
      } else {
        edit.stored = change.after->blob;
      }
    }
    edits.push_back(std::move(edit));
  }
  return edits;
}

SnapshotPtr TreeMerge::over(const SnapshotPtr& ours) const {
  storage::Overlay overlay;
  overlay.contents = contents;
  for (const storage::FileChange& change : diff) {
    std::optional<storage::SnapshotEntry> entry;
    if (change.after) entry = {change.path, change.after->blob, change.after->kind};
    overlay.files.emplace(change.path, std::move(entry));
  }
  return storage::make_overlay_snapshot(ours, std::move(overlay));
}

Result<std::optional<TreeMerge>> merge_commits(const Repository& repository,
                                               const CommitId& ours,
                                               const CommitId& theirs,
                                               const FileChoices& choices) {
  return merge_above(repository, ours, theirs, choices, 0);
}

}  // namespace stet::change
