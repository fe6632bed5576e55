#include "api/changes/notes.h"

#include <algorithm>
#include <array>

#include "storage/base/time.h"

namespace stet::changes {
namespace {

constexpr std::string_view kVerbKey = "Stet-Change", kTitleKey = "Stet-Title",
                           kPublishAtKey = "Stet-Publish-At", kPublishedAsKey = "Stet-Published-As",
                           kMethodKey = "Stet-Publish-Method";

constexpr std::int64_t kSecondsMax = 253'402'300'799;  // the end of 9999

struct VerbName {
  Verb verb;
  std::string_view name, subject;
};
constexpr auto kVerbs = std::to_array<VerbName>({
    {Verb::kOpen, "open", "Open change: "},
    {Verb::kDescribe, "describe", "Describe change: "},
    {Verb::kSchedule, "schedule", "Schedule change for "},
    {Verb::kUnschedule, "unschedule", "Take the change off the schedule"},
    {Verb::kAskReview, "ask-review", "Ask for review"},
    {Verb::kUnaskReview, "unask-review", "Ask for no review yet"},
    {Verb::kWithdraw, "withdraw", "Withdraw change"},
    {Verb::kReopen, "reopen", "Reopen change"},
    {Verb::kPublish, "publish", "Published as "},
});

constexpr std::pair<Method, std::string_view> kMethods[] = {
    {Method::kMerge, "merge"}, {Method::kSquash, "squash"}, {Method::kFastForward, "fast-forward"}};

const VerbName& named(Verb verb) {
  return *std::find_if(
      kVerbs.begin(), kVerbs.end(), [&](const VerbName& known) { return known.verb == verb; });
}

std::string_view without_end(std::string_view text) {
  while (text.ends_with('\n')) text.remove_suffix(1);
  return text;
}

// "" where the message is one paragraph.
std::string_view last_paragraph(std::string_view message) {
  message = without_end(message);
  std::size_t blank = message.rfind("\n\n");
  return blank == std::string_view::npos ? "" : message.substr(blank + 2);
}

// What stands between the subject and the trailers.
std::string_view middle_of(std::string_view message) {
  message = without_end(message);
  std::size_t begin = message.find("\n\n"), end = message.rfind("\n\n");
  if (begin >= end) return "";
  return without_end(message.substr(begin + 2, end - begin - 2));
}

std::optional<Instant> instant_of(std::string_view text) {
  auto parsed = parse_iso_time(text);
  if (!parsed || !parsed->offset_seconds) return std::nullopt;
  Instant at{seconds_as_utc(parsed->civil) - *parsed->offset_seconds};
  bool is_plain = at.seconds >= 0 && at.seconds <= kSecondsMax;
  return is_plain ? std::optional(at) : std::nullopt;
}

}  // namespace

std::string_view name_of(Method method) {
  for (const auto& [known, name] : kMethods) {
    if (known == method) return name;
  }
  return kMethods[0].second;
}

std::optional<Method> method_of(std::string_view name) {
  for (const auto& [method, known] : kMethods) {
    if (known == name) return method;
  }
  return std::nullopt;
}

storage::ChangeSet change_set_of(const Note& note, const Hand& hand) {
  const VerbName& verb = named(note.verb);
  storage::ChangeSet change;
  change.may_be_empty = true;
  change.author = hand.signature;
  change.message = verb.subject;
  change.trailers = hand.trailers;
  change.trailers.emplace_back(kVerbKey, verb.name);
  if (!note.title.empty()) {
    change.message += note.title;
    change.trailers.emplace_back(kTitleKey, note.title);
  }
  if (!note.description.empty()) change.message += "\n\n" + note.description;
  if (note.publish_at) {
    change.message += iso_instant(*note.publish_at);
    change.trailers.emplace_back(kPublishAtKey, iso_instant(*note.publish_at));
    if (note.method != Method::kMerge) {
      change.trailers.emplace_back(kMethodKey, name_of(note.method));
    }
  }
  if (note.published_as) {
    change.message += note.published_as->hex();
    change.trailers.emplace_back(kPublishedAsKey, note.published_as->hex());
  }
  return change;
}

std::vector<std::pair<std::string_view, std::string_view>> trailers_of(std::string_view message) {
  std::vector<std::pair<std::string_view, std::string_view>> trailers;
  std::string_view lines = last_paragraph(message);
  while (!lines.empty()) {
    std::string_view line = lines.substr(0, lines.find('\n'));
    lines.remove_prefix(std::min(line.size() + 1, lines.size()));
    std::size_t colon = line.find(": ");
    if (colon == std::string_view::npos) return {};
    trailers.emplace_back(line.substr(0, colon), line.substr(colon + 2));
  }
  return trailers;
}

std::string_view trailer_of(std::string_view message, std::string_view key) {
  for (const auto& [known, value] : trailers_of(message)) {
    if (known == key) return value;
  }
  return "";
}

std::optional<Note> note_of(std::string_view message) {
  std::string_view name = trailer_of(message, kVerbKey);
  auto found = std::find_if(
      kVerbs.begin(), kVerbs.end(), [&](const VerbName& known) { return known.name == name; });
  if (found == kVerbs.end()) return std::nullopt;
  Note note{.verb = found->verb, .title = {}, .description = {}};
  note.title = trailer_of(message, kTitleKey).substr(0, kTitleBytesMax);
  if (note.verb == Verb::kOpen || note.verb == Verb::kDescribe) {
    note.description = middle_of(message).substr(0, kDescriptionBytesMax);
  }
  note.publish_at = instant_of(trailer_of(message, kPublishAtKey));
  note.method = method_of(trailer_of(message, kMethodKey)).value_or(Method::kMerge);
  auto commit = CommitId::parse(trailer_of(message, kPublishedAsKey));
  if (commit) note.published_as = *commit;
  bool is_whole = (note.verb != Verb::kSchedule || note.publish_at) &&
                  (note.verb != Verb::kPublish || note.published_as);
  return is_whole ? std::optional(std::move(note)) : std::nullopt;
}

}  // namespace stet::changes
