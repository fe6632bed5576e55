#include "api/routes/reading.h"

#include <algorithm>
#include <array>

#include "api/auth/authenticate.h"
#include "api/routes/hidden_fields.h"
#include "api/routes/public_rules.h"

namespace stet::api {
namespace {

constexpr auto kPublicMembers = std::to_array<std::string_view>({"kind",
                                                                 "name",
                                                                 "self",
                                                                 "front_matter",
                                                                 "url",
                                                                 "html",
                                                                 "excerpt",
                                                                 "related",
                                                                 "derived",
                                                                 "slots"});

ProblemReport needs_token() {
  ProblemReport report{.status = 401,
                       .detail = "without a token there is what is live, and no more"};
  report.headers.add("WWW-Authenticate", auth::challenge_of(auth::Outcome::kMissing));
  return report;
}

// What the site makes of a field is hidden with it.
void erase_what_follows(const std::vector<std::string>& hidden, Json& entry) {
  if (hides(hidden, "excerpt")) entry.erase("excerpt");
  for (const char* field : {"start", "end", "room", "slots", "uid"}) {
    if (hides(hidden, field)) entry.erase("slots");
  }
  auto derived = entry.find("derived");
  for (const char* field : {"title", "date"}) {
    if (derived != entry.end() && hides(hidden, field)) derived->erase(field);
  }
  auto related = entry.find("related");
  if (related != entry.end()) erase_hidden(hidden, *related);
}

}  // namespace

std::variant<Reading, ProblemReport> reading_of(const Call& call) {
  auto live = standing_of(call);
  if (auto* report = std::get_if<ProblemReport>(&live)) return *report;
  const auto& standing = std::get<pipeline::Standing>(live);
  Reading reading{.site = standing.site,
                  .scope = call.change ? standing.commit.hex() : "",
                  .is_public = call.is_anonymous,
                  .hidden = {}};
  if (reading.is_public) reading.hidden = public_rules_of(reading.site->config()).hidden;
  auto ref = call.request.query_value("ref");
  if (reading.is_public && (ref || call.request.query_value("change"))) return needs_token();
  if (!ref) return reading;
  if (call.change) return bad_query("ref", "ref and change are two states; name one");
  auto commit = call.backend.repository.resolve(*ref);
  // A name that git refuses is as little there as one that nobody has.
  if (!commit) return ProblemReport{.status = 404, .detail = commit.error().message};
  if (call.backend.pipeline.commit() == *commit) return reading;
  auto site = call.backend.remembered->sites.find_or_make(call.backend.pipeline, *commit);
  if (!site) return report_of(site.error());
  reading.site = std::move(*site);
  reading.scope = commit->hex();
  return reading;
}

void make_public(const Reading& reading, Json& entry) {
  for (auto member = entry.begin(); member != entry.end();) {
    bool is_public = std::find(kPublicMembers.begin(), kPublicMembers.end(), member.key()) !=
                     kPublicMembers.end();
    member = is_public ? std::next(member) : entry.erase(member);
  }
  auto fields = entry.find("front_matter");
  if (fields != entry.end()) erase_hidden(reading.hidden, *fields);
  erase_what_follows(reading.hidden, entry);
}

}  // namespace stet::api
