#include "api/routes/session_query.h"

#include "api/routes/hidden_fields.h"
#include "cms/schedule/session.h"
#include "storage/base/utf8.h"

namespace stet::api {
namespace {

using schedule::SessionFilter;

constexpr std::size_t kShownBytesMax = 60;

std::optional<ProblemReport> take_time(const Call& call,
                                       std::string_view name,
                                       const TimeZone& zone,
                                       std::optional<std::int64_t>& seconds) {
  auto text = call.request.query_value(name);
  if (!text) return std::nullopt;
  auto time = query_time(*text, zone);
  if (!time) return bad_query(name, time.error().message);
  seconds = time->seconds;
  return std::nullopt;
}

std::optional<ProblemReport> take_words(const Call& call, SessionFilter& filter) {
  if (auto text = call.request.query_value("day")) {
    filter.day = parse_iso_date(*text);
    if (!filter.day) return bad_query("day", "a day is written as 2020-10-12");
  }
  if (auto text = call.request.query_value("status")) {
    filter.status = schedule::status_named(*text);
    if (!filter.status) {
      return bad_query("status", "a status is confirmed, tentative or cancelled");
    }
  }
  struct {
    std::string_view name;
    std::string& value;
  } texts[] = {{"room", filter.room},
               {"track", filter.track},
               {"type", filter.type},
               {"speaker", filter.speaker}};
  for (const auto& [name, value] : texts) {
    auto text = call.request.query_value(name);
    if (text && text->empty()) {
      return bad_query(name, std::string(name) + " is the name of one; leave it out for any");
    }
    value = text.value_or("");
  }
  return std::nullopt;
}

}  // namespace

Result<Time> query_time(std::string_view text, const TimeZone& zone) {
  auto quoted = "'" + printable(text, kShownBytesMax) + "' ";
  if (auto day = parse_iso_date(text)) {
    return zone.resolve({*day, 0, 0, 0}).earlier;
  }
  std::string message;
  auto time = schedule::read_session_time(liquid::Value(std::string(text)), zone, message);
  if (time && message.empty()) return *time;
  if (time) message = schedule::ambiguity_of(*time, zone);
  bool lost_plus = text.find('T') != text.npos && text.find(' ') != text.npos;
  return invalid_input(quoted + message + (lost_plus ? "; in an address + is written %2B" : ""));
}

std::variant<SessionFilter, ProblemReport> session_filter_of(const Call& call,
                                                             const TimeZone& zone) {
  SessionFilter filter;
  if (auto report = take_words(call, filter)) return std::move(*report);
  if (auto report = take_time(call, "from", zone, filter.from)) return std::move(*report);
  if (auto report = take_time(call, "until", zone, filter.until)) return std::move(*report);
  if (call.request.query_value("unscheduled")) {
    auto flag = flag_of(call, "unscheduled");
    if (auto* report = std::get_if<ProblemReport>(&flag)) return std::move(*report);
    filter.is_scheduled = !std::get<bool>(flag);
  }
  return filter;
}

std::variant<SessionFilter, ProblemReport> session_filter_of(const Call& call,
                                                             const Reading& reading,
                                                             const TimeZone& zone) {
  struct {
    std::string_view name, field;
  } asked[] = {{"day", "start"},
               {"from", "start"},
               {"from", "end"},
               {"until", "start"},
               {"unscheduled", "start"},
               {"room", "room"},
               {"track", "track"},
               {"type", "type"},
               {"speaker", "speakers"},
               {"status", "status"}};
  for (const auto& [name, field] : asked) {
    bool is_of_slot = field == "start" || field == "end" || field == "room";
    bool is_hidden = hides(reading.hidden, field) || (is_of_slot && hides(reading.hidden, "slots"));
    if (reading.is_public && is_hidden && call.request.query_value(name)) {
      return bad_query(name, "the site does not show that without a token");
    }
  }
  return session_filter_of(call, zone);
}

}  // namespace stet::api
