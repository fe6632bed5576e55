#include "cms/site_import/active_markup.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>

#include "cms/schedule_import/markup.h"
#include "storage/base/utf8.h"

namespace stet::site_import {
namespace {

using schedule_import::is_blank;
using schedule_import::lower_ascii;

constexpr char kAmbiguous[] =
    "browsers read this markup in more than one way, and by one of them it may hide a script";
constexpr char kWouldRun[] = " would run in the browsers of those who read the page";

// What is in them is text in HTML, and markup within `svg` and `math`.
constexpr std::string_view kRawText[] = {
    "iframe", "noembed", "noframes", "noscript", "plaintext", "style", "textarea", "title", "xmp"};
constexpr std::string_view kWords[] = {"alt", "title", "placeholder", "aria-label"};
constexpr std::string_view kMedia[] = {"audio", "img", "input", "source", "video"};
constexpr std::string_view kHarmlessData[] = {"image/", "audio/", "video/", "font/"};

// References by name that an address may have in its scheme.
constexpr std::pair<std::string_view, char> kNamed[] = {
    {"&Tab;", '\t'}, {"&NewLine;", '\n'}, {"&colon;", ':'}};

template <typename Names>
bool is_among(const Names& names, std::string_view name) {
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

bool is_ascii_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// Of "#106;" or "#x6a", behind the ampersand; takes it from `text`. Browsers need no semicolon.
std::optional<std::uint32_t> numeric_reference(std::string_view& text) {
  bool is_hex = text.size() > 1 && (text[1] == 'x' || text[1] == 'X');
  std::size_t at = is_hex ? 2 : 1, first = at;
  std::uint32_t code = 0;
  for (; at < text.size(); ++at) {
    char c = lower_ascii(text.substr(at, 1))[0];
    bool is_digit = c >= '0' && c <= '9';
    if (!is_digit && !(is_hex && c >= 'a' && c <= 'f')) break;
    std::uint32_t digit = static_cast<std::uint32_t>(is_digit ? c - '0' : c - 'a' + 10);
    code = std::min<std::uint32_t>(code * (is_hex ? 16 : 10) + digit, 0x110000);
  }
  if (at == first) return std::nullopt;
  if (at < text.size() && text[at] == ';') ++at;
  text.remove_prefix(at);
  return code;
}

// A value as a scheme is looked for in it: without references, blanks and controls, in small
// letters.
std::string squeezed(std::string_view value) {
  std::string plain, out;
  while (!value.empty()) {
    auto named = std::find_if(std::begin(kNamed), std::end(kNamed), [&](const auto& one) {
      return value.starts_with(one.first);
    });
    if (named != std::end(kNamed)) {
      plain += named->second;
      value.remove_prefix(named->first.size());
      continue;
    }
    if (!value.starts_with("&#")) {
      plain += value.front();
      value.remove_prefix(1);
      continue;
    }
    value.remove_prefix(1);
    auto code = numeric_reference(value);
    plain += code && *code < 0x80 ? static_cast<char>(*code) : '&';
  }
  for (char c : schedule_import::decoded(plain)) {
    if (static_cast<unsigned char>(c) > 0x20 && c != 0x7f) out += c;
  }
  return lower_ascii(out);
}

bool is_script_scheme(std::string_view address) {
  return address.starts_with("javascript:") || address.starts_with("vbscript:");
}

struct ReadTag {
  std::string name;
  bool is_end = false;
  std::size_t end = 0;  // behind it, or the end of the text
};

// What a tag's attributes make it: "" for nothing that runs.
class TagJudge {
 public:
  void add(const ReadTag& tag, std::string_view raw_name, std::string_view value) {
    if (!what_.empty() || tag.is_end) return;
    std::string name = lower_ascii(raw_name);
    if (name.size() > 2 && name.starts_with("on")) {
      what_ = "the handler " + printable(name, 40) + kWouldRun;
    } else if (name == "srcdoc") {
      what_ = std::string("a page within the page (srcdoc)") + kWouldRun;
    } else if ((tag.name == "base" && name == "href") ||
               (tag.name == "meta" && name == "http-equiv")) {
      what_ = "<" + tag.name + " " + name + "> would lead readers, or the page's own links, astray";
    } else if (!is_among(kWords, name)) {
      judge_address(tag, name, squeezed(value));
    }
  }

  std::string take(const ReadTag& tag) {
    std::string what = tag.name == "script" && !tag.is_end ? std::string("a script") + kWouldRun
                                                           : std::move(what_);
    what_.clear();
    return what;
  }

 private:
  void judge_address(const ReadTag& tag, const std::string& name, std::string_view address) {
    // Of SVG's animations, the values that an address takes.
    bool is_list = name == "values" || name == "to" || name == "from" || name == "by";
    bool is_within = is_list && address.find("script:") != address.npos;
    if (is_script_scheme(address) || is_within)
      what_ = std::string("a link to a script") + kWouldRun;
    if (!address.starts_with("data:")) return;
    address.remove_prefix(5);
    bool is_shown = is_among(kMedia, tag.name) && (name == "src" || name == "srcset");
    bool is_harmless = std::any_of(std::begin(kHarmlessData),
                                   std::end(kHarmlessData),
                                   [&](auto kind) { return address.starts_with(kind); });
    if (is_shown || name == "poster" || (is_harmless && !address.starts_with("image/svg"))) return;
    bool is_address = name == "href" || name.ends_with(":href") || name == "src" ||
                      name == "data" || name == "action" || name == "formaction" || is_list;
    if (is_address) what_ = std::string("an address that is a page itself (data:)") + kWouldRun;
  }

  std::string what_;
};

class ActiveFinder {
 public:
  explicit ActiveFinder(std::string_view text) : text_(text) {}

  std::vector<ActivePart> run() {
    std::size_t at = text_.find('<');
    while (at != text_.npos) {
      std::size_t end = token(at);
      // Text to one reader, and more than that to the other.
      if (at < raw_end_ && end > raw_end_) find(at, kAmbiguous);
      at = text_.find('<', end);
    }
    return std::move(parts_);
  }

 private:
  void find(std::size_t at, std::string what) { parts_.push_back({at, std::move(what)}); }

  // Behind what begins with the `<` there.
  std::size_t token(std::size_t at) {
    std::string_view rest = text_.substr(at);
    if (rest.starts_with("<!--")) return behind_comment(at);
    if (rest.starts_with("<![CDATA[")) find(at, kAmbiguous);
    bool is_end = rest.starts_with("</");
    std::size_t name = at + (is_end ? 2 : 1);
    if (name >= text_.size()) return text_.size();
    if (is_ascii_letter(text_[name])) return behind_tag(at, name, is_end);
    bool is_declaration = is_end || rest[1] == '!' || rest[1] == '?';
    return is_declaration ? behind(">", name) : name;
  }

  std::size_t behind(std::string_view closing, std::size_t from) const {
    std::size_t end = text_.find(closing, from);
    return end == text_.npos ? text_.size() : end + closing.size();
  }

  // One that does not end is looked through: it may end in what comes behind the text.
  std::size_t behind_comment(std::size_t at) {
    std::string_view rest = text_.substr(at + 4);
    if (rest.starts_with('>')) return at + 5;
    if (rest.starts_with("->")) return at + 6;
    if (at >= no_comment_from_) return at + 4;
    // "<!--->" has been; of "<!-- --" each hyphen may be the first of the end.
    for (std::size_t end = text_.find("--", at + 4); end != text_.npos;
         end = text_.find("--", end + 1)) {
      std::string_view tail = text_.substr(end + 2);
      if (tail.starts_with('>')) return end + 3;
      if (tail.starts_with("!>")) return end + 4;
    }
    no_comment_from_ = at;
    return at + 4;
  }

  std::size_t behind_tag(std::size_t at, std::size_t name, bool is_end) {
    std::size_t next = name;
    while (next < text_.size() && !is_blank(text_[next]) && text_[next] != '/' &&
           text_[next] != '>') {
      ++next;
    }
    ReadTag tag{lower_ascii(text_.substr(name, std::min<std::size_t>(next - name, 100))), is_end};
    while (next < text_.size() && text_[next] != '>') next = behind_attribute(next, tag);
    tag.end = std::min(next + 1, text_.size());
    std::string what = judge_.take(tag);
    if (!what.empty()) find(at, std::move(what));
    if (is_end) return tag.end;
    if (tag.name == "script") return behind_end_tag(tag.name, tag.end);
    if (is_among(kRawText, tag.name)) begin_raw(at, tag);
    return tag.end;
  }

  // Where the end tag of a raw text begins, markup has to have ended as well.
  void begin_raw(std::size_t at, const ReadTag& tag) {
    if (at < raw_end_) return find(at, kAmbiguous);
    raw_end_ = end_tag(tag.name, tag.end);
  }

  std::size_t end_tag(std::string_view name, std::size_t from) const {
    for (std::size_t at = text_.find("</", from); at != text_.npos; at = text_.find("</", at + 2)) {
      std::size_t end = at + 2 + name.size();
      if (lower_ascii(text_.substr(at + 2, name.size())) != name || end >= text_.size()) continue;
      if (is_blank(text_[end]) || text_[end] == '/' || text_[end] == '>') return at;
    }
    return text_.size();
  }

  std::size_t behind_end_tag(std::string_view name, std::size_t from) const {
    return behind(">", end_tag(name, from));
  }

  // From a blank, a slash or a name, to behind its value.
  std::size_t behind_attribute(std::size_t at, const ReadTag& tag) {
    auto skip_blanks = [&] {
      while (at < text_.size() && is_blank(text_[at])) ++at;
    };
    while (at < text_.size() && (is_blank(text_[at]) || text_[at] == '/')) ++at;
    if (at >= text_.size() || text_[at] == '>') return at;
    std::size_t name = at++;  // whatever it begins with, be that a "="
    while (at < text_.size() && !is_blank(text_[at]) &&
           std::string_view("/>=").find(text_[at]) == std::string_view::npos) {
      ++at;
    }
    std::string_view own = text_.substr(name, at - name);
    skip_blanks();
    std::string_view value;
    if (at < text_.size() && text_[at] == '=') {
      ++at;
      skip_blanks();
      bool is_quoted = at < text_.size() && (text_[at] == '"' || text_[at] == '\'');
      std::size_t from = is_quoted ? at + 1 : at;
      std::size_t end =
          is_quoted ? text_.find(text_[at], from) : text_.find_first_of(" \t\r\n\f>", from);
      end = std::min(end, text_.size());
      value = text_.substr(std::min(from, end), end - std::min(from, end));
      at = is_quoted ? std::min(end + 1, text_.size()) : end;
    }
    judge_.add(tag, own, value);
    return at;
  }

  std::string_view text_;
  TagJudge judge_;
  std::size_t raw_end_ = 0;  // of the raw text that was met last
  std::size_t no_comment_from_ = std::string_view::npos;
  std::vector<ActivePart> parts_;
};

}  // namespace

std::vector<ActivePart> active_parts(std::string_view html) { return ActiveFinder(html).run(); }

}  // namespace stet::site_import
