// What a repository's objects are read through: by id, checked, trees parsed and remembered.
//
// What this process has just written is remembered too, so that no handle need open the pack that
// it lies in: with many handles and a pack for each group of commits, that would be most of the
// work.
//
// For storage/ alone; others see Repository and Snapshot. While another program repacks, the pack
// that a handle knows an object to be in may be gone when it is opened: what a handle does not find
// is looked for with a new one, if packs have come or gone. Threads: every method from any thread.
// Errors: kNotFound where no object of that id and type is; kInternal where one is damaged.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "storage/base/bounded_cache.h"
#include "storage/git/handle_pool.h"
#include "storage/git/repository.h"
#include "storage/git/tree.h"
#include "storage/git/tree_cache.h"

namespace stet::storage {

class Objects {
 public:
  // `path` is what libgit2 opens; `common_folder` where objects/ and refs/ lie. What is remembered
  // takes up to `remembered_bytes_max`.
  Objects(std::string path, std::filesystem::path common_folder, std::uint64_t remembered_bytes_max)
      : common_folder_(std::move(common_folder)),
        pool_(std::make_shared<HandlePool>(std::move(path), common_folder_ / "objects" / "pack")),
        trees_(remembered_bytes_max / 7 * 4),
        blobs_(remembered_bytes_max / 7 * 2),
        commits_(remembered_bytes_max / 7) {}

  const std::filesystem::path& common_folder() const { return common_folder_; }
  Result<HandlePool::Lease> lease() { return pool_->take(); }

  // What `read` makes of a lease; asked again with a new handle where the packs have changed.
  template <typename Read>
  auto with_lease(Read read) -> decltype(read(std::declval<const HandlePool::Lease&>())) {
    for (int attempt = 1;; ++attempt) {
      auto lease = TRY(pool_->take());
      auto found = read(lease);
      if (found || attempt == kAttemptsMax || !lease.is_outdated()) return found;
      lease.drop();
    }
  }
  void forget_handles() { pool_->forget_all(); }
  void add_objects(const std::vector<std::filesystem::path>& folders) {
    pool_->add_objects(folders);
  }

  Result<TreePtr> read_tree(const TreeId& id);
  // What is stored already and need not be read again.
  void remember(const TreeId& id, TreePtr tree) { trees_.add(id, std::move(tree)); }
  void remember(const BlobId& id, std::string_view content);
  void remember(CommitRecord commit);

  // kInvalidInput if it has more than `bytes_max` bytes.
  Result<std::string> read_blob(const BlobId& id, std::uint64_t bytes_max);
  Result<std::uint64_t> blob_size(const BlobId& id);
  Result<CommitRecord> read_commit(const CommitId& id);

 private:
  static constexpr int kAttemptsMax = 20;  // beyond the idle handles of the pool, which may be old
  static constexpr std::size_t kRememberedBlobBytesMax = std::size_t{1} << 20;

  const std::filesystem::path common_folder_;
  const std::shared_ptr<HandlePool> pool_;
  TreeCache trees_;
  BoundedCache<BlobId, std::shared_ptr<const std::string>> blobs_;
  BoundedCache<CommitId, std::shared_ptr<const CommitRecord>> commits_;
};

}  // namespace stet::storage
