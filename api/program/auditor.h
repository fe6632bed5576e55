// The server's conscience: renders pages at random once more in idle time, and compares.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "cms/pipeline/pipeline.h"
#include "storage/base/clock.h"
#include "storage/base/random.h"

namespace stet::program {

// One thread, from construction to destruction. After an audit it rests for as long as keeps its
// share of one core; while a publication is made, or pages are stale, it rests too. What it finds
// is mended (Pipeline::audit) and logged, with the reads that nobody had recorded.
class Auditor {
 public:
  // All must outlive it. `share`: of one core, above 0 and at most 1.
  Auditor(pipeline::Pipeline& pipeline,
          const publish::Publisher& publisher,
          const Clock& clock,
          RandomSource& random,
          double share);
  ~Auditor();

 private:
  void work();
  bool is_idle() const;
  void audit();

  pipeline::Pipeline& pipeline_;
  const publish::Publisher& publisher_;
  const Clock& clock_;
  RandomSource& random_;
  const double share_;
  std::mutex mutex_;
  std::condition_variable stopped_;
  bool is_stopped_ = false;
  std::thread thread_;
};

}  // namespace stet::program
