#include "cms/markdown/commonmark_code.h"

#include <algorithm>

#include "cms/highlight/guess.h"
#include "cms/highlight/highlight.h"
#include "cms/markdown/code_format.h"
#include "cms/markdown/html_text.h"

namespace stet::markdown {
namespace {

std::string quoted(std::string_view text) {
  std::string html;
  append_escaped(html, text);
  for (std::size_t at = 0; (at = html.find('"', at)) != html.npos;) html.replace(at, 1, "&quot;");
  return html;
}

// "ruby" of "ruby?option=1"; "guess" asks the code.
std::string lexer_of(std::string_view language, std::string_view code) {
  const std::string_view name = language.substr(0, language.find('?'));
  return std::string(name.empty() || name == "guess" ? highlight::guess_language(code) : name);
}

std::string language_attribute(std::string_view name, std::string_view language) {
  return language.empty() ? "" : " " + std::string(name) + "=\"" + quoted(language) + "\"";
}

CommonmarkCode plain(std::string_view language,
                     std::string_view code,
                     const std::string& position,
                     bool has_pre_language) {
  std::string html = "<div class=\"";
  if (!language.empty()) html += "language-" + quoted(language) + " ";
  html += "highlighter-rouge\"><div class=\"highlight\"><pre" + position + " class=\"highlight\"";
  const std::string attribute = language_attribute("data-lang", language);
  html += has_pre_language ? attribute + "><code>" : "><code" + attribute + ">";
  html += highlight::to_html(lexer_of(language, code), code);
  return {html + "</code></pre></div></div>", true};
}

CommonmarkCode of_github_pages(std::string_view language,
                               std::string_view code,
                               const std::string& position,
                               bool has_pre_language) {
  const std::string lexer = language.empty() ? "" : lexer_of(language, code);
  if (highlight::is_known_language(lexer)) {
    return {"<div class=\"language-" + quoted(language) + " highlighter-rouge\">" +
                format_code(code, highlight::to_html(lexer, code), CodeFormat()) + "</div>",
            true};
  }
  std::string html = "<pre" + position;
  if (has_pre_language) {
    html += language_attribute("lang", language) + "><code>";
  } else {
    html += "><code";
    if (!language.empty()) html += " class=\"language-" + quoted(language) + "\"";
    html += '>';
  }
  return {html + quoted(code) + "</code></pre>", false};
}

}  // namespace

CommonmarkCode commonmark_code(std::string_view info,
                               std::string_view code,
                               const std::string& position,
                               const CommonmarkOptions& options) {
  std::string_view ends = " \t\n\v\f\r";
  if (options.is_of_github_pages) ends = " \t\n\v\f\r,";
  const std::string_view language = info.substr(0, info.find_first_of(ends));
  return options.is_of_github_pages
             ? of_github_pages(language, code, position, options.has_pre_language)
             : plain(language, code, position, options.has_pre_language);
}

}  // namespace stet::markdown
