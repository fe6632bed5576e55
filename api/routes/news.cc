#include "api/routes/news.h"

#include <algorithm>

#include "api/auth/authenticate.h"
#include "api/auth/door.h"
#include "api/events/presence.h"
#include "api/routes/publications.h"
#include "api/routes/session_cookie.h"
#include "storage/base/ip_address.h"

namespace stet::api {
namespace {

using events::StreamPlace;

constexpr std::size_t kUrlsMax = 100;
constexpr std::size_t kReplayedMax = 500;  // events of commits, at the beginning of a stream
constexpr std::int64_t kProgressPauseNs = 200'000'000;

Json publication_json(const publish::Live& live) {
  Json json = to_json(live);
  json["pages"] = live.manifest.size();
  json["stale"] = live.manifest.stale_count();
  return json;
}

Json state_json(const Backend& backend) {
  const publish::Shown shown = backend.publisher.shown();
  Json json = shown.newest ? shown_json(shown) : Json::object();
  json["publication"] = shown.newest ? publication_json(*shown.newest) : Json(nullptr);
  if (backend.presence) json["presence"] = backend.presence->state();
  return json;
}

bool may_listen(const auth::Principal& principal) {
  return principal.rights.may(auth::Area::kContent, auth::Action::kRead);
}

// What another process takes away is honoured as soon as with other requests.
Instant soon(const Backend& backend) {
  return {backend.clock.now().seconds + auth::Tokens::kCacheSeconds};
}

// By what the listener showed when they came: a token is taken away, a session ends.
events::EventStreams::Question question_of(const Call& call) {
  using Until = std::optional<Instant>;
  const Backend& backend = call.backend;
  if (auto token = call.request.header("Authorization")) {
    return [&backend, token = std::string(*token)]() -> Until {
      auto verdict = auth::look_again(backend.tokens, token);
      if (!verdict.principal || !may_listen(*verdict.principal)) return std::nullopt;
      return std::min(soon(backend), verdict.expires.value_or(Instant{INT64_MAX}));
    };
  }
  return [&backend, secret = session_secret(call.request).value_or("")]() -> Until {
    auto session = backend.door->sessions.look_at(secret);
    if (!session || !may_listen(session->principal)) return std::nullopt;
    return std::min(soon(backend), backend.door->sessions.idle_end(session->session));
  };
}

events::EventStreams::Caller caller_of(const Call& call) {
  const auth::Principal& principal = call.principal;
  return {.person = principal.user_id.empty() ? principal.token_id : "user " + principal.user_id,
          .address = address_group(call.request.peer_address),
          .question = question_of(call)};
}

// What of all that was told can be told again.
std::vector<events::ToldEvent> told_between(const Backend& backend,
                                            const StreamPlace& from,
                                            const StreamPlace& until) {
  std::vector<events::ToldEvent> told;
  if (from.commits && until.commits && backend.commits) {
    told = backend.commits->events_between(*from.commits, *until.commits, kReplayedMax);
  }
  if (!from.news || !until.news || !backend.news_between) return told;
  auto news = backend.news_between(*from.news, *until.news);
  if (!news && backend.note) backend.note("tell of changes again: " + news.error().message);
  if (news) told.insert(told.end(), news->begin(), news->end());
  return told;
}

}  // namespace

void NewsTeller::tell(const pipeline::News& news) {
  const publish::Live& newest = *news.newest;
  if (!news.published) {
    std::size_t stale = newest.manifest.stale_count();
    std::int64_t now = clock_.monotonic_ns();
    if (stale > 0 && now - last_progress_ns_ < kProgressPauseNs) return;
    last_progress_ns_ = now;
    feed_.tell(
        "site.progress",
        Json({{"number", newest.number}, {"stale", stale}, {"pages", newest.manifest.size()}})
            .dump());
    return;
  }
  const std::vector<std::string>& urls = news.published->changed_urls;
  Json json = publication_json(newest);
  json["rendered"] = news.published->pages.size();
  json["changed"] = urls.size();
  json["changed_urls"] = std::vector<std::string>(
      urls.begin(), urls.begin() + static_cast<std::ptrdiff_t>(std::min(urls.size(), kUrlsMax)));
  feed_.tell("site.published", json.dump());
  commits_.reach(newest.commit);
}

void tell_rollback(const Backend& backend) {
  if (backend.events)
    backend.events->tell("site.rollback", shown_json(backend.publisher.shown()).dump());
}

Answer listen_to_events(const Call& call) {
  events::EventFeed* feed = call.backend.events;
  if (!feed) return ProblemReport{.status = 503, .detail = "there are no events here"};
  // A browser that comes back by itself would end at a refusal; who names a commit hears of a slip.
  auto cursor = call.request.header("Last-Event-ID");
  if (auto since = call.request.query_value("since")) {
    if (!CommitId::parse(*since)) {
      return bad_query("since", "since is a commit, by its 40 hex digits");
    }
    cursor = since;
  }
  auto opening = [&backend = call.backend](const StreamPlace& from, const StreamPlace& until) {
    auto told = told_between(backend, from, until);
    told.push_back({"site.state", state_json(backend).dump()});
    return told;
  };
  return StreamAnswer{
      .begin =
          [feed, opening, caller = caller_of(call), last_id = std::string(cursor.value_or(""))](
              const http::Responder& responder, http::Response head) {
            feed->listen(responder, std::move(head), last_id, opening, caller);
          }};
}

}  // namespace stet::api
