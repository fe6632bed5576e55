#include "cms/change/write_parts.h"

#include <set>

#include "cms/change/new_path.h"
#include "cms/change/validate.h"
#include "storage/base/utf8.h"

namespace stet::change {
namespace {

using Kind = Refusal::Kind;

constexpr std::size_t kMessageBytesMax = 64 << 10;

}  // namespace

Findings findings_of(const Ground& ground,
                     const RepoPath& path,
                     const std::optional<std::string>& before,
                     const FileText& after,
                     const RepoPath* from) {
  Surroundings surroundings = Surroundings::of(ground.site);
  Findings findings = validate(surroundings, path, after.bytes, after.document);
  if (!ground.judges_clashes) {
    std::erase_if(findings, [](const FieldProblem& found) { return found.is_clash; });
  }
  if (!before || !has_error(findings)) return findings;
  std::set<std::pair<std::string, std::string>> known;
  for (const FieldProblem& found : validate(surroundings, from ? *from : path, *before)) {
    if (found.severity == Severity::kError) known.emplace(found.pointer, found.message);
  }
  for (FieldProblem& found : findings) {
    if (known.contains({found.pointer, found.message})) found.severity = Severity::kWarning;
  }
  return findings;
}

Refusal refused_findings(Findings findings) {
  Refusal refusal = refused(Kind::kInvalid, "");
  for (FieldProblem& found : findings) {
    if (found.severity == Severity::kError) refusal.fields.push_back(std::move(found));
  }
  refusal.message = refusal.fields.front().message;
  return refusal;
}

std::optional<Refusal> fault_of_message(const std::string& message) {
  if (message.empty()) return std::nullopt;
  bool is_blank = message.find_first_not_of(" \t\r\n") == std::string::npos;
  if (is_blank || message.size() > kMessageBytesMax || !is_utf8(message) ||
      message.find('\0') != std::string::npos) {
    return refused_field("/message", "a message is text of at most 64 KiB, and not blank");
  }
  return std::nullopt;
}

}  // namespace stet::change
