// What a repository's objects are read through: by id, checked, trees parsed and remembered.
//
// For storage/ alone; others see Repository and Snapshot. Threads: every method from any thread.
// Errors: kNotFound where no object of that id and type is; kInternal where one is damaged.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "storage/git/handle_pool.h"
#include "storage/git/repository.h"
#include "storage/git/tree.h"
#include "storage/git/tree_cache.h"

namespace stet::storage {

class Objects {
 public:
  // `path` is what libgit2 opens; `common_folder` where objects/ and refs/ lie.
  Objects(std::string path, std::filesystem::path common_folder)
      : common_folder_(std::move(common_folder)),
        pool_(std::make_shared<HandlePool>(std::move(path))),
        trees_(kTreeCacheBytes) {}

  const std::filesystem::path& common_folder() const { return common_folder_; }
  Result<HandlePool::Lease> lease() { return pool_->take(); }
  void forget_handles() { pool_->forget_all(); }
  void add_objects(const std::vector<std::filesystem::path>& folders) {
    pool_->add_objects(folders);
  }

  Result<TreePtr> read_tree(const TreeId& id);
  // Trees that were just made need not be read again.
  void remember(const TreeId& id, TreePtr tree) { trees_.add(id, std::move(tree)); }

  // kInvalidInput if it has more than `bytes_max` bytes.
  Result<std::string> read_blob(const BlobId& id, std::uint64_t bytes_max);
  Result<CommitRecord> read_commit(const CommitId& id);

 private:
  static constexpr std::size_t kTreeCacheBytes = std::size_t{64} << 20;

  const std::filesystem::path common_folder_;
  const std::shared_ptr<HandlePool> pool_;
  TreeCache trees_;
};

}  // namespace stet::storage
