#include "api/routes/action_json.h"

#include <algorithm>
#include <array>

#include "api/routes/request_json.h"
#include "cms/change/locate.h"

namespace stet::api {
namespace {

using change::Action;
using change::ActionVerb;
using change::EntryKind;
using document::Data;

struct VerbName {
  std::string_view name;
  ActionVerb verb;
};
constexpr std::array kVerbs = std::to_array<VerbName>({{"create", ActionVerb::kCreate},
                                                       {"update", ActionVerb::kReplace},
                                                       {"patch", ActionVerb::kPatch},
                                                       {"move", ActionVerb::kMove},
                                                       {"delete", ActionVerb::kDelete}});

class Reader {
 public:
  Reader(Data::Map& object, const site::Site& site, const std::string& at)
      : object_(object), site_(site), at_(at) {}

  std::variant<Action, ProblemReport> read(bool merges_if_stale) {
    Action action;
    action.request.merges_if_stale = merges_if_stale;
    for (auto step : {&Reader::take_verb,
                      &Reader::take_target,
                      &Reader::take_expected,
                      &Reader::take_on_stale,
                      &Reader::take_place,
                      &Reader::take_content}) {
      if (auto fault = (this->*step)(action)) return std::move(*fault);
    }
    if (auto fault = refuse_rest(object_, at_)) return std::move(*fault);
    return action;
  }

 private:
  Fault take(std::string_view key, std::optional<std::string>& text) {
    return take_text(object_, key, text, at_);
  }

  Fault take_verb(Action& action) {
    std::optional<std::string> name;
    if (auto fault = take("action", name)) return fault;
    auto verb = std::find_if(
        kVerbs.begin(), kVerbs.end(), [&](const VerbName& one) { return one.name == name; });
    if (verb == kVerbs.end()) {
      return field_report(at_ + "/action", "an action is create, update, patch, move or delete");
    }
    action.verb = verb->verb;
    return std::nullopt;
  }

  // A resource with a name (and a label), or a path of the repository.
  Fault take_target(Action& action) {
    change::WriteRequest& request = action.request;
    std::optional<std::string> resource, label, name, path;
    if (auto fault = take("resource", resource)) return fault;
    if (auto fault = take("label", label)) return fault;
    if (auto fault = take("name", name)) return fault;
    if (auto fault = take("path", path)) return fault;
    request.label = label.value_or("");
    if (!resource) return target_of_path(path, name, request, action.verb);
    request.resource = change::find_resource(*resource);
    if (!request.resource) {
      return field_report(at_ + "/resource", "there is no resource '" + *resource + "'");
    }
    if (action.verb == ActionVerb::kCreate && !request.resource->is_structured()) {
      request.proposed_path = path.value_or("");
      if (!name) return std::nullopt;
      return field_report(at_ + "/name", "a new entry has a path, or none; stet chooses the name");
    }
    request.name = name ? *name : path.value_or("");
    if (request.name.empty() && !request.resource->is_single()) {
      return field_report(at_ + "/name", "which one? give its name, or its path");
    }
    return std::nullopt;
  }

  Fault target_of_path(const std::optional<std::string>& path,
                       const std::optional<std::string>& name,
                       change::WriteRequest& request,
                       ActionVerb verb) {
    if (name || !path) {
      return field_report(at_ + (name ? "/resource" : "/path"),
                          name ? "a name needs the resource that it belongs to"
                               : "an action needs a resource with a name, or a path");
    }
    auto parsed = RepoPath::parse(*path);
    if (!parsed) return field_report(at_ + "/path", parsed.error().message);
    const change::Resource* own = change::resource_of(site_, *parsed);
    // Bytes are asked of a file, fields of an entry.
    bool is_raw = object_.contains("content") || object_.contains("content_base64");
    bool has_fields =
        object_.contains("front_matter") || object_.contains("body") || object_.contains("data");
    bool is_file = !own || is_raw || (!has_fields && verb != ActionVerb::kMove);
    request.resource = is_file ? &change::resource_of(EntryKind::kFile) : own;
    request.label = change::label_of(site_, *request.resource, parsed->view());
    bool is_new = verb == ActionVerb::kCreate && !request.resource->is_structured();
    (is_new ? request.proposed_path : request.name) = *path;
    return std::nullopt;
  }

  Fault take_expected(Action& action) {
    std::optional<std::string> match, none;
    if (auto fault = take("if_match", match)) return fault;
    if (auto fault = take("if_none_match", none)) return fault;
    if (none && *none != "*") {
      return field_report(at_ + "/if_none_match", "if_none_match can be \"*\" alone");
    }
    bool is_update = action.verb == ActionVerb::kReplace;
    if (action.verb == ActionVerb::kCreate) {
      if (!match) return std::nullopt;
      return field_report(at_ + "/if_match", "what is created has no version yet");
    }
    if (none && is_update && !match) {
      action.request.expected = change::MustNotExist();
      return std::nullopt;
    }
    if (none) return field_report(at_ + "/if_none_match", "this is for an update alone");
    if (match) return expect(*match, action);
    ProblemReport report =
        field_report(at_ + "/if_match",
                     std::string("the ETag or blob id that the action is a change of, or \"*\"") +
                         (is_update ? "; or if_none_match: \"*\", to make what is not there" : ""));
    report.status = 428;
    report.detail = "if_match is needed";
    return report;
  }

  Fault expect(const std::string& match, Action& action) {
    if (match == "*") return std::nullopt;
    bool is_quoted = match.starts_with('"') || match.starts_with("W/");
    auto tag = http::parse_entity_tag(is_quoted ? match : "\"" + match + "\"");
    auto blob = tag ? blob_of(*tag) : std::nullopt;
    if (!blob) {
      return field_report(at_ + "/if_match", "this is no ETag of an entry; send that of a GET");
    }
    action.request.expected = *blob;
    return std::nullopt;
  }

  Fault take_on_stale(Action& action) {
    std::optional<std::string> on_stale;
    if (auto fault = take("on_stale", on_stale)) return fault;
    if (!on_stale) return std::nullopt;
    if (*on_stale != "merge" && *on_stale != "refuse") {
      return field_report(at_ + "/on_stale", "on_stale is 'merge' or 'refuse'");
    }
    action.request.merges_if_stale = *on_stale == "merge";
    return std::nullopt;
  }

  Fault take_place(Action& action) {
    if (action.verb != ActionVerb::kMove) return std::nullopt;
    std::optional<std::string> to, slug;
    if (auto fault = take("to", to)) return fault;
    if (auto fault = take("slug", slug)) return fault;
    action.to = to.value_or("");
    action.slug = slug.value_or("");
    return std::nullopt;
  }

  Fault take_content(Action& action) {
    if (action.verb == ActionVerb::kDelete) return std::nullopt;
    bool is_patch = action.verb == ActionVerb::kPatch || action.verb == ActionVerb::kMove;
    const Data* patch = action.verb == ActionVerb::kPatch ? object_.find("json_patch") : nullptr;
    if (patch && action.request.resource->kind != EntryKind::kFile) {
      if (auto fault = take_json_patch(*patch, action.request, at_ + "/json_patch")) return fault;
      object_.erase("json_patch");
      return std::nullopt;
    }
    return take_members(object_, is_patch, action.request, at_);
  }

  Data::Map& object_;
  const site::Site& site_;
  const std::string& at_;
};

}  // namespace

std::variant<Action, ProblemReport> action_of(Data& json,
                                              const site::Site& site,
                                              bool merges_if_stale,
                                              const std::string& at) {
  if (!json.map()) return field_report(at, "an action is an object");
  return Reader(*json.map(), site, at).read(merges_if_stale);
}

}  // namespace stet::api
