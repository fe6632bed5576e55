#include "storage/git/handle_pool.h"

#include <sys/stat.h>

namespace stet::storage {

HandlePool::Lease::~Lease() {
  if (pool_) pool_->give_back(std::move(opened_));
}

bool HandlePool::Lease::is_outdated() const {
  return pool_->packs_changed_ns() != opened_.packs_changed_ns;
}

void HandlePool::Lease::drop() {
  pool_.reset();
  opened_ = Opened();
}

std::int64_t HandlePool::packs_changed_ns() const {
  struct stat found;
  if (::stat(packs_.c_str(), &found) != 0) return 0;
  return found.st_mtim.tv_sec * std::int64_t{1'000'000'000} + found.st_mtim.tv_nsec;
}

Result<HandlePool::Lease> HandlePool::take() {
  Opened opened;
  std::vector<std::filesystem::path> more_objects;
  {
    std::lock_guard lock(mutex_);
    more_objects = more_objects_;
    opened.generation = generation_;
    if (!idle_.empty()) {
      opened = std::move(idle_.back());
      idle_.pop_back();
    }
  }
  if (!opened.repository) {
    ensure_library();
    opened.packs_changed_ns = packs_changed_ns();
    opened.repository = TRY(make<RepositoryHandle>("open repository",
                                                   git_repository_open_ext,
                                                   path_.c_str(),
                                                   GIT_REPOSITORY_OPEN_NO_SEARCH,
                                                   nullptr));
    opened.odb = TRY(make<OdbHandle>("open objects", git_repository_odb, opened.repository.get()));
    for (const std::filesystem::path& folder : more_objects) {
      TRY(call("open more objects", git_odb_add_disk_alternate, opened.odb.get(), folder.c_str()));
    }
  }
  return Lease(shared_from_this(), std::move(opened));
}

void HandlePool::forget_all() {
  std::vector<Opened> closing;
  std::lock_guard lock(mutex_);
  ++generation_;
  closing.swap(idle_);
}

void HandlePool::add_objects(const std::vector<std::filesystem::path>& folders) {
  {
    std::lock_guard lock(mutex_);
    more_objects_.insert(more_objects_.end(), folders.begin(), folders.end());
  }
  forget_all();
}

void HandlePool::give_back(Opened opened) {
  if (!opened.repository) return;
  std::lock_guard lock(mutex_);
  if (opened.generation == generation_ && idle_.size() < kIdleMax) {
    idle_.push_back(std::move(opened));
  }
}

}  // namespace stet::storage
