#include "storage/commit/tree_edit.h"

#include <algorithm>
#include <map>
#include <set>

namespace stet::storage {
namespace {

constexpr std::uint32_t kFolderMode = 0040000;
constexpr std::uint32_t kFileMode = 0100644;

std::string_view text_of(const std::array<std::uint8_t, 20>& id) {
  return {reinterpret_cast<const char*>(id.data()), id.size()};
}

// Changes to one folder's entries, then the folder they make.
class FolderRewrite {
 public:
  explicit FolderRewrite(const Tree& old) : old_(old) {}

  void erase(std::size_t index) { erased_.insert(index); }

  void put(std::uint32_t mode, std::string_view name, const std::array<std::uint8_t, 20>& id) {
    bool is_folder = mode == kFolderMode;
    std::string key = std::string(name) + (is_folder ? "/" : "");
    added_[std::move(key)] = {old_.rank_of(name, is_folder),
                              serialize_entry(mode, name, text_of(id))};
  }

  bool is_empty() const { return erased_.empty() && added_.empty(); }

  Result<Tree> make() const {
    std::string raw;
    raw.reserve(old_.raw().size() + 64 * added_.size());
    std::size_t next = 0;
    auto erased = erased_.begin();
    auto copy_to = [&](std::size_t end) {
      for (; erased != erased_.end() && *erased < end; ++erased) {
        append(raw, next, *erased);
        next = *erased + 1;
      }
      append(raw, next, end);
      next = std::max(next, end);
    };
    for (const auto& [key, entry] : added_) {  // the keys' order is git's
      copy_to(entry.rank);
      raw += entry.bytes;
    }
    copy_to(old_.size());
    return Tree::parse(std::move(raw));
  }

 private:
  struct Added {
    std::size_t rank;
    std::string bytes;
  };

  void append(std::string& raw, std::size_t begin, std::size_t end) const {
    if (begin >= end) return;
    raw.append(old_.raw(), old_.start_of(begin), old_.start_of(end) - old_.start_of(begin));
  }

  const Tree& old_;
  std::set<std::size_t> erased_;
  std::map<std::string, Added> added_;
};

// The edits of one name in a folder: of the file that bears it, and of what lies below it.
struct Group {
  const TreeEdit* file = nullptr;
  std::vector<const TreeEdit*> below;
};

class Editor {
 public:
  explicit Editor(StagedObjects& objects) : objects_(objects) {}

  // None: nothing is left in the folder. `depth` is where in their paths the edits' names begin.
  Result<std::optional<TreeId>> edit(const std::optional<TreeId>& folder,
                                     const std::vector<const TreeEdit*>& edits,
                                     std::size_t depth) {
    TreePtr old = std::make_shared<const Tree>();
    if (folder) old = TRY(objects_.read_tree(*folder));
    FolderRewrite rewrite(*old);
    for (const auto& [name, group] : groups_of(edits, depth)) {
      TRY(edit_name(*old, name, group, depth, rewrite));
    }
    if (rewrite.is_empty()) return folder;
    Tree made = TRY(rewrite.make());
    if (made.empty()) return std::optional<TreeId>();
    return std::optional(objects_.add_tree(std::move(made), folder));
  }

 private:
  static std::map<std::string_view, Group> groups_of(const std::vector<const TreeEdit*>& edits,
                                                     std::size_t depth) {
    std::map<std::string_view, Group> groups;
    for (const TreeEdit* edit : edits) {
      std::string_view rest = edit->path.view().substr(depth);
      std::size_t slash = rest.find('/');
      Group& group = groups[rest.substr(0, slash)];
      if (slash == std::string_view::npos) {
        group.file = edit;
      } else {
        group.below.push_back(edit);
      }
    }
    return groups;
  }

  Status edit_name(const Tree& old,
                   std::string_view name,
                   const Group& group,
                   std::size_t depth,
                   FolderRewrite& rewrite) {
    auto index = old.find(name);
    std::optional<TreeEntry> entry;
    if (index) entry = old.at(*index);
    const TreeEdit& any = group.file ? *group.file : *group.below.front();
    std::string_view place = any.path.view().substr(0, depth + name.size());
    bool is_link = entry && (entry->is_symlink() || entry->is_submodule());
    if (is_link && !(group.file && group.file->mode != 0)) {
      return refuse_link(*entry, any.path.view(), place);
    }
    bool is_folder = entry && entry->is_folder();
    std::optional<TreeId> folder;
    if (is_folder) folder = entry->id_as<TreeId>();
    if (!group.below.empty()) {
      bool file_goes = group.file && !group.file->blob;
      if (entry && !is_folder && !file_goes) return refuse_folder(any, place);
      folder = TRY(edit(folder, group.below, depth + name.size() + 1));
    }
    if (group.file && folder) {
      bool file_went = entry && !is_folder && !group.file->blob;
      if (!file_went) return refuse_file(any);
    }
    if (group.file && !group.file->blob && (!entry || is_folder)) {
      return not_found("there is no '" + any.path.string() + "' to delete");
    }
    replace(old, index, name, group, folder, rewrite);
    return {};
  }

  // Puts in what now bears the name: the folder, the file, or nothing.
  void replace(const Tree& old,
               const std::optional<std::size_t>& index,
               std::string_view name,
               const Group& group,
               const std::optional<TreeId>& folder,
               FolderRewrite& rewrite) {
    std::optional<TreeEntry> entry;
    if (index) entry = old.at(*index);
    std::uint32_t mode = kFileMode;
    if (folder) {
      mode = kFolderMode;
    } else if (group.file && group.file->mode != 0) {
      mode = group.file->mode;
    } else if (entry && !entry->is_folder()) {
      mode = entry->mode;
    }
    bool has_file = group.file && group.file->blob;
    std::array<std::uint8_t, 20> id{};
    if (folder) {
      id = folder->bytes();
    } else if (has_file) {
      id = group.file->blob->bytes();
    }
    bool is_there = folder || has_file;
    if (entry && is_there && entry->mode == mode && entry->id == text_of(id)) return;
    if (entry) rewrite.erase(*index);
    if (!is_there) return;
    if (!folder && !group.file->is_stored) {
      objects_.add_blob(*group.file->blob, group.file->content);
    }
    rewrite.put(mode, name, id);
  }

  static Error refuse_link(const TreeEntry& entry, std::string_view path, std::string_view place) {
    return forbidden("'" + std::string(place) + "' is a " +
                     (entry.is_symlink() ? "symbolic link" : "submodule") + ", so '" +
                     std::string(path) + "' cannot be edited here: use git");
  }
  static Error refuse_folder(const TreeEdit& edit, std::string_view place) {
    return conflict("'" + std::string(place) + "' is a file, so there can be no '" +
                    edit.path.string() + "' below it");
  }
  static Error refuse_file(const TreeEdit& edit) {
    return conflict("'" + edit.path.string() + "' is a folder, so it can be no file");
  }

  StagedObjects& objects_;
};

}  // namespace

Result<TreeId> edit_tree(StagedObjects& objects,
                         const std::optional<TreeId>& root,
                         std::span<const TreeEdit> edits) {
  std::vector<const TreeEdit*> all;
  all.reserve(edits.size());
  for (const TreeEdit& edit : edits) all.push_back(&edit);
  auto edited = TRY(Editor(objects).edit(root, all, 0));
  if (edited) return *edited;
  return objects.add_tree(Tree(), std::nullopt);
}

Result<std::optional<TreeSpot>> look_up(const StagedObjects& objects,
                                        const std::optional<TreeId>& root,
                                        const RepoPath& path) {
  if (!root) return std::optional<TreeSpot>();
  TreeId folder = *root;
  std::string_view rest = path.view();
  for (;;) {
    TreePtr tree = TRY(objects.read_tree(folder));
    std::size_t slash = rest.find('/');
    auto index = tree->find(rest.substr(0, slash));
    if (!index) return std::optional<TreeSpot>();
    TreeEntry entry = tree->at(*index);
    if (slash == std::string_view::npos) {
      return std::optional(TreeSpot{entry.mode, entry.id_as<BlobId>()});
    }
    if (!entry.is_folder()) return std::optional<TreeSpot>();
    folder = entry.id_as<TreeId>();
    rest.remove_prefix(slash + 1);
  }
}

}  // namespace stet::storage
