// Which sessions a request means, by the words of a schedule: day, room, track ... Threads: pure
// functions.
#pragma once

#include <array>
#include <variant>

#include "api/routes/reading.h"
#include "api/routes/route.h"
#include "cms/schedule/session_filter.h"

namespace stet::api {

inline constexpr std::array kSessionFilterQuery = std::to_array<QueryParameter>({
    {"day",
     "string",
     "sessions of that day, 2020-10-12, as attendees count: until 04:00 it is still the day "
     "before"},
    {"room", "string", "in that room"},
    {"track", "string", "of that track"},
    {"type", "string", "of that type"},
    {"speaker", "string", "by that speaker: the name of the file, ada"},
    {"status", "string", "confirmed, tentative or cancelled"},
    {"from",
     "string",
     "not over at that time: 2020-10-12T14:00:00Z, or by the event's clock 2020-10-12T10:00"},
    {"until", "string", "begun before that time"},
    {"unscheduled", "boolean", "1: those without a start; 0: those that have one"},
});

// Both, one after the other.
template <std::size_t A, std::size_t B>
constexpr std::array<QueryParameter, A + B> joined(const std::array<QueryParameter, A>& first,
                                                   const std::array<QueryParameter, B>& second) {
  std::array<QueryParameter, A + B> all{};
  for (std::size_t i = 0; i < A; ++i) all[i] = first[i];
  for (std::size_t i = 0; i < B; ++i) all[A + i] = second[i];
  return all;
}

// 400 names the parameter that cannot be.
std::variant<schedule::SessionFilter, ProblemReport> session_filter_of(const Call& call,
                                                                       const TimeZone& zone);

// The same for a list that may be everybody's: what is hidden is no way to find anything.
std::variant<schedule::SessionFilter, ProblemReport> session_filter_of(const Call& call,
                                                                       const Reading& reading,
                                                                       const TimeZone& zone);

// A time of a query, or a sentence for the client.
Result<Time> query_time(std::string_view text, const TimeZone& zone);

}  // namespace stet::api
