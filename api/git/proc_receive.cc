#include "api/git/proc_receive.h"

#include <unistd.h>

#include <cerrno>
#include <optional>

#include "api/git/pkt_line.h"
#include "storage/base/durable_file.h"
#include "storage/base/utf8.h"

namespace stet::git {
namespace {

constexpr std::string_view kVersion = "version=1";
constexpr std::string_view kPushOptions = "push-options";
constexpr std::string_view kAtomic = "atomic";
constexpr std::size_t kReasonBytesMax = 300;

class Lines {
 public:
  explicit Lines(int input) : input_(input) {}

  // The next line, or none at a flush.
  Result<std::optional<std::string>> next() {
    for (;;) {
      PktStep step = next_pkt(bytes_);
      if (step.kind == PktStep::Kind::kMalformed) return invalid_input("git sent no packet line");
      if (step.kind != PktStep::Kind::kMore) {
        bool is_line = step.kind == PktStep::Kind::kLine;
        auto line = is_line ? std::optional(std::string(step.text)) : std::nullopt;
        bytes_.erase(0, step.consumed);
        return line;
      }
      TRY(fill());
    }
  }

 private:
  Status fill() {
    char buffer[65536];
    ssize_t got = ::read(input_, buffer, sizeof buffer);
    if (got < 0 && errno == EINTR) return {};
    if (got < 0) return error_of_errno("read", "what git says");
    if (got == 0) return unavailable("git has hung up");
    bytes_.append(buffer, static_cast<std::size_t>(got));
    return {};
  }

  const int input_;
  std::string bytes_;
};

Status write_all(int output, std::string_view bytes) {
  while (!bytes.empty()) {
    ssize_t written = ::write(output, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return error_of_errno("write", "to git");
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

struct Abilities {
  bool has_options = false, is_atomic = false;
};

// "version=1", a NUL, and words.
Result<Abilities> abilities_in(std::string_view line) {
  std::size_t nul = std::min(line.find('\0'), line.size());
  if (line.substr(0, nul) != kVersion) {
    return invalid_input("git speaks of proc-receive in a version that is not known here");
  }
  std::string_view words = line.substr(std::min(nul + 1, line.size()));
  Abilities abilities;
  while (!words.empty()) {
    std::string_view word = words.substr(0, words.find(' '));
    words.remove_prefix(std::min(word.size() + 1, words.size()));
    abilities.has_options |= word == kPushOptions;
    abilities.is_atomic |= word == kAtomic;
  }
  return abilities;
}

Result<Abilities> greet(Lines& lines, int output) {
  auto first = TRY(lines.next());
  Abilities abilities = TRY(abilities_in(first.value_or("")));
  while (TRY(lines.next())) {
  }
  std::string version(kVersion);
  if (abilities.has_options) version += '\0' + std::string(kPushOptions);
  TRY(write_all(output, pkt_line(version) + std::string(kFlush)));
  return abilities;
}

Result<std::vector<std::string>> read_list(Lines& lines, std::size_t most, std::string_view what) {
  std::vector<std::string> list;
  while (auto line = TRY(lines.next())) {
    if (list.size() == most) return invalid_input("the push has too many " + std::string(what));
    list.push_back(*std::move(line));
  }
  return list;
}

}  // namespace

std::string report_of(const RefUpdate& update, const Result<Landed>& landed) {
  std::string reason;
  if (!landed) {
    reason = landed.error().message;
  } else if (landed->judgement.is_refused) {
    reason = landed->judgement.summary;
  }
  if (!reason.empty()) {
    return pkt_line("ng " + update.name + " " + printable(reason, kReasonBytesMax));
  }
  std::string report = pkt_line("ok " + update.name);
  // A client moves its remote-tracking branch to what it is told of the branch. A merge commit it
  // does not have, and would say that it failed; of that it is told under the name that it pushed.
  if (landed->after == update.after) report += pkt_line("option refname " + landed->branch);
  if (landed->before) report += pkt_line("option old-oid " + landed->before->hex());
  return report + pkt_line("option new-oid " + landed->after->hex());
}

Status converse(int input, int output, const LandPush& land) {
  Lines lines(input);
  Abilities abilities = TRY(greet(lines, output));
  std::string updates_text;
  for (const std::string& line : TRY(read_list(lines, kUpdatesMax, "references"))) {
    updates_text += line + "\n";
  }
  auto updates = TRY(parse_updates(updates_text));
  std::vector<std::string> options;
  if (abilities.has_options) options = TRY(read_list(lines, kOptionsMax, "options"));
  std::string answer;
  for (const RefUpdate& update : updates) {
    bool is_whole = !abilities.is_atomic || updates.size() == 1;
    answer += report_of(
        update,
        is_whole ? land(update, options)
                 : Result<Landed>(invalid_input("several are not merged atomically: push one")));
  }
  return write_all(output, answer + std::string(kFlush));
}

}  // namespace stet::git
