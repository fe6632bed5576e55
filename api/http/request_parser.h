// Requests out of a connection's bytes: strict framing around Beast's parser, without sockets.
//
// feed() takes bytes until something is to be told: the head is there, a piece of the body is
// there, the request is complete, or it is refused. How the bytes were cut into feeds never changes
// what is told. Our own part: line endings and control bytes, sizes and counts, one Host,
// Content-Length against Transfer-Encoding, bodies; Beast's: the grammar of the request line and
// the fields.
//
// After kRefused nothing more may be fed: what follows cannot be told from a new request. After
// kComplete, begin_next() makes it ready for the next one. Threads: one at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "api/http/headers.h"

namespace stet::http {

struct ParserLimits {
  std::uint32_t header_bytes_max = 32 * 1024;  // with the request line, and again for trailers
  std::uint32_t header_fields_max = 100;
  std::uint32_t target_bytes_max = 8 * 1024;
  std::uint64_t body_bytes_max = std::uint64_t{1} << 30;
};

struct RequestHead {
  std::string method;
  std::string target;
  Headers headers;
  bool is_http_10 = false;
  bool is_keep_alive = true;  // by Connection and version (RFC 9112 9.3)
  bool is_chunked = false;
  bool expects_continue = false;                // RFC 9110 10.1.1
  std::optional<std::uint64_t> content_length;  // none: chunked, or no body
  bool has_body() const { return is_chunked || content_length.value_or(0) > 0; }
};

struct Refusal {
  int status = 400;
  std::string_view why;  // static text, fit to be shown
};

class RequestParser {
 public:
  enum class Event { kNeedMore, kHead, kBodyPiece, kComplete, kRefused };
  struct Step {
    Event event;
    std::size_t consumed;  // the rest is to be fed again, unless kRefused
  };

  explicit RequestParser(const ParserLimits& limits);
  ~RequestParser();
  RequestParser(const RequestParser&) = delete;
  RequestParser& operator=(const RequestParser&) = delete;

  // May be called with no bytes to learn what is already due (kComplete after the head of a GET).
  Step feed(std::string_view bytes);

  // From kHead on. The caller may move parts of it away.
  RequestHead& head();
  // At kBodyPiece, until the next feed().
  std::string_view body_piece() const;
  // At kRefused.
  const Refusal& refusal() const;

  // After kHead, before more is fed: a smaller limit for this body; false if its declared length is
  // above.
  bool limit_body(std::uint64_t bytes_max);

  // True while nothing of a request has come: closing here cuts nobody off.
  bool is_between_requests() const;

  void begin_next();

 private:
  class Wire;
  std::unique_ptr<Wire> wire_;
};

}  // namespace stet::http
