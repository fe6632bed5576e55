#include "cms/plugins/tags.h"

#include <algorithm>

#include "cms/liquid/convert.h"
#include "cms/liquid/filters/escape.h"
#include "cms/liquid/filters/moment.h"
#include "cms/liquid/filters/site_url.h"
#include "cms/liquid/filters/words.h"
#include "cms/plugins/seo_tag.h"
#include "cms/site/config_reads.h"
#include "cms/site/document.h"
#include "cms/site/site.h"

namespace stet::plugins {
namespace {

using liquid::Value;
using site::View;

struct TagOf {
  std::string_view tag, plugin;
};

constexpr TagOf kTags[] = {
    {"feed_meta", "jekyll-feed"},
    {"gist", "jekyll-gist"},
    {"last_modified_at", "jekyll-last-modified-at"},
    {"seo", "jekyll-seo-tag"},
};

Value in(const Value& map, std::string_view key, View& view) {
  return map.is_nil() ? Value() : liquid::property(map, key, view, false);
}

std::string in_quotes(const std::string& text) { return "\"" + liquid::escape_html(text) + "\""; }

std::string feed_meta(View& view) {
  Value path = in(view.config("feed"), "path", view);
  Value title = view.config("title");
  if (!title.is_truthy()) title = view.config("name");
  std::string address = path.is_truthy() ? liquid::to_text(path, view) : "feed.xml";
  auto url = liquid::absolute_url(address,
                                  liquid::to_text(view.config("url"), view),
                                  liquid::to_text(view.config("baseurl"), view));
  std::string html = "<link type=\"application/atom+xml\" rel=\"alternate\" href=" +
                     in_quotes(url ? *url : address);
  if (title.is_truthy()) html += " title=" + in_quotes(liquid::to_text(title, view));
  return html + " />";
}

// Without what the plugin fetches for readers without scripts: rendering opens no connections.
Result<std::string> gist(std::string_view markup) {
  std::vector<std::string_view> words = liquid::split_words(markup);
  if (words.empty()) {
    return invalid_input(
        "Syntax error in tag 'gist': it needs the id of a gist; write {% gist user/1234567 %} or "
        "{% gist user/1234567 file.js %}");
  }
  std::string url = "https://gist.github.com/" + std::string(words[0]) + ".js";
  if (words.size() > 1) url += "?file=" + std::string(words[1]);
  return "<script src=\"" + url + "\"> </script>";
}

std::string last_modified(std::string_view markup, View& view) {
  const site::Document* current = view.current();
  Value when = current ? current->get("last_modified_at", view) : Value();
  auto moment = liquid::moment_of(when, view);
  if (!moment) return "";
  std::string format;
  for (std::string_view word : liquid::split_words(markup)) {
    format += (format.empty() ? "" : " ") + std::string(word);
  }
  Value own = in(view.config("last-modified-at"), "date-format", view);
  if (format.empty()) format = own.is_truthy() ? liquid::to_text(own, view) : "%d-%b-%y";
  return liquid::print("date", format, *moment, view);
}

}  // namespace

Result<std::string> tag_text(std::string_view name,
                             std::string_view markup,
                             const Value& paginator,
                             View& view) {
  const TagOf* tag = std::find_if(
      std::begin(kTags), std::end(kTags), [&](const TagOf& t) { return t.tag == name; });
  if (tag == std::end(kTags) || !site::has_plugin(tag->plugin, view)) {
    std::string plugin(tag == std::end(kTags) ? "its plugin" : tag->plugin);
    return not_found("Unknown tag '" + std::string(name) + "'; name " + plugin +
                     " under plugins: in _config.yml");
  }
  if (name == "feed_meta") return feed_meta(view);
  if (name == "gist") return gist(markup);
  if (name == "last_modified_at") return last_modified(markup, view);
  return seo_tag(markup, paginator, view);
}

}  // namespace stet::plugins
