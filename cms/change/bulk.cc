#include "cms/change/bulk.h"

#include "cms/change/clash_judge.h"
#include "cms/change/draft.h"
#include "cms/change/message.h"
#include "cms/change/new_path.h"
#include "cms/change/write_parts.h"
#include "storage/base/utf8.h"
#include "storage/snapshot/blob_id.h"

namespace stet::change {
namespace {

using Kind = Refusal::Kind;

constexpr std::size_t kKeysNamedMax = 5, kKeyBytesMax = 40;

std::optional<Refusal> fault_of(const Ground& ground,
                                const BulkRequest& request,
                                const std::vector<RepoPath>& paths) {
  if (auto fault = fault_of_message(request.message)) return fault;
  if (request.expected) {
    BlobId now = tag_of_set(ground.site, paths);
    if (now != *request.expected) {
      Refusal refusal = refused(Kind::kStale,
                                "other entries match now, or some have changed; ask with dry_run=1 "
                                "for what would be changed");
      refusal.current = now;
      return refusal;
    }
  }
  if (paths.empty()) return refused(Kind::kNotFound, "no entry matches");
  if (paths.size() > kBulkEntriesMax) {
    return refused(Kind::kConflict,
                   std::to_string(paths.size()) + " entries match, and one commit takes " +
                       std::to_string(kBulkEntriesMax) + "; add a filter");
  }
  return std::nullopt;
}

WriteRequest request_for(const BulkRequest& bulk, const RepoPath& path) {
  WriteRequest request;
  request.resource = bulk.resource;
  request.label = bulk.label;
  request.name = path.string();
  request.front_matter_patch = bulk.front_matter_patch;
  request.json_patch = bulk.json_patch;
  return request;
}

std::string message_of(const BulkRequest& request, std::size_t entries) {
  std::string message =
      "Update " + std::to_string(entries) + " " + std::string(request.resource->name);
  const document::Data::Map* map =
      request.front_matter_patch ? request.front_matter_patch->map() : nullptr;
  if (!map) return message;
  std::size_t named = 0;
  for (const auto& [key, value] : *map) {
    if (named == kKeysNamedMax) break;
    message += (named++ == 0 ? ": " : ", ") + printable(key, kKeyBytesMax);
  }
  return message;
}

// What is wrong with the entries, together.
class Faults {
 public:
  void add(const RepoPath& path, Refusal refusal) {
    if (refusal_.entries.size() == kBulkFaultsMax) return;
    if (refusal_.entries.empty()) refusal_.kind = refusal.kind;
    if (refusal.fields.empty()) refusal.fields.push_back({"", refusal.message});
    refusal_.entries.emplace_back(path.string(), std::move(refusal.fields));
  }
  bool is_empty() const { return refusal_.entries.empty(); }
  Refusal take() {
    std::size_t count = refusal_.entries.size();
    refusal_.message = "nothing is changed, for of " + std::to_string(count) +
                       (count == kBulkFaultsMax ? " entries or more" : " of the entries") +
                       " it cannot be: see entries";
    return std::move(refusal_);
  }

 private:
  Refusal refusal_ = refused(Kind::kInvalid, "");
};

}  // namespace

BlobId tag_of_set(const site::Site& site, const std::vector<RepoPath>& paths) {
  std::string text;
  for (const RepoPath& path : paths) {
    auto blob = site.blob_of(path.view());
    text += (blob ? blob->hex() : "") + " " + path.string() + "\n";
  }
  return storage::blob_id_of(text);
}

Result<PlanOutcome> prepare_bulk(const Ground& ground,
                                 const BulkRequest& request,
                                 const std::vector<RepoPath>& paths) {
  if (auto fault = fault_of(ground, request, paths)) return PlanOutcome(std::move(*fault));
  Ground during = ground;
  during.judges_clashes = false;
  Draft draft(during);
  Faults faults;
  std::vector<PlannedAction> actions;
  for (const RepoPath& path : paths) {
    WriteRequest single = request_for(request, path);
    Outcome outcome = TRY(prepare_patch(during, single));
    if (auto* refusal = std::get_if<Refusal>(&outcome)) {
      faults.add(path, std::move(*refusal));
      continue;
    }
    Prepared& prepared = std::get<Prepared>(outcome);
    for (Problem& warning : prepared.warnings) draft.warn(std::move(warning));
    if (prepared.is_unchanged) continue;
    actions.push_back({.resource = request.resource,
                       .label = request.label,
                       .path = path,
                       .before = prepared.before,
                       .after = prepared.after});
    draft.add(path, {std::move(prepared.before), std::move(prepared.after), actions.size() - 1});
  }
  if (!faults.is_empty()) return PlanOutcome(faults.take());
  if (auto refusal = TRY(judge_clashes(draft, {}))) return PlanOutcome(std::move(*refusal));
  Plan plan = draft.finish({});
  plan.actions = std::move(actions);
  plan.is_unchanged = plan.actions.empty();
  Time when = ground.site.config().zone().at(ground.now.seconds);
  plan.change_set.author = {request.author_name, request.author_email, when};
  plan.change_set.message =
      request.message.empty() ? message_of(request, plan.actions.size()) : request.message;
  plan.change_set.trailers = request.trailers;
  return PlanOutcome(std::move(plan));
}

}  // namespace stet::change
