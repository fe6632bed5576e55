// What the server's settings say of pushes: which mistakes are refused, which are shown, which
// pass.
//
// Threads: values.
#pragma once

#include <string>
#include <string_view>

#include "cms/change/gate.h"
#include "storage/base/result.h"

namespace stet::git {

enum class PushAction {
  kRefuse,
  kWarn,  // the push comes in, and git shows what is wrong
  kOff,   // nothing is said
};

// The largest file that a push brings to a branch, unless somebody says otherwise.
inline constexpr std::uint64_t kFileMib = 100;

struct PushPolicy {
  // Mistakes, by what looked at the file. They hold for the branch that is served; on any other
  // branch a mistake is shown and passes, for work that is not done yet must be kept somewhere.
  PushAction documents = PushAction::kRefuse;
  PushAction schedule = PushAction::kRefuse;
  PushAction data = PushAction::kRefuse;
  PushAction config = PushAction::kRefuse;
  PushAction schemas = PushAction::kRefuse;  // fields that the site has declared
  PushAction links = PushAction::kWarn;
  PushAction warnings = PushAction::kWarn;  // what Jekyll lets pass, in all of these
  // Commits that the served branch, or a tag, would lose.
  PushAction force = PushAction::kRefuse;
  // Branches and tags. The served branch is never deleted.
  PushAction deletion = PushAction::kRefuse;

  PushAction of(const change::PushProblem& found) const;

  // "documents", "refuse"; kInvalidInput names what is not known and what is.
  Status set(std::string_view name, std::string_view action);
  // "refuse" of "documents"; "" of what is not known.
  std::string_view action_named(std::string_view name) const;

  // "documents=refuse,schedule=warn,...", and back: how a hook is told.
  std::string string() const;
  static Result<PushPolicy> parse(std::string_view text);

  friend bool operator==(const PushPolicy&, const PushPolicy&) = default;
};

}  // namespace stet::git
