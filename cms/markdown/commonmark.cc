#include "cms/markdown/commonmark.h"

#include <optional>

#include "cms/markdown/commonmark_cost.h"
#include "cms/markdown/commonmark_parser.h"
#include "cms/markdown/commonmark_writer.h"

namespace stet::markdown {
namespace {

constexpr std::string_view kLineMark = "<br data-jekyll-commonmark-ghpages>";

std::string replaced(std::string_view text, std::string_view old, std::string_view by) {
  std::string result;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t next = std::min(text.find(old, at), text.size());
    result += text.substr(at, next - at);
    if (next < text.size()) result += by;
    at = next == text.size() ? next + 1 : next + old.size();
  }
  return result;
}

}  // namespace

std::string render_commonmark(std::string_view markdown,
                              const CommonmarkOptions& options,
                              Problems& problems) {
  if (std::optional<Problem> problem = too_costly(markdown, options)) {
    problems.push_back(std::move(*problem));
    return "";
  }
  const NodeOwner root = parse_commonmark(markdown, options);
  std::string html = write_commonmark(root.get(), options);
  return options.is_of_github_pages ? replaced(html, kLineMark, "\n") : html;
}

std::string with_line_marks(std::string_view html) {
  return replaced(replaced(html, "\r\n", "\n"), "\n", kLineMark);
}

}  // namespace stet::markdown
