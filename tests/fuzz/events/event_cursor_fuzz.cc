// Cursors of /events, and the ids of the events of a stream, come from clients and from the ledger:
// any bytes are refused, or are a place that is written as it was read.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "api/events/commit_events.h"
#include "api/events/stream_place.h"

namespace {

using stet::events::EventCursor;

void require(bool is_so) {
  if (!is_so) std::abort();
}

bool is_same(const EventCursor& a, const EventCursor& b) {
  return a.since == b.since && a.until == b.until && a.commit == b.commit && a.event == b.event;
}

void check_id(std::string_view bytes) {
  auto id = stet::events::StreamId::parse(bytes);
  if (!id) return;
  auto again = stet::events::StreamId::parse(id->string());
  require(again && again->run == id->run && again->number == id->number);
  require(again->place.commits == id->place.commits && again->place.news == id->place.news);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view bytes(reinterpret_cast<const char*>(data), size);
  check_id(bytes);
  auto cursor = EventCursor::parse(bytes);
  if (!cursor) return 0;
  auto again = EventCursor::parse(cursor->string());
  require(again && is_same(*cursor, *again));
  // One place has one text: who compares texts compares places.
  require(cursor->string() == bytes);
  return 0;
}
