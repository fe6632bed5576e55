#include "cms/markdown/render.h"

#include <string>

#include "cms/markdown/commonmark.h"
#include "cms/markdown/html_writer.h"
#include "cms/markdown/kramdown_reader.h"

namespace stet::markdown {
namespace {

Problem too_long(std::size_t bytes) {
  return {Severity::kError,
          "",
          1,
          1,
          "the text has " + std::to_string(bytes) + " bytes of Markdown, and at most " +
              std::to_string(source_bytes_max) + " are rendered; split it into several pages"};
}

// What is wrong everywhere is told often enough.
void shorten(Problems& problems) {
  constexpr std::size_t kProblemsMax = 100;
  if (problems.size() <= kProblemsMax) return;
  const std::size_t left_out = problems.size() - kProblemsMax;
  problems.resize(kProblemsMax);
  problems.push_back({Severity::kWarning,
                      "",
                      0,
                      0,
                      "this text has " + std::to_string(left_out) + " more problems of this kind"});
}

// Line feeds alone end lines; what C's strings cannot hold is U+FFFD.
std::string with_line_feeds(std::string_view source) {
  const bool is_clean = source.find('\r') == source.npos && source.find('\0') == source.npos;
  if (is_clean) return std::string(source);
  std::string text;
  text.reserve(source.size());
  for (std::size_t i = 0; i < source.size(); ++i) {
    if (source[i] == '\0') {
      text += "\uFFFD";
    } else if (source[i] != '\r') {
      text += source[i];
    } else if (i + 1 == source.size() || source[i + 1] != '\n') {
      text += '\n';
    }
  }
  return text;
}

}  // namespace

Html render(std::string_view markdown, const Options& options) {
  Html result;
  if (markdown.size() > source_bytes_max) {
    result.problems.push_back(too_long(markdown.size()));
  } else if (!options.is_kramdown) {
    result.html = render_commonmark(markdown, options.commonmark, result.problems);
  } else {
    result.html = write_html(read_kramdown(with_line_feeds(markdown), options, result.problems));
  }
  shorten(result.problems);
  return result;
}

}  // namespace stet::markdown
