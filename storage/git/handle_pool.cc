#include "storage/git/handle_pool.h"

namespace stet::storage {

HandlePool::Lease::~Lease() {
  if (pool_) pool_->give_back(std::move(opened_));
}

Result<HandlePool::Lease> HandlePool::take() {
  Opened opened;
  {
    std::lock_guard lock(mutex_);
    opened.generation = generation_;
    if (!idle_.empty()) {
      opened = std::move(idle_.back());
      idle_.pop_back();
    }
  }
  if (!opened.repository) {
    ensure_library();
    opened.repository = TRY(make<RepositoryHandle>("open repository",
                                                   git_repository_open_ext,
                                                   path_.c_str(),
                                                   GIT_REPOSITORY_OPEN_NO_SEARCH,
                                                   nullptr));
    opened.odb = TRY(make<OdbHandle>("open objects", git_repository_odb, opened.repository.get()));
  }
  return Lease(shared_from_this(), std::move(opened));
}

void HandlePool::forget_all() {
  std::vector<Opened> closing;
  std::lock_guard lock(mutex_);
  ++generation_;
  closing.swap(idle_);
}

void HandlePool::give_back(Opened opened) {
  if (!opened.repository) return;
  std::lock_guard lock(mutex_);
  if (opened.generation == generation_ && idle_.size() < kIdleMax) {
    idle_.push_back(std::move(opened));
  }
}

}  // namespace stet::storage
