#include "api/routes/events.h"

#include "api/events/event_json.h"
#include "api/http/negotiate.h"
#include "api/routes/news.h"
#include "api/routes/route.h"
#include "storage/history/merge_base.h"

namespace stet::api {
namespace {

using events::EventCursor;

constexpr char kResync[] =
    "; read the entries anew, and go on from head: GET /api/v1/events?since=<head>";

bool wants_stream(const Call& call) {
  std::string accept = call.request.headers.joined("Accept");
  return accept.find("text/event-stream") != std::string::npos &&
         http::quality_of_media_type(accept, "text/event-stream") >=
             http::quality_of_media_type(accept, kJsonType);
}

// Where the request begins; the branch's head is where it ends, unless its cursor says so.
std::variant<EventCursor, ProblemReport> cursor_of(const Call& call, const CommitId& head) {
  if (auto text = call.request.query_value("cursor")) {
    auto cursor = EventCursor::parse(*text);
    if (!cursor) return bad_query("cursor", "this is no cursor of events; send the next of a page");
    return *cursor;
  }
  EventCursor cursor{head, head};
  if (auto text = call.request.query_value("since")) {
    auto since = CommitId::parse(*text);
    if (!since) return bad_query("since", "since is a commit, by its 40 hex digits");
    cursor.since = *since;
  }
  return cursor;
}

ProblemReport report_of_range(const Call& call,
                              const EventCursor& cursor,
                              const CommitId& head,
                              const Error& error) {
  ProblemReport report = report_of(error);
  std::string since = "the commit " + cursor.since.hex();
  if (error.code == ErrorCode::kNotFound) {
    report = {.status = 410, .detail = since + " is not in the repository" + kResync};
  } else if (error.code == ErrorCode::kInvalidInput) {
    report = {.status = 410, .detail = error.message + kResync};
  } else if (error.code == ErrorCode::kConflict) {
    auto base = storage::merge_base(call.backend.repository, cursor.since, cursor.until);
    report = {.status = 409,
              .detail = since +
                        " is not in the history of the branch, which was rewritten: what came "
                        "after base is undone; go on from base"};
    report.extensions["base"] = base && *base ? Json((*base)->hex()) : Json(nullptr);
  } else {
    return report;
  }
  report.extensions["head"] = head.hex();
  return report;
}

Answer read_page(const Call& call) {
  auto limit = limit_of(call, kEventsShown, kEventsMax);
  if (auto* report = std::get_if<ProblemReport>(&limit)) return *report;
  auto head = call.backend.repository.head_of(call.backend.branch());
  if (!head) return report_of(head.error());
  if (!*head) return ProblemReport{.status = 503, .detail = "the branch has no commit yet"};
  auto cursor = cursor_of(call, **head);
  if (auto* report = std::get_if<ProblemReport>(&cursor)) return *report;
  const EventCursor& from = std::get<EventCursor>(cursor);
  auto page = call.backend.commits->commits().page(from, std::get<std::size_t>(limit));
  if (!page) return report_of_range(call, from, **head, page.error());
  Json items = Json::array();
  for (const events::EntryEvent& event : page->events) items.push_back(events::to_json(event));
  std::string next = page->next ? page->next->string() : "";
  http::Response response = tagged_response(call,
                                            {{"since", from.since.hex()},
                                             {"head", from.until.hex()},
                                             {"items", std::move(items)},
                                             {"next", page->next ? Json(next) : Json(nullptr)}});
  response.headers.add("Vary", "Accept");
  if (page->next) {
    response.headers.add("Link", "<" + url_with_cursor(call, next) + ">; rel=\"next\"");
  }
  return response;
}

}  // namespace

Answer read_events(const Call& call) {
  if (!call.backend.commits) {
    return ProblemReport{.status = 503, .detail = "there are no events here"};
  }
  return wants_stream(call) ? listen_to_events(call) : read_page(call);
}

}  // namespace stet::api
