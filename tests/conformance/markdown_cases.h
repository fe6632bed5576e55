// The foreign Markdown suites: kramdown's own test inputs, and code blocks as Rouge marks them up.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "storage/base/result.h"

namespace stet::markdown {

struct MarkdownCase {
  std::string name;
  std::string source;
  std::string expected;  // HTML
  std::string actual;
  bool has_passed = false;
};

struct MarkdownSuite {
  std::string name;
  std::vector<MarkdownCase> cases;

  std::size_t passed() const;
};

// `folder` holds the suites of all kinds. HTML is compared in its normal form (normal_html.h): what
// a browser sees is the same. Of rouge.json, what is around the code and the code's text are
// compared; the spans of its tokens are the highlighter's, and have a test there.
Result<std::vector<MarkdownSuite>> run_markdown_suites(const std::string& folder);

}  // namespace stet::markdown
