// Several sessions moved by one commit, judged by what it leaves: so two may swap.

#include "api/routes/write_path.h"
#include "api/schedule/calls.h"
#include "api/schedule/slot_wish.h"

namespace stet::api {
namespace {

using change::SlotMove;
using document::Data;

Fault take_move(Data& json, SlotMove& move, const std::string& at) {
  Data::Map* object = json.map();
  if (!object) return field_report(at, "a move is an object");
  std::optional<std::string> session, slot;
  if (auto fault = take_text(*object, "session", session, at)) return fault;
  if (!session || session->empty()) {
    return field_report(at + "/session", "which one? give its name, or its path");
  }
  if (auto fault = take_text(*object, "slot", slot, at)) return fault;
  if (auto fault = take_if_match(*object, true, move.expected, at)) return fault;
  if (auto fault = take_wish(*object, move.wish, at)) return fault;
  move.session = *session;
  move.slot = slot.value_or("");
  return refuse_rest(*object, at);
}

struct MoveRequest {
  std::vector<SlotMove> moves;
  change::CommitWords words;
};

std::variant<MoveRequest, ProblemReport> request_of(const Call& call) {
  auto json = json_of(call);
  if (auto* report = std::get_if<ProblemReport>(&json)) return *report;
  Data::Map* object = std::get<Data>(json).map();
  if (!object) return field_report("", "the request is an object");
  MoveRequest request;
  std::optional<std::string> message;
  if (auto fault = take_text(*object, "message", message)) return *fault;
  request.words = words_of(call, message.value_or(""));
  Data* found = object->find("moves");
  Data::List* list = found ? found->list() : nullptr;
  if (!list || list->empty() || list->size() > change::kMovesMax) {
    return field_report("/moves",
                        "moves is a list of 1 to " + std::to_string(change::kMovesMax) + " moves");
  }
  for (std::size_t i = 0; i < list->size(); ++i) {
    SlotMove& move = request.moves.emplace_back();
    if (auto fault = take_move((*list)[i], move, "/moves/" + std::to_string(i))) return *fault;
  }
  object->erase("moves");
  if (auto fault = refuse_rest(*object)) return *fault;
  return request;
}

// "/front_matter/slots/1/room" of a session is "/room" of its move.
std::string pointer_in_move(const std::string& pointer) {
  constexpr std::string_view kFrontMatter = "/front_matter";
  if (!pointer.starts_with(kFrontMatter)) return pointer;
  std::string last = pointer.substr(pointer.rfind('/'));
  return last == "/start" || last == "/end" || last == "/room" ? last : "";
}

ProblemReport move_report(const site::Site& site, const change::Refusal& refusal) {
  ProblemReport report = report_of(site, {}, refusal);
  if (!refusal.action) return report;
  std::string at = "/moves/" + std::to_string(*refusal.action);
  for (FieldError& error : report.errors) error.pointer = at + pointer_in_move(error.pointer);
  if (report.errors.empty()) report.errors.push_back({at, report.detail});
  // It is the tag of one file among several.
  report.headers.remove("ETag");
  report.extensions["move"] = *refusal.action;
  return report;
}

}  // namespace

change::CommitWords words_of(const Call& call, std::string message) {
  return {.author_name = call.principal.commit_name,
          .author_email = call.principal.commit_email,
          .message = std::move(message),
          .trailers = call.trailers()};
}

Answer move_sessions(const Call& call) {
  auto dry_run = flag_of(call, "dry_run");
  if (auto* report = std::get_if<ProblemReport>(&dry_run)) return *report;
  auto parsed = request_of(call);
  if (auto* report = std::get_if<ProblemReport>(&parsed)) return *report;
  const auto& request = std::get<MoveRequest>(parsed);
  Write write;
  write.is_of_entry = false;
  write.is_dry_run = std::get<bool>(dry_run);
  write.prepare = [&](const change::Ground& ground) {
    return change::prepare_moves(ground, request.moves, request.words);
  };
  write.refuse = move_report;
  return run_write(call, write);
}

}  // namespace stet::api
