#include <algorithm>

#include "cms/liquid/parser.h"
#include "cms/liquid/renderer.h"
#include "cms/liquid/scan.h"
#include "cms/liquid/tags/registry.h"
#include "storage/base/utf8.h"

namespace stet::liquid {
namespace {

constexpr std::size_t kMarkupBytesMax = 200;  // of what messages quote

std::string_view trim_line_ends(std::string_view text) {
  constexpr std::string_view kLineEnds = "\r\n";
  const std::size_t begin = text.find_first_not_of(kLineEnds);
  if (begin == kNone) return {};
  return text.substr(begin, text.find_last_not_of(kLineEnds) - begin + 1);
}

std::string_view chomp(std::string_view text) {
  if (text.ends_with('\n')) text.remove_suffix(1);
  if (text.ends_with('\r')) text.remove_suffix(1);
  return text;
}

// Rouge's HTMLTable: the numbers in one cell, the lines in the other.
std::string numbered(std::string_view code, std::string html) {
  auto lines = std::count(code.begin(), code.end(), '\n');
  if (!code.ends_with('\n')) {
    ++lines;
    html += '\n';
  }
  std::string table =
      "<table class=\"rouge-table\"><tbody><tr><td class=\"gutter gl\"><pre class=\"lineno\">";
  for (std::ptrdiff_t line = 1; line <= lines; ++line) table += std::to_string(line) + "\n";
  return table + "</pre></td><td class=\"code\"><pre>" + html + "</pre></td></tr></tbody></table>";
}

class Highlight final : public Tag {
 public:
  Highlight(std::string_view language, bool has_numbers, Block body)
      : language_(language), body_(body), has_numbers_(has_numbers) {}

  void render(Renderer& renderer) const override {
    const std::string body = renderer.capture(body_);
    if (renderer.failed()) return;
    const std::string_view code = trim_line_ends(body);
    std::string html = renderer.host().highlight(code, language_);
    if (has_numbers_) html = numbered(code, std::move(html));
    html = renderer.host().highlighted_lines(std::move(html));
    std::string css_language(language_);
    std::replace(css_language.begin(), css_language.end(), '+', '-');
    renderer.append(renderer.find(kPrefix));
    renderer.write("<figure class=\"highlight\"><pre><code class=\"language-" + css_language +
                   "\" data-lang=\"" + std::string(language_) + "\">");
    renderer.write(chomp(html));
    renderer.write("</code></pre></figure>");
    renderer.append(renderer.find(kSuffix));
  }

 private:
  // Jekyll sets a newline around blocks in Markdown files.
  static constexpr Name kPrefix{"highlighter_prefix"};
  static constexpr Name kSuffix{"highlighter_suffix"};

  std::string_view language_;
  Block body_;
  bool has_numbers_;
};

bool is_language(char c) { return is_segment(c) || c == '.' || c == '+' || c == '#'; }

// \s+\w+(=(\w+|"[0-9 ]+"))?, over and over; none where anything else stands there
std::optional<bool> has_line_numbers(std::string_view options) {
  bool found = false;
  for (std::size_t at = 0; at < options.size();) {
    const std::size_t begin = skip_spaces(options, at);
    std::size_t end = skip_word(options, begin);
    if (begin == at || end == begin) return std::nullopt;
    found = found || options.substr(begin, end - begin) == "linenos";
    if (end < options.size() && options[end] == '=') {
      const std::size_t value = end + 1;
      end = quoted_string(options, value);
      if (end == kNone) end = skip_word(options, value);
      if (end == value) return std::nullopt;
    }
    at = end;
  }
  return found;
}

}  // namespace

std::optional<ParsedTag> parse_highlight(Parser& parser, const TagMarkup& tag) {
  const std::string_view markup = trim(tag.markup);
  std::size_t end = 0;
  while (end < markup.size() && is_language(markup[end])) ++end;
  const std::optional<bool> has_numbers = has_line_numbers(markup.substr(end));
  if (end == 0 || !has_numbers) {
    return parser.fail(tag,
                       "Syntax Error in tag 'highlight' while parsing the following markup: " +
                           printable(markup, kMarkupBytesMax) +
                           ". Valid syntax: highlight <lang> [linenos]");
  }
  std::string language(markup.substr(0, end));
  for (char& c : language) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  const std::optional<Block> body = parser.body_of(tag);
  if (!body) return std::nullopt;
  const std::string_view kept = parser.arena().keep(std::string_view(language));
  return ParsedTag{.tag = parser.arena().make<Highlight>(kept, *has_numbers, *body),
                   .is_blank = body->is_blank,
                   .is_block = true};
}

}  // namespace stet::liquid
