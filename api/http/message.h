// What comes in and what goes out: one request, one response.
//
// A Request that reaches a handler is well-formed: known method, decoded path, one Host in
// HTTP/1.1, body complete and within the limits. Threads: values, no sharing.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "api/http/body.h"
#include "api/http/headers.h"

namespace stet::http {

using Query = std::vector<std::pair<std::string, std::string>>;

struct Request {
  std::string method;  // upper case, one of those that is_known_method() knows
  std::string target;  // as it came
  // Percent-decoded, without dot segments and without empty segments in a row; begins with '/',
  // holds no NUL. "*" for OPTIONS *. Not UTF-8 where has_utf8_path is false: nothing we serve has
  // such a name.
  std::string path;
  bool has_utf8_path = true;
  Query query;  // decoded, '+' as a blank, in order
  Headers headers = {};
  Body body;
  std::string peer_address;     // the client's, as far as trusted proxies tell; without a port
  std::string scheme = "http";  // "https" where a trusted proxy says so
  std::string request_id;       // unique within the process, also in the answer's X-Request-Id
  bool is_http_10 = false;

  bool is_head() const { return method == "HEAD"; }
  // The first value of this name.
  std::optional<std::string_view> query_value(std::string_view name) const;
  std::optional<std::string_view> header(std::string_view name) const { return headers.find(name); }
};

// GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS. The server answers others with 501 itself.
bool is_known_method(std::string_view method);

// `size` bytes of a file from `offset`; the file must not shrink while it is sent.
struct FileRange {
  std::shared_ptr<OpenFile> file;
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
};

using ResponseBody = std::variant<std::string, std::shared_ptr<const std::string>, FileRange>;

// Content-Length, Date, Connection, Transfer-Encoding and X-Request-Id are the server's: such
// fields here are dropped. For HEAD answer as for GET: the server sends the headers alone.
struct Response {
  int status = 200;
  Headers headers = {};
  ResponseBody body = {};

  static Response text(int status, std::string body);
  // RFC 9457, application/problem+json; `detail` empty: none.
  static Response problem(int status, std::string_view detail);
};

std::uint64_t size_of(const ResponseBody& body);

// "Not Found" for 404; "Unknown" for a code that RFC 9110 and its extensions don't know.
std::string_view reason_phrase(int status);

}  // namespace stet::http
