#include "cms/change/undo.h"

#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "cms/change/clash_judge.h"
#include "cms/change/draft.h"
#include "cms/change/locate.h"
#include "cms/change/new_path.h"
#include "cms/change/write_parts.h"
#include "cms/document/document.h"
#include "storage/base/hash.h"
#include "storage/base/utf8.h"

namespace stet::change {
namespace {

using document::Data;
using document::Merged;
using storage::FileChange;
using Text = std::optional<std::string>;

// A file of the commit, and what undoing it is about.
struct Undone {
  RepoPath path;                // where it belongs once all is undone
  std::optional<RepoPath> now;  // where the commit had moved it
  Text base, theirs;            // what the commit made of it, and what was there before
};

Result<Text> text_of(const storage::SnapshotPtr& snapshot,
                     const std::optional<storage::FileState>& state) {
  if (!state) return Text();
  return Text(TRY(snapshot->read(state->blob)));
}

std::string body_of(const std::string& text, const RepoPath& path) {
  return std::string(document::parse_document(text, path.view()).body(text));
}

// Files that came by the commit, by what is in them: the first of several is found first.
class Arrivals {
 public:
  explicit Arrivals(const std::vector<Undone>& files) {
    for (std::size_t i = files.size(); i-- > 0;) {
      const Undone& file = files[i];
      if (file.theirs || !file.base) continue;
      by_text_[content_hash(*file.base)].push_back(i);
      std::string body = body_of(*file.base, file.path);
      if (!body.empty()) by_body_[content_hash(body)].push_back(i);
    }
  }

  // With the same text as the file that went, or else with the same body; each but once.
  std::optional<std::size_t> take(const Undone& gone) {
    if (auto same = take(by_text_, *gone.theirs)) return same;
    std::string body = body_of(*gone.theirs, gone.path);
    return body.empty() ? std::nullopt : take(by_body_, body);
  }

 private:
  using Places = std::unordered_map<ContentHash, std::vector<std::size_t>>;

  std::optional<std::size_t> take(Places& places, const std::string& text) {
    auto found = places.find(content_hash(text));
    while (found != places.end() && !found->second.empty()) {
      std::size_t place = found->second.back();
      found->second.pop_back();
      if (taken_.insert(place).second) return place;
    }
    return std::nullopt;
  }

  Places by_text_, by_body_;
  std::unordered_set<std::size_t> taken_;
};

// A file that went and one that came with the same text is one that was moved.
void join_moves(std::vector<Undone>& files) {
  Arrivals arrivals(files);
  for (Undone& gone : files) {
    if (gone.base || !gone.theirs) continue;
    auto place = arrivals.take(gone);
    if (!place) continue;
    Undone& come = files[*place];
    gone.now = come.path;
    gone.base = std::exchange(come.base, std::nullopt);  // nothing is left to do for it
  }
  std::erase_if(files, [](const Undone& file) { return !file.base && !file.theirs; });
}

Result<std::vector<Undone>> files_of(const UndoRequest& request) {
  std::vector<Undone> files;
  for (const FileChange& change : request.diff) {
    for (const auto& state : {change.before, change.after}) {
      if (state && !storage::is_readable(state->kind)) {
        return invalid_input("'" + change.path.string() +
                             "' is a symbolic link or a submodule; undo that by git");
      }
    }
    files.push_back({change.path,
                     std::nullopt,
                     TRY(text_of(request.commit, change.after)),
                     TRY(text_of(request.parent, change.before))});
  }
  join_moves(files);
  return files;
}

class Undoing {
 public:
  Undoing(const Ground& ground, const UndoRequest& request)
      : ground_(ground), request_(request), draft_(ground) {}

  Result<std::optional<Refusal>> add(const Undone& file) {
    const RepoPath& place = file.now ? *file.now : file.path;
    Text ours = TRY(read(place));
    if (file.now && TRY(read(file.path))) {
      note_conflict(file.path, {"", 0, std::nullopt, std::nullopt, std::nullopt});
      return std::optional<Refusal>();
    }
    auto merged = merge(file, place, ours);
    if (auto* refusal = std::get_if<Refusal>(&merged)) return std::optional(std::move(*refusal));
    Text& after = std::get<Text>(merged);
    if (after == ours && !file.now) return std::optional<Refusal>();
    if (file.now && !ours) return std::optional<Refusal>();
    return change(file, place, std::move(ours), std::move(after));
  }

  const std::vector<std::pair<std::string, document::Conflict>>& conflicts() const {
    return conflicts_;
  }

  // What sessions clash with, where all of it is taken back.
  Result<std::optional<Refusal>> judge() {
    auto refusal = TRY(judge_clashes(draft_, {}));
    if (!refusal) return refusal;
    refusal->message = "'" + refusal->entries.front().first + "': " + refusal->message;
    refusal->action.reset();
    for (FieldProblem& field : refusal->fields) field.pointer = "/commit";
    return refusal;
  }

  Plan finish() {
    std::map<RepoPath, RepoPath> renames;
    for (const PlannedAction& action : actions_) {
      if (action.moved_from) renames.emplace(action.path, *action.moved_from);
    }
    Plan plan = draft_.finish(renames);
    plan.actions = std::move(actions_);
    Time when = ground_.site.config().zone().at(ground_.now.seconds);
    plan.change_set.author = {request_.author_name, request_.author_email, when};
    plan.change_set.message = request_.message;
    plan.change_set.trailers = request_.trailers;
    return plan;
  }

 private:
  Result<Text> read(const RepoPath& path) const {
    if (!ground_.site.blob_of(path.view())) return Text();
    return Text(TRY(ground_.site.read_path(path.view())));
  }

  void note_conflict(const RepoPath& path, document::Conflict conflict) {
    conflicts_.emplace_back(path.string(), std::move(conflict));
  }

  // What the file becomes. Conflicts are noted, and leave it as it is.
  std::variant<Text, Refusal> merge(const Undone& file, const RepoPath& place, const Text& ours) {
    if (ours == file.theirs || file.base == file.theirs) return ours;
    if (ours == file.base) return file.theirs;
    auto choices = request_.choices.find(place.string());
    std::span<const document::Choice> chosen;
    if (choices != request_.choices.end()) chosen = choices->second;
    if (!ours || !file.theirs || !file.base) return merge_whole(file, place, ours, chosen);
    auto merged = document::merge_by_choice(*file.base, *ours, *file.theirs, place.view(), chosen);
    if (!merged) return refused_field("/resolutions", merged.error().message);
    for (document::Conflict& conflict : merged->conflicts) {
      note_conflict(place, std::move(conflict));
    }
    return Text(std::move(merged->bytes));
  }

  // Made or deleted by the commit, and another file now.
  std::variant<Text, Refusal> merge_whole(const Undone& file,
                                          const RepoPath& place,
                                          const Text& ours,
                                          std::span<const document::Choice> choices) {
    for (const document::Choice& choice : choices) {
      if (!choice.pointer.empty()) continue;
      if (choice.take == document::Choice::Take::kOurs) return ours;
      if (choice.take == document::Choice::Take::kTheirs) return file.theirs;
      if (choice.value.is_nil()) return Text();
      if (choice.value.is_string()) return Text(*choice.value.string());
      return refused_field("/resolutions", "a whole file is a string, or null");
    }
    auto shown = [](const Text& text) {
      return text && is_utf8(*text) ? std::optional(Data(*text)) : std::nullopt;
    };
    note_conflict(place, {"", 0, shown(file.base), shown(ours), shown(file.theirs)});
    return ours;
  }

  Result<std::optional<Refusal>> change(const Undone& file,
                                        const RepoPath& place,
                                        Text ours,
                                        Text after) {
    if (after) {
      Findings findings = findings_of(ground_, file.path, ours, *after);
      if (has_error(findings)) {
        Refusal refusal = refused_findings(std::move(findings));
        refusal.message = "'" + file.path.string() + "': " + refusal.message;
        for (FieldProblem& field : refusal.fields) field.pointer = "/commit";
        return std::optional(std::move(refusal));
      }
      draft_.warn(file.path, findings);
    }
    const Resource* own = resource_of(ground_.site, file.path);
    const Resource& resource = own ? *own : resource_of(EntryKind::kFile);
    bool moves = file.now && after;
    actions_.push_back({.resource = &resource,
                        .label = label_of(ground_.site, resource, file.path.view()),
                        .path = moves ? file.path : place,
                        .before = ours,
                        .after = after,
                        .moved_from = moves ? file.now : std::nullopt});
    if (moves) draft_.add(file.path, {std::nullopt, after, 0});
    draft_.add(place, {std::move(ours), moves ? Text() : std::move(after), 0});
    return std::optional<Refusal>();
  }

  const Ground& ground_;
  const UndoRequest& request_;
  Draft draft_;
  std::vector<PlannedAction> actions_;
  std::vector<std::pair<std::string, document::Conflict>> conflicts_;
};

}  // namespace

Result<PlanOutcome> prepare_undo(const Ground& ground, const UndoRequest& request) {
  if (auto fault = fault_of_message(request.message)) return PlanOutcome(std::move(*fault));
  if (request.diff.size() > kUndoneFilesMax) {
    return PlanOutcome(refused_field(
        "/commit", "the commit changed more than " + std::to_string(kUndoneFilesMax) + " files"));
  }
  auto files = files_of(request);
  if (!files) {
    if (files.error().code != ErrorCode::kInvalidInput) return std::move(files).error();
    return PlanOutcome(refused_field("/commit", files.error().message));
  }
  Ground during = ground;
  during.judges_clashes = false;
  Undoing undoing(during, request);
  for (const Undone& file : *files) {
    if (auto refusal = TRY(undoing.add(file))) return PlanOutcome(std::move(*refusal));
  }
  if (!undoing.conflicts().empty()) {
    Refusal refusal = refused(Refusal::Kind::kConflict,
                              "what the commit changed was changed again since; say what is to "
                              "stand by resolutions");
    refusal.conflicts = undoing.conflicts();
    return PlanOutcome(std::move(refusal));
  }
  if (auto refusal = TRY(undoing.judge())) return PlanOutcome(std::move(*refusal));
  return PlanOutcome(undoing.finish());
}

}  // namespace stet::change
