// An entry that gets another place: what it is there, and whether it may be.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "cms/change/plan.h"

namespace stet::change {

struct Move {
  const Resource* resource = nullptr;  // of the new place: a draft may become a post
  std::string label;
  RepoPath from, to;
  std::string before, after;  // `after` differs where the action has a patch
  bool is_merged = false;
  Problems warnings;
};

Result<std::variant<Move, Refusal>> prepare_move(const Ground& ground, const Action& action);

}  // namespace stet::change
