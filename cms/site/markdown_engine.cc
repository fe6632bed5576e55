#include "cms/site/markdown_engine.h"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

#include "cms/liquid/member.h"

namespace stet::site {
namespace {

using liquid::Type;
using liquid::Value;

constexpr std::array<std::string_view, 13> kOptions = {"DEFAULT",
                                                       "SOURCEPOS",
                                                       "UNSAFE",
                                                       "VALIDATE_UTF8",
                                                       "SMART",
                                                       "LIBERAL_HTML_TAG",
                                                       "FOOTNOTES",
                                                       "STRIKETHROUGH_DOUBLE_TILDE",
                                                       "HARDBREAKS",
                                                       "NOBREAKS",
                                                       "GITHUB_PRE_LANG",
                                                       "TABLE_PREFER_STYLE_ATTRIBUTES",
                                                       "FULL_INFO_STRING"};

constexpr std::array<std::string_view, 5> kExtensions = {
    "table", "strikethrough", "autolink", "tagfilter", "tasklist"};

std::string changed_case(std::string_view text, char first, char last) {
  std::string result(text);
  for (char& c : result) c = c >= first && c <= last ? static_cast<char>(c ^ 0x20) : c;
  return result;
}

std::string in_capitals(std::string_view text) { return changed_case(text, 'a', 'z'); }
std::string in_small(std::string_view text) { return changed_case(text, 'A', 'Z'); }

// A list of strings; anything else among them, and the plugin takes none.
std::vector<std::string> words(const Value& commonmark, std::string_view key) {
  std::vector<std::string> words;
  const Value* list = liquid::find_member(commonmark, key);
  if (!list || list->type() != Type::kArray) return words;
  for (const Value& item : list->as_array().items) {
    if (!item.is_string()) return {};
    words.emplace_back(item.as_string());
  }
  return words;
}

void keep_known(std::vector<std::string>& words,
                std::span<const std::string_view> known,
                const std::string& path,
                std::string_view kind,
                Problems& problems) {
  std::erase_if(words, [&](const std::string& word) {
    if (std::find(known.begin(), known.end(), word) != known.end()) return false;
    std::string message =
        "commonmark: '" + word + "' is no " + std::string(kind) + " of CommonMark; ";
    for (std::size_t i = 0; i < known.size(); ++i) {
      message += (i == 0 ? "those known are " : ", ") + std::string(known[i]);
    }
    problems.push_back({Severity::kWarning, path, 0, 0, std::move(message)});
    return true;
  });
}

}  // namespace

MarkdownEngine markdown_engine_of(const liquid::Hash& config,
                                  bool is_github_pages,
                                  const std::string& path,
                                  Problems& problems) {
  const Value* named = config.find("markdown");
  const std::string name =
      named && named->is_string() ? std::string(named->as_string()) : "kramdown";
  const std::string small = in_small(name);
  if (small == "gfm") {
    return {.is_commonmark = true,
            .is_of_github_pages = true,
            .options = {"UNSAFE", "FOOTNOTES"},
            .extensions = {"table", "strikethrough", "autolink", "tagfilter"}};
  }
  MarkdownEngine engine;
  engine.is_of_github_pages = small == "commonmarkghpages";
  engine.is_commonmark = engine.is_of_github_pages || (small == "commonmark" && !is_github_pages);
  if (!engine.is_commonmark) {
    if (small != "kramdown") {
      problems.push_back(
          {Severity::kWarning,
           path,
           0,
           0,
           "markdown: '" + name +
               (small == "commonmark"
                    ? "' is not what GitHub Pages builds with, and kramdown is read; "
                      "write GFM or CommonMarkGhPages"
                    : "' is not built in, and kramdown is read; there are kramdown, "
                      "CommonMark, CommonMarkGhPages and GFM")});
    }
    return engine;
  }
  const Value* commonmark = config.find("commonmark");
  const Value settings = commonmark ? *commonmark : Value();
  engine.options = words(settings, "options");
  for (std::string& option : engine.options) option = in_capitals(option);
  engine.extensions = words(settings, "extensions");
  keep_known(engine.options, kOptions, path, "option", problems);
  keep_known(engine.extensions, kExtensions, path, "extension", problems);
  return engine;
}

}  // namespace stet::site
