#include "storage/commit/staged_objects.h"

#include "storage/base/sha1.h"
#include "storage/git/commit_text.h"

namespace stet::storage {

bool StagedObjects::add(StagedObject object) {
  auto [place, is_new] = places_.emplace(TreeId(object.id), objects_.size());
  if (is_new) objects_.push_back(std::move(object));
  return is_new;
}

void StagedObjects::add_blob(const BlobId& id, std::string_view content) {
  StagedObject object;
  object.type = ObjectType::kBlob;
  object.id = id.bytes();
  object.borrowed = content;
  add(std::move(object));
}

TreeId StagedObjects::add_tree(Tree tree, const std::optional<TreeId>& older) {
  StagedObject object;
  object.type = ObjectType::kTree;
  // Nobody chooses the bytes of a tree that is made here, names apart: no collision to look for.
  TreeId id(sha1("tree " + std::to_string(tree.raw().size()) + '\0', tree.raw()).bytes);
  object.id = id.bytes();
  object.tree = std::make_shared<const Tree>(std::move(tree));
  object.older = older;
  add(std::move(object));
  return id;
}

CommitId StagedObjects::add_commit(std::string bytes) {
  StagedObject object;
  object.type = ObjectType::kCommit;
  CommitId id = hash_object<CommitId>(GIT_OBJECT_COMMIT, bytes);
  object.id = id.bytes();
  object.owned = std::move(bytes);
  add(std::move(object));
  return id;
}

Result<TreePtr> StagedObjects::read_tree(const TreeId& id) const {
  auto place = places_.find(id);
  if (place != places_.end() && objects_[place->second].tree) return objects_[place->second].tree;
  return stored_.read_tree(id);
}

void StagedObjects::roll_back(std::size_t mark) {
  while (objects_.size() > mark) {
    places_.erase(TreeId(objects_.back().id));
    objects_.pop_back();
  }
}

void StagedObjects::remember() const {
  for (const StagedObject& object : objects_) {
    if (object.tree) stored_.remember(TreeId(object.id), object.tree);
    if (object.type == ObjectType::kBlob) stored_.remember(BlobId(object.id), object.bytes());
    if (object.type != ObjectType::kCommit) continue;
    auto commit = parse_commit(CommitId(object.id), object.bytes());
    if (commit) stored_.remember(*std::move(commit));
  }
}

}  // namespace stet::storage
