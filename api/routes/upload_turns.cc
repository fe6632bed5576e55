#include "api/routes/upload_turns.h"

#include <algorithm>

#include "api/http/worker_pool.h"

namespace stet::api {

bool UploadTurns::is_free(const std::set<BlobId>& blobs) const {
  return std::none_of(
      blobs.begin(), blobs.end(), [&](const BlobId& blob) { return held_.contains(blob); });
}

// All at once: nobody holds one and waits for another.
UploadTurns::Turn::Turn(UploadTurns& turns, const std::vector<BlobId>& blobs)
    : turns_(turns), blobs_(blobs.begin(), blobs.end()) {
  http::WorkerPool::Waiting waiting;  // ends behind the lock, for it may wait for a place itself
  std::unique_lock lock(turns_.mutex_);
  turns_.ended_.wait(lock, [&] { return turns_.is_free(blobs_); });
  turns_.held_.insert(blobs_.begin(), blobs_.end());
}

UploadTurns::Turn::~Turn() {
  {
    std::lock_guard lock(turns_.mutex_);
    for (const BlobId& blob : blobs_) turns_.held_.erase(blob);
  }
  turns_.ended_.notify_all();
}

}  // namespace stet::api
