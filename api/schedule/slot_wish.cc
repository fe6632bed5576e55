#include "api/schedule/slot_wish.h"

#include "api/routes/json.h"

namespace stet::api {
namespace {

using document::Data;

// A text, or null.
Fault take_value(Data::Map& object,
                 const char* key,
                 std::optional<Data>& value,
                 const std::string& at) {
  Data* found = object.find(key);
  if (!found) return std::nullopt;
  if (!found->is_nil() && !found->is_string()) {
    return field_report(at + "/" + key, std::string(key) + " is a string, or null");
  }
  value = std::move(*found);
  object.erase(key);
  return std::nullopt;
}

}  // namespace

Fault take_wish(Data::Map& object, change::SlotWish& wish, const std::string& at) {
  if (auto fault = take_value(object, "start", wish.start, at)) return fault;
  if (auto fault = take_value(object, "end", wish.end, at)) return fault;
  if (auto fault = take_value(object, "room", wish.room, at)) return fault;
  Data* minutes = object.find("minutes");
  if (!minutes) return std::nullopt;
  if (!minutes->integer()) return field_report(at + "/minutes", "minutes is a whole number");
  wish.minutes = *minutes->integer();
  object.erase("minutes");
  return std::nullopt;
}

Fault take_if_match(Data::Map& object,
                    bool is_needed,
                    change::Expected& expected,
                    const std::string& at) {
  std::optional<std::string> match;
  if (auto fault = take_text(object, "if_match", match, at)) return fault;
  if (!match && is_needed) {
    ProblemReport report =
        field_report(at + "/if_match", "the session's ETag or blob id, or \"*\" for any");
    report.status = 428;
    report.detail = "if_match is needed";
    return report;
  }
  if (!match || *match == "*") return std::nullopt;
  bool is_quoted = match->starts_with('"') || match->starts_with("W/");
  auto tag = http::parse_entity_tag(is_quoted ? *match : "\"" + *match + "\"");
  auto blob = tag ? blob_of(*tag) : std::nullopt;
  if (!blob)
    return field_report(at + "/if_match", "this is no ETag of an entry; send that of a GET");
  expected = *blob;
  return std::nullopt;
}

Fault take_match_header(const Call& call, std::optional<BlobId>& expected) {
  const http::Headers& headers = call.request.headers;
  if (!headers.find("If-Match")) {
    return ProblemReport{.status = 428, .detail = "If-Match is needed: the ETag of a GET, or *"};
  }
  auto tags = http::parse_entity_tags(headers.joined("If-Match"));
  if (!tags) return ProblemReport{.status = 400, .detail = "If-Match is no list of tags"};
  if (tags->is_any) return std::nullopt;
  if (tags->tags.size() == 1) expected = blob_of(tags->tags.front());
  if (expected) return std::nullopt;
  return ProblemReport{
      .status = 412,
      .detail = "If-Match names no version that this ever had; send the ETag of a GET"};
}

}  // namespace stet::api
