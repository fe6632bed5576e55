#include "api/routes/reading.h"

#include <algorithm>
#include <array>

#include "api/auth/authenticate.h"
#include "api/routes/public_rules.h"

namespace stet::api {
namespace {

constexpr auto kPublicMembers = std::to_array<std::string_view>(
    {"kind", "name", "self", "front_matter", "url", "html", "excerpt", "related", "derived"});

ProblemReport needs_token() {
  ProblemReport report{.status = 401,
                       .detail = "without a token there is what is live, and no more"};
  report.headers.add("WWW-Authenticate", auth::challenge_of(auth::Outcome::kMissing));
  return report;
}

// In each item of a list, too.
void erase_field(Json& object, std::string_view field) {
  if (object.is_array()) {
    for (Json& item : object) erase_field(item, field);
  }
  if (!object.is_object()) return;
  object.erase(std::string(field));
  std::size_t dot = field.find('.');
  if (dot == std::string_view::npos) return;
  auto found = object.find(std::string(field.substr(0, dot)));
  if (found != object.end()) erase_field(*found, field.substr(dot + 1));
}

}  // namespace

std::variant<Reading, ProblemReport> reading_of(const Call& call) {
  auto live = site_of(call);
  if (auto* report = std::get_if<ProblemReport>(&live)) return *report;
  Reading reading{.site = std::get<site::SitePtr>(live),
                  .scope = "",
                  .is_public = call.is_anonymous,
                  .hidden = {}};
  if (reading.is_public) reading.hidden = public_rules_of(reading.site->config()).hidden;
  auto ref = call.request.query_value("ref");
  if (!ref) return reading;
  if (reading.is_public) return needs_token();
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
  for (const std::string& field : reading.hidden) {
    // It may be a field of the front matter.
    if (field == "excerpt") entry.erase("excerpt");
    auto fields = entry.find("front_matter");
    if (fields != entry.end()) erase_field(*fields, field);
  }
}

}  // namespace stet::api
