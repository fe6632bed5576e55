#include <algorithm>
#include <charconv>

#include "api/auth/door.h"
#include "api/routes/change_calls.h"
#include "api/routes/change_json.h"
#include "api/routes/change_news.h"
#include "api/routes/request_json.h"
#include "api/routes/route.h"
#include "storage/base/utf8.h"
#include "storage/snapshot/git_snapshot.h"

namespace stet::api {
namespace {

using changes::RecordPtr;
using document::Data;
using storage::CommentRow;
using storage::ReviewRow;
using storage::Verdict;

constexpr std::size_t kShown = 100, kShownMax = 200;
constexpr std::int64_t kLineMax = 10'000'000;

Fault fault_of_body(const std::optional<std::string>& body) {
  bool is_blank = !body || body->find_first_not_of(" \t\r\n") == body->npos;
  if (!is_blank && body->size() <= kCommentBytesMax) return std::nullopt;
  return field_report("/body",
                      "a text of 1 to " + std::to_string(kCommentBytesMax) + " bytes is needed");
}

std::optional<std::int64_t> number_of(std::string_view text) {
  std::int64_t number = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < 0) return std::nullopt;
  return number;
}

Fault take_line(Data::Map& object, CommentRow& comment) {
  Data* line = object.find("line");
  if (!line) return std::nullopt;
  const std::int64_t* number = line->integer();
  if (!number || *number < 1 || *number > kLineMax || comment.path.empty()) {
    return field_report("/line", "a line is a number from 1, of the file that path names");
  }
  comment.line = *number;
  object.erase("line");
  return std::nullopt;
}

// As that commit has it; none: it has no such file. Of what cannot be read as a file, no lines.
Result<std::optional<std::int64_t>> lines_of(const Backend& backend,
                                             const CommitId& commit,
                                             const RepoPath& path) {
  auto snapshot = TRY(storage::open_git_snapshot(backend.repository, commit));
  auto entry = TRY(snapshot->find(path));
  if (!entry) return std::optional<std::int64_t>();
  if (!storage::is_readable(entry->kind)) return std::optional<std::int64_t>(0);
  std::string bytes = TRY(snapshot->read(entry->blob));
  std::int64_t lines = std::count(bytes.begin(), bytes.end(), '\n');
  return std::optional(lines + (bytes.empty() || bytes.ends_with('\n') ? 0 : 1));
}

// A file that the change deletes is spoken of as it was before.
Fault fault_of_place(const Call& call, const changes::Record& record, const CommentRow& comment) {
  if (comment.path.empty()) return std::nullopt;
  auto path = RepoPath::parse(comment.path);
  auto commit = CommitId::parse(comment.commit);
  auto lines = path && commit ? lines_of(call.backend, *commit, *path)
                              : Result<std::optional<std::int64_t>>(not_found("no such place"));
  if (lines && !*lines) lines = lines_of(call.backend, record.base, *path);
  if (!lines) return report_of(lines.error());
  if (!*lines) {
    return field_report("/path", "the change has no file '" + comment.path + "', nor had its base");
  }
  if (comment.line <= **lines) return std::nullopt;
  return field_report("/line", "'" + comment.path + "' has " + std::to_string(**lines) + " lines");
}

// What the comment is about: the change as it is, or as whoever comments has seen it.
Fault take_place(const Call& call, Data::Map& object, CommentRow& comment) {
  std::optional<std::string> path, commit;
  if (auto fault = take_text(object, "path", path)) return fault;
  if (auto fault = take_text(object, "commit", commit)) return fault;
  if (path) {
    auto parsed = RepoPath::parse(*path);
    if (!parsed) return field_report("/path", parsed.error().message);
    comment.path = parsed->string();
  }
  if (commit) {
    auto parsed = CommitId::parse(*commit);
    if (!parsed || !call.backend.repository.read_commit(*parsed)) {
      return field_report("/commit", "there is no such commit");
    }
    comment.commit = parsed->hex();
  }
  return take_line(object, comment);
}

std::variant<CommentRow, ProblemReport> new_comment_of(const Call& call,
                                                       const changes::Record& record) {
  auto json = json_of(call);
  if (auto* report = std::get_if<ProblemReport>(&json)) return *report;
  Data::Map* object = std::get<Data>(json).map();
  if (!object) return field_report("", "the request is an object");
  CommentRow comment{.change = record.id,
                     .commit = record.head.hex(),
                     .path = {},
                     .user = call.principal.actor(),
                     .name = call.principal.commit_name,
                     .body = {},
                     .created = call.backend.clock.now()};
  std::optional<std::string> body;
  if (auto fault = take_text(*object, "body", body)) return *fault;
  if (auto fault = fault_of_body(body)) return *fault;
  comment.body = *body;
  if (auto fault = take_place(call, *object, comment)) return *fault;
  if (auto fault = refuse_rest(*object)) return *fault;
  if (auto fault = fault_of_place(call, record, comment)) return *fault;
  return comment;
}

struct Found {
  RecordPtr record;
  CommentRow comment;
};

std::variant<Found, ProblemReport> comment_of(const Call& call) {
  auto record = change_of(call);
  if (auto* report = std::get_if<ProblemReport>(&record)) return *report;
  Found found{std::get<RecordPtr>(record), {}};
  auto number = number_of(call.parameter("comment"));
  auto comment = number ? call.backend.reviews->comment(found.record->id, *number)
                        : Result<CommentRow>(not_found("there is no such comment"));
  if (!comment) return report_of(comment.error());
  found.comment = *std::move(comment);
  return found;
}

// A text is its writer's; what may be done with it besides is everybody's who may propose.
std::optional<ProblemReport> fault_of_writer(const Call& call, const CommentRow& comment) {
  bool is_admin = call.principal.rights.may(auth::Area::kServer, auth::Action::kWrite);
  if (is_admin || comment.user == call.principal.actor()) return std::nullopt;
  return ProblemReport{.status = 403, .detail = "this comment is somebody else's"};
}

}  // namespace

Answer list_comments(const Call& call) {
  auto record = change_of(call);
  if (auto* report = std::get_if<ProblemReport>(&record)) return *report;
  auto limit = limit_of(call, kShown, kShownMax);
  if (auto* report = std::get_if<ProblemReport>(&limit)) return *report;
  storage::CommentQuery query{.change = std::get<RecordPtr>(record)->id};
  query.path = call.request.query_value("path");
  if (auto cursor = call.request.query_value("cursor")) {
    auto after = number_of(*cursor);
    if (!after) return bad_query("cursor", "this is no cursor of this list");
    query.after = *after;
  }
  auto wanted = static_cast<std::int64_t>(std::get<std::size_t>(limit));
  query.rows_max = wanted + 1;
  auto comments = call.backend.reviews->comments(query);
  if (!comments) return report_of(comments.error());
  bool has_more = static_cast<std::int64_t>(comments->size()) > wanted;
  if (has_more) comments->pop_back();
  Json items = Json::array();
  for (const CommentRow& comment : *comments) items.push_back(to_json(comment));
  std::string next = has_more ? std::to_string(comments->back().number) : "";
  http::Response response = tagged_response(
      call, {{"items", std::move(items)}, {"next", has_more ? Json(next) : Json(nullptr)}});
  if (has_more) {
    response.headers.add("Link", "<" + url_with_cursor(call, next) + ">; rel=\"next\"");
  }
  return response;
}

Answer create_comment(const Call& call) {
  auto record = change_of(call);
  if (auto* report = std::get_if<ProblemReport>(&record)) return *report;
  const changes::Record& change = *std::get<RecordPtr>(record);
  auto parsed = new_comment_of(call, change);
  if (auto* report = std::get_if<ProblemReport>(&parsed)) return *report;
  CommentRow& comment = std::get<CommentRow>(parsed);
  auto number = call.backend.reviews->add_comment(comment, kCommentsMax);
  if (!number) return report_of(number.error());
  comment.number = *number;
  tell_change(call.backend, change.id);
  http::Response response = json_response(201, to_json(comment));
  response.headers.add("Location",
                       change_url(change.id) + "/comments/" + std::to_string(comment.number));
  return response;
}

Answer patch_comment(const Call& call) {
  auto found = comment_of(call);
  if (auto* report = std::get_if<ProblemReport>(&found)) return *report;
  CommentRow& comment = std::get<Found>(found).comment;
  auto json = json_of(call);
  if (auto* report = std::get_if<ProblemReport>(&json)) return *report;
  Data::Map* object = std::get<Data>(json).map();
  if (!object) return field_report("", "the request is an object");
  std::optional<std::string> body;
  if (auto fault = take_text(*object, "body", body)) return *fault;
  if (Data* resolved = object->find("is_resolved")) {
    const bool* is_resolved = resolved->boolean();
    if (!is_resolved) return field_report("/is_resolved", "is_resolved is true or false");
    comment.resolved_by = *is_resolved ? call.principal.actor() : "";
    object->erase("is_resolved");
  }
  if (auto fault = refuse_rest(*object)) return *fault;
  if (body) {
    if (auto fault = fault_of_writer(call, comment)) return *fault;
    if (auto fault = fault_of_body(body)) return *fault;
    comment.body = *body;
    comment.edited = call.backend.clock.now();
  }
  if (Status changed = call.backend.reviews->change_comment(comment); !changed) {
    return report_of(changed.error());
  }
  return json_response(200, to_json(comment));
}

Answer delete_comment(const Call& call) {
  auto found = comment_of(call);
  if (auto* report = std::get_if<ProblemReport>(&found)) return *report;
  const CommentRow& comment = std::get<Found>(found).comment;
  if (auto fault = fault_of_writer(call, comment)) return *fault;
  if (Status gone = call.backend.reviews->remove_comment(comment.change, comment.number); !gone) {
    return report_of(gone.error());
  }
  return json_response(200, to_json(comment));
}

Answer list_reviews(const Call& call) {
  auto record = change_of(call);
  if (auto* report = std::get_if<ProblemReport>(&record)) return *report;
  const changes::Record& change = *std::get<RecordPtr>(record);
  auto reviews = call.backend.reviews->reviews(change.id);
  if (!reviews) return report_of(reviews.error());
  Json items = Json::array();
  for (const ReviewRow& review : *reviews) items.push_back(to_json(change, review));
  return tagged_response(call, {{"items", std::move(items)}});
}

namespace {

struct Said {
  Verdict verdict = Verdict::kApprove;
  std::string body;
};

std::variant<Said, ProblemReport> said_of(const Call& call, const changes::Record& record) {
  auto json = json_of(call);
  if (auto* report = std::get_if<ProblemReport>(&json)) return *report;
  Data::Map* object = std::get<Data>(json).map();
  if (!object) return field_report("", "the request is an object");
  std::optional<std::string> verdict, body, head;
  if (auto fault = take_text(*object, "verdict", verdict)) return *fault;
  if (auto fault = take_text(*object, "body", body)) return *fault;
  if (auto fault = take_text(*object, "head", head)) return *fault;
  if (auto fault = refuse_rest(*object)) return *fault;
  if (verdict != "approve" && verdict != "ask") {
    return field_report("/verdict", "a verdict is 'approve', or 'ask' for changes");
  }
  if (body && body->size() > kCommentBytesMax) return *fault_of_body(body);
  if (verdict == "ask") {
    if (auto fault = fault_of_body(body)) return *fault;
  }
  if (head && *head != record.head.hex()) {
    ProblemReport report{.status = 409, .detail = "the change has moved on; look at it again"};
    report.extensions["head"] = record.head.hex();
    return report;
  }
  return Said{verdict == "approve" ? Verdict::kApprove : Verdict::kAskForChanges,
              body.value_or("")};
}

// Whoever may publish it may approve it, but for what they have written themselves.
std::optional<ProblemReport> fault_of_reviewer(const Call& call, const changes::Record& record) {
  const auth::Principal& principal = call.principal;
  const std::string mail = principal.rights.user.empty() ? "" : principal.commit_email;
  auto has_part = has_part_in(call.backend, record, principal.actor(), mail);
  if (!has_part) return report_of(has_part.error());
  if (*has_part) {
    return ProblemReport{.status = 403,
                         .detail = "you have written to this change; somebody else approves it"};
  }
  auto faults = publish_faults(call, record);
  if (!faults) return report_of(faults.error());
  if (faults->empty()) return std::nullopt;
  return forbidden_report("whoever may publish the change may approve it", *faults);
}

}  // namespace

Answer create_review(const Call& call) {
  auto found = change_of(call);
  if (auto* report = std::get_if<ProblemReport>(&found)) return *report;
  const changes::Record& record = *std::get<RecordPtr>(found);
  auto parsed = said_of(call, record);
  if (auto* report = std::get_if<ProblemReport>(&parsed)) return *report;
  Said& said = std::get<Said>(parsed);
  if (record.state != changes::State::kOpen) {
    return ProblemReport{.status = 409, .detail = "the change has ended"};
  }
  if (said.verdict == Verdict::kApprove) {
    if (auto fault = fault_of_reviewer(call, record)) return std::move(*fault);
  }
  ReviewRow review{.change = record.id,
                   .commit = record.head.hex(),
                   .tree = record.tree.hex(),
                   .user = call.principal.actor(),
                   .name = call.principal.commit_name,
                   .mail = call.principal.commit_email,
                   .verdict = said.verdict,
                   .body = std::move(said.body),
                   .at = call.backend.clock.now()};
  auto number = call.backend.reviews->add_review(review, kReviewsMax);
  if (!number) return report_of(number.error());
  review.number = *number;
  Json json = to_json(record, review);
  tell_change(call.backend, record.id);
  return json_response(201, json);
}

Answer dismiss_review(const Call& call) {
  auto found = change_of(call);
  if (auto* report = std::get_if<ProblemReport>(&found)) return *report;
  const changes::Record& record = *std::get<RecordPtr>(found);
  storage::Reviews& reviews = *call.backend.reviews;
  auto number = number_of(call.parameter("review"));
  auto review = number ? reviews.review(record.id, *number)
                       : Result<ReviewRow>(not_found("there is no such review"));
  if (!review) return report_of(review.error());
  const std::string& actor = call.principal.actor();
  bool may_all = call.principal.rights.may(auth::Area::kTheme, auth::Action::kWrite);
  if (!may_all && review->user != actor) {
    return ProblemReport{.status = 403,
                         .detail = "a review is dismissed by who has given it, or by a maintainer"};
  }
  Status dismissed = reviews.dismiss_review(record.id, review->number, actor);
  if (!dismissed) return report_of(dismissed.error());
  if (review->dismissed_by.empty()) {
    review->dismissed_by = actor;
    std::string what = "of " + review->user + ", number " + std::to_string(review->number);
    Status noted = call.backend.door ? call.backend.door->accounts.note(
                                           "review-dismissed", call.actor(), record.id, what)
                                     : Status();
    if (!noted) return report_of(noted.error());
    tell_change(call.backend, record.id);
  }
  return json_response(200, to_json(record, *review));
}

}  // namespace stet::api
