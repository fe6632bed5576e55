#include "cms/change/move.h"

#include "cms/change/locate.h"
#include "cms/change/new_path.h"
#include "cms/change/references.h"
#include "cms/change/write_parts.h"
#include "cms/site/post_name.h"

namespace stet::change {
namespace {

using MoveOutcome = std::variant<Move, Refusal>;

// "2020-01-01-" of "2020-01-01-first.md".
std::string_view day_of(const RepoPath& path) {
  std::string_view name = path.filename();
  auto post = site::parse_post_name(name);
  if (!post) return "";
  std::size_t dashes = 0, at = 0;
  while (dashes < 3) dashes += name[at++] == '-';
  return name.substr(0, at);
}

// Where the action wants it, as a path that may yet be wrong.
std::string wanted_path(const RepoPath& from, const Action& action) {
  if (!action.to.empty()) return action.to;
  std::string folder(from.folder());
  if (!folder.empty()) folder += '/';
  bool is_dated = site::parse_post_name(from.filename()).has_value();
  return folder + std::string(is_dated ? day_of(from) : "") + action.slug +
         std::string(from.extension());
}

std::optional<Refusal> fault_of(const Action& action) {
  if (action.to.empty() == action.slug.empty()) {
    return refused_field("/to", "a move needs either to (a path) or slug (the name's last part)");
  }
  if (action.slug.find('/') != std::string::npos) {
    return refused_field("/slug", "a slug has no slash; name another folder by to");
  }
  return std::nullopt;
}

Result<std::variant<RepoPath, Refusal>> new_place(const Ground& ground,
                                                  const Action& action,
                                                  const RepoPath& from,
                                                  Move& move) {
  std::string wanted = wanted_path(from, action);
  std::string_view pointer = action.to.empty() ? "/slug" : "/to";
  auto parsed = RepoPath::parse(wanted);
  if (!parsed) {
    return std::variant<RepoPath, Refusal>(
        refused_field(std::string(pointer), parsed.error().message));
  }
  const Resource* own = resource_of(ground.site, *parsed);
  move.resource = own ? own : &resource_of(EntryKind::kFile);
  // A file that the site passes over, or copies, stays a file wherever it goes.
  if (action.request.resource->kind == EntryKind::kFile) {
    move.resource = &resource_of(EntryKind::kFile);
  }
  move.label = label_of(ground.site, *move.resource, parsed->view());
  WriteRequest there;
  there.resource = move.resource;
  there.label = move.label;
  there.proposed_path = wanted;
  auto path = TRY(new_path(ground, there, document::Data::Map()));
  if (auto* refusal = std::get_if<Refusal>(&path)) {
    for (FieldProblem& field : refusal->fields) field.pointer = pointer;
  }
  return path;
}

}  // namespace

Result<MoveOutcome> prepare_move(const Ground& ground, const Action& action) {
  if (auto fault = fault_of(action)) return MoveOutcome(std::move(*fault));
  Outcome outcome = TRY(prepare_patch(ground, action.request));
  if (auto* refusal = std::get_if<Refusal>(&outcome)) return MoveOutcome(std::move(*refusal));
  Prepared& patched = std::get<Prepared>(outcome);
  Move move{.resource = nullptr,
            .label = "",
            .from = patched.path,
            .to = patched.path,
            .before = std::move(*patched.before),
            .after = std::move(*patched.after),
            .is_merged = patched.is_merged,
            .warnings = {}};
  auto place = TRY(new_place(ground, action, move.from, move));
  if (auto* refusal = std::get_if<Refusal>(&place)) return MoveOutcome(std::move(*refusal));
  move.to = std::get<RepoPath>(place);
  Findings findings = findings_of(ground, move.to, move.before, move.after, &move.from);
  if (has_error(findings)) return MoveOutcome(refused_findings(std::move(findings)));
  move.warnings = to_problems(move.to, findings);
  const WriteRequest& request = action.request;
  // References within a collection follow (field_links.h); to another one they cannot.
  if (move.resource != request.resource || move.label != request.label) {
    Problems referrers = referrers_of(ground.site, *request.resource, request.label, move.from);
    move.warnings.insert(move.warnings.end(), referrers.begin(), referrers.end());
  }
  return MoveOutcome(std::move(move));
}

}  // namespace stet::change
