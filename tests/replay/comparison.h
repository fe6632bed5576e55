// What is live, held against a build from nothing of the same commit at the same instant.
//
// This is the promise of the incremental pipeline: the same outputs, the same bytes, the same
// problems. A page that cannot be rendered is the one exception: its last good version stays live.
// Threads: the build takes as many as its request says. Cost: a whole build.
#pragma once

#include <string>
#include <vector>

#include "cms/pipeline/build_once.h"
#include "cms/pipeline/pipeline.h"

namespace stet::replay {

struct Difference {
  std::string path;  // an output path; "" for the list of problems
  std::string what;  // one sentence, then what both versions have
  std::vector<std::string>
      missed;  // reads that a render from nothing makes, and the live one lacks
  friend bool operator==(const Difference&, const Difference&) = default;
};

// `request` builds what is live. Ascending by path; empty: they are the same.
Result<std::vector<Difference>> differences(const pipeline::Pipeline& pipeline,
                                            const publish::Live& live,
                                            publish::Store& store,
                                            pipeline::BuildRequest request);

// For people: a path, what differs, what was not read.
std::string describe(const Difference& difference);

}  // namespace stet::replay
