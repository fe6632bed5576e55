#include "cms/markdown/commonmark_options.h"

#include <algorithm>
#include <array>

namespace stet::markdown {
namespace {

struct Word {
  std::string_view name;
  bool CommonmarkOptions::*flag;  // null: known, and without an effect on what Jekyll writes
};

constexpr std::array<Word, 13> kOptions = {{
    {"DEFAULT", nullptr},
    {"FOOTNOTES", &CommonmarkOptions::has_footnotes},
    {"FULL_INFO_STRING", nullptr},
    {"GITHUB_PRE_LANG", &CommonmarkOptions::has_pre_language},
    {"HARDBREAKS", &CommonmarkOptions::has_hard_breaks},
    {"LIBERAL_HTML_TAG", &CommonmarkOptions::has_liberal_tags},
    {"NOBREAKS", &CommonmarkOptions::has_no_breaks},
    {"SMART", &CommonmarkOptions::is_smart},
    {"SOURCEPOS", &CommonmarkOptions::has_positions},
    {"STRIKETHROUGH_DOUBLE_TILDE", &CommonmarkOptions::has_double_tildes},
    {"TABLE_PREFER_STYLE_ATTRIBUTES", nullptr},
    {"UNSAFE", &CommonmarkOptions::is_unsafe},
    {"VALIDATE_UTF8", &CommonmarkOptions::is_utf8_checked},
}};

constexpr std::array<Word, 5> kExtensions = {{
    {"autolink", &CommonmarkOptions::has_autolinks},
    {"strikethrough", &CommonmarkOptions::has_strikethrough},
    {"table", &CommonmarkOptions::has_tables},
    {"tagfilter", &CommonmarkOptions::has_tag_filter},
    {"tasklist", &CommonmarkOptions::has_tasks},
}};

template <typename Words>
bool set(CommonmarkOptions& options, const Words& words, std::string_view name) {
  const auto word =
      std::find_if(words.begin(), words.end(), [&](const Word& w) { return w.name == name; });
  if (word == words.end()) return false;
  if (word->flag != nullptr) options.*word->flag = true;
  return true;
}

}  // namespace

bool set_commonmark_option(CommonmarkOptions& options, std::string_view name) {
  return set(options, kOptions, name);
}

bool set_commonmark_extension(CommonmarkOptions& options, std::string_view name) {
  return set(options, kExtensions, name);
}

}  // namespace stet::markdown
