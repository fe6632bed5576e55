#include "cms/change/plan.h"

#include "cms/change/clash_judge.h"
#include "cms/change/draft.h"
#include "cms/change/message.h"
#include "cms/change/move.h"
#include "cms/change/new_path.h"
#include "cms/change/relink.h"
#include "cms/change/write_parts.h"

namespace stet::change {
namespace {

using Kind = Refusal::Kind;

constexpr std::size_t kLinesMax = 50;  // of a message, one an action

// One action, prepared: its entry's files, and what is to be told of it.
struct Step {
  PlannedAction done;
  Problems problems;
};
using StepOutcome = std::variant<Step, Refusal>;

Result<StepOutcome> prepare_move_step(const Ground& ground, const Action& action) {
  auto outcome = TRY(prepare_move(ground, action));
  if (auto* refusal = std::get_if<Refusal>(&outcome)) return StepOutcome(std::move(*refusal));
  Move& move = std::get<Move>(outcome);
  PlannedAction done{.resource = move.resource,
                     .label = std::move(move.label),
                     .path = move.to,
                     .before = std::move(move.before),
                     .after = std::move(move.after),
                     .moved_from = move.from,
                     .is_merged = move.is_merged};
  return StepOutcome(Step{std::move(done), std::move(move.warnings)});
}

Result<StepOutcome> prepare_step(const Ground& ground, const Action& action) {
  if (action.verb == ActionVerb::kMove) return prepare_move_step(ground, action);
  const WriteRequest& request = action.request;
  Outcome outcome = action.verb == ActionVerb::kCreate    ? TRY(prepare_create(ground, request))
                    : action.verb == ActionVerb::kReplace ? TRY(prepare_replace(ground, request))
                    : action.verb == ActionVerb::kPatch   ? TRY(prepare_patch(ground, request))
                                                          : TRY(prepare_delete(ground, request));
  if (auto* refusal = std::get_if<Refusal>(&outcome)) return StepOutcome(std::move(*refusal));
  Prepared& prepared = std::get<Prepared>(outcome);
  PlannedAction done{.resource = request.resource,
                     .label = request.label,
                     .path = prepared.path,
                     .before = std::move(prepared.before),
                     .after = std::move(prepared.after),
                     .parsed_after = std::move(prepared.parsed_after),
                     .is_merged = prepared.is_merged};
  return StepOutcome(Step{std::move(done), std::move(prepared.warnings)});
}

// The earlier action that has to do with one of the step's files.
const Draft::File* rival_of(const Draft& draft, const Step& step, RepoPath& path) {
  path = step.done.path;
  if (const Draft::File* rival = draft.find(path)) return rival;
  if (!step.done.moved_from) return nullptr;
  path = *step.done.moved_from;
  return draft.find(path);
}

Refusal rivalry(const Draft::File& rival, const RepoPath& path) {
  return refused_field("",
                       "action " + std::to_string(rival.action) + " is about '" + path.string() +
                           "' too; put both into one");
}

Result<StepOutcome> prepare_after(const Draft& draft, const Action& action) {
  StepOutcome outcome = TRY(prepare_step(draft.ground(), action));
  if (draft.files().empty()) return outcome;
  if (const Step* step = std::get_if<Step>(&outcome)) {
    RepoPath path = step->done.path;
    const Draft::File* rival = rival_of(draft, *step, path);
    if (!rival) return outcome;
    // A new entry may find another name.
    if (action.verb != ActionVerb::kCreate) return StepOutcome(rivalry(*rival, path));
  }
  site::SitePtr site = TRY(draft.site());
  Ground later{.site = *site,
               .read_blob = draft.ground().read_blob,
               .now = draft.ground().now,
               .site_with = draft.ground().site_with,
               .may_write = draft.ground().may_write,
               .judges_clashes = false};
  outcome = TRY(prepare_step(later, action));
  const Step* step = std::get_if<Step>(&outcome);
  if (!step) return outcome;
  RepoPath path = step->done.path;
  const Draft::File* rival = rival_of(draft, *step, path);
  return rival ? StepOutcome(rivalry(*rival, path)) : outcome;
}

void add_step(Draft& draft, Step& step, std::size_t action) {
  const PlannedAction& done = step.done;
  if (done.moved_from) {
    draft.add(*done.moved_from, {done.before, std::nullopt, action});
    draft.add(done.path, {std::nullopt, done.after, action});
  } else {
    draft.add(done.path, {done.before, done.after, action});
  }
  for (Problem& problem : step.problems) draft.warn(std::move(problem));
}

std::string name_on(const Ground& ground, const PlannedAction& action, const RepoPath& path) {
  return name_of(ground.site, *action.resource, action.label, path.view());
}

std::string line_of(const Ground& ground, const PlannedAction& action) {
  auto view = [](const std::optional<std::string>& text) {
    return text ? std::optional<std::string_view>(*text) : std::nullopt;
  };
  std::string name = name_on(ground, action, action.path);
  if (action.moved_from) {
    return "Move " + action.moved_from->string() + " to " + action.path.string();
  }
  return default_message(
      {*action.resource, action.label, name, view(action.before), view(action.after)});
}

std::string message_of(const Ground& ground, const std::vector<PlannedAction>& actions) {
  if (actions.size() == 1) return line_of(ground, actions.front());
  std::string message = "Change " + std::to_string(actions.size()) + " entries\n\n";
  for (std::size_t i = 0; i < actions.size() && i < kLinesMax; ++i) {
    message += "- " + line_of(ground, actions[i]) + "\n";
  }
  if (actions.size() > kLinesMax) {
    message += "- and " + std::to_string(actions.size() - kLinesMax) + " more\n";
  }
  return message;
}

std::optional<Refusal> fault_of(const CommitRequest& request) {
  if (request.actions.empty()) return refused_field("/actions", "name at least one action");
  if (request.actions.size() > request.actions_max) {
    return refused_field("/actions",
                         "there are more than " + std::to_string(request.actions_max) +
                             " actions; make several commits");
  }
  return fault_of_message(request.message);
}

void sign(const Ground& ground, const CommitRequest& request, Plan& plan) {
  Time when = ground.site.config().zone().at(ground.now.seconds);
  plan.change_set.author = {request.author_name, request.author_email, when};
  plan.change_set.message =
      request.message.empty() ? message_of(ground, plan.actions) : request.message;
  plan.change_set.trailers = request.trailers;
}

}  // namespace

Result<PlanOutcome> prepare_commit(const Ground& ground, const CommitRequest& request) {
  if (auto fault = fault_of(request)) return PlanOutcome(std::move(*fault));
  Ground during = ground;
  during.judges_clashes = false;
  Draft draft(during);
  std::vector<PlannedAction> actions;
  for (std::size_t i = 0; i < request.actions.size(); ++i) {
    StepOutcome outcome = TRY(prepare_after(draft, request.actions[i]));
    if (auto* refusal = std::get_if<Refusal>(&outcome)) {
      refusal->action = i;
      return PlanOutcome(std::move(*refusal));
    }
    Step& step = std::get<Step>(outcome);
    add_step(draft, step, i);
    actions.push_back(std::move(step.done));
  }
  TRY(follow_moves(draft, actions));
  std::map<RepoPath, RepoPath> renames;
  for (const PlannedAction& action : actions) {
    if (action.moved_from) renames.emplace(action.path, *action.moved_from);
  }
  if (auto refusal = TRY(judge_clashes(draft, renames))) return PlanOutcome(std::move(*refusal));
  Plan plan = draft.finish(renames);
  plan.actions = std::move(actions);
  sign(ground, request, plan);
  return PlanOutcome(std::move(plan));
}

PlanOutcome plan_of(Outcome outcome, const WriteRequest& request) {
  if (auto* refusal = std::get_if<Refusal>(&outcome)) return std::move(*refusal);
  Prepared& prepared = std::get<Prepared>(outcome);
  Plan plan;
  plan.change_set = std::move(prepared.change_set);
  plan.edits.emplace(prepared.path, prepared.after);
  plan.diff = std::move(prepared.diff);
  plan.warnings = std::move(prepared.warnings);
  plan.is_unchanged = prepared.is_unchanged;
  plan.actions.push_back({.resource = request.resource,
                          .label = request.label,
                          .path = prepared.path,
                          .before = std::move(prepared.before),
                          .after = std::move(prepared.after),
                          .parsed_after = std::move(prepared.parsed_after),
                          .is_merged = prepared.is_merged});
  return plan;
}

}  // namespace stet::change
