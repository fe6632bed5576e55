// A set of sessions, found by a filter, moved by so many days and minutes.

#include "api/http/conditional.h"
#include "api/routes/session_query.h"
#include "api/routes/write_path.h"
#include "api/schedule/calls.h"
#include "api/schedule/slot_wish.h"
#include "cms/change/sessions.h"

namespace stet::api {
namespace {

using document::Data;

Fault take_number(Data::Map& object, const char* key, std::int64_t max, std::int64_t& number) {
  Data* found = object.find(key);
  if (!found) return std::nullopt;
  if (!found->integer() || *found->integer() > max || *found->integer() < -max) {
    return field_report("/" + std::string(key),
                        std::string(key) + " is a whole number from -" + std::to_string(max) +
                            " to " + std::to_string(max));
  }
  number = *found->integer();
  object.erase(key);
  return std::nullopt;
}

Fault take_body(const Call& call, change::ShiftRequest& request) {
  auto json = json_of(call);
  if (auto* report = std::get_if<ProblemReport>(&json)) return *report;
  Data::Map* object = std::get<Data>(json).map();
  if (!object) return field_report("", "the request is an object");
  std::optional<std::string> message;
  if (auto fault = take_text(*object, "message", message)) return fault;
  if (auto fault = take_number(*object, "days", change::kShiftDaysMax, request.days)) return fault;
  if (auto fault = take_number(*object, "minutes", change::kShiftMinutesMax, request.minutes)) {
    return fault;
  }
  if (request.days == 0 && request.minutes == 0) {
    return field_report("", "say by how many days or minutes: {\"minutes\": 30}");
  }
  request.words = words_of(call, message.value_or(""));
  return refuse_rest(*object);
}

}  // namespace

Answer shift_sessions(const Call& call) {
  auto dry_run = flag_of(call, "dry_run");
  if (auto* report = std::get_if<ProblemReport>(&dry_run)) return *report;
  bool is_dry_run = std::get<bool>(dry_run);
  auto site = site_of(call);
  if (auto* report = std::get_if<ProblemReport>(&site)) return *report;
  auto event = change::event_of(*std::get<site::SitePtr>(site));
  auto filter = session_filter_of(call, event ? event->zone : TimeZone());
  if (auto* report = std::get_if<ProblemReport>(&filter)) return *report;
  change::ShiftRequest request;
  request.filter = std::get<schedule::SessionFilter>(filter);
  if (request.filter.is_empty()) {
    return bad_query("day",
                     "say which sessions: day, room, track, speaker ...; unscheduled=0 is all");
  }
  bool goes_without = is_dry_run && !call.request.headers.find("If-Match");
  if (!goes_without) {
    if (auto fault = take_match_header(call, request.expected)) return std::move(*fault);
  }
  if (auto fault = take_body(call, request)) return std::move(*fault);
  BlobId tag;
  Write write;
  write.is_of_entry = false;
  write.is_dry_run = is_dry_run;
  write.prepare = [&](const change::Ground& ground) {
    return change::prepare_shift(ground, request, tag);
  };
  write.refuse = [](const site::Site& now, const change::Refusal& refusal) {
    return report_of(now, {}, refusal);
  };
  Answer answer = run_write(call, write);
  auto* response = std::get_if<http::Response>(&answer);
  if (response && is_dry_run) {
    response->headers.set("ETag", http::quoted({.opaque = tag.hex()}));
  }
  return answer;
}

}  // namespace stet::api
