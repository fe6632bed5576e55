// A commit of several files while it is being put together.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "cms/change/plan.h"

namespace stet::change {

class Draft {
 public:
  struct File {
    std::optional<std::string> before, after;
    std::size_t action = 0;  // whose file it is
  };

  explicit Draft(const Ground& ground) : ground_(ground) {}

  const Ground& ground() const { return ground_; }
  const std::map<RepoPath, File>& files() const { return files_; }
  const File* find(const RepoPath& path) const;

  void add(const RepoPath& path, File file) { files_.insert_or_assign(path, std::move(file)); }
  void warn(Problem problem) { warnings_.push_back(std::move(problem)); }
  void warn(const RepoPath& path, const Findings& findings);

  // The site with what has been added so far.
  Result<site::SitePtr> site() const;

  // The draft as a plan, without its actions: edits, preconditions, diff. `renames`: from new path
  // to old.
  Plan finish(const std::map<RepoPath, RepoPath>& renames);

 private:
  const Ground& ground_;
  std::map<RepoPath, File> files_;
  Problems warnings_;
};

}  // namespace stet::change
