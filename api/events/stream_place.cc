#include "api/events/stream_place.h"

#include <charconv>

namespace stet::events {
namespace {

template <class Number>
std::optional<Number> number_of(std::string_view text) {
  Number number = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  bool is_number = error == std::errc() && end == text.data() + text.size() && number >= 0;
  return is_number ? std::optional(number) : std::nullopt;
}

// What stands before the next dash, which goes too.
std::string_view take_part(std::string_view& text) {
  std::string_view part = text.substr(0, text.find('-'));
  text.remove_prefix(std::min(part.size() + 1, text.size()));
  return part;
}

std::optional<EventCursor> cursor_of(std::string_view text) {
  if (auto commit = CommitId::parse(text)) return whole(*commit);
  return EventCursor::parse(text);
}

std::optional<StreamPlace> place_of(std::string_view text) {
  StreamPlace place;
  if (text.starts_with('n')) {
    place.news = number_of<std::int64_t>(take_part(text).substr(1));
    if (!place.news) return std::nullopt;
  }
  if (text.empty()) return place;
  place.commits = cursor_of(text);
  return place.commits ? std::optional(place) : std::nullopt;
}

}  // namespace

EventCursor whole(const CommitId& commit) { return {commit, commit}; }

bool is_whole(const EventCursor& cursor) {
  return cursor.since == cursor.until && cursor.commit == 0 && cursor.event == 0;
}

std::string StreamPlace::string() const {
  std::string text = news ? "n" + std::to_string(*news) : "";
  if (!commits) return text;
  if (!text.empty()) text += '-';
  return text + (is_whole(*commits) ? commits->since.hex() : commits->string());
}

std::optional<StreamId> StreamId::parse(std::string_view text) {
  if (text.empty()) return std::nullopt;
  StreamId id;
  if (auto place = place_of(text)) {
    id.place = *place;
    return id;
  }
  id.run = take_part(text);
  auto number = number_of<std::uint64_t>(take_part(text));
  auto place = place_of(text);
  if (id.run.empty() || !number || !place) return std::nullopt;
  id.number = *number;
  id.place = *place;
  return id;
}

std::string StreamId::string() const {
  std::string where = place.string();
  if (run.empty()) return where;
  std::string text = run + "-" + std::to_string(number);
  return where.empty() ? text : text + "-" + where;
}

}  // namespace stet::events
