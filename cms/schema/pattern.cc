#include "cms/schema/pattern.h"

#include <re2/re2.h>

#include "storage/base/utf8.h"

namespace stet::schema {
namespace {

constexpr std::int64_t kCompiledBytesMax = 1 << 20;
constexpr std::string_view kEscapes = "dDwWsSbBnrtfvx^$\\.*+?()[]{}|/-";

// What one of the two languages does not know, or reads as something else; "": nothing.
std::string foreign_part(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::string_view rest = text.substr(i);
    if (rest.starts_with("(?") && !rest.starts_with("(?:")) return printable(rest.substr(0, 3), 20);
    if (rest.starts_with("[[:")) return "[[:";
    if (rest.front() != '\\' || rest.size() < 2) continue;
    if (kEscapes.find(rest[1]) == kEscapes.npos) return printable(rest.substr(0, 2), 20);
    ++i;
  }
  return "";
}

}  // namespace

Pattern::Pattern(std::string_view text, std::unique_ptr<re2::RE2> compiled)
    : text_(text), compiled_(std::move(compiled)) {}

Pattern::~Pattern() = default;

Result<PatternPtr> Pattern::compile(std::string_view text) {
  if (text.empty() || text.size() > kPatternBytesMax || !is_utf8(text)) {
    return invalid_input("a pattern is a regular expression of 1 to " +
                         std::to_string(kPatternBytesMax) + " bytes");
  }
  if (std::string part = foreign_part(text); !part.empty()) {
    return invalid_input("'" + part +
                         "' is not read alike everywhere; a pattern has what JavaScript and RE2 "
                         "share: no looking ahead or back, no flags, no names");
  }
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(kCompiledBytesMax);
  auto compiled = std::make_unique<re2::RE2>(re2::StringPiece(text.data(), text.size()), options);
  if (!compiled->ok()) {
    return invalid_input("this is no regular expression: " + printable(compiled->error(), 200));
  }
  return PatternPtr(new Pattern(text, std::move(compiled)));
}

bool Pattern::is_found_in(std::string_view text) const {
  return re2::RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), *compiled_);
}

}  // namespace stet::schema
