#include "cms/change/write.h"

#include "cms/change/field_value.h"
#include "cms/change/locate.h"
#include "cms/change/message.h"
#include "cms/change/new_path.h"
#include "cms/change/references.h"
#include "cms/change/schemas.h"
#include "cms/change/session_use.h"
#include "cms/change/sessions.h"
#include "cms/change/write_parts.h"
#include "cms/document/diff_text.h"
#include "cms/document/edit.h"
#include "cms/document/structured.h"
#include "cms/schema/moment.h"

namespace stet::change {
namespace {

using document::Data;
using Kind = Refusal::Kind;

enum class Verb { kReplace, kPatch, kDelete };

// The file that is to be changed, as it is now and as the caller saw it.
struct Target {
  RepoPath path;
  std::string name;
  std::string bytes;
  BlobId blob;
  std::optional<std::string> base;  // what a stale If-Match names
};

// A file as it is to be.
struct After {
  std::string bytes;
  ParsedFile parsed = nullptr, parsed_before = nullptr;
};

// A file that changes; none: it is not there.
struct FileChange {
  RepoPath path;
  std::optional<std::string> before;
  std::optional<BlobId> blob;  // of `before`
  std::optional<After> after;
};

template <typename T>
using Either = std::variant<T, Refusal>;

Refusal stale(const Target& target, std::string message) {
  Refusal refusal = refused(Kind::kStale, std::move(message));
  refusal.current = target.blob;
  return refusal;
}

// Who has seen what the branch has now is not late, though the site is.
Result<bool> is_newest(const Ground& ground, const RepoPath& path, const BlobId& blob) {
  return ground.newest_blob && TRY(ground.newest_blob(path)) == blob;
}

Result<Either<Target>> find_target(const Ground& ground, const WriteRequest& request) {
  auto path = find_path(ground.site, *request.resource, request.label, request.name);
  if (!path) {
    bool is_ambiguous = path.error().code == ErrorCode::kConflict;
    return Either<Target>(
        refused(is_ambiguous ? Kind::kConflict : Kind::kNotFound, path.error().message));
  }
  std::string name = name_of(ground.site, *request.resource, request.label, path->string());
  std::string bytes = TRY(ground.site.read_path(path->string()));
  BlobId blob = *ground.site.blob_of(path->string());
  Target target{*path, std::move(name), std::move(bytes), blob, std::nullopt};
  if (std::holds_alternative<MustNotExist>(request.expected)) {
    Refusal refusal = refused(Kind::kExists, "'" + path->string() + "' is there already");
    refusal.current = blob;
    return Either<Target>(std::move(refusal));
  }
  const BlobId* expected = std::get_if<BlobId>(&request.expected);
  if (!expected || *expected == blob) return Either<Target>(std::move(target));
  auto base = ground.read_blob(*expected);
  if (base && TRY(is_newest(ground, *path, *expected))) {
    target.bytes = std::move(*base);
    target.blob = *expected;
  } else if (base) {
    target.base = std::move(*base);
  } else if (base.error().code == ErrorCode::kNotFound) {
    return Either<Target>(stale(target, "If-Match names no content that this repository has"));
  } else {
    return std::move(base).error();
  }
  return Either<Target>(std::move(target));
}

// The schema of what is written; none where the site says nothing of it.
std::optional<schema::Schema> schema_of(const Ground& ground, const WriteRequest& request) {
  schema::Schemas schemas = schemas_of(ground.site.config());
  std::string key = schema_key_of(*request.resource, request.label, request.name);
  const schema::Schema* found = key.empty() ? nullptr : find_schema(schemas, key);
  return found ? std::optional(*found) : std::nullopt;
}

// JSON's texts as dates, where the site or the key says that they are.
Data dated(const Ground& ground, const WriteRequest& request, Data asked, const Data& there) {
  bool is_session = request.resource->kind == EntryKind::kSession;
  asked = is_session ? with_session_times(std::move(asked), there)
                     : with_dates(std::move(asked), there);
  auto schema = schema_of(ground, request);
  if (schema && !request.resource->is_structured()) {
    schema::read_dates(schema->fields, asked, &there);
  }
  return asked;
}

// The same session keeps its uid, whoever forgets to send it.
Data with_uid_of(Data front_matter, const Resource& resource, const Data& there) {
  const Data* uid = there.find("uid");
  if (resource.kind != EntryKind::kSession || !uid || !front_matter.is_map()) return front_matter;
  if (!front_matter.find("uid")) front_matter.map()->set("uid", *uid);
  return front_matter;
}

Result<After> edited_data(const WriteRequest& request,
                          Verb verb,
                          const Target& target,
                          std::string_view bytes) {
  Problems ignored;
  Data there = document::read_structured(bytes, target.path.string(), ignored);
  const auto& asked = request.front_matter ? request.front_matter : request.front_matter_patch;
  if (request.body) return invalid_input("a structured file has no body; send the data itself");
  bool is_whole = request.front_matter.has_value() || verb == Verb::kReplace;
  Data data = with_dates(asked.value_or(Data::Map()), there);
  return After{TRY(document::edit_structured(bytes, target.path.string(), data, is_whole))};
}

Result<After> edited_document(const Ground& ground,
                              const WriteRequest& request,
                              Verb verb,
                              const Target& target,
                              std::string_view bytes) {
  bool is_raw = request.resource->kind == EntryKind::kFile && !request.front_matter &&
                !request.front_matter_patch;
  if (is_raw && verb == Verb::kReplace) return After{request.body.value_or("")};
  auto parsed = std::make_shared<const document::Document>(
      document::parse_document(bytes, target.path.string()));
  const document::Document& there = *parsed;
  document::Edit edit;
  edit.body = request.body;
  if (request.front_matter) {
    edit.front_matter = dated(ground, request, *request.front_matter, there.front_matter);
  } else if (request.front_matter_patch) {
    edit.front_matter_patch =
        dated(ground, request, *request.front_matter_patch, there.front_matter);
  }
  if (verb == Verb::kReplace) {
    if (!edit.body) edit.body = "";
    if (!edit.front_matter && !edit.front_matter_patch) edit.front_matter = Data::Map();
  }
  if (edit.front_matter) {
    edit.front_matter =
        with_uid_of(std::move(*edit.front_matter), *request.resource, there.front_matter);
  }
  document::Edited edited = TRY(document::apply_edit(bytes, there, target.path.string(), edit));
  auto outcome = std::make_shared<const document::Document>(std::move(edited.document));
  return After{std::move(edited.bytes), std::move(outcome), std::move(parsed)};
}

// What a JSON Patch is a patch of.
Data shown(const WriteRequest& request, const Target& target, std::string_view bytes) {
  if (request.resource->is_structured()) {
    Problems ignored;
    Data data = document::read_structured(bytes, target.path.string(), ignored);
    // To YAML an empty file is `false`; to who asks for data there is none.
    const bool* boolean = data.boolean();
    return boolean && !*boolean ? Data(Data::Map()) : document::as_json(data);
  }
  document::Document there = document::parse_document(bytes, target.path.string());
  return Data::Map{{"front_matter", document::as_json(there.front_matter)},
                   {"body", std::string(there.body(bytes))}};
}

// The request as if it had named what the patch leads to.
Either<WriteRequest> unpatched(const WriteRequest& request,
                               const Target& target,
                               std::string_view bytes) {
  Data before = shown(request, target, bytes);
  auto result = document::apply_json_patch(before, *request.json_patch);
  if (auto* fault = std::get_if<document::PatchFault>(&result)) {
    Refusal refusal = refused(fault->is_test ? Kind::kConflict : Kind::kInvalid, fault->message);
    refusal.fields.push_back({fault->pointer, fault->message});
    return refusal;
  }
  Data& after = std::get<Data>(result);
  WriteRequest plain = request;
  plain.json_patch.reset();
  if (request.resource->is_structured()) {
    bool needs_map = request.resource->is_single() && !after.is_map();
    if (needs_map)
      return refused_field("", "the patch leaves something else than keys with values");
    plain.front_matter = std::move(after);
    return plain;
  }
  const Data* fields = after.find("front_matter");
  const Data* body = after.find("body");
  bool is_entry =
      fields && fields->is_map() && body && body->is_string() && after.map()->size() == 2;
  if (!is_entry) {
    return refused_field("",
                         "an entry has front_matter, an object, and body, a string; the patch "
                         "leaves something else");
  }
  if (!(*fields == *before.find("front_matter"))) plain.front_matter = *fields;
  if (!(*body == *before.find("body"))) plain.body = *body->string();
  return plain;
}

Result<Either<After>> edited(const Ground& ground,
                             const WriteRequest& request,
                             Verb verb,
                             const Target& target,
                             std::string_view bytes) {
  if (request.json_patch) {
    auto plain = unpatched(request, target, bytes);
    if (auto* refusal = std::get_if<Refusal>(&plain)) {
      return Either<After>(std::move(*refusal));
    }
    return edited(ground, std::get<WriteRequest>(plain), verb, target, bytes);
  }
  bool is_untouched =
      verb == Verb::kPatch && !request.front_matter && !request.front_matter_patch && !request.body;
  if (is_untouched) return Either<After>(After{std::string(bytes)});
  bool is_structured = request.resource->is_structured();
  auto out = is_structured ? edited_data(request, verb, target, bytes)
                           : edited_document(ground, request, verb, target, bytes);
  if (out) return Either<After>(std::move(*out));
  if (out.error().code != ErrorCode::kInvalidInput) return std::move(out).error();
  bool is_of_body = !request.front_matter && !request.front_matter_patch;
  std::string pointer = is_structured ? "" : is_of_body ? "/body" : "/front_matter";
  return Either<After>(refused_field(std::move(pointer), out.error().message));
}

// What the file becomes: the edit of what is there, or, where the caller saw an older content, the
// merge of that content's edit with what is there.
Result<Either<After>> outcome_of(const Ground& ground,
                                 const WriteRequest& request,
                                 Verb verb,
                                 const Target& target) {
  const std::string& seen = target.base ? *target.base : target.bytes;
  auto theirs = TRY(edited(ground, request, verb, target, seen));
  if (!target.base || std::holds_alternative<Refusal>(theirs)) return theirs;
  bool decides = request.merges_if_stale && (!request.seen || *request.seen == target.blob);
  std::span<const document::Choice> choices;
  if (decides) choices = request.choices;
  auto merging = document::merge_by_choice(
      seen, target.bytes, std::get<After>(theirs).bytes, target.path.string(), choices);
  if (!merging) {
    return Either<After>(refused_field("/resolutions", merging.error().message));
  }
  document::Merged merged = std::move(*merging);
  bool has_conflicts = !merged.conflicts.empty();
  if (request.merges_if_stale && !has_conflicts)
    return Either<After>(After{std::move(merged.bytes)});
  Refusal refusal = stale(target,
                          "'" + target.path.string() +
                              "' has changed since it was read; read it again, or ask for "
                              "?on_stale=merge");
  if (request.merges_if_stale) {
    refusal.kind = Kind::kConflict;
    refusal.message = "both sides changed " + std::to_string(merged.conflicts.size()) +
                      " of the same fields of '" + target.path.string() + "'; choose by hand";
    for (const document::Conflict& conflict : merged.conflicts) {
      refusal.fields.push_back(
          {conflict.pointer, "changed on both sides", Severity::kError, conflict.line});
    }
  }
  refusal.proposal = std::move(merged);
  return Either<After>(std::move(refusal));
}

std::string_view text_or_none(const std::optional<std::string>& text) {
  return text ? *text : std::string_view();
}

std::string message_of(const Ground& ground,
                       const WriteRequest& request,
                       const Prepared& prepared,
                       const ParsedFile& parsed_before) {
  if (!request.message.empty()) return request.message;
  std::string name = name_of(ground.site, *request.resource, request.label, prepared.path.view());
  return default_message({.resource = *request.resource,
                          .label = request.label,
                          .name = name,
                          .before = prepared.before,
                          .after = prepared.after,
                          .parsed_before = parsed_before.get(),
                          .parsed_after = prepared.parsed_after.get()});
}

Outcome prepared(const Ground& ground, const WriteRequest& request, FileChange change) {
  if (auto fault = fault_of_message(request.message)) return *fault;
  const RepoPath& path = change.path;
  Prepared prepared{.change_set = {},
                    .path = path,
                    .before = std::move(change.before),
                    .after = std::nullopt,
                    .parsed_after = nullptr,
                    .diff = "",
                    .is_unchanged = false,
                    .is_merged = false,
                    .warnings = {}};
  ParsedFile parsed_before;
  if (change.after) {
    prepared.after = std::move(change.after->bytes);
    prepared.parsed_after = std::move(change.after->parsed);
    parsed_before = std::move(change.after->parsed_before);
    FileText after(*prepared.after);
    after.document = prepared.parsed_after.get();
    Findings findings = findings_of(ground, path, prepared.before, after);
    if (has_error(findings)) return refused_findings(std::move(findings));
    bool is_event = ground.judges_clashes && path.view() == schedule::kEventPath;
    if (is_event && prepared.before) {
      auto lost = fault_of_lost_names(ground.site, *prepared.before, *prepared.after);
      if (lost) return *lost;
    }
    prepared.warnings = to_problems(path, findings);
    warn_of_body(request, prepared);
  } else {
    prepared.warnings = referrers_of(ground.site, *request.resource, request.label, path);
  }
  prepared.diff = document::unified_diff(
      path.view(), text_or_none(prepared.before), text_or_none(prepared.after));
  prepared.is_unchanged = prepared.before == prepared.after;
  storage::ChangeSet& change_set = prepared.change_set;
  Time when = ground.site.config().zone().at(ground.now.seconds);
  change_set.author = {request.author_name, request.author_email, when};
  change_set.message = message_of(ground, request, prepared, parsed_before);
  change_set.trailers = request.trailers;
  change_set.edits.push_back({path, prepared.after});
  change_set.preconditions.push_back({path, change.blob});
  return prepared;
}

Result<Outcome> prepare_change(const Ground& ground, const WriteRequest& request, Verb verb) {
  auto found = TRY(find_target(ground, request));
  if (auto* refusal = std::get_if<Refusal>(&found)) return Outcome(std::move(*refusal));
  Target& target = std::get<Target>(found);
  if (verb == Verb::kDelete) {
    if (target.base) {
      return Outcome(stale(target,
                           "'" + target.path.string() +
                               "' has changed since it was read; read it again before it "
                               "is deleted"));
    }
    if (auto fault = fault_of_use(ground.site, *request.resource, target.path)) {
      return Outcome(std::move(*fault));
    }
    return prepared(
        ground, request, {target.path, std::move(target.bytes), target.blob, std::nullopt});
  }
  auto after = TRY(outcome_of(ground, request, verb, target));
  if (auto* refusal = std::get_if<Refusal>(&after)) return Outcome(std::move(*refusal));
  bool is_merged = target.base.has_value();
  Outcome outcome = prepared(
      ground,
      request,
      {target.path, std::move(target.bytes), target.blob, std::get<After>(std::move(after))});
  if (auto* done = std::get_if<Prepared>(&outcome)) done->is_merged = is_merged;
  return outcome;
}

Result<std::string> new_bytes(const WriteRequest& request,
                              const Data& front_matter,
                              const RepoPath& path) {
  if (request.resource->is_structured()) {
    if (request.body) return invalid_input("a structured file has no body; send the data itself");
    return document::write_structured(front_matter, path.view());
  }
  bool is_plain = request.resource->kind == EntryKind::kFile && !request.front_matter &&
                  !request.front_matter_patch;
  if (is_plain) return request.body.value_or("");
  return document::write_document(front_matter, request.body.value_or(""));
}

Result<Outcome> prepare_new(const Ground& ground,
                            const WriteRequest& request,
                            Data front_matter,
                            const RepoPath& path) {
  if (request.resource->kind == EntryKind::kSession && !front_matter.find("uid")) {
    front_matter.map()->set("uid", new_session_uid(ground.site, path.view()));
  }
  bool needs_title = request.resource->kind == EntryKind::kPost ||
                     request.resource->kind == EntryKind::kDraft ||
                     request.resource->kind == EntryKind::kSession;
  const Data* title = front_matter.find("title");
  if (needs_title && (!title || text_of(*title).empty())) {
    return Outcome(refused_field("/front_matter/title", "a title is needed"));
  }
  auto bytes = new_bytes(request, front_matter, path);
  if (bytes) {
    return prepared(ground, request, {path, std::nullopt, std::nullopt, After{std::move(*bytes)}});
  }
  if (bytes.error().code != ErrorCode::kInvalidInput) return std::move(bytes).error();
  return Outcome(refused_field(request.resource->is_structured() ? "" : "/front_matter",
                               bytes.error().message));
}

// With the defaults of its schema, which a file without front matter has no use for.
Either<Data> new_front_matter(const Ground& ground, const WriteRequest& request) {
  auto asked = request.front_matter ? request.front_matter : request.front_matter_patch;
  auto schema = schema_of(ground, request);
  if (!asked && !schema) return Data(Data::Map());
  if (!asked) asked = Data::Map();
  if (!request.resource->is_structured() && !asked->is_map()) {
    return refused_field("/front_matter", "front matter is keys with values; send an object");
  }
  Data front_matter = dated(ground, request, *asked, Data());
  if (!request.front_matter) front_matter = document::merge_patched(Data(), front_matter);
  if (schema && !request.resource->is_structured()) {
    Time now = ground.site.config().zone().at(ground.now.seconds);
    schema::fill_initial(*schema, front_matter, now);
  }
  return front_matter;
}

}  // namespace

Result<Outcome> prepare_create(const Ground& ground, const WriteRequest& request) {
  if (request.resource->is_structured()) {
    WriteRequest replacing = request;
    replacing.expected = MustNotExist{};
    return prepare_replace(ground, replacing);
  }
  auto front_matter = new_front_matter(ground, request);
  if (auto* refusal = std::get_if<Refusal>(&front_matter)) return Outcome(std::move(*refusal));
  auto path = TRY(new_path(ground, request, std::get<Data>(front_matter)));
  if (auto* refusal = std::get_if<Refusal>(&path)) return Outcome(std::move(*refusal));
  return prepare_new(
      ground, request, std::move(std::get<Data>(front_matter)), std::get<RepoPath>(path));
}

Result<Outcome> prepare_replace(const Ground& ground, const WriteRequest& request) {
  bool may_be_new = std::holds_alternative<MustNotExist>(request.expected);
  auto found = find_path(ground.site, *request.resource, request.label, request.name);
  if (!may_be_new || found || found.error().code != ErrorCode::kNotFound) {
    return prepare_change(ground, request, Verb::kReplace);
  }
  auto front_matter = new_front_matter(ground, request);
  if (auto* refusal = std::get_if<Refusal>(&front_matter)) return Outcome(std::move(*refusal));
  auto path = TRY(path_of_name(ground, request));
  if (auto* refusal = std::get_if<Refusal>(&path)) return Outcome(std::move(*refusal));
  return prepare_new(
      ground, request, std::move(std::get<Data>(front_matter)), std::get<RepoPath>(path));
}

Result<Outcome> prepare_patch(const Ground& ground, const WriteRequest& request) {
  return prepare_change(ground, request, Verb::kPatch);
}

Result<Outcome> prepare_delete(const Ground& ground, const WriteRequest& request) {
  return prepare_change(ground, request, Verb::kDelete);
}

}  // namespace stet::change
