#include "api/routes/request_json.h"

#include <algorithm>

#include "api/routes/json_integer.h"
#include "api/routes/route.h"
#include "api/routes/router.h"
#include "storage/base/base64.h"

namespace stet::api {
namespace {

using change::EntryKind;
using document::Data;

constexpr std::size_t kChoicesMax = 1000;

ProblemReport unsupported(const Route& route) {
  std::string types = accepted_types(route);
  ProblemReport report{.status = 415, .detail = "send " + types + " in UTF-8"};
  report.headers.add(accepting_field(route.method), types);
  return report;
}

bool is_of_type(std::string_view content_type, std::string_view wanted) {
  std::string_view type = content_type.substr(0, content_type.find(';'));
  while (type.ends_with(' ')) type.remove_suffix(1);
  return http::equal_without_case(type, wanted);
}

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
  while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
  return text;
}

// JSON between programs is UTF-8 (RFC 8259 8.1); the parameter is not its own, but clients send it.
bool names_other_charset(std::string_view content_type) {
  std::size_t at = content_type.find(';');
  while (at != std::string_view::npos) {
    content_type.remove_prefix(at + 1);
    at = content_type.find(';');
    std::string_view parameter = content_type.substr(0, at);
    std::size_t equals = std::min(parameter.find('='), parameter.size());
    if (!http::equal_without_case(trimmed(parameter.substr(0, equals)), "charset")) continue;
    std::string_view value = trimmed(parameter.substr(std::min(equals + 1, parameter.size())));
    if (value.starts_with('"') && value.ends_with('"') && value.size() > 1) {
      value = value.substr(1, value.size() - 2);
    }
    bool is_utf8 = http::equal_without_case(value, "utf-8");
    if (!is_utf8 && !http::equal_without_case(value, "us-ascii")) return true;
  }
  return false;
}

ProblemReport report_of(const JsonFault& fault) {
  if (is_beyond_integers(fault)) return field_report(fault.pointer, fault.message);
  ProblemReport report{.status = 400,
                       .detail = "this is no JSON: " + fault.message + ", at line " +
                                 std::to_string(fault.line) + ", column " +
                                 std::to_string(fault.column)};
  report.errors.push_back({fault.pointer, fault.message});
  report.extensions["line"] = fault.line;
  report.extensions["column"] = fault.column;
  report.type = ProblemType::kMalformedJson;
  return report;
}

Fault take_front_matter(Data::Map& object,
                        bool is_patch,
                        change::WriteRequest& request,
                        const std::string& at) {
  Data* found = object.find("front_matter");
  if (!found) return std::nullopt;
  if (!found->is_map()) return field_report(at + "/front_matter", "front_matter is an object");
  (is_patch ? request.front_matter_patch : request.front_matter) = std::move(*found);
  object.erase("front_matter");
  return std::nullopt;
}

// Of a file that is patched or moved, the content may be left as it is.
Fault take_content(Data::Map& object,
                   bool is_needed,
                   change::WriteRequest& request,
                   const std::string& at) {
  std::optional<std::string> base64;
  if (auto fault = take_text(object, "content", request.body, at)) return fault;
  if (auto fault = take_text(object, "content_base64", base64, at)) return fault;
  if (!base64 && !request.body && !is_needed) return std::nullopt;
  if (base64.has_value() == request.body.has_value()) {
    return field_report(at + "/content", "one of content and content_base64 is needed");
  }
  if (!base64) return std::nullopt;
  request.body = decode_base64(*base64);
  if (!request.body) return field_report(at + "/content_base64", "this is no base64 (RFC 4648 4)");
  return std::nullopt;
}

Fault take_seen(Data::Map& object, change::WriteRequest& request, const std::string& at) {
  std::optional<std::string> seen;
  if (auto fault = take_text(object, "seen", seen, at)) return fault;
  if (!seen) return std::nullopt;
  auto tag = http::parse_entity_tag(*seen);
  request.seen = tag ? blob_of(*tag) : std::nullopt;
  if (request.seen) return std::nullopt;
  return field_report(at + "/seen", "seen is the tag that the problem gave as current");
}

std::variant<FileChoice, ProblemReport> choice_of(Data& data, bool has_path, std::string at) {
  Data::Map* object = data.map();
  if (!object) return field_report(at, "a resolution is an object");
  std::optional<std::string> path, pointer, take;
  if (auto fault = take_text(*object, "path", path, at)) return *fault;
  if (auto fault = take_text(*object, "pointer", pointer, at)) return *fault;
  if (auto fault = take_text(*object, "take", take, at)) return *fault;
  if (path.has_value() != has_path) {
    return field_report(at + "/path",
                        has_path ? "the path of a file is needed" : "there is but one file here");
  }
  if (!pointer) return field_report(at + "/pointer", "the pointer of a conflict is needed");
  FileChoice choice;
  choice.path = path.value_or("");
  choice.choice.pointer = *pointer;
  const Data* value = object->find("value");
  if (take.has_value() == (value != nullptr)) {
    return field_report(at + "/take", "take is 'ours' or 'theirs'; or give a value");
  }
  if (value) {
    choice.choice.take = document::Choice::Take::kValue;
    choice.choice.value = *value;
    object->erase("value");
  } else if (*take == "theirs") {
    choice.choice.take = document::Choice::Take::kTheirs;
  } else if (*take != "ours") {
    return field_report(at + "/take", "take is 'ours' or 'theirs'; or give a value");
  }
  if (auto fault = refuse_rest(*object, at)) return *fault;
  return choice;
}

}  // namespace

bool is_json_patch(const Call& call) {
  return call.route.takes_json_patch &&
         is_of_type(call.request.header("Content-Type").value_or(""), kJsonPatchType);
}

Fault take_json_patch(const Data& json, change::WriteRequest& request, const std::string& at) {
  auto patch = document::read_json_patch(json);
  if (auto* read = std::get_if<document::JsonPatch>(&patch)) {
    request.json_patch = std::move(*read);
    return std::nullopt;
  }
  const auto& fault = std::get<document::PatchFault>(patch);
  ProblemReport report{.status = 400, .detail = "this is no JSON Patch: " + fault.message};
  report.errors.push_back({at + fault.pointer, fault.message});
  report.type = ProblemType::kMalformedPatch;
  return report;
}

std::variant<Data, ProblemReport> json_of(const Call& call) {
  std::string_view type = call.request.header("Content-Type").value_or("");
  bool is_taken = is_of_type(type, call.route.request_type) || is_json_patch(call);
  if (!is_taken || names_other_charset(type)) return unsupported(call.route);
  auto text = call.request.body.read(Router::kBodyBytesMax);
  if (!text) return api::report_of(text.error());
  auto parsed = parse_json(*text);
  if (auto* fault = std::get_if<JsonFault>(&parsed)) return report_of(*fault);
  return std::get<Data>(std::move(parsed));
}

Fault take_text(Data::Map& object,
                std::string_view key,
                std::optional<std::string>& text,
                const std::string& at) {
  Data* found = object.find(key);
  if (!found) return std::nullopt;
  if (!found->is_string()) {
    return field_report(at + "/" + pointer_step(key), std::string(key) + " is a string");
  }
  text = *found->string();
  object.erase(key);
  return std::nullopt;
}

Fault refuse_rest(const Data::Map& object, const std::string& at) {
  if (object.empty()) return std::nullopt;
  ProblemReport report{.status = 422, .detail = "the request has members that it cannot have"};
  for (const auto& [key, value] : object) {
    report.errors.push_back({at + "/" + pointer_step(key), "there is no such member here"});
  }
  return report;
}

Fault take_members(Data::Map& object,
                   bool is_patch,
                   change::WriteRequest& request,
                   const std::string& at) {
  if (auto fault = take_seen(object, request, at)) return fault;
  auto choices = take_choices(object, false, at);
  if (auto* report = std::get_if<ProblemReport>(&choices)) return *report;
  for (FileChoice& choice : std::get<std::vector<FileChoice>>(choices)) {
    request.choices.push_back(std::move(choice.choice));
  }
  if (request.resource->is_structured()) {
    Data* data = object.find("data");
    if (!data) return std::nullopt;
    (is_patch ? request.front_matter_patch : request.front_matter) = std::move(*data);
    object.erase("data");
    return std::nullopt;
  }
  if (request.resource->kind == EntryKind::kFile) {
    return take_content(object, !is_patch, request, at);
  }
  if (auto fault = take_front_matter(object, is_patch, request, at)) return fault;
  return take_text(object, "body", request.body, at);
}

std::variant<std::vector<FileChoice>, ProblemReport> take_choices(Data::Map& object,
                                                                  bool has_path,
                                                                  const std::string& at) {
  std::vector<FileChoice> choices;
  Data* found = object.find("resolutions");
  if (!found) return choices;
  std::string place = at + "/resolutions";
  if (!found->is_list() || found->list()->size() > kChoicesMax) {
    return field_report(place, "resolutions is a list of at most 1000 objects");
  }
  for (std::size_t i = 0; i < found->list()->size(); ++i) {
    auto choice = choice_of((*found->list())[i], has_path, place + "/" + std::to_string(i));
    if (auto* report = std::get_if<ProblemReport>(&choice)) return *report;
    choices.push_back(std::move(std::get<FileChoice>(choice)));
  }
  object.erase("resolutions");
  return choices;
}

std::optional<BlobId> blob_of(const http::EntityTag& tag) {
  constexpr std::size_t kDigits = BlobId::kBytes * 2;
  bool is_ours =
      tag.opaque.size() == kDigits || (tag.opaque.size() > kDigits && tag.opaque[kDigits] == '-');
  if (tag.is_weak || !is_ours) return std::nullopt;
  auto blob = BlobId::parse(std::string_view(tag.opaque).substr(0, kDigits));
  if (!blob) return std::nullopt;
  return *blob;
}

}  // namespace stet::api
