#include "api/routes/reset_page.h"

#include "api/auth/door.h"
#include "api/http/url.h"
#include "api/routes/problem.h"
#include "cms/liquid/filters/escape.h"
#include "storage/base/hash.h"

namespace stet::api {
namespace {

constexpr std::string_view kForm = "application/x-www-form-urlencoded";
constexpr char kPolicy[] =
    "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";
constexpr char kFields[] =
    "<form method=\"post\">\n"
    "<p><label>New password, of at least ten characters<br>\n"
    "<input type=\"password\" name=\"password\" required autocomplete=\"new-password\">"
    "</label></p>\n"
    "<p><label>The same once more<br>\n"
    "<input type=\"password\" name=\"again\" required autocomplete=\"new-password\"></label></p>\n"
    "<p><button>Set the password</button></p>\n</form>\n";

// Where browsers at the origin's root are sent, there somebody can sign in.
constexpr char kWayIn[] = "<p><a href=\"/\">Sign in</a></p>\n";

http::Response page(int status, std::string_view words, std::string_view rest) {
  std::string html =
      "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width\">\n<title>A new password</title>\n"
      "<h1>A new password</h1>\n";
  if (!words.empty()) html += "<p role=\"status\">" + liquid::escape_html(words) + "</p>\n";
  http::Response response{.status = status};
  response.headers.add("Content-Type", "text/html; charset=utf-8");
  response.headers.add("Content-Security-Policy", kPolicy);
  response.headers.add("Cache-Control", "no-store");
  response.headers.add("X-Robots-Tag", "noindex, nofollow");
  response.body = html.append(rest).append("</html>\n");
  return response;
}

http::Response gone() {
  return page(
      404, "This link is unknown, was used, or has expired. Ask an admin for a new one.", "");
}

http::Response refused(const Error& error) {
  if (error.code == ErrorCode::kNotFound) return gone();
  if (error.code == ErrorCode::kInvalidInput) return page(422, error.message, kFields);
  return page(503, "That cannot be done just now; try again in a moment.", kFields);
}

std::string_view field(const http::Query& form, std::string_view name) {
  for (const auto& [key, value] : form) {
    if (key == name) return value;
  }
  return "";
}

bool is_form(const http::Request& request) {
  std::string_view type = request.header("Content-Type").value_or("");
  type = type.substr(0, type.find(';'));
  return http::equal_without_case(type, kForm);
}

}  // namespace

std::string ResetPage::address(const Backend& backend, std::string_view secret) {
  return backend.admin_url + kPrefix + std::string(secret);
}

http::Response ResetPage::answer(const http::Request& request) const {
  std::string secret = request.path.substr(sizeof kPrefix - 1);
  bool is_read = request.method == "GET" || request.is_head();
  if (!is_read && request.method != "POST") {
    ProblemReport report{.status = 405, .detail = "this is a page with a form"};
    report.headers.add("Allow", "GET, HEAD, POST");
    return problem_response(report, request.request_id);
  }
  if (!backend_.door) return page(503, "Nobody can sign in here.", "");
  auto user = backend_.door->people.find_reset(content_hash(secret), backend_.clock.now());
  if (!user) return refused(user.error());
  return is_read ? page(200, "", kFields) : use(request, secret);
}

http::Response ResetPage::use(const http::Request& request, const std::string& secret) const {
  if (!is_form(request)) {
    return problem_response({.status = 415, .detail = "send " + std::string(kForm)},
                            request.request_id);
  }
  auto body = request.body.read(kFormBytesMax);
  if (!body) return problem_response(report_of(body.error()), request.request_id);
  auto form = http::parse_query(*body);
  if (!form) return page(422, "The form cannot be read.", kFields);
  std::string_view password = field(*form, "password");
  if (password != field(*form, "again")) {
    return page(422, "These are two passwords; type the same twice.", kFields);
  }
  Status used = backend_.door->accounts.use_reset(
      secret, password, request.peer_address, auth::Accounts::Tokens::kEnd);
  if (!used) return refused(used.error());
  return page(200, "The password is set. You can sign in with it now.", kWayIn);
}

}  // namespace stet::api
