// New objects of a group of commits, in memory until they are written as one pack.
//
// Reads fall through to the repository, so that one commit of the group can build on the one
// before. Threads: one at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "storage/git/objects.h"

namespace stet::storage {

enum class ObjectType : std::uint8_t { kCommit = 1, kTree = 2, kBlob = 3 };  // as packs number them

struct StagedObject {
  ObjectType type = ObjectType::kBlob;
  std::array<std::uint8_t, 20> id{};
  std::string owned;            // of a commit
  std::string_view borrowed;    // of a blob: whoever staged it keeps it
  TreePtr tree;                 // of a tree
  std::optional<TreeId> older;  // a tree that this one was made from, worth a delta

  std::string_view bytes() const {
    if (tree) return tree->raw();
    return type == ObjectType::kBlob ? borrowed : std::string_view(owned);
  }
};

class StagedObjects {
 public:
  explicit StagedObjects(Objects& stored) : stored_(stored) {}

  // `content` must live as long as this.
  void add_blob(const BlobId& id, std::string_view content);
  TreeId add_tree(Tree tree, const std::optional<TreeId>& older);
  CommitId add_commit(std::string bytes);

  Result<TreePtr> read_tree(const TreeId& id) const;

  // In the order they came.
  const std::vector<StagedObject>& all() const { return objects_; }

  // Forgets what came after `mark`: the objects of a change set that was refused.
  std::size_t mark() const { return objects_.size(); }
  void roll_back(std::size_t mark);

  // Hands them on to the repository's memory, once they are stored.
  void remember() const;

 private:
  bool add(StagedObject object);

  Objects& stored_;
  std::vector<StagedObject> objects_;
  std::unordered_map<TreeId, std::size_t> places_;  // of objects of any type
};

}  // namespace stet::storage
