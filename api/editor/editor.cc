#include "api/editor/editor.h"

#include <array>
#include <utility>

#include "api/http/conditional.h"
#include "api/http/url.h"
#include "cms/liquid/filters/escape.h"
#include "storage/base/base64.h"

namespace stet::editor {
namespace {

constexpr std::string_view kHtml = "text/html; charset=utf-8";
constexpr std::string_view kLasting = "public, max-age=31536000, immutable";
constexpr std::string_view kPolicies = "svelte-trusted-html stet-preview";
// Whatever a page may ask a browser for that an editor has no use for.
constexpr std::string_view kPermissions =
    "accelerometer=(), bluetooth=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
    "hid=(), magnetometer=(), microphone=(), midi=(), payment=(), serial=(), usb=(), "
    "screen-wake-lock=(), xr-spatial-tracking=()";

std::string policy_with(const std::string& nonce) {
  std::string own = "'self' 'nonce-" + nonce + "'";
  return "default-src 'none'; script-src " + own + "; style-src " + own +
         "; img-src 'self' blob: data:; font-src 'self'; connect-src 'self'; frame-src 'self'; "
         "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for "
         "'script'; trusted-types " +
         std::string(kPolicies);
}

http::Response nothing_here() {
  return http::Response::problem(404, "the editor has no such file; /admin/ is where it begins");
}

// A file that does not depend on who asks.
http::Response file_response(const http::Request& request, const Bundle::File& file) {
  http::Encoding encoding =
      http::preferred_encoding(request.header("Accept-Encoding").value_or(""));
  const Bundle::Bytes& bytes = file.as(encoding);
  http::EntityTag tag{.opaque = file.tag};
  if (encoding != http::Encoding::kIdentity) tag.opaque.append("-").append(name_of(encoding));
  http::Response response{.status = 200};
  response.headers.add("ETag", http::quoted(tag));
  response.headers.add("Cache-Control", file.is_hashed ? kLasting : "no-cache");
  if (file.gzip || file.brotli) response.headers.add("Vary", "Accept-Encoding");
  switch (http::condition_of_read(request.headers, tag, std::nullopt)) {
    case http::Condition::kProceed: break;
    case http::Condition::kNotModified: response.status = 304; return response;
    case http::Condition::kPreconditionFailed:
      return http::Response::problem(412, "this is not the version that If-Match names");
    case http::Condition::kMalformed:
      return http::Response::problem(400, "If-Match is no list of tags");
  }
  response.headers.add("Content-Type", file.type);
  if (encoding != http::Encoding::kIdentity) {
    response.headers.add("Content-Encoding", http::name_of(encoding));
  }
  response.body = bytes;
  return response;
}

}  // namespace

Editor::Editor(std::unique_ptr<const Bundle> bundle, RandomSource& random, std::string why)
    : bundle_(std::move(bundle)), random_(random), why_(std::move(why)) {}

http::Response Editor::answer(const http::Request& request) const {
  std::string_view path = request.path;
  bool is_home = path == kHome, is_prefix = path == kPrefix;
  const Bundle::File* file = nullptr;
  if (bundle_ && path.starts_with(kHome)) file = bundle_->find(path.substr(kHome.size()));
  if (!is_home && !is_prefix && !file) return nothing_here();
  if (request.method != "GET" && !request.is_head()) {
    http::Response response = http::Response::problem(405, "this is for reading");
    response.headers.add("Allow", "GET, HEAD");
    return response;
  }
  if (is_prefix) {
    http::Response response{.status = 308};
    response.headers.add("Location", std::string(kHome).append(http::query_part(request.target)));
    return response;
  }
  if (file) return file_response(request, *file);
  return bundle_ ? page() : absent();
}

http::Response Editor::page() const {
  std::array<std::uint8_t, 18> bytes{};
  random_.fill(bytes);
  const std::string nonce = encode_base64url(bytes);
  http::Response response{.status = 200};
  response.headers.add("Content-Type", kHtml);
  response.headers.add("Cache-Control", "no-store");
  response.headers.add("Content-Security-Policy", policy_with(nonce));
  response.headers.add("Cross-Origin-Opener-Policy", "same-origin");
  response.headers.add("Origin-Agent-Cluster", "?1");
  response.headers.add("Permissions-Policy", kPermissions);
  response.headers.add("X-Robots-Tag", "noindex, nofollow");
  response.body = bundle_->page(nonce);
  return response;
}

http::Response Editor::absent() const {
  http::Response response{.status = 503};
  response.headers.add("Content-Type", kHtml);
  response.headers.add("Cache-Control", "no-store");
  std::string why = why_.empty() ? "" : "<p>" + liquid::escape_html(why_) + "</p>\n";
  response.body =
      "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width\">\n<title>No editor</title>\n"
      "<h1>There is no editor here</h1>\n"
      "<p>This server was started without the web editor. Who has stet's sources builds it with "
      "<code>./dev build</code>, which needs Node.js 18 and npm; <code>./dev serve</code> does so "
      "too. A built one is found in <code>share/stet/editor</code> beside the program's folder, "
      "or where the environment's <code>STET_EDITOR</code> says. Then start the server "
      "again.</p>\n" +
      why +
      "<p>Everything else works as ever: <a href=\"/docs/\">the API</a>, and git.</p>\n</html>\n";
  return response;
}

}  // namespace stet::editor
