// What git keeps of a change beside its edits: commits on its branch that change no file, and whose
// trailers say what was done.
//
// They are the last paragraph of the message, as the server writes it: what a client says stands
// above. Whatever is cloned has them, so a change, its schedule and its end survive any restore.
// Threads: pure functions. Input may be any bytes.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "storage/base/clock.h"
#include "storage/commit/change_set.h"

namespace stet::changes {

inline constexpr std::size_t kTitleBytesMax = 200;
inline constexpr std::size_t kDescriptionBytesMax = 10'000;

enum class Verb {
  kOpen,        // title, description
  kDescribe,    // the same
  kSchedule,    // publish_at, method
  kUnschedule,  // no more
  kAskReview,  // its writers are done, and wait for what others say
  kUnaskReview,
  kWithdraw,
  kReopen,
  kPublish,  // as a commit of the served branch
};

// How a change comes to what is live.
enum class Method {
  kMerge,        // a merge commit; the change's commits stay as they were made
  kSquash,       // one commit
  kFastForward,  // the change's commits themselves, where nothing else has become live since
};
std::string_view name_of(Method method);  // "fast-forward"
std::optional<Method> method_of(std::string_view name);

struct Note {
  Verb verb = Verb::kDescribe;
  std::string title, description;
  std::optional<Instant> publish_at = std::nullopt;
  std::optional<CommitId> published_as = std::nullopt;
  Method method = Method::kMerge;  // of kSchedule
};

using Trailers = std::vector<std::pair<std::string, std::string>>;

// Who notes it, and when.
struct Hand {
  storage::Signature signature;
  Trailers trailers = {};  // who they are, as every write says it
};

// The commit that says it.
storage::ChangeSet change_set_of(const Note& note, const Hand& hand);

// None: the message says nothing of a change.
std::optional<Note> note_of(std::string_view message);

// Of the message's last paragraph: each line's key and value.
std::vector<std::pair<std::string_view, std::string_view>> trailers_of(std::string_view message);
// "" where there is none.
std::string_view trailer_of(std::string_view message, std::string_view key);

}  // namespace stet::changes
