#include "api/git/push_policy.h"

#include <algorithm>
#include <iterator>

#include "storage/base/utf8.h"

namespace stet::git {
namespace {

struct Row {
  std::string_view name;
  PushAction PushPolicy::*action;
};

constexpr Row kRows[] = {
    {"documents", &PushPolicy::documents},
    {"schedule", &PushPolicy::schedule},
    {"data", &PushPolicy::data},
    {"config", &PushPolicy::config},
    {"schemas", &PushPolicy::schemas},
    {"links", &PushPolicy::links},
    {"warnings", &PushPolicy::warnings},
    {"force", &PushPolicy::force},
    {"delete", &PushPolicy::deletion},
};

constexpr std::string_view kActions[] = {"refuse", "warn", "off"};

PushAction PushPolicy::*action_of(change::Check check) {
  switch (check) {
    case change::Check::kDocuments: return &PushPolicy::documents;
    case change::Check::kSchedule: return &PushPolicy::schedule;
    case change::Check::kData: return &PushPolicy::data;
    case change::Check::kConfig: return &PushPolicy::config;
    case change::Check::kSchemas: return &PushPolicy::schemas;
    case change::Check::kLinks: return &PushPolicy::links;
  }
  return &PushPolicy::documents;
}

const Row* find_row(std::string_view name) {
  auto row = std::find_if(
      std::begin(kRows), std::end(kRows), [&](const Row& known) { return known.name == name; });
  return row == std::end(kRows) ? nullptr : row;
}

std::string all_names() {
  std::string names;
  for (const Row& row : kRows) names.append(names.empty() ? "" : ", ").append(row.name);
  return names;
}

}  // namespace

PushAction PushPolicy::of(const change::PushProblem& found) const {
  PushAction action = this->*action_of(found.check);
  // A link is only ever a warning, and has a word of its own.
  if (found.check == change::Check::kLinks) return action;
  if (found.problem.severity == Severity::kError || action == PushAction::kOff) return action;
  return warnings;
}

std::string_view PushPolicy::action_named(std::string_view name) const {
  const Row* row = find_row(name);
  return row ? kActions[static_cast<std::size_t>(this->*(row->action))] : std::string_view();
}

Status PushPolicy::set(std::string_view name, std::string_view action) {
  const Row* row = find_row(name);
  if (!row) {
    return invalid_input("there is no check '" + printable(name, 40) + "' of pushes; there are " +
                         all_names());
  }
  auto found = std::find(std::begin(kActions), std::end(kActions), action);
  if (found == std::end(kActions)) {
    return invalid_input("'" + printable(action, 40) + "' is nothing that '" + std::string(name) +
                         "' can be: refuse, warn or off");
  }
  this->*(row->action) = static_cast<PushAction>(found - std::begin(kActions));
  return {};
}

std::string PushPolicy::string() const {
  std::string text;
  for (const Row& row : kRows) {
    text.append(text.empty() ? "" : ",").append(row.name).append("=");
    text.append(kActions[static_cast<std::size_t>(this->*(row.action))]);
  }
  return text;
}

Result<PushPolicy> PushPolicy::parse(std::string_view text) {
  PushPolicy policy;
  while (!text.empty()) {
    std::string_view part = text.substr(0, text.find(','));
    text.remove_prefix(std::min(part.size() + 1, text.size()));
    std::size_t equals = part.find('=');
    if (equals == std::string_view::npos) {
      return invalid_input("'" + printable(part, 60) + "' is no 'check=action'");
    }
    TRY(policy.set(part.substr(0, equals), part.substr(equals + 1)));
  }
  return policy;
}

}  // namespace stet::git
