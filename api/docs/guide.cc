#include "api/docs/guide.h"

#include <vector>

#include "api/docs/error_page.h"
#include "api/docs/html.h"
#include "api/docs/style.h"
#include "api/http/conditional.h"
#include "storage/base/hash.h"

namespace stet::docs {
namespace {

constexpr std::string_view kHtml = "text/html; charset=utf-8", kCss = "text/css; charset=utf-8";
constexpr std::string_view kPolicy =
    "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action "
    "'none'";

http::Response not_for_reading() {
  http::Response response = http::Response::problem(405, "this is for reading");
  response.headers.add("Allow", "GET, HEAD");
  return response;
}

http::Response moved_to(std::string_view path) {
  http::Response response{.status = 308};
  response.headers.add("Location", path);
  return response;
}

}  // namespace

Guide::Guide() {
  const std::vector<Link> links = {{"/docs/", "Overview"}, {"/docs/errors", "Problems"}};
  add("/docs/guide.css", kCss, std::string(style()));
  add("/docs/",
      kHtml,
      framed("/docs/",
             "Overview",
             "<p>The API is at <code>/api/v1</code>; <code>/api/v1/openapi.json</code> describes "
             "it.</p>\n",
             links));
  add("/docs/errors", kHtml, framed("/docs/errors", "Problems", error_page(), links));
}

void Guide::add(const std::string& path, std::string_view type, std::string bytes) {
  std::string tag = fingerprint(bytes).hex();
  files_.insert_or_assign(path, File{type, std::move(bytes), std::move(tag)});
}

http::Response Guide::answer(const http::Request& request) const {
  if (request.path == "/docs") return moved_to("/docs/");
  auto found = files_.find(request.path);
  if (found == files_.end()) {
    return http::Response::problem(404, "the guide has no such page; /docs/ lists what it has");
  }
  if (request.method != "GET" && request.method != "HEAD") return not_for_reading();
  const File& file = found->second;
  http::EntityTag tag{.opaque = file.tag};
  http::Response response{.status = 200};
  response.headers.add("ETag", http::quoted(tag));
  response.headers.add("Content-Security-Policy", kPolicy);
  auto condition = http::condition_of_read(request.headers, tag, std::nullopt);
  if (condition == http::Condition::kNotModified) {
    response.status = 304;
    return response;
  }
  response.headers.add("Content-Type", file.type);
  response.body = file.bytes;
  return response;
}

}  // namespace stet::docs
