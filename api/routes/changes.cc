#include <algorithm>
#include <charconv>
#include <tuple>

#include "api/http/url.h"
#include "api/routes/change_calls.h"
#include "api/routes/change_json.h"
#include "api/routes/change_news.h"
#include "api/routes/request_json.h"
#include "api/routes/route.h"
#include "storage/base/utf8.h"

namespace stet::api {
namespace {

using changes::RecordPtr;
using changes::State;
using changes::Verb;
using document::Data;

constexpr std::size_t kShown = 20, kShownMax = 200;

struct Words {
  std::optional<std::string> title, description, base;
  std::optional<bool> wants_review;
};

Fault take_wish(Data::Map& object, std::optional<bool>& wants_review) {
  const Data* asked = object.find("wants_review");
  if (!asked) return std::nullopt;
  const bool* wanted = asked->boolean();
  if (!wanted) return field_report("/wants_review", "wants_review is true or false");
  wants_review = *wanted;
  object.erase("wants_review");
  return std::nullopt;
}

Fault fault_of_title(const std::string& title) {
  bool is_line = std::none_of(
      title.begin(), title.end(), [](unsigned char c) { return c < ' ' || c == 0x7f; });
  bool is_blank = title.find_first_not_of(' ') == title.npos;
  if (!is_blank && is_line && title.size() <= changes::kTitleBytesMax) return std::nullopt;
  return field_report(
      "/title",
      "a title is one line of 1 to " + std::to_string(changes::kTitleBytesMax) + " bytes");
}

std::variant<Words, ProblemReport> words_of(const Call& call, bool has_base) {
  auto json = json_of(call);
  if (auto* report = std::get_if<ProblemReport>(&json)) return *report;
  Data::Map* object = std::get<Data>(json).map();
  if (!object) return field_report("", "the request is an object");
  Words words;
  if (auto fault = take_text(*object, "title", words.title)) return *fault;
  if (auto fault = take_text(*object, "description", words.description)) return *fault;
  if (has_base) {
    if (auto fault = take_text(*object, "base", words.base)) return *fault;
  } else if (auto fault = take_wish(*object, words.wants_review)) {
    return *fault;
  }
  if (auto fault = refuse_rest(*object)) return *fault;
  if (has_base && !words.title) return field_report("/title", "a change has a title");
  if (words.title) {
    if (auto fault = fault_of_title(*words.title)) return *fault;
  }
  if (words.description && words.description->size() > changes::kDescriptionBytesMax) {
    return field_report(
        "/description",
        "a description has at most " + std::to_string(changes::kDescriptionBytesMax) + " bytes");
  }
  return words;
}

// Who has begun it, and where it is but to be described, who has written to it; else who may
// publish it: one edit is no right to end what others have done.
enum class For { kOpener, kWriters };
std::optional<ProblemReport> fault_of_owner(const Call& call,
                                            const changes::Record& record,
                                            For whom) {
  auto is_opener = has_opened(call.backend, record, call.principal.actor());
  if (!is_opener) return report_of(is_opener.error());
  bool is_writer = changes::has_written(record, call.principal.actor());
  if (*is_opener || (whom == For::kWriters && is_writer)) return std::nullopt;
  auto faults = publish_faults(call, record);
  if (!faults) return report_of(faults.error());
  auto footing = call.backend.changes->footing_of(record);
  if (!footing) return report_of(footing.error());
  // One that changes nothing yet could be published by anybody.
  bool is_editor = call.principal.rights.may(auth::Area::kContent, auth::Action::kWrite);
  if (faults->empty() && (is_editor || !(*footing)->diff.empty())) return std::nullopt;
  return forbidden_report(whom == For::kOpener
                              ? "this is for who has opened the change, or may publish it"
                              : "this is for those who have written to the change, or may publish "
                                "it",
                          *faults);
}

Answer answer_of(const Call& call, const changes::Record& record, int status = 200) {
  auto json = full_json(call, record);
  if (auto* report = std::get_if<ProblemReport>(&json)) return std::move(*report);
  http::Response response = json_response(status, std::get<Json>(json));
  if (status == 201) response.headers.add("Location", change_url(record.id));
  return response;
}

// Notes something upon the change, and tells of it.
Answer note(const Call& call, const changes::Record& record, const changes::Note& note) {
  auto noted = call.backend.changes->note(record.id, note, hand_of(call), record.head);
  if (!noted) return report_of(noted.error());
  tell_change(call.backend, record.id);
  return answer_of(call, **noted);
}

// Of one in that state, by those who may.
Answer note_if(const Call& call, State state, Verb verb) {
  auto found = change_of(call);
  if (auto* report = std::get_if<ProblemReport>(&found)) return std::move(*report);
  const changes::Record& record = *std::get<RecordPtr>(found);
  if (auto fault = fault_of_owner(call, record, For::kOpener)) return std::move(*fault);
  if (record.state != state) {
    return ProblemReport{
        .status = 409,
        .detail = state == State::kOpen ? "the change is not open" : "the change is not withdrawn"};
  }
  return note(call, record, {.verb = verb, .title = {}, .description = {}});
}

struct Wanted {
  std::string state, author, path;

  bool fits_state(const changes::Record& record) const {
    if (state == "all") return true;
    if (state == "scheduled") return record.state == State::kOpen && record.publish_at.has_value();
    if (state == "published") return record.state == State::kPublished;
    if (state == "withdrawn") return record.state == State::kWithdrawn;
    return record.state == State::kOpen;
  }

  bool fits_author(const changes::Record& record) const {
    auto fits = [&](const changes::Person& person) {
      return person.user == author || person.email == author || person.name == author;
    };
    return author.empty() || fits(record.author) ||
           std::any_of(record.people.begin(), record.people.end(), fits);
  }

  Result<bool> fits_path(changes::Changes& all, const changes::Record& record) const {
    if (path.empty()) return true;
    auto footing = TRY(all.footing_of(record));
    return std::any_of(
        footing->diff.begin(), footing->diff.end(), [&](const storage::FileChange& file) {
          const std::string& changed = file.path.string();
          return changed == path || changed.starts_with(path + "/");
        });
  }
};

std::variant<Wanted, ProblemReport> wanted_of(const Call& call) {
  const http::Request& request = call.request;
  Wanted wanted{std::string(request.query_value("state").value_or("open")),
                std::string(request.query_value("author").value_or("")),
                std::string(request.query_value("path").value_or(""))};
  for (std::string_view known : {"open", "scheduled", "published", "withdrawn", "all"}) {
    if (wanted.state == known) return wanted;
  }
  return bad_query("state", "state is open, scheduled, published, withdrawn or all");
}

// A place in the list: behind the change that it names.
std::string cursor_of(const changes::Record& record) {
  return std::to_string(record.updated.seconds) + "." + record.id;
}

bool is_before(const RecordPtr& a, const RecordPtr& b) {
  return std::tie(b->updated.seconds, a->id) < std::tie(a->updated.seconds, b->id);
}

Result<std::vector<RecordPtr>> records_of(const Call& call, const Wanted& wanted) {
  changes::Changes& all = *call.backend.changes;
  std::vector<RecordPtr> records;
  for (RecordPtr& record : TRY(all.all())) {
    if (!wanted.fits_state(*record) || !wanted.fits_author(*record)) continue;
    if (TRY(wanted.fits_path(all, *record))) records.push_back(std::move(record));
  }
  std::sort(records.begin(), records.end(), is_before);
  return records;
}

// Where the list goes on; none: the text is no cursor.
std::optional<std::size_t> place_of(const std::vector<RecordPtr>& records, std::string_view text) {
  changes::Record at;
  std::size_t dot = text.find('.');
  if (dot == text.npos) return std::nullopt;
  auto [end, error] = std::from_chars(text.data(), text.data() + dot, at.updated.seconds);
  at.id = text.substr(dot + 1);
  if (error != std::errc() || end != text.data() + dot || !changes::is_id(at.id)) {
    return std::nullopt;
  }
  auto place = std::upper_bound(
      records.begin(), records.end(), std::make_shared<const changes::Record>(at), is_before);
  return static_cast<std::size_t>(place - records.begin());
}

}  // namespace

Answer list_changes(const Call& call) {
  if (!call.backend.changes) {
    return ProblemReport{.status = 503, .detail = "there is no unpublished work here"};
  }
  auto wanted = wanted_of(call);
  if (auto* report = std::get_if<ProblemReport>(&wanted)) return *report;
  auto limit = limit_of(call, kShown, kShownMax);
  if (auto* report = std::get_if<ProblemReport>(&limit)) return *report;
  auto records = records_of(call, std::get<Wanted>(wanted));
  if (!records) return report_of(records.error());
  std::size_t place = 0;
  if (auto cursor = call.request.query_value("cursor")) {
    auto found = place_of(*records, *cursor);
    if (!found) return bad_query("cursor", "this is no cursor of this list");
    place = *found;
  }
  std::size_t end = std::min(place + std::get<std::size_t>(limit), records->size());
  Json items = Json::array();
  for (std::size_t i = place; i < end; ++i) items.push_back(brief_json(*(*records)[i]));
  std::string next = end < records->size() ? cursor_of(*(*records)[end - 1]) : "";
  http::Response response = tagged_response(call,
                                            {{"items", std::move(items)},
                                             {"total", records->size()},
                                             {"next", next.empty() ? Json(nullptr) : Json(next)}});
  if (!next.empty()) {
    response.headers.add("Link", "<" + url_with_cursor(call, next) + ">; rel=\"next\"");
  }
  return response;
}

Answer create_change(const Call& call) {
  if (!call.backend.changes) {
    return ProblemReport{.status = 503, .detail = "there is no unpublished work here"};
  }
  auto parsed = words_of(call, true);
  if (auto* report = std::get_if<ProblemReport>(&parsed)) return *report;
  const Words& words = std::get<Words>(parsed);
  auto base = words.base ? call.backend.repository.resolve(*words.base)
                         : call.backend.changes->served_head();
  if (!base) return field_report("/base", base.error().message);
  auto record = call.backend.changes->begin({.title = *words.title,
                                             .description = words.description.value_or(""),
                                             .base = *base,
                                             .hand = hand_of(call)});
  if (!record) return report_of(record.error());
  tell_change(call.backend, (*record)->id);
  return answer_of(call, **record, 201);
}

Answer read_change(const Call& call) {
  auto found = change_of(call);
  if (auto* report = std::get_if<ProblemReport>(&found)) return std::move(*report);
  auto json = full_json(call, *std::get<RecordPtr>(found));
  if (auto* report = std::get_if<ProblemReport>(&json)) return std::move(*report);
  return tagged_response(call, std::get<Json>(json));
}

Answer patch_change(const Call& call) {
  auto found = change_of(call);
  if (auto* report = std::get_if<ProblemReport>(&found)) return std::move(*report);
  const changes::Record& record = *std::get<RecordPtr>(found);
  auto parsed = words_of(call, false);
  if (auto* report = std::get_if<ProblemReport>(&parsed)) return *report;
  Words& words = std::get<Words>(parsed);
  if (auto fault = fault_of_owner(call, record, For::kWriters)) return std::move(*fault);
  if (record.state != State::kOpen) {
    return ProblemReport{.status = 409, .detail = "the change has ended"};
  }
  changes::Note described{.verb = Verb::kDescribe,
                          .title = words.title.value_or(record.title),
                          .description = words.description.value_or(record.description)};
  bool is_same = described.title == record.title && described.description == record.description;
  bool is_asked = words.wants_review && *words.wants_review != record.wants_review;
  if (is_asked && !is_same) {
    return field_report("/wants_review", "ask for review in a request of its own");
  }
  if (is_asked) {
    described = {.verb = *words.wants_review ? Verb::kAskReview : Verb::kUnaskReview,
                 .title = {},
                 .description = {}};
  } else if (is_same) {
    return answer_of(call, record);
  }
  return note(call, record, described);
}

Answer withdraw_change(const Call& call) { return note_if(call, State::kOpen, Verb::kWithdraw); }

Answer reopen_change(const Call& call) { return note_if(call, State::kWithdrawn, Verb::kReopen); }

Answer delete_change(const Call& call) {
  auto found = change_of(call);
  if (auto* report = std::get_if<ProblemReport>(&found)) return std::move(*report);
  const changes::Record& record = *std::get<RecordPtr>(found);
  if (auto fault = fault_of_owner(call, record, For::kOpener)) return std::move(*fault);
  if (record.state == State::kOpen) {
    return ProblemReport{.status = 409,
                         .detail = "the change is open; withdraw it first, then delete it"};
  }
  Status ended = call.backend.changes->end(record);
  if (!ended) return report_of(ended.error());
  if (Status forgotten = call.backend.reviews->forget(record.id); !forgotten) {
    return report_of(forgotten.error());
  }
  tell_change(call.backend, record.id);
  return json_response(200, {{"deleted", record.id}, {"head", record.head.hex()}});
}

}  // namespace stet::api
