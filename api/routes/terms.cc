#include "api/routes/terms.h"

#include "api/routes/hidden_fields.h"
#include "api/routes/reading.h"
#include "api/routes/request_json.h"
#include "api/routes/write_path.h"
#include "cms/change/terms.h"

namespace stet::api {
namespace {

using change::TermKind;
using document::Data;

Answer list_terms(const Call& call, TermKind kind) {
  auto found = reading_of(call);
  if (auto* report = std::get_if<ProblemReport>(&found)) return *report;
  const Reading& reading = std::get<Reading>(found);
  bool is_tag = kind == TermKind::kTag;
  if (hides(reading.hidden, is_tag ? "tags" : "categories") ||
      hides(reading.hidden, is_tag ? "tag" : "category")) {
    return tagged_response(call, {{"items", Json::array()}, {"total", 0}});
  }
  auto terms = reading.is_public
                   ? change::shown_terms_of(*reading.site, kind)
                   : call.backend.remembered->terms.find_or_make(reading.site)->terms(kind);
  Json items = Json::array();
  for (const change::Term& term : terms) {
    items.push_back({{"name", term.name}, {"posts", term.posts}, {"shown", term.shown}});
  }
  std::size_t total = items.size();
  return tagged_response(call, {{"items", std::move(items)}, {"total", total}});
}

Fault take_names(Data::Map& object, std::vector<std::string>& names) {
  Data* from = object.find("from");
  if (from && from->string()) {
    names.push_back(*from->string());
  } else if (from && from->list()) {
    for (const Data& name : *from->list()) {
      if (!name.string()) return field_report("/from", "from is a name, or a list of names");
      names.push_back(*name.string());
    }
  } else {
    return field_report("/from", "from is a name, or a list of names");
  }
  object.erase("from");
  return std::nullopt;
}

std::variant<change::RenameRequest, ProblemReport> request_of(const Call& call, TermKind kind) {
  auto json = json_of(call);
  if (auto* report = std::get_if<ProblemReport>(&json)) return *report;
  Data::Map* object = std::get<Data>(json).map();
  if (!object) return field_report("", "the request is an object");
  change::RenameRequest request;
  request.kind = kind;
  std::optional<std::string> to, message;
  if (auto fault = take_names(*object, request.from)) return *fault;
  if (auto fault = take_text(*object, "to", to)) return *fault;
  if (auto fault = take_text(*object, "message", message)) return *fault;
  if (auto fault = refuse_rest(*object)) return *fault;
  request.to = to.value_or("");
  request.message = message.value_or("");
  request.author_name = call.principal.commit_name;
  request.author_email = call.principal.commit_email;
  request.trailers = call.trailers();
  return request;
}

Answer rename_terms(const Call& call, TermKind kind) {
  auto dry_run = flag_of(call, "dry_run");
  if (auto* report = std::get_if<ProblemReport>(&dry_run)) return *report;
  auto parsed = request_of(call, kind);
  if (auto* report = std::get_if<ProblemReport>(&parsed)) return *report;
  const auto& request = std::get<change::RenameRequest>(parsed);
  Write write;
  write.is_of_entry = false;
  write.is_dry_run = std::get<bool>(dry_run);
  write.prepare = [&](const change::Ground& ground) {
    return change::prepare_rename(ground, request);
  };
  write.refuse = [](const site::Site& site, const change::Refusal& refusal) {
    return report_of(site, {}, refusal);
  };
  return run_write(call, write);
}

}  // namespace

Answer list_tags(const Call& call) { return list_terms(call, TermKind::kTag); }
Answer list_categories(const Call& call) { return list_terms(call, TermKind::kCategory); }
Answer rename_tags(const Call& call) { return rename_terms(call, TermKind::kTag); }
Answer rename_categories(const Call& call) { return rename_terms(call, TermKind::kCategory); }

}  // namespace stet::api
