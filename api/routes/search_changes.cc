// GET /search with in_changes: the texts of open changes.

#include <algorithm>
#include <chrono>
#include <map>

#include "api/changes/changes.h"
#include "api/routes/entry_field.h"
#include "api/routes/list_request.h"
#include "api/routes/search.h"

namespace stet::api {
namespace {

using changes::RecordPtr;
using Open = std::map<std::string, RecordPtr>;

constexpr std::string_view kAll = "*";

Result<Open> open_changes(const Call& call) {
  Open open;
  for (RecordPtr& record : TRY(call.backend.changes->all())) {
    if (record->state == changes::State::kOpen) open.emplace(record->id, std::move(record));
  }
  return open;
}

Result<search::BranchText> text_of(const Call& call, const changes::Record& record) {
  auto footing = TRY(call.backend.changes->footing_of(record));
  search::BranchText text{.site = TRY(standing_at(call.backend, record.head)).site, .paths = {}};
  for (const storage::FileChange& file : footing->diff) {
    if (text.paths.size() >= kChangeFilesSearched) break;
    if (file.after) text.paths.push_back(file.path.string());
  }
  return text;
}

// True: the index is of all of them as they are. `first`: the one that is looked at before others.
Result<bool> follow(const Call& call, const Open& open, const std::string& first) {
  using Watch = std::chrono::steady_clock;
  const auto end = Watch::now() + std::chrono::seconds(kFollowSeconds);
  std::vector<search::Branch> branches;
  for (const auto& [id, record] : open) branches.push_back({.id = id, .head = record->head});
  std::stable_partition(branches.begin(), branches.end(), [&](const search::Branch& branch) {
    return branch.id == first;
  });
  return call.backend.changes_search->follow_branches(
      branches,
      TRY(call.backend.changes->served_head()),
      [&](const search::Branch& branch) { return text_of(call, *open.at(branch.id)); },
      [&] { return Watch::now() >= end; });
}

// Of one change, the site as it makes it is wanted for each of its hits.
class Sites {
 public:
  explicit Sites(const Call& call) : call_(call) {}

  // null: it cannot be read.
  site::SitePtr of(const changes::Record& record) {
    auto [place, is_new] = sites_.try_emplace(record.id);
    if (!is_new) return place->second;
    if (auto standing = standing_at(call_.backend, record.head)) place->second = standing->site;
    return place->second;
  }

 private:
  const Call& call_;
  std::map<std::string, site::SitePtr> sites_;
};

Json hits_json(const Call& call,
               const Open& open,
               const search::Found& found,
               const std::vector<std::string>& fields) {
  Json items = Json::array();
  Sites sites(call);
  for (const search::Hit& hit : found.hits) {
    auto change = open.find(hit.branch);
    site::SitePtr site = change == open.end() ? nullptr : sites.of(*change->second);
    auto entry = site ? found_entry(*site, hit, false) : std::nullopt;
    if (!entry) continue;
    Json json = hit_json(call, *site, *entry);
    json["self"] = json["self"].get<std::string>() + "?change=" + hit.branch;
    json["is_published"] = false;  // not so, whatever of it is live
    json["change"] = hit.branch;
    json["change_title"] = change->second->title;
    items.push_back(shown_members(std::move(json), fields));
  }
  return items;
}

}  // namespace

Answer search_in_changes(const Call& call, const site::Site& live, SearchAsked& asked) {
  if (call.is_anonymous) {
    return ProblemReport{.status = 403, .detail = "what is unpublished is for who is signed in"};
  }
  if (!call.backend.changes || !call.backend.changes_search) {
    return ProblemReport{.status = 503, .detail = "there is no unpublished work here"};
  }
  auto open = open_changes(call);
  if (!open) return report_of(open.error());
  const std::string one(*call.request.query_value("in_changes"));
  if (one != kAll) {
    if (!open->contains(one)) {
      return bad_query("in_changes", "in_changes is the id of an open change, or * for all");
    }
    search::QueryItem item{.kind = search::QueryItem::Kind::kBranch};
    item.value = one;
    if (!asked.wanted.query.is_empty()) asked.wanted.query.items.push_back(std::move(item));
  }
  auto is_current = follow(call, *open, one);
  if (!is_current) return report_of(is_current.error());
  auto found = call.backend.changes_search->find(asked.wanted);
  if (!found) return report_of(found.error());
  Json json = answer_json(call, live, asked, *found);
  json["items"] = hits_json(call, *open, *found, asked.fields);
  json["is_current"] = *is_current;
  return tagged_response(call, json);
}

}  // namespace stet::api
