#include "api/routes/inner_links.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "api/http/headers.h"

namespace stet::api {
namespace {

constexpr auto kLinkAttributes = std::to_array<std::string_view>(
    {"href", "src", "action", "formaction", "poster", "data", "background", "cite", "xlink:href"});

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

std::size_t skip_blanks(std::string_view text, std::size_t at) {
  while (at < text.size() && is_blank(text[at])) ++at;
  return at;
}

// Appends the link as it is within the place.
void add_link(std::string& out, std::string_view link, const Place& place) {
  std::size_t begin = skip_blanks(link, 0);
  std::string_view target = link.substr(begin);
  bool is_own = !place.url.empty() && target.starts_with(place.url) &&
                (target.size() == place.url.size() || target[place.url.size()] == '/');
  if (is_own) target.remove_prefix(place.url.size());
  bool is_from_root = target.starts_with('/') && !target.starts_with("//");
  if (is_from_root || is_own) {
    out.append(place.prefix).append(target.empty() ? "/" : target);
  } else {
    out += link;
  }
}

// "/a.png 1x, /b.png 2x".
void add_sources(std::string& out, std::string_view sources, const Place& place) {
  for (std::size_t at = 0; at < sources.size();) {
    std::size_t begin = skip_blanks(sources, at);
    out += sources.substr(at, begin - at);
    std::size_t end = begin;
    while (end < sources.size() && !is_blank(sources[end])) ++end;
    std::size_t comma = sources.find(',', end);
    bool ends_in_comma = end > begin && sources[end - 1] == ',';
    std::size_t next = ends_in_comma || comma == std::string_view::npos
                           ? (ends_in_comma ? end : sources.size())
                           : comma + 1;
    add_link(out, sources.substr(begin, end - begin), place);
    out += sources.substr(end, next - end);
    at = next;
  }
}

struct Attribute {
  std::size_t name_begin, name_end, value_begin, value_end;  // of the text
};

// The next attribute of a tag that is read from `at` on; false at the tag's end, where `at` is
// then.
bool next_attribute(std::string_view html, std::size_t& at, Attribute& found) {
  while (at < html.size() && (is_blank(html[at]) || html[at] == '/')) ++at;
  if (at >= html.size() || html[at] == '>') return false;
  found.name_begin = at++;
  while (at < html.size() && !is_blank(html[at]) && html[at] != '=' && html[at] != '>' &&
         html[at] != '/') {
    ++at;
  }
  found.name_end = found.value_begin = found.value_end = at;
  std::size_t sign = skip_blanks(html, at);
  if (sign >= html.size() || html[sign] != '=') return true;
  at = skip_blanks(html, sign + 1);
  if (at < html.size() && (html[at] == '"' || html[at] == '\'')) {
    char quote = html[at];
    found.value_begin = at + 1;
    found.value_end = std::min(html.find(quote, at + 1), html.size());
    at = std::min(found.value_end + 1, html.size());
    return true;
  }
  found.value_begin = at;
  while (at < html.size() && !is_blank(html[at]) && html[at] != '>') ++at;
  found.value_end = at;
  return true;
}

void add_value(std::string& out,
               std::string_view name,
               std::string_view value,
               const Place& place) {
  auto is_name = [&](std::string_view known) { return http::equal_without_case(name, known); };
  if (std::any_of(kLinkAttributes.begin(), kLinkAttributes.end(), is_name)) {
    add_link(out, value, place);
  } else if (is_name("srcset") || is_name("imagesrcset")) {
    add_sources(out, value, place);
  } else if (is_name("style")) {
    out += with_inner_urls(value, place);
  } else {
    out += value;
  }
}

bool starts_with_word(std::string_view text, std::string_view word) {
  return http::equal_without_case(text.substr(0, word.size()), word);
}

// The quotation mark at the start of a sheet's text, which may be that of an attribute where it is
// escaped; "" if there is none.
std::string_view quote_of(std::string_view text) {
  for (std::string_view quote :
       {"\"", "'", "&quot;", "&apos;", "&#34;", "&#39;", "&#x22;", "&#x27;"}) {
    if (text.starts_with(quote)) return quote;
  }
  return "";
}

// Of a raw element ("script") that begins before `at`: where its end tag begins.
std::size_t end_of_raw(std::string_view html, std::size_t at, std::string_view name) {
  for (; (at = html.find("</", at)) != std::string_view::npos; at += 2) {
    if (starts_with_word(html.substr(at + 2), name)) return at;
  }
  return html.size();
}

}  // namespace

std::string with_inner_links(std::string_view html, const Place& place) {
  std::string out;
  out.reserve(html.size() + html.size() / 8);
  for (std::size_t at = 0; at < html.size();) {
    std::size_t open = std::min(html.find('<', at), html.size());
    out += html.substr(at, open - at);
    at = open;
    if (html.substr(at).starts_with("<!--")) {
      std::size_t end = html.find("-->", at + 4);
      end = end == std::string_view::npos ? html.size() : end + 3;
      out += html.substr(at, end - at);
      at = end;
      continue;
    }
    bool is_tag = at + 1 < html.size() && std::isalpha(static_cast<unsigned char>(html[at + 1]));
    if (!is_tag) {
      if (at < html.size()) out += html[at++];
      continue;
    }
    std::size_t copied = at++;
    std::size_t name = at;
    while (at < html.size() && !is_blank(html[at]) && html[at] != '>' && html[at] != '/') ++at;
    std::string_view tag = html.substr(name, at - name);
    for (Attribute found{}; next_attribute(html, at, found);) {
      out += html.substr(copied, found.value_begin - copied);
      add_value(out,
                html.substr(found.name_begin, found.name_end - found.name_begin),
                html.substr(found.value_begin, found.value_end - found.value_begin),
                place);
      copied = found.value_end;
    }
    at = std::min(at + 1, html.size());
    out += html.substr(copied, at - copied);
    bool is_style = http::equal_without_case(tag, "style");
    if (!is_style && !http::equal_without_case(tag, "script")) continue;
    std::size_t end = end_of_raw(html, at, tag);
    std::string_view raw = html.substr(at, end - at);
    out += is_style ? with_inner_urls(raw, place) : std::string(raw);
    at = end;
  }
  return out;
}

std::string with_inner_urls(std::string_view css, const Place& place) {
  constexpr std::string_view kUrl = "url(", kImport = "@import";
  std::string out;
  out.reserve(css.size() + css.size() / 16);
  for (std::size_t at = 0; at < css.size();) {
    std::size_t mark = std::min(css.find_first_of("u@U", at), css.size());
    out += css.substr(at, mark - at);
    at = mark;
    std::string_view rest = css.substr(at);
    std::string_view word = starts_with_word(rest, kUrl) ? kUrl
                            : starts_with_word(rest, kImport)
                                ? kImport
                                : rest.substr(0, rest.empty() ? 0 : 1);
    out += word;
    at += word.size();
    if (word.size() == 1 || rest.empty()) continue;
    std::size_t begin = skip_blanks(css, at);
    std::string_view quote = quote_of(css.substr(begin));
    if (word == kImport && quote.empty()) continue;
    begin += quote.size();
    std::size_t end = std::min(css.find(quote.empty() ? ")" : quote, begin), css.size());
    if (begin > end) continue;
    out += css.substr(at, begin - at);
    add_link(out, css.substr(begin, end - begin), place);
    at = end;
  }
  return out;
}

}  // namespace stet::api
