// The head of an answer as bytes: status line, the server's own fields, the handler's.
//
// Threads: one HeadWriter a reactor thread; it keeps the Date field of the current second.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "api/http/message.h"
#include "storage/base/clock.h"

namespace stet::http {

// What the server itself has to say about one answer.
struct Framing {
  std::optional<std::uint64_t> length = {};  // Content-Length
  bool is_chunked = false;
  std::string_view connection = {};  // "close", or "keep-alive" for HTTP/1.0, or empty
  std::string_view request_id = {};  // empty: no X-Request-Id
};

class HeadWriter {
 public:
  explicit HeadWriter(const Clock& clock) : clock_(clock) {}

  // Replaces `out`.
  void write(std::string& out, const Response& response, const Framing& framing);

 private:
  std::string_view date_field();

  const Clock& clock_;
  std::int64_t date_seconds_ = -1;
  std::string date_field_;
};

// "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110 5.6.7).
std::string http_date(Instant instant);

// The preferred form alone, plus nothing: senders of the two obsolete ones are gone. None if it is
// no date.
std::optional<Instant> parse_http_date(std::string_view text);

// Statuses whose answers never have a body: 1xx, 204, 304 (RFC 9112 6.3).
bool has_no_body(int status);

}  // namespace stet::http
