#include "cms/plugins/relative_links.h"

#include <algorithm>
#include <optional>

#include "cms/liquid/convert.h"
#include "cms/liquid/filters/escape.h"
#include "cms/liquid/filters/site_url.h"
#include "cms/liquid/filters/uri.h"
#include "cms/site/config_reads.h"
#include "cms/site/entry_filter.h"
#include "cms/site/site.h"
#include "storage/base/path_text.h"

namespace stet::plugins {
namespace {

using liquid::Value;
using site::View;

constexpr std::string_view kBlanks = " \t\r\n\f\v";

// Longer ones stay as they are: a text of brackets must cost no more than its length.
constexpr std::size_t kLinkBytesMax = 1024;

bool is_blank(char c) { return kBlanks.find(c) != std::string_view::npos; }

Value setting(std::string_view key, View& view) {
  Value settings = view.config("relative_links");
  return settings.is_nil() ? Value() : liquid::property(settings, key, view, false);
}

bool is(const Value& value, bool wanted) {
  return value.type() == liquid::Type::kBool && value.as_bool() == wanted;
}

// White space and a quoted title at the start of `text`; its length, 0 where there is none.
std::size_t title_length(std::string_view text) {
  std::size_t open = std::min(text.find_first_not_of(kBlanks), text.size());
  if (open == 0 || open == text.size() || text[open] != '"') return 0;
  for (std::size_t at = open + 1; at < text.size(); ++at) {
    if (text[at] == '"' && text[at - 1] != '\\') return at + 1;
  }
  return 0;
}

struct Target {
  std::string_view path, fragment, title;
  std::size_t end = 0;  // in the text, behind the last of them
};

// Up to `)`: "other.md", "#part" and a title.
std::optional<Target> inline_target(std::string_view text, std::size_t begin) {
  Target target;
  std::size_t close = text.find(')', begin);
  if (close == std::string_view::npos || close == begin) return std::nullopt;
  std::size_t at = begin + 1;
  for (; at < close && text[at] != '#' && !is_blank(text[at]); ++at) {
  }
  for (; at < close; ++at) {  // blanks that no title follows belong to the path
    if (text[at] == '#') break;
    if (std::size_t length = is_blank(text[at]) ? title_length(text.substr(at)) : 0) {
      if (at + length < text.size() && text[at + length] == ')') break;
    }
  }
  target.path = text.substr(begin, at - begin);
  std::size_t end = at;
  if (text[at] == '#') {
    end = close;
    for (std::size_t i = at; i < close; ++i) {
      std::size_t length = is_blank(text[i]) ? title_length(text.substr(i)) : 0;
      if (length == 0 || i + length >= text.size() || text[i + length] != ')') continue;
      end = i;
      break;
    }
    target.fragment = text.substr(at, end - at);
  }
  if (end < text.size() && text[end] != ')') {
    target.title = text.substr(end, title_length(text.substr(end)));
  }
  target.end = end + target.title.size() + 1;
  return target;
}

// The rest of a line: "other.md#part" and a title.
std::optional<Target> reference_target(std::string_view line, std::size_t begin) {
  std::size_t last = line.find_last_not_of(kBlanks);
  if (last == std::string_view::npos || last < begin) return std::nullopt;
  std::string_view rest = line.substr(begin, last + 1 - begin);
  Target target;
  std::size_t end = rest.size();
  for (std::size_t at = 1; at < rest.size(); ++at) {
    if (!is_blank(rest[at]) || title_length(rest.substr(at)) != rest.size() - at) continue;
    target.title = rest.substr(at);
    end = at;
    break;
  }
  std::size_t hash = std::min(rest.find('#', 1), end);
  target.path = rest.substr(0, hash);
  target.fragment = rest.substr(hash, end - hash);
  target.end = last + 1;
  return target;
}

class Links {
 public:
  Links(std::string_view text, const site::Document& document, View& view)
      : text_(text), document_(document), view_(view) {}

  std::string run() {
    std::size_t at = 0;
    while (at < text_.size()) {
      bool is_line_start = at == 0 || text_[at - 1] == '\n';
      if (is_line_start && take_reference(at)) continue;
      if (text_[at] == '[' && take_inline(at)) continue;
      out_ += text_[at++];
    }
    return std::move(out_);
  }

 private:
  // The URL that the link should have; none: it stays as it is.
  std::optional<std::string> url_of(std::string_view link) {
    if (link.starts_with('#')) return std::nullopt;
    auto uri = liquid::Uri::parse(link);
    if (uri && uri->is_absolute()) return std::nullopt;
    // None: it leaves the site.
    auto path =
        joined_path(link.starts_with('/') ? "" : parent_folder(document_.facts().shown_path), link);
    if (!path || path->empty()) return std::nullopt;
    std::string file = liquid::decode_form(*path);
    auto url = url_of_readme(file);
    if (!url) url = view_.link(file);
    if (!url) return std::nullopt;
    auto relative = liquid::relative_url(*url, liquid::to_text(view_.config("baseurl"), view_));
    return relative ? std::optional(*relative) : std::nullopt;
  }

  // Where jekyll-readme-index shows it, if it does.
  Result<std::string> url_of_readme(const std::string& file) {
    reads::NameId subject = view_.names().id_of(file + "#readme");
    for (std::string_view field : {"exists", "url"}) {
      view_.recorder().add(reads::Key(reads::Kind::kField, subject, view_.names().id_of(field)));
    }
    site::DocumentPtr page = view_.site().find_document(file + "#readme");
    if (!page) return not_found("no index");
    return page->facts().url;
  }

  bool take_inline(std::size_t& at) {
    std::string_view near = text_.substr(0, at + kLinkBytesMax);
    std::size_t line_end = std::min(near.find('\n', at), near.size());
    std::size_t middle = near.substr(0, line_end).find("](", at);
    if (middle == std::string_view::npos) return false;
    auto target = inline_target(near, middle + 2);
    if (!target) return false;
    auto url = url_of(target->path);
    if (url) {
      out_ += text_.substr(at, middle + 2 - at);
      out_ += *url;
      out_ += target->fragment;
      out_ += target->title;
      out_ += ')';
    } else {
      out_ += text_.substr(at, target->end - at);
    }
    at = target->end;
    return true;
  }

  bool take_reference(std::size_t& at) {
    std::size_t open = std::min(text_.find_first_not_of(" \t", at), text_.size());
    if (open == text_.size() || text_[open] != '[') return false;
    std::string_view near = text_.substr(0, open + kLinkBytesMax);
    std::string_view line = near.substr(0, near.find('\n', open));
    std::size_t middle = line.find("]: ", open);
    if (middle == std::string_view::npos || line.find("](", open) < middle) return false;
    auto target = reference_target(line, middle + 3);
    if (!target) return false;
    auto url = url_of(target->path);
    if (!url) return false;
    out_ += "\n" + std::string(text_.substr(open, middle + 3 - open)) + *url;
    out_ += target->fragment;
    out_ += target->title;
    at = target->end;
    return true;
  }

  const std::string_view text_;
  const site::Document& document_;
  View& view_;
  std::string out_;
};

}  // namespace

bool takes_relative_links(const site::Document& document, View& view) {
  const site::DocumentFacts& facts = document.facts();
  if (!site::has_plugin("jekyll-relative-links", view) || !facts.is_markdown) return false;
  if (is(setting("enabled", view), false)) return false;
  bool is_page = facts.collection.empty();
  if (!is_page && !(facts.is_written && is(setting("collections", view), true))) return false;
  for (const Value& pattern : liquid::items_of(setting("exclude", view), view)) {
    std::string text = liquid::to_text(pattern, view);
    if (site::matches_glob(text, facts.shown_path) || facts.shown_path.starts_with(text)) {
      return false;
    }
  }
  return true;
}

std::string with_page_links(std::string_view markdown, const site::Document& document, View& view) {
  return Links(markdown, document, view).run();
}

}  // namespace stet::plugins
