#include "api/routes/past_site.h"

#include "api/auth/authenticate.h"
#include "api/changes/changes.h"
#include "api/routes/call.h"
#include "api/routes/inner_links.h"
#include "api/routes/page_lookup.h"
#include "api/routes/problem.h"
#include "api/routes/publications.h"
#include "api/routes/variant_answer.h"
#include "cms/pipeline/branch_previews.h"

namespace stet::api {
namespace {

constexpr std::string_view kNotFoundPath = "404.html";

// The page is a guest here: it may show things, wherever they lie, and do nothing: no script runs,
// by the sandbox and by the policy, and no form is sent. It keeps its origin for the editor, which
// shows two states beside each other and scrolls them together.
constexpr char kSandbox[] =
    "sandbox allow-same-origin; default-src 'none'; img-src * data:; style-src * 'unsafe-inline'; "
    "font-src * data:; media-src *; frame-ancestors 'self'; base-uri 'none'; form-action 'none'";

http::Response refused(const http::Request& request, int status, std::string detail) {
  ProblemReport report{.status = status, .detail = std::move(detail)};
  if (status == 401) {
    report.headers.add("WWW-Authenticate", auth::challenge_of(auth::Outcome::kMissing));
  }
  return problem_response(report, request.request_id);
}

bool is_of_type(std::string_view type, std::string_view wanted) { return type.starts_with(wanted); }

// "assets/x.webp" of "/base/assets/x.webp", and of "/assets/x.webp".
std::string_view below_base(std::string_view path, std::string_view base) {
  bool is_below =
      !base.empty() && path.starts_with(base) && path.substr(base.size()).starts_with('/');
  return path.substr(is_below ? base.size() + 1 : 1);
}

}  // namespace

http::Response PastSite::answer(const http::Request& request) const {
  std::string_view rest = std::string_view(request.path).substr(sizeof kPrefix - 1);
  std::string_view key = rest.substr(0, rest.find('/'));
  publish::LivePointer past;
  if (auto kept = CommitId::parse(key)) {
    auto verdict = auth::authenticate(backend_.tokens, request.header("Authorization"));
    if (!verdict.principal) return refused(request, 401, "a token is needed, or a ticket");
    past = find_publication(backend_.publisher, *kept);
    if (!past) {
      return refused(request,
                     404,
                     "no publication of that commit is kept; GET /api/v1/publications lists those "
                     "that are");
    }
  } else if (auto id = backend_.tickets ? backend_.tickets->find_change(key) : std::nullopt) {
    return change(request, std::string(key), *id);
  } else if (auto commit = backend_.tickets ? backend_.tickets->find_commit(key) : std::nullopt) {
    return at(request, std::string(key), *commit);
  } else {
    auto number = backend_.tickets ? backend_.tickets->find(key) : std::nullopt;
    if (!number) return refused(request, 401, "this preview has expired; ask for a new one");
    past = backend_.publisher.find(*number);
    if (!past) return refused(request, 404, "this publication is not kept any more");
  }
  auto page_of = [&](std::string_view path) { return backend_.pipeline.page_of_past(past, path); };
  return shown(request, std::string(key), {past, backend_.pipeline.public_site(), page_of});
}

// Whatever its state: one that is published looks as it did.
http::Response PastSite::change(const http::Request& request,
                                const std::string& key,
                                const std::string& id) const {
  if (!backend_.changes) return refused(request, 404, "there are no changes");
  auto record = backend_.changes->find(id);
  if (!record) return problem_response(report_of(record.error()), request.request_id);
  return at(request, key, (*record)->head);
}

http::Response PastSite::at(const http::Request& request,
                            const std::string& key,
                            const CommitId& commit) const {
  auto refuse = [&](const Error& error) {
    return problem_response(report_of(error), request.request_id);
  };
  if (!backend_.previews) return refused(request, 404, "there are no previews here");
  auto standing = standing_at(backend_, commit);
  if (!standing) return refuse(standing.error());
  auto view = backend_.previews->view_of(*standing);
  if (!view) return refuse(view.error());
  auto page_of = [&](std::string_view path) { return backend_.previews->page_of(*view, path); };
  return shown(request, key, {(*view)->shown, (*view)->site, page_of});
}

http::Response PastSite::shown(const http::Request& request,
                               const std::string& key,
                               const Sight& sight) const {
  if (request.method != "GET" && request.method != "HEAD") {
    http::Response response = refused(request, 405, "a preview is for reading");
    response.headers.add("Allow", "GET, HEAD");
    return response;
  }
  http::Response response = page(request, kPrefix + key, sight);
  response.headers.set("Content-Security-Policy", kSandbox);
  response.headers.set("X-Frame-Options", "SAMEORIGIN");
  // Framed in a stricter sandbox it has no origin: its own pictures are another's there.
  response.headers.set("Cross-Origin-Resource-Policy", "cross-origin");
  response.headers.set("X-Robots-Tag", "noindex, nofollow");
  return response;
}

http::Response PastSite::page(const http::Request& request,
                              const std::string& prefix,
                              const Sight& sight) const {
  const publish::LivePointer& past = sight.shown;
  std::string path = request.path.substr(prefix.size());
  http::Response response{.status = 200};
  if (path.empty()) {
    response.status = 301;
    response.headers.add("Location", prefix + "/");
    return response;
  }
  publish::Resolution found = find_page(*past, path);
  if (found.kind == publish::Resolution::Kind::kRedirect) {
    response.status = 301;
    response.headers.add("Location", prefix + found.location);
    return response;
  }
  if (!found.path) {
    auto picture =
        variant_answer(request, below_base(path, past->baseurl), sight.site, backend_.variants);
    if (picture) return *std::move(picture);
    response.status = 404;
  }
  std::string_view output = found.path ? found.path->view() : kNotFoundPath;
  if (!past->manifest.find(output))
    return refused(request, 404, "the publication has no such page");
  auto shown = sight.page_of(output);
  if (!shown) return problem_response(report_of(shown.error()), request.request_id);
  auto body = bytes_of(backend_.store, *shown);
  if (!body) return problem_response(report_of(body.error()), request.request_id);
  response.headers.add("Content-Type", shown->type);
  response.body = std::move(*body);
  auto* bytes = std::get_if<std::shared_ptr<const std::string>>(&response.body);
  const Place place{prefix, past->url};
  if (bytes && is_of_type(shown->type, "text/html")) {
    response.body = with_inner_links(**bytes, place);
  } else if (bytes && is_of_type(shown->type, "text/css")) {
    response.body = with_inner_urls(**bytes, place);
  }
  return response;
}

}  // namespace stet::api
