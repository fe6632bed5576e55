// Of the same bytes one upload at a time: who comes second finds what the first has stored.
//
// Two that ran beside one another would each see none, and store it twice under two names. Threads:
// any. Who waits gives their worker's place away.
#pragma once

#include <condition_variable>
#include <mutex>
#include <set>
#include <vector>

#include "storage/base/object_id.h"

namespace stet::api {

class UploadTurns {
 public:
  // Held while they are stored; `turns` must outlive it.
  class Turn {
   public:
    Turn(UploadTurns& turns, const std::vector<BlobId>& blobs);
    ~Turn();
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

   private:
    UploadTurns& turns_;
    const std::set<BlobId> blobs_;
  };

 private:
  bool is_free(const std::set<BlobId>& blobs) const;

  std::mutex mutex_;
  std::condition_variable ended_;
  std::set<BlobId> held_;
};

}  // namespace stet::api
