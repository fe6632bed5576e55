#include "cms/plugins/body_filters.h"

#include <algorithm>
#include <array>
#include <optional>

#include "cms/liquid/convert.h"
#include "cms/plugins/emoji.h"
#include "cms/plugins/html_texts.h"
#include "cms/plugins/mentions.h"
#include "cms/site/site.h"

namespace stet::plugins {
namespace {

using liquid::Value;
using site::View;

constexpr std::array<std::string_view, 3> kNoEmoji = {"pre", "code", "tt"};
constexpr std::array<std::string_view, 3> kNoMentions = {"pre", "code", "a"};

Value in(const Value& map, std::string_view key, View& view) {
  return map.is_nil() ? Value() : liquid::property(map, key, view, false);
}

struct Body {
  std::size_t begin = 0, end = 0;
};

// From behind <body> and the blanks there to </body>, or all; as the plugins look for it.
Body body_of(std::string_view html) {
  const std::size_t tag = html.find("<body");
  const std::size_t close = tag == html.npos ? html.npos : html.find('>', tag);
  if (close == html.npos) return {0, html.size()};
  const std::size_t begin = html.find_first_not_of(" \t\n\v\f\r", close + 1);
  if (begin == html.npos) return {html.size(), html.size()};
  return {begin, std::min(html.find("</body>", begin), html.size())};
}

std::string edited(const std::string& html,
                   Body body,
                   std::span<const std::string_view> left_alone,
                   const EditText& edit) {
  const std::string_view all = html;
  std::string result(all.substr(0, body.begin));
  result += with_edited_texts(all.substr(body.begin, body.end - body.begin), left_alone, edit);
  result += all.substr(body.end);
  return result;
}

std::string with_emoji(std::string html, View& view) {
  if (!has_emoji(html)) return html;
  const Value source = in(view.config("emoji"), "src", view);
  const std::string folder = source.is_string() ? std::string(source.as_string())
                                                : "https://github.githubassets.com/images/icons/";
  return edited(html, body_of(html), kNoEmoji, [&](std::string_view text, std::string& out) {
    append_with_emoji(text, folder, out);
  });
}

std::string with_mentions(std::string html, const site::Document& document, View& view) {
  if (html.find('@') == html.npos) return html;
  Value settings = document.get("jekyll-mentions", view);
  if (settings.type() == liquid::Type::kBool && !settings.is_truthy()) return html;
  if (settings.is_nil()) settings = view.config("jekyll-mentions");
  const Body body = body_of(html);
  if (!has_mention(std::string_view(html).substr(body.begin, body.end - body.begin))) return html;
  if (!settings.is_string()) settings = in(settings, "base_url", view);
  const std::string base =
      settings.is_string() ? std::string(settings.as_string()) : "https://github.com";
  return edited(html, body, kNoMentions, [&](std::string_view text, std::string& out) {
    append_with_mentions(text, base, out);
  });
}

}  // namespace

std::string with_body_filters(std::string html, const site::Document& document, View& view) {
  const site::Config& config = view.site().config();
  view.config("plugins");
  if (!config.has_plugin("jemoji") && !config.has_plugin("jekyll-mentions")) return html;
  const site::DocumentFacts& facts = document.facts();
  if (facts.output_extension != ".html" || !facts.is_written) return html;
  for (const std::string& plugin : config.plugins()) {
    if (plugin == "jemoji") html = with_emoji(std::move(html), view);
    if (plugin == "jekyll-mentions") html = with_mentions(std::move(html), document, view);
  }
  return html;
}

}  // namespace stet::plugins
