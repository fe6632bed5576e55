// The history of a repository, published commit by commit, each compared with a build from nothing.
//
// The repository is only read; pages and journal go to a folder of the caller's. The clock of a
// publication is the newest committer's date so far, as if each commit had been pushed when it was
// made. Threads: one at a time. Errors: of a repository that cannot be read, or a full disk.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "cms/pipeline/pipeline.h"
#include "cms/sass/compiler.h"
#include "tests/replay/comparison.h"

namespace stet::replay {

enum class Walk {
  kFirstParents,  // what the branch was, step by step
  kEveryCommit,   // all that it is made of, parents before children: also from branch to branch
};

struct ReplayOptions {
  Walk walk = Walk::kFirstParents;
  std::optional<CommitId> from;      // the first one to be published; none: the oldest
  std::size_t every = 1;             // compares each n-th publication, and the last
  std::size_t eager_pages_max = 64;  // as PipelineOptions have it
  unsigned threads = 1;              // that render
  std::shared_ptr<sass::Compiler> sheets;
};

struct Step {
  CommitId commit;
  std::size_t number = 0, count = 0;  // this is the number-th of count, from 1
  std::size_t rendered = 0;           // pages, stale ones among them
  bool is_compared = false;
  std::vector<Difference> found = {};  // those that the comparison before this one had not
};

struct Report {
  std::size_t commits = 0, compared = 0, rendered = 0, differences = 0;
};

// The commits that lead to `head`, in the order in which they are published.
Result<std::vector<CommitId>> commits_to(const storage::Repository& repository,
                                         const CommitId& head,
                                         Walk walk);

// `folder` must be there, and empty. `tell` hears of each step.
Result<Report> replay(const storage::Repository& repository,
                      const CommitId& head,
                      const std::filesystem::path& folder,
                      const ReplayOptions& options,
                      const std::function<void(const Step&)>& tell);

}  // namespace stet::replay
