#include <algorithm>

#include "api/http/headers.h"
#include "api/oidc/federation.h"
#include "api/routes/new_session.h"
#include "api/routes/people.h"
#include "api/routes/people_json.h"
#include "api/routes/session_cookie.h"
#include "storage/base/time.h"

namespace stet::api {
namespace {

using document::Data;
using oidc::Arrival;
using oidc::Federation;
using oidc::Refusal;

// What the browser sees for a moment, or for longer where it does not go on by itself. A page and
// no redirect: what a redirect leads to would be asked for without the session's cookie, for the
// way there began at another site (SameSite=Strict).
http::Response page_to(std::string_view path, int status, std::string_view sentence) {
  std::string link;
  for (char c : path) link += c == '&' ? std::string("&amp;") : std::string(1, c);
  http::Response response{.status = status};
  response.headers.add("Content-Type", "text/html; charset=utf-8");
  response.headers.add("Cache-Control", "no-store");
  response.body =
      "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"refresh\" content=\"0; url=" +
      link + "\">\n<title>stet</title>\n<p>" + std::string(sentence) + " <a href=\"" + link +
      "\">Go on</a></p>\n</html>\n";
  return response;
}

// The provider sends the browser to where people reach this server, which no request is asked; and
// the cookie that waits for it there is that host's alone.
Fault fault_of_host(const Call& call) {
  std::string_view origin = call.backend.admin_url;
  std::string_view host = call.request.header("Host").value_or("");
  std::size_t begin = origin.find("//");
  if (begin != origin.npos && http::equal_without_case(origin.substr(begin + 2), host)) {
    return std::nullopt;
  }
  return ProblemReport{.status = 400,
                       .detail = "people sign in at " + std::string(origin) +
                                 " (admin_url of [http] in the settings), and not at '" +
                                 std::string(host) + "'"};
}

Fault take_return_to(const Call& call, std::string& return_to) {
  auto json = object_of(call);
  if (auto* report = std::get_if<ProblemReport>(&json)) return *report;
  Data::Map& object = *std::get<Data>(json).map();
  std::optional<std::string> given;
  if (auto fault = take_text(object, "return_to", given)) return fault;
  if (auto fault = refuse_rest(object)) return fault;
  return_to = given.value_or("/");
  if (oidc::is_local_path(return_to)) return std::nullopt;
  return field_report("/return_to", "a path of this origin, such as /editor/");
}

ProblemReport nobody_vouches() { return {.status = 404, .detail = "there is no such provider"}; }

int status_of(Refusal refusal) {
  switch (refusal) {
    case Refusal::kUnavailable: return 503;
    case Refusal::kInternal: return 500;
    default: return 403;
  }
}

void note(const Call& call, const Arrival& arrival) {
  if (!call.backend.note) return;
  call.backend.note(call.request.request_id + " sign-in by " + arrival.provider + ": " +
                    arrival.cause);
}

void end_former(const Call& call, const Arrival& arrival) {
  if (arrival.former_session.empty()) return;
  end_session_before(call, {arrival.former_user, arrival.former_session});
}

ProblemReport not_under_way(std::string_view what) {
  return {.status = 400,
          .detail = std::string(what) +
                    ": it was more than ten minutes ago, has ended already, or was begun in "
                    "another browser; begin again"};
}

Answer page_of(const Call& call, const Arrival& arrival) {
  if (arrival.refusal != Refusal::kNone) {
    note(call, arrival);
    std::string path =
        oidc::with_parameter(arrival.return_to, "sign_in_error", name_of(arrival.refusal));
    http::Response page = page_to(path, status_of(arrival.refusal), "Nobody was signed in.");
    page.headers.add("Set-Cookie", no_flow_cookie(call.request));
    return page;
  }
  if (!arrival.code_cookie.empty()) {
    std::string path = oidc::with_parameter(arrival.return_to, "sign_in", "code");
    http::Response page = page_to(path, 200, "A code is needed as well.");
    page.headers.add("Set-Cookie",
                     flow_cookie(call.request, arrival.code_cookie, oidc::Flows::kSeconds));
    return page;
  }
  end_former(call, arrival);
  auto started = start_session(call, *arrival.user, "by " + arrival.provider);
  if (auto* report = std::get_if<ProblemReport>(&started)) return *report;
  http::Response page = page_to(arrival.return_to, 200, "You are signed in.");
  page.headers.add("Set-Cookie", std::get<StartedSession>(started).cookie);
  page.headers.add("Set-Cookie", no_flow_cookie(call.request));
  return page;
}

}  // namespace

Answer list_providers(const Call& call) {
  Json items = Json::array();
  if (call.backend.federation) {
    for (const oidc::ProviderSettings* provider : call.backend.federation->providers()) {
      items.push_back({{"id", provider->id}, {"name", provider->name}});
    }
  }
  return tagged_response(call, {{"items", std::move(items)}});
}

Answer begin_at_provider(const Call& call) {
  Federation* federation = call.backend.federation;
  if (!federation || !call.backend.door) return nobody_vouches();
  Federation::Beginning beginning;
  if (auto fault = take_return_to(call, beginning.return_to)) return std::move(*fault);
  if (auto fault = fault_of_host(call)) return std::move(*fault);
  beginning.redirect = call.backend.admin_url + call.request.path + "/callback";
  beginning.address = call.request.peer_address;
  if (auto before = session_before(call)) {
    beginning.former_user = before->user;
    beginning.former_session = before->session;
  }
  auto begun = federation->begin(call.parameter("id"), beginning);
  if (!begun && begun.error().code == ErrorCode::kNotFound) return nobody_vouches();
  if (!begun) {
    return ProblemReport{.status = 503,
                         .detail = "this provider cannot be asked just now; try again in a moment",
                         .cause = begun.error().message};
  }
  Instant expires{call.backend.clock.now().seconds + oidc::Flows::kSeconds};
  http::Response response =
      json_response(201, {{"url", begun->url}, {"expires", iso_instant(expires)}});
  response.headers.add("Set-Cookie",
                       flow_cookie(call.request, begun->cookie, oidc::Flows::kSeconds));
  response.headers.add("Cache-Control", "no-store");
  return response;
}

Answer finish_at_provider(const Call& call) {
  Federation* federation = call.backend.federation;
  if (!federation || !call.backend.door) return nobody_vouches();
  std::string cookie = flow_secret(call.request).value_or("");
  Arrival arrival = federation->finish({.provider = call.parameter("id"),
                                        .cookie = cookie,
                                        .query = call.request.query,
                                        .address = call.request.peer_address});
  if (arrival.return_to.empty()) return not_under_way("this sign-in is not under way here");
  return page_of(call, arrival);
}

Answer prove_second_factor(const Call& call) {
  Federation* federation = call.backend.federation;
  auto json = object_of(call);
  if (auto* report = std::get_if<ProblemReport>(&json)) return *report;
  Data::Map& object = *std::get<Data>(json).map();
  std::string code;
  if (auto fault = take_needed(object, "code", code)) return std::move(*fault);
  if (auto fault = refuse_rest(object)) return std::move(*fault);
  auto cookie = flow_secret(call.request);
  if (!federation || !cookie) return not_under_way("no code is asked for here");
  auto proven = federation->prove_code(*cookie, code, call.request.peer_address);
  if (!proven) return report_of(proven.error());
  if (proven->arrival.refusal != Refusal::kNone) return not_under_way("no code is asked for here");
  const auth::SignInAnswer& answer = proven->answer;
  if (answer.outcome == auth::SignInOutcome::kTooMany) return too_many(answer.wait_seconds);
  if (answer.outcome != auth::SignInOutcome::kRight) return sign_in_refused(answer.outcome);
  end_former(call, proven->arrival);
  Answer told = session_answer(call, *answer.user, "by " + proven->arrival.provider);
  if (auto* response = std::get_if<http::Response>(&told)) {
    response->headers.add("Set-Cookie", no_flow_cookie(call.request));
  }
  return told;
}

}  // namespace stet::api
