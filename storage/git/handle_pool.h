// git_repository handles of one repository, each lent to one thread at a time.
//
// Threads: every method from any thread. A Lease gives its handle back when it goes.
#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "storage/git/handles.h"

namespace stet::storage {

class HandlePool : public std::enable_shared_from_this<HandlePool> {
 public:
  struct Opened {
    RepositoryHandle repository;
    OdbHandle odb;
    std::uint64_t generation = 0;
    std::int64_t packs_changed_ns = 0;  // when, as it was opened
  };

  class Lease {
   public:
    Lease(std::shared_ptr<HandlePool> pool, Opened opened)
        : pool_(std::move(pool)), opened_(std::move(opened)) {}
    ~Lease();
    Lease(Lease&&) = default;
    Lease& operator=(Lease&&) = delete;

    git_repository* repository() const { return opened_.repository.get(); }
    git_odb* odb() const { return opened_.odb.get(); }

    // Packs have come or gone since the handle was opened: what it does not find may be in another.
    bool is_outdated() const;
    // The handle is closed, and lent to nobody any more.
    void drop();

   private:
    std::shared_ptr<HandlePool> pool_;
    Opened opened_;
  };

  // `path` is what libgit2 opens; `packs` the folder of its packs.
  HandlePool(std::string path, std::filesystem::path packs)
      : path_(std::move(path)), packs_(std::move(packs)) {}

  // An idle handle, or a new one: nobody waits.
  Result<Lease> take();

  // Handles lent before this are closed when they come back, idle ones now.
  void forget_all();

  // Every handle taken from now on sees the objects of these folders too.
  void add_objects(const std::vector<std::filesystem::path>& folders);

 private:
  void give_back(Opened opened);
  std::int64_t packs_changed_ns() const;

  static constexpr std::size_t kIdleMax = 16;

  const std::string path_;
  const std::filesystem::path packs_;
  std::mutex mutex_;
  std::vector<Opened> idle_;
  std::vector<std::filesystem::path> more_objects_;
  std::uint64_t generation_ = 0;
};

}  // namespace stet::storage
