#include "cms/change/session_moves.h"

#include <algorithm>
#include <map>

#include "cms/change/bulk.h"
#include "cms/change/new_path.h"
#include "cms/change/sessions.h"

namespace stet::change {
namespace {

using document::Data;
using Kind = Refusal::Kind;

constexpr std::string_view kNoEvent =
    "there is no event, and so no schedule; make it first: PUT /api/v1/schedule/event";

// A session's file as the caller has seen it.
struct Seen {
  RepoPath path;
  std::string bytes;
  document::Document document;
};

// Of a version that is not here the write itself says so: then what is here stands for it.
Result<std::string> bytes_of(const Ground& ground, const RepoPath& path, const Expected& expected) {
  const BlobId* blob = std::get_if<BlobId>(&expected);
  if (blob && ground.site.blob_of(path.view()) != *blob) {
    auto bytes = ground.read_blob(*blob);
    if (bytes || bytes.error().code != ErrorCode::kNotFound) return bytes;
  }
  return ground.site.read_path(path.view());
}

Result<std::variant<Seen, Refusal>> see(const Ground& ground,
                                        const std::string& name,
                                        const Expected& expected) {
  using Outcome = std::variant<Seen, Refusal>;
  auto path = find_path(ground.site, resource_of(EntryKind::kSession), "", name);
  if (!path) {
    bool is_ambiguous = path.error().code == ErrorCode::kConflict;
    return Outcome(refused(is_ambiguous ? Kind::kConflict : Kind::kNotFound, path.error().message));
  }
  std::string bytes = TRY(bytes_of(ground, *path, expected));
  document::Document document = document::parse_document(bytes, path->view());
  if (document.is_broken || !document.front_matter.is_map()) {
    return Outcome(refused(Kind::kConflict,
                           "the front matter of '" + path->string() + "' cannot be read; mend it"));
  }
  return Outcome(Seen{*path, std::move(bytes), std::move(document)});
}

WriteRequest request_of(const RepoPath& path, const Expected& expected, Data::Map patch) {
  WriteRequest request;
  request.resource = &resource_of(EntryKind::kSession);
  request.name = path.string();
  request.expected = expected;
  request.front_matter_patch = Data(std::move(patch));
  return request;
}

CommitRequest commit_of(const CommitWords& words) {
  CommitRequest commit;
  commit.author_name = words.author_name;
  commit.author_email = words.author_email;
  commit.message = words.message;
  commit.trailers = words.trailers;
  return commit;
}

Refusal at_move(Refusal refusal, std::size_t move) {
  refusal.action = move;
  return refusal;
}

Refusal refused_problem(FieldProblem problem) {
  return refused_field(std::move(problem.pointer), std::move(problem.message));
}

// One session, and which of the moves are about it.
struct Moved {
  std::string session;
  std::vector<std::size_t> moves;
};

// What the moves of a session say of its version; "any" is what they all may say.
std::variant<Expected, Refusal> expected_of(const std::vector<SlotMove>& moves,
                                            const Moved& moved) {
  Expected expected;
  for (std::size_t i : moved.moves) {
    const BlobId* own = std::get_if<BlobId>(&moves[i].expected);
    const BlobId* other = std::get_if<BlobId>(&expected);
    if (own && other && *own != *other) {
      return at_move(
          refused_field("/if_match", "another move of the same session names another version"), i);
    }
    if (own) expected = *own;
  }
  return expected;
}

// Of the slots of a session several may move; of one slot it is said once.
std::optional<Refusal> apply_moves(const std::vector<SlotMove>& moves,
                                   const Moved& moved,
                                   SessionPatch& patch) {
  std::map<std::size_t, std::size_t> said;
  for (std::size_t i : moved.moves) {
    auto slot = patch.find_slot(moves[i].slot);
    if (auto* problem = std::get_if<FieldProblem>(&slot)) {
      return at_move(refused_problem(std::move(*problem)), i);
    }
    auto [other, is_new] = said.emplace(std::get<std::size_t>(slot), i);
    if (!is_new) {
      return at_move(refused_field("/session",
                                   "move " + std::to_string(other->second) +
                                       " is about the same slot; put both into one"),
                     i);
    }
    if (auto problem = patch.apply(std::get<std::size_t>(slot), moves[i].wish)) {
      return at_move(refused_problem(std::move(*problem)), i);
    }
  }
  return std::nullopt;
}

}  // namespace

Result<PlanOutcome> prepare_moves(const Ground& ground,
                                  const std::vector<SlotMove>& moves,
                                  const CommitWords& words) {
  auto event = event_of(ground.site);
  if (!event) return PlanOutcome(refused(Kind::kNotFound, std::string(kNoEvent)));
  std::vector<Moved> sessions;
  std::map<std::string, std::size_t> places;
  for (std::size_t i = 0; i < moves.size(); ++i) {
    auto path = find_path(ground.site, resource_of(EntryKind::kSession), "", moves[i].session);
    std::string key = path ? path->string() : moves[i].session;
    auto [place, is_new] = places.emplace(key, sessions.size());
    if (is_new) sessions.push_back({moves[i].session, {}});
    sessions[place->second].moves.push_back(i);
  }
  CommitRequest commit = commit_of(words);
  for (const Moved& moved : sessions) {
    const std::size_t first = moved.moves.front();
    auto said = expected_of(moves, moved);
    if (auto* refusal = std::get_if<Refusal>(&said)) return PlanOutcome(std::move(*refusal));
    const Expected& expected = std::get<Expected>(said);
    auto seen = TRY(see(ground, moved.session, expected));
    if (auto* refusal = std::get_if<Refusal>(&seen)) {
      return PlanOutcome(at_move(std::move(*refusal), first));
    }
    const Seen& session = std::get<Seen>(seen);
    SessionPatch patch(session.document.front_matter, session.path.string(), *event);
    if (auto refusal = apply_moves(moves, moved, patch)) return PlanOutcome(std::move(*refusal));
    commit.actions.push_back({.verb = ActionVerb::kPatch,
                              .request = request_of(session.path, expected, patch.take()),
                              .to = "",
                              .slug = ""});
  }
  PlanOutcome outcome = TRY(prepare_commit(ground, commit));
  if (auto* refusal = std::get_if<Refusal>(&outcome); refusal && refusal->action) {
    refusal->action = sessions[*refusal->action].moves.front();
  }
  return outcome;
}

namespace {

std::optional<Refusal> fault_of_set(const ShiftRequest& request,
                                    const BlobId& tag,
                                    std::size_t count) {
  if (request.expected && *request.expected != tag) {
    Refusal refusal = refused(Kind::kStale,
                              "other sessions match now, or some have changed; ask with dry_run=1 "
                              "for what would be moved");
    refusal.current = tag;
    return refusal;
  }
  if (count == 0) return refused(Kind::kNotFound, "no session that takes place matches");
  if (count <= kShiftedMax) return std::nullopt;
  return refused(Kind::kConflict,
                 std::to_string(count) + " sessions match, and one commit takes " +
                     std::to_string(kShiftedMax) + "; add a filter");
}

std::string message_of(const ShiftRequest& request, std::size_t sessions) {
  std::string by;
  auto add = [&](std::int64_t count, const char* unit) {
    if (count == 0) return;
    by += (by.empty() ? "" : " and ") + std::to_string(count) + " " + unit;
  };
  add(request.days, "days");
  add(request.minutes, "minutes");
  return "Move " + std::to_string(sessions) + " sessions by " + by;
}

}  // namespace

Result<PlanOutcome> prepare_shift(const Ground& ground, const ShiftRequest& request, BlobId& tag) {
  auto event = event_of(ground.site);
  if (!event) return PlanOutcome(refused(Kind::kNotFound, std::string(kNoEvent)));
  std::vector<RepoPath> paths;
  for (const schedule::Session& session : sessions_of(ground.site, *event, request.filter)) {
    if (session.is_scheduled()) paths.push_back(TRY(RepoPath::parse(session.path)));
  }
  tag = tag_of_set(ground.site, paths);
  if (auto refusal = fault_of_set(request, tag, paths.size())) {
    return PlanOutcome(std::move(*refusal));
  }
  CommitRequest commit = commit_of(request.words);
  commit.actions_max = kShiftedMax;
  if (commit.message.empty()) commit.message = message_of(request, paths.size());
  for (const RepoPath& path : paths) {
    auto seen = TRY(see(ground, path.string(), Expected()));
    if (auto* refusal = std::get_if<Refusal>(&seen)) return PlanOutcome(std::move(*refusal));
    const Seen& session = std::get<Seen>(seen);
    SessionPatch patch(session.document.front_matter, path.string(), *event);
    const auto& slots = patch.session().slots;
    for (std::size_t i = 0; i < slots.size(); ++i) {
      if (!request.filter.passes_of_slot(slots[i])) continue;
      if (auto problem = patch.shift(i, request.days, request.minutes)) {
        return PlanOutcome(refused_problem(std::move(*problem)));
      }
    }
    commit.actions.push_back({.verb = ActionVerb::kPatch,
                              .request = request_of(path, Expected(), patch.take()),
                              .to = "",
                              .slug = ""});
  }
  return prepare_commit(ground, commit);
}

namespace {

// What calendars know a session by, and have been told of it, is not its copy's.
void forget_identity(Data& front_matter) {
  front_matter.map()->erase_all({"uid", "sequence"});
  Data* slots = front_matter.map()->find("slots");
  if (!slots || !slots->list()) return;
  for (Data& slot : *slots->list()) {
    if (slot.map()) slot.map()->erase_all({"uid", "sequence"});
  }
}

}  // namespace

Result<PlanOutcome> prepare_copy(const Ground& ground, const CopyRequest& request) {
  auto event = event_of(ground.site);
  if (!event) return PlanOutcome(refused(Kind::kNotFound, std::string(kNoEvent)));
  auto seen = TRY(see(ground, request.session, request.expected));
  if (auto* refusal = std::get_if<Refusal>(&seen)) return PlanOutcome(std::move(*refusal));
  const Seen& session = std::get<Seen>(seen);
  const BlobId* blob = std::get_if<BlobId>(&request.expected);
  if (blob && ground.site.blob_of(session.path.view()) != *blob) {
    Refusal refusal =
        refused(Kind::kStale,
                "'" + session.path.string() + "' has changed since it was read; read it again");
    refusal.current = ground.site.blob_of(session.path.view());
    return PlanOutcome(std::move(refusal));
  }
  SessionPatch patch(session.document.front_matter, session.path.string(), *event);
  const SlotWish& wish = request.wish;
  if (wish.start || wish.end || wish.room || wish.minutes) {
    auto slot = patch.find_slot("");
    if (std::holds_alternative<FieldProblem>(slot)) {
      return PlanOutcome(refused_field(
          "/start", "the session has several slots; say in front_matter which the copy has"));
    }
    if (auto problem = patch.apply(0, wish)) {
      return PlanOutcome(refused_problem(std::move(*problem)));
    }
  }
  Data copied = document::merge_patched(session.document.front_matter, Data(patch.take()));
  forget_identity(copied);
  if (request.front_matter_patch) {
    copied = document::merge_patched(std::move(copied), *request.front_matter_patch);
  }
  WriteRequest write;
  write.resource = &resource_of(EntryKind::kSession);
  write.front_matter = std::move(copied);
  write.body = std::string(session.document.body(session.bytes));
  write.proposed_path = request.proposed_path;
  write.author_name = request.words.author_name;
  write.author_email = request.words.author_email;
  write.message = request.words.message;
  write.trailers = request.words.trailers;
  return plan_of(TRY(prepare_create(ground, write)), write);
}

}  // namespace stet::change
