#include "cms/site/plugins.h"

#include <algorithm>

namespace stet::site {
namespace {

constexpr std::string_view kBuiltIn[] = {
    "github-pages",
    "jekyll-archives",
    "jekyll-coffeescript",
    "jekyll-commonmark",
    "jekyll-commonmark-ghpages",
    "jekyll-default-layout",
    "jekyll-feed",
    "jekyll-gist",
    "jekyll-github-metadata",
    "jekyll-include-cache",
    "jekyll-last-modified-at",
    "jekyll-mentions",
    "jekyll-optional-front-matter",
    "jekyll-paginate",
    "jekyll-readme-index",
    "jekyll-redirect-from",
    "jekyll-relative-links",
    "jekyll-remote-theme",
    "jekyll-sass-converter",
    "jekyll-seo-tag",
    "jekyll-sitemap",
    "jekyll-titles-from-headings",
    "jekyll-watch",
    "jemoji",
    "kramdown-parser-gfm",
};

// Those of GitHub Pages' own configuration.
constexpr std::string_view kOfGitHubPages[] = {
    "jekyll-default-layout",
    "jekyll-gist",
    "jekyll-github-metadata",
    "jekyll-optional-front-matter",
    "jekyll-paginate",
    "jekyll-readme-index",
    "jekyll-titles-from-headings",
    "jekyll-relative-links",
};

struct Lack {
  std::string_view plugin, what;
};

constexpr Lack kKnownLacks[] = {
    {"jekyll-admin", "its editor at /admin"},
    {"jekyll-assets", "its asset tags and their files"},
    {"jekyll-avatar", "the tag 'avatar'"},
    {"jekyll-compose", "commands that write files; no page"},
    {"jekyll-last-commit", "the fields of a file's last commit"},
    {"jekyll-minifier", "smaller files; pages are as they are without it"},
    {"jekyll-paginate-v2", "pages of its pagination and auto pages"},
    {"jekyll-polyglot", "pages in other languages"},
    {"jekyll-scholar", "bibliographies and its tags"},
    {"jekyll-spaceship", "what it makes of Markdown"},
    {"jekyll-target-blank", "links that open a new window"},
    {"jekyll-tidy", "tidied HTML; pages are as they are without it"},
    {"jekyll-toc", "the tag and filters 'toc'"},
    {"jekyll_picture_tag", "the tag 'picture'"},
};

template <typename List, typename Item>
bool is_in(const List& list, const Item& item) {
  return std::find(std::begin(list), std::end(list), item) != std::end(list);
}

}  // namespace

std::vector<std::string> switched_on(const std::vector<std::string>& named, bool is_github_pages) {
  std::vector<std::string> plugins;
  for (const std::string& name : named) {
    if (!is_in(plugins, name)) plugins.push_back(name);
  }
  if (!is_github_pages && !is_in(named, "github-pages")) return plugins;
  for (std::string_view name : kOfGitHubPages) {
    if (!is_in(plugins, name)) plugins.emplace_back(name);
  }
  return plugins;
}

std::string lack_of(std::string_view plugin) {
  if (is_in(kBuiltIn, plugin)) return "";
  for (const Lack& lack : kKnownLacks) {
    if (lack.plugin == plugin) return std::string(lack.what);
  }
  return "its tags, filters and pages";
}

}  // namespace stet::site
