#include "api/routes/publications.h"

#include "api/auth/tickets.h"
#include "api/routes/news.h"
#include "api/routes/request_json.h"
#include "api/routes/write_path.h"
#include "cms/pipeline/branch_previews.h"
#include "storage/base/time.h"

namespace stet::api {
namespace {

using document::Data;
using publish::LivePointer;
using publish::Publisher;

Json kept_json(const Publisher& publisher) {
  LivePointer live = publisher.live();
  Json items = Json::array();
  for (const LivePointer& kept : publisher.kept()) {
    Json item = to_json(*kept);
    item["pages"] = kept->manifest.size();
    item["stale"] = kept->manifest.stale_count();
    item["is_live"] = kept->number == live->number;
    items.push_back(std::move(item));
  }
  return items;
}

ProblemReport not_kept(const Publisher& publisher) {
  ProblemReport report{.status = 404,
                       .detail =
                           "no publication of that name is kept; the newest ones are: see "
                           "kept, or GET /api/v1/publications"};
  report.extensions["kept"] = kept_json(publisher);
  return report;
}

// What the one member of a request's JSON names, by number or by commit.
struct Named {
  LivePointer kept;  // null: no publication of the commit is kept
  std::optional<CommitId> commit;
};

std::variant<Named, ProblemReport> named_in(const Call& call, std::string_view member) {
  auto json = json_of(call);
  if (auto* report = std::get_if<ProblemReport>(&json)) return *report;
  const Data::Map* object = std::get<Data>(json).map();
  const Data* value = object ? object->find(member) : nullptr;
  std::string pointer = "/" + std::string(member);
  if (!value || object->size() != 1) {
    return field_report(pointer,
                        "send {\"" + std::string(member) +
                            "\": ...} with the number of a publication, or a commit");
  }
  const Publisher& publisher = call.backend.publisher;
  Named named;
  if (const std::int64_t* number = value->integer()) {
    if (*number > 0) named.kept = publisher.find(static_cast<std::uint64_t>(*number));
  } else if (auto commit = CommitId::parse(value->string() ? *value->string() : "")) {
    named = {find_publication(publisher, *commit), *commit};
  } else {
    return field_report(pointer, "it is the number of a publication, or a commit's 40 digits");
  }
  if (!named.kept && !named.commit) return not_kept(publisher);
  return named;
}

Answer preview_answer(Json json, const auth::Tickets::Ticket& ticket) {
  std::string url = "/preview/" + ticket.secret + "/";
  json["url"] = url;
  json["expires"] = iso_instant(ticket.expires);
  http::Response response = json_response(201, json);
  response.headers.add("Location", url);
  return response;
}

Answer state_answer(const Call& call) {
  return json_response(200, shown_json(call.backend.publisher.shown()));
}

}  // namespace

LivePointer find_publication(const Publisher& publisher, const CommitId& commit) {
  for (LivePointer& kept : publisher.kept()) {
    if (kept->commit == commit) return std::move(kept);
  }
  return nullptr;
}

Json to_json(const publish::Live& live) {
  return {{"commit", live.commit.hex()},
          {"instant", iso_instant(live.instant)},
          {"url", live.url},
          {"number", live.number}};
}

Json rollback_json(const publish::Shown& shown) {
  if (!shown.hold) return nullptr;
  return {{"number", shown.hold->number},
          {"commit", shown.live->commit.hex()},
          {"in_place_of", shown.hold->head.hex()},
          {"since", iso_instant(shown.hold->since)},
          {"by", shown.hold->by}};
}

Json shown_json(const publish::Shown& shown) {
  return {{"live", to_json(*shown.live)}, {"rollback", rollback_json(shown)}};
}

Answer list_publications(const Call& call) {
  const Publisher& publisher = call.backend.publisher;
  if (!publisher.live()) {
    return ProblemReport{.status = 503, .detail = "nothing is published yet"};
  }
  return tagged_response(call, {{"items", kept_json(publisher)}});
}

Answer make_preview(const Call& call) {
  auto named = named_in(call, "of");
  if (auto* report = std::get_if<ProblemReport>(&named)) return *report;
  const auto& [kept, commit] = std::get<Named>(named);
  if (!call.backend.tickets)
    return ProblemReport{.status = 503, .detail = "there is no looking back"};
  if (kept) return preview_answer(to_json(*kept), call.backend.tickets->make(kept->number));
  bool is_there = call.backend.repository.read_commit(*commit).has_value();
  if (!is_there || !call.backend.previews) return not_kept(call.backend.publisher);
  // The view is made before the address is told: what cannot be shown is told here.
  auto standing = standing_at(call.backend, *commit);
  auto view = standing ? call.backend.previews->view_of(*standing)
                       : Result<pipeline::BranchViewPtr>(standing.error());
  if (!view) return report_of(view.error());
  return preview_answer({{"commit", commit->hex()}},
                        call.backend.tickets->make_for_commit(*commit));
}

Answer roll_back(const Call& call) {
  // What has come in until now is what is taken back, though it could not be published yet; of what
  // comes later a hold would end.
  std::optional<CommitId> head;
  if (auto caught_up = publish_and_wait(call); !caught_up) {
    if (call.backend.note) call.backend.note("before a rollback: " + caught_up.error().message);
    auto found = call.backend.repository.head_of(call.backend.branch());
    if (found) head = *found;
  }
  auto named = named_in(call, "to");
  if (auto* report = std::get_if<ProblemReport>(&named)) return *report;
  Publisher& publisher = call.backend.publisher;
  const LivePointer& kept = std::get<Named>(named).kept;
  if (!kept) return not_kept(publisher);
  std::uint64_t number = kept->number;
  if (number == publisher.live()->number) {
    return ProblemReport{.status = 409,
                         .detail = "publication " + std::to_string(number) + " is live already"};
  }
  bool is_newest = number == publisher.newest()->number;
  auto held = is_newest
                  ? publisher.release()
                  : publisher.hold(number, call.backend.clock.now(), call.principal.name, head);
  if (!held) return report_of(held.error());
  tell_rollback(call.backend);
  return state_answer(call);
}

Answer release_rollback(const Call& call) {
  auto released = call.backend.publisher.release();
  if (!released) return report_of(released.error());
  tell_rollback(call.backend);
  return state_answer(call);
}

}  // namespace stet::api
