#include "cms/site/plain_pages.h"

#include <algorithm>
#include <cctype>

#include "cms/liquid/member.h"
#include "cms/site/entry_filter.h"
#include "cms/site/file_name.h"

namespace stet::site {
namespace {

using liquid::Type;
using liquid::Value;

constexpr std::string_view kLeftOut[] = {"README",
                                         "LICENSE",
                                         "LICENCE",
                                         "COPYING",
                                         "CODE_OF_CONDUCT",
                                         "CONTRIBUTING",
                                         "ISSUE_TEMPLATE",
                                         "PULL_REQUEST_TEMPLATE"};

bool is_option(const Config& config, std::string_view key, bool wanted) {
  Value settings = config.get("optional_front_matter");
  const Value* value = liquid::find_member(settings, key);
  return value && value->type() == Type::kBool && value->as_bool() == wanted;
}

bool is_included(std::string_view path, const Config& config) {
  std::vector<std::string> patterns = config.texts("include");
  return std::any_of(patterns.begin(), patterns.end(), [&](const std::string& pattern) {
    return matches_glob(pattern, path) || matches_glob(pattern, file_name_of(path));
  });
}

}  // namespace

bool is_plain_page(std::string_view path, const Config& config) {
  if (!config.has_plugin("jekyll-optional-front-matter")) return false;
  if (!config.is_markdown(extension_of(path)) || is_option(config, "enabled", false)) return false;
  if (config.flag("require_front_matter")) return false;
  std::string name(stem_of(path));
  std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) {
    return static_cast<char>(std::toupper(c));
  });
  bool is_left_out =
      std::find(std::begin(kLeftOut), std::end(kLeftOut), name) != std::end(kLeftOut);
  return !is_left_out || is_included(path, config);
}

bool removes_originals(const Config& config) { return is_option(config, "remove_originals", true); }

}  // namespace stet::site
