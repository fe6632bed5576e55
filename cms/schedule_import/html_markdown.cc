// HTML as Markdown: what both have stays, the rest goes.

#include <algorithm>
#include <cstdint>

#include "cms/schedule_import/clean_text.h"
#include "cms/schedule_import/markup.h"

namespace stet::schedule_import {
namespace {

constexpr std::size_t kListsMax = 8;

bool is_any_of(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// Elements that go with what they hold.
bool is_dropped_whole(std::string_view name) {
  return is_any_of(name,
                   {"script",
                    "style",
                    "iframe",
                    "object",
                    "svg",
                    "math",
                    "head",
                    "template",
                    "noscript",
                    "textarea",
                    "select",
                    "title"});
}

class Writer {
 public:
  Writer(std::string_view html, bool text_is_markdown)
      : html_(html), text_is_markdown_(text_is_markdown), tags_(html) {}

  std::string run() {
    std::size_t at = 0;
    while (at < html_.size()) {
      if (html_[at] == '<') {
        if (std::size_t behind = tags_.behind_comment(at); behind != html_.npos) {
          at = behind;
          continue;
        }
        if (auto tag = tags_.tag(at)) {
          at = tag->end;
          if (!tag->is_end && is_dropped_whole(tag->name)) at = tags_.behind_end_of(tag->name, at);
          take(*tag);
          continue;
        }
      }
      std::size_t end = std::min(html_.find('<', at + 1), html_.size());
      add_text(html_.substr(at, end - at));
      at = end;
    }
    while (!links_.empty()) close_link();
    for (std::string_view mark : open_) out_ += mark;
    return std::string(trimmed(out_));
  }

 private:
  void take(const Tag& tag) {
    if (is_any_of(tag.name, {"b", "strong"})) return mark("**", tag.is_end);
    if (is_any_of(tag.name, {"i", "em", "cite"})) return mark("*", tag.is_end);
    if (tag.name == "a") return tag.is_end ? close_link() : open_link(tag);
    if (tag.name == "img" && !tag.is_end) return add_image(tag);
    if (tag.name == "br") {
      if (!out_.empty()) hard_break_ = true;
      return;
    }
    if (is_any_of(tag.name, {"ul", "ol"})) return change_list(tag);
    if (tag.name == "li") {
      break_to(1);
      if (!tag.is_end) has_item_ = true;
      return;
    }
    if (is_any_of(tag.name,
                  {"p",
                   "div",
                   "h1",
                   "h2",
                   "h3",
                   "h4",
                   "h5",
                   "h6",
                   "table",
                   "tr",
                   "section",
                   "article",
                   "blockquote",
                   "pre",
                   "dl",
                   "dt",
                   "dd",
                   "hr",
                   "figure"})) {
      break_to(2);
    }
  }

  void mark(std::string_view mark, bool is_end) {
    auto open = std::find(open_.rbegin(), open_.rend(), mark);
    if (!is_end) {
      if (open == open_.rend()) waiting_.push_back(mark);
      return;
    }
    auto waiting = std::find(waiting_.begin(), waiting_.end(), mark);
    if (waiting != waiting_.end()) {
      waiting_.erase(waiting);
    } else if (open != open_.rend()) {
      close(mark);
      open_.erase(std::next(open).base());
    }
  }

  // Emphasis ends at a word: a blank before it goes behind it.
  void close(std::string_view closing) {
    bool has_blank = out_.ends_with(' ');
    while (out_.ends_with(' ')) out_.pop_back();
    out_ += closing;
    if (has_blank) out_ += ' ';
  }

  void open_link(const Tag& tag) {
    std::string url(trimmed(tag.attribute("href")));
    bool is_good = !url.empty() && is_harmless_url(url) && links_.empty();
    if (!is_good) return;
    prepare();
    out_ += '[';
    links_.push_back(std::move(url));
  }

  void close_link() {
    if (links_.empty()) return;
    std::string url;
    for (char c : links_.back()) {
      constexpr char kDigits[] = "0123456789ABCDEF";
      bool is_plain = !is_blank(c) && c != '(' && c != ')' && c != '<' && c != '>' && c != '"';
      auto byte = static_cast<unsigned char>(c);
      if (is_plain) {
        url += c;
      } else {
        url += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
      }
    }
    close("](" + url + ")");
    links_.pop_back();
  }

  void add_image(const Tag& tag) {
    std::string url(trimmed(tag.attribute("src")));
    if (url.empty() || !is_harmless_url(url) || url.find_first_of(" ()<>\"") != url.npos) return;
    std::string alt = one_line(tag.attribute("alt"));
    std::erase_if(alt, [](char c) { return c == '[' || c == ']' || c == '<'; });
    prepare();
    out_ += "![" + alt + "](" + url + ")";
  }

  void change_list(const Tag& tag) {
    break_to(lists_ == 0 ? 2 : 1);
    if (!tag.is_end) {
      lists_ = std::min(lists_ + 1, kListsMax);
      is_ordered_ = tag.name == "ol";
    } else if (lists_ > 0) {
      --lists_;
      if (lists_ == 0) break_to(2);
    }
  }

  void break_to(int lines) { breaks_ = std::max(breaks_, lines); }

  // Line ends, an item's mark and emphasis that were waiting for text.
  void prepare() {
    bool is_at_start = out_.empty();
    if (breaks_ > 0 || has_item_) {
      while (out_.ends_with(' ')) out_.pop_back();
      if (!is_at_start) out_ += breaks_ > 1 ? "\n\n" : "\n";
    } else if (hard_break_ && !is_at_start) {
      while (out_.ends_with(' ')) out_.pop_back();
      out_ += "  \n";
    }
    if (has_item_) {
      std::size_t depth = lists_ == 0 ? 0 : lists_ - 1;
      out_ += std::string(depth * 3, ' ') + (is_ordered_ && lists_ > 0 ? "1. " : "- ");
    }
    breaks_ = 0;
    has_item_ = hard_break_ = false;
    for (std::string_view mark : waiting_) {
      out_ += mark;
      open_.push_back(mark);
    }
    waiting_.clear();
  }

  bool is_at_line_start() const { return out_.empty() || out_.back() == '\n'; }

  void add_text(std::string_view raw) {
    if (text_is_markdown_) return add_markdown(raw);
    for (char c : decoded(raw)) {
      if (is_blank(c) || static_cast<unsigned char>(c) < 0x20) {
        if (!out_.empty() && !is_at_line_start() && !out_.ends_with(' ') && breaks_ == 0 &&
            !hard_break_ && !has_item_) {
          out_ += ' ';
        }
        continue;
      }
      prepare();
      bool is_mark = std::string_view("\\`*_[]<{|").find(c) != std::string_view::npos;
      bool leads =
          is_at_line_start() && std::string_view("#>-+:=~").find(c) != std::string_view::npos;
      if (is_mark || leads) out_ += '\\';
      if (c == '.' && begins_number()) out_ += '\\';
      out_ += c;
    }
  }

  // "1" alone on its line so far: with a point it would be a list.
  bool begins_number() const {
    std::size_t digits = out_.find_last_not_of("0123456789");
    digits = digits == out_.npos ? 0 : digits + 1;
    return digits < out_.size() && (digits == 0 || out_[digits - 1] == '\n');
  }

  void add_markdown(std::string_view raw) {
    if (trimmed(raw).empty()) {
      if (!out_.empty() && breaks_ == 0) out_ += raw;
      return;
    }
    while (breaks_ > 0 && !raw.empty() && is_blank(raw.front())) raw.remove_prefix(1);
    prepare();
    for (std::size_t at = 0; at < raw.size(); ++at) {
      if (begins_markup(raw, at)) {
        out_ += "&lt;";
      } else {
        out_ += raw[at];
      }
    }
  }

  std::string_view html_;
  bool text_is_markdown_;
  TagReader tags_;
  std::string out_;
  std::vector<std::string_view> waiting_, open_;
  std::vector<std::string> links_;
  std::size_t lists_ = 0;
  int breaks_ = 0;
  bool is_ordered_ = false, has_item_ = false, hard_break_ = false;
};

}  // namespace

std::string markdown_of_html(std::string_view html, bool text_is_markdown) {
  return Writer(html, text_is_markdown).run();
}

std::string plain_of_html(std::string_view html) {
  TagReader tags(html);
  std::string out;
  for (std::size_t at = 0; at < html.size();) {
    if (std::size_t behind = tags.behind_comment(at); behind != html.npos) {
      at = behind;
      continue;
    }
    if (auto tag = tags.tag(at)) {
      at = tag->end;
      if (!tag->is_end && is_dropped_whole(tag->name)) at = tags.behind_end_of(tag->name, at);
      if (is_any_of(tag->name, {"br", "p", "div", "li", "tr", "td"})) out += ' ';
      continue;
    }
    std::size_t end = std::min(html.find('<', at + 1), html.size());
    out += html.substr(at, end - at);
    at = end;
  }
  bool ignored = false;
  return one_line(decoded(out), kTextBytesMax, ignored);
}

std::vector<Link> links_of_html(std::string_view html) {
  TagReader tags(html);
  std::vector<Link> links;
  for (std::size_t at = html.find('<'); at != html.npos; at = html.find('<', at)) {
    auto tag = tags.tag(at);
    at = tag ? tag->end : at + 1;
    if (!tag || tag->is_end || tag->name != "a" || tag->attribute("href").empty()) continue;
    std::size_t end = tags.behind_end_of("a", at);
    links.push_back(
        {plain_of_html(html.substr(at, end - at)), std::string(tag->attribute("href"))});
    at = end;
  }
  return links;
}

}  // namespace stet::schedule_import
