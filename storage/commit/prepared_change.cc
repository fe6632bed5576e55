#include "storage/commit/prepared_change.h"

#include <algorithm>
#include <cctype>
#include <unordered_set>

#include "storage/base/utf8.h"
#include "storage/snapshot/blob_id.h"

namespace stet::storage {
namespace {

constexpr std::size_t kNameBytesMax = 1000;
constexpr std::size_t kTrailersMax = 100;
constexpr std::size_t kTrailerBytesMax = 4000;
constexpr std::int64_t kSecondsMax = 253'402'300'799;  // the end of 9999

// One line: runs of blanks and control characters become one blank, `removed` nothing.
std::string one_line(std::string_view text, std::string_view removed) {
  std::string line;
  for (char c : text) {
    if (removed.find(c) != std::string_view::npos) continue;
    bool is_blank = static_cast<unsigned char>(c) <= ' ' || c == 0x7f;
    if (!is_blank) {
      line += c;
    } else if (!line.empty() && line.back() != ' ') {
      line += ' ';
    }
  }
  while (!line.empty() && line.back() == ' ') line.pop_back();
  return line;
}

// What git takes off the ends of names (ident.c: "crud").
std::string without_crud(std::string name) {
  constexpr std::string_view kCrud = " .,:;\"\\'";
  std::size_t begin = name.find_first_not_of(kCrud);
  if (begin == std::string::npos) return "";
  return name.substr(begin, name.find_last_not_of(kCrud) - begin + 1);
}

Result<std::string> clean_message(std::string_view text, std::size_t bytes_max) {
  if (text.size() > bytes_max) {
    return invalid_input("the message has more than " + std::to_string(bytes_max) + " bytes");
  }
  if (!is_utf8(text)) return invalid_input("the message is not UTF-8");
  std::string message;
  for (char c : text) {
    bool is_control = static_cast<unsigned char>(c) < ' ' && c != '\n' && c != '\t';
    if (!is_control) message += c;
  }
  std::size_t begin = message.find_first_not_of(" \t\n");
  if (begin == std::string::npos) return invalid_input("the message is empty: say why");
  return message.substr(begin, message.find_last_not_of(" \t\n") - begin + 1) + "\n";
}

bool is_trailer_key(std::string_view key) {
  return !key.empty() && std::all_of(key.begin(), key.end(), [](unsigned char c) {
    return std::isalnum(c) || c == '-';
  });
}

Result<std::string> trailer_lines(
    const std::vector<std::pair<std::string, std::string>>& trailers) {
  if (trailers.size() > kTrailersMax) return invalid_input("there are more than 100 trailers");
  std::string lines;
  for (const auto& [key, value] : trailers) {
    if (!is_trailer_key(key) || key.size() + value.size() > kTrailerBytesMax || !is_utf8(value)) {
      return invalid_input("the trailer '" + printable(key, 60) +
                           "' must be letters, digits and dashes, then UTF-8, of 4000 bytes");
    }
    lines += key + ": " + one_line(value, "") + "\n";
  }
  return lines;
}

std::uint32_t mode_of(EntryKind kind) {
  switch (kind) {
    case EntryKind::kFile: return 0100644;
    case EntryKind::kExecutable: return 0100755;
    case EntryKind::kSymlink: return 0120000;
    case EntryKind::kSubmodule: return 0160000;
  }
  return 0100644;
}

Status check_paths(const ChangeSet& change_set) {
  std::unordered_set<std::string_view> seen;
  for (const FileEdit& edit : change_set.edits) {
    if (!seen.insert(edit.path.view()).second) {
      return invalid_input("'" + edit.path.string() + "' is edited twice in one change set");
    }
  }
  return {};
}

}  // namespace

Result<std::string> signature_line(const Signature& signature) {
  if (!is_utf8(signature.name) || !is_utf8(signature.email)) {
    return invalid_input("a name or an e-mail address is not UTF-8");
  }
  std::string name = without_crud(one_line(signature.name, "<>"));
  std::string email = without_crud(one_line(signature.email, "<>"));
  if (name.empty()) return invalid_input("the author's name is empty");
  if (name.size() > kNameBytesMax || email.size() > kNameBytesMax) {
    return invalid_input("a name or an e-mail address has more than 1000 bytes");
  }
  std::int64_t seconds = std::clamp<std::int64_t>(signature.when.seconds, 0, kSecondsMax);
  int minutes = std::clamp(signature.when.offset_seconds / 60, -14 * 60, 14 * 60);
  char zone[16];
  std::snprintf(zone,
                sizeof zone,
                "%c%02d%02d",
                minutes < 0 ? '-' : '+',
                std::abs(minutes) / 60,
                std::abs(minutes) % 60);
  return name + " <" + email + "> " + std::to_string(seconds) + " " + zone;
}

Result<PreparedChange> prepare(ChangeSet change_set, const CommitLimits& limits) {
  PreparedChange prepared;
  if (!change_set.merged && change_set.edits.size() > limits.edits_max) {
    return invalid_input("a change set has more than " + std::to_string(limits.edits_max) +
                         " edits: make several");
  }
  TRY(check_paths(change_set));
  prepared.author_line = TRY(signature_line(change_set.author));
  prepared.message = TRY(clean_message(change_set.message, limits.message_bytes_max));
  std::string trailers = TRY(trailer_lines(change_set.trailers));
  if (!trailers.empty()) prepared.message += "\n" + trailers;
  for (const FileEdit& edit : change_set.edits) {
    if (edit.content) prepared.bytes += edit.content->size();
  }
  if (prepared.bytes > limits.change_set_bytes_max) {
    return invalid_input("a change set has more than " +
                         std::to_string(limits.change_set_bytes_max) + " bytes: make several");
  }
  // The edits move with their vector; their contents stay where they are.
  prepared.change_set = std::move(change_set);
  for (const FileEdit& edit : prepared.change_set.edits) {
    TreeEdit planned{.path = edit.path, .blob = std::nullopt, .content = {}};
    if (edit.content) {
      planned.blob = blob_id_of(*edit.content);
      planned.content = *edit.content;
    } else if (edit.stored) {
      planned.blob = edit.stored;
      planned.is_stored = true;
    }
    if (edit.kind) planned.mode = mode_of(*edit.kind);
    prepared.edits.push_back(std::move(planned));
  }
  return prepared;
}

}  // namespace stet::storage
