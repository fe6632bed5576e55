// A session once more, as another one.

#include "api/routes/write_path.h"
#include "api/schedule/calls.h"
#include "api/schedule/slot_wish.h"

namespace stet::api {
namespace {

using document::Data;

std::variant<change::CopyRequest, ProblemReport> request_of(const Call& call) {
  auto json = json_of(call);
  if (auto* report = std::get_if<ProblemReport>(&json)) return *report;
  Data::Map* object = std::get<Data>(json).map();
  if (!object) return field_report("", "the request is an object");
  change::CopyRequest request;
  std::optional<std::string> message, session, path;
  if (auto fault = take_text(*object, "message", message)) return *fault;
  if (auto fault = take_text(*object, "session", session)) return *fault;
  if (auto fault = take_text(*object, "path", path)) return *fault;
  if (!session || session->empty()) {
    return field_report("/session", "which one? give its name, or its path");
  }
  request.session = *session;
  request.proposed_path = path.value_or("");
  request.words = words_of(call, message.value_or(""));
  if (auto fault = take_if_match(*object, false, request.expected)) return *fault;
  if (auto fault = take_wish(*object, request.wish)) return *fault;
  if (Data* patch = object->find("front_matter")) {
    if (!patch->is_map()) return field_report("/front_matter", "front_matter is an object");
    request.front_matter_patch = std::move(*patch);
    object->erase("front_matter");
  }
  if (auto fault = refuse_rest(*object)) return *fault;
  return request;
}

}  // namespace

Answer copy_session(const Call& call) {
  auto dry_run = flag_of(call, "dry_run");
  if (auto* report = std::get_if<ProblemReport>(&dry_run)) return *report;
  auto parsed = request_of(call);
  if (auto* report = std::get_if<ProblemReport>(&parsed)) return *report;
  const auto& request = std::get<change::CopyRequest>(parsed);
  Write write;
  write.is_dry_run = std::get<bool>(dry_run);
  write.prepare = [&](const change::Ground& ground) {
    return change::prepare_copy(ground, request);
  };
  write.refuse = [](const site::Site& site, const change::Refusal& refusal) {
    return report_of(site, {}, refusal);
  };
  return run_write(call, write);
}

}  // namespace stet::api
