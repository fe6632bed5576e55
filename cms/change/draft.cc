#include "cms/change/draft.h"

#include "cms/document/diff_text.h"
#include "storage/snapshot/blob_id.h"

namespace stet::change {
namespace {

std::string rename_diff(const RepoPath& from,
                        const RepoPath& to,
                        const Draft::File& old_file,
                        const Draft::File& new_file) {
  std::string text = "rename from " + from.string() + "\nrename to " + to.string() + "\n";
  std::string diff = document::unified_diff(to.view(), *old_file.before, *new_file.after);
  if (diff.empty()) return text;
  return text + "--- a/" + from.string() + diff.substr(diff.find('\n'));
}

}  // namespace

const Draft::File* Draft::find(const RepoPath& path) const {
  auto it = files_.find(path);
  return it == files_.end() ? nullptr : &it->second;
}

void Draft::warn(const RepoPath& path, const Findings& findings) {
  for (Problem& problem : to_problems(path, findings)) warn(std::move(problem));
}

Result<site::SitePtr> Draft::site() const {
  Edits edits;
  for (const auto& [path, file] : files_) edits.emplace(path, file.after);
  return ground_.site_with(edits);
}

Plan Draft::finish(const std::map<RepoPath, RepoPath>& renames) {
  Plan plan;
  std::map<RepoPath, const File*> moved_away;
  for (const auto& [to, from] : renames) moved_away.emplace(from, &files_.at(from));
  for (const auto& [path, file] : files_) {
    plan.edits.emplace(path, file.after);
    std::optional<BlobId> expected;
    if (file.before) expected = storage::blob_id_of(*file.before);
    plan.change_set.preconditions.push_back({path, expected});
    if (file.before == file.after) continue;
    plan.change_set.edits.push_back({path, file.after});
    if (auto rename = renames.find(path); rename != renames.end()) {
      plan.diff += rename_diff(rename->second, path, files_.at(rename->second), file);
    } else if (!moved_away.contains(path)) {
      plan.diff += document::unified_diff(
          path.view(), file.before.value_or(std::string()), file.after.value_or(std::string()));
    }
  }
  plan.is_unchanged = plan.change_set.edits.empty();
  // An empty change set is none: the file that stays is named, and nothing is committed.
  if (plan.is_unchanged && !files_.empty()) {
    plan.change_set.edits.push_back({files_.begin()->first, files_.begin()->second.after});
  }
  plan.warnings = std::move(warnings_);
  return plan;
}

}  // namespace stet::change
