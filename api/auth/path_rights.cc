#include "api/auth/path_rights.h"

#include "cms/change/author.h"

namespace stet::auth {
namespace {

// Whether the file at `path` is the user's own; what is not there is nobody else's.
Result<bool> is_own(const storage::SnapshotPtr& files,
                    const RepoPath& path,
                    const std::string& user) {
  auto entry = files ? TRY(files->find(path)) : std::nullopt;
  if (!entry) return true;
  return change::names_author(TRY(files->read(entry->blob)), path.string(), user);
}

}  // namespace

Result<std::string> fault_of_path(const change::PathScope& needed,
                                  const change::Push& push,
                                  const Rights& rights,
                                  Action action) {
  const Area area = area_of(*needed.resource, needed.path.view());
  const Reach reach = rights.reach(area, action);
  if (reach == Reach::kAll) return std::string();
  if (reach == Reach::kOwn && area == Area::kMedia) {
    auto entry = push.before ? TRY(push.before->find(needed.path)) : std::nullopt;
    return entry ? std::string(kOwnMediaFault) : std::string();
  }
  if (reach == Reach::kOwn) {
    bool is_good = TRY(is_own(push.before, needed.path, rights.user)) &&
                   TRY(is_own(push.after, needed.path, rights.user));
    if (is_good) return std::string();
    return "an author writes drafts of their own alone, with author: " + rights.user +
           " in the front matter";
  }
  const Scope scope = scope_of(area, action);
  if (!rights.scopes.allows(scope)) {
    return "to write this the token needs the scope " + std::string(name_of(scope));
  }
  return "this is not for the role " + std::string(name_of(*rights.role)) + " to " +
         std::string(name_of(action));
}

Result<std::vector<PathFault>> faults_of_push(const change::Push& push,
                                              const Rights& rights,
                                              Action action) {
  std::vector<PathFault> faults;
  for (const change::PathScope& needed : TRY(change::write_scopes_of(push))) {
    std::string reason = TRY(fault_of_path(needed, push, rights, action));
    if (!reason.empty()) faults.push_back({needed.path.string(), std::move(reason)});
    if (faults.size() >= kFaultsMax) break;
  }
  return faults;
}

}  // namespace stet::auth
