// A regular expression of a field, in the part of the language that RE2 and ECMAScript, which JSON
// Schema's `pattern` is written in, read in the same way.
//
// It is looked for anywhere in a text, as JSON Schema has it: ^ and $ tie it to the ends. Threads:
// immutable. Limits: kPatternBytesMax, and a megabyte for what it is compiled to. Cost: linear in
// the text, whatever the expression is. Input may be any bytes.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "storage/base/result.h"

namespace re2 {
class RE2;
}

namespace stet::schema {

inline constexpr std::size_t kPatternBytesMax = 500;

class Pattern {
 public:
  // kInvalidInput says what is wrong with it.
  static Result<std::shared_ptr<const Pattern>> compile(std::string_view text);
  ~Pattern();

  bool is_found_in(std::string_view text) const;
  const std::string& text() const { return text_; }

 private:
  Pattern(std::string_view text, std::unique_ptr<re2::RE2> compiled);

  std::string text_;
  std::unique_ptr<re2::RE2> compiled_;
};
using PatternPtr = std::shared_ptr<const Pattern>;

}  // namespace stet::schema
