#include "cms/site_import/post_body.h"

#include <algorithm>
#include <deque>
#include <map>
#include <set>
#include <string_view>
#include <vector>

#include "cms/schedule_import/markup.h"
#include "cms/site_import/active_markup.h"
#include "cms/site_import/paragraphs.h"
#include "storage/base/utf8.h"

namespace stet::site_import {
namespace {

using schedule_import::trimmed;

// WordPress's own; others are known by what they look like.
constexpr std::string_view kShortcodes[] = {
    "audio", "caption", "embed", "gallery", "playlist", "video", "wp_caption"};

// Lines of a text from its first on, for places that are asked for in order.
class LineCounter {
 public:
  LineCounter(std::string_view text, Place first) : text_(text), line_(first.line) {}

  Place at(std::size_t offset) {
    if (line_ > 0 && offset > seen_) {
      auto begin = text_.begin() + static_cast<std::ptrdiff_t>(seen_);
      auto end = text_.begin() + static_cast<std::ptrdiff_t>(offset);
      line_ += static_cast<int>(std::count(begin, end, '\n'));
      seen_ = offset;
    }
    return {line_, 0};
  }

 private:
  std::string_view text_;
  int line_;
  std::size_t seen_ = 0;
};

bool is_name_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-';
}

std::string_view name_at(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && is_name_byte(text[end]) && end - at < 60) ++end;
  return text.substr(at, end - at);
}

void tell_shortcodes(std::string_view text, Place first, Told& told) {
  std::set<std::string_view> closed;
  for (std::size_t at = text.find("[/"); at != text.npos; at = text.find("[/", at + 2)) {
    closed.insert(name_at(text, at + 2));
  }
  LineCounter lines(text, first);
  for (std::size_t at = text.find('['); at != text.npos; at = text.find('[', at + 1)) {
    std::string_view name = name_at(text, at + 1);
    bool is_escaped = at > 0 && text[at - 1] == '[';
    if (name.empty() || is_escaped || name.front() == '-') continue;
    std::string_view rest = text.substr(at + 1 + name.size(), 500);
    std::size_t end = rest.find_first_of("[]");
    if (end == rest.npos || rest[end] == '[') continue;
    bool is_known =
        std::find(std::begin(kShortcodes), std::end(kShortcodes), name) != std::end(kShortcodes);
    bool has_attributes =
        !rest.empty() && rest.front() == ' ' && rest.substr(0, end).find('=') != rest.npos;
    if (!is_known && !has_attributes && !closed.contains(name)) continue;
    told.leave_out(lines.at(at),
                   "the shortcode [" + std::string(name) +
                       "] is what only WordPress fills in, and stays as text; put HTML in its "
                       "place");
  }
}

// What is active in the text as it is written, each at the line where the export has it.
void tell_active(std::string_view source, std::string_view written, Place first, Told& told) {
  std::vector<ActivePart> parts = active_parts(written);
  if (parts.empty()) return;
  std::map<std::string, std::deque<Place>> places;
  LineCounter lines(source, first);
  for (const ActivePart& part : active_parts(source)) {
    places[part.what].push_back(lines.at(part.offset));
  }
  for (ActivePart& part : parts) {
    std::deque<Place>& there = places[part.what];
    Place place = there.empty() ? first : there.front();
    if (!there.empty()) there.pop_front();
    told.doubt(place, std::move(part.what), "wanted: it stays");
  }
}

// Comments of the block editor, of the form `<!-- wp:name {...} /-->`.
class BlockMarks {
 public:
  BlockMarks(const WxrItem& item, Told& told)
      : text_(item.body), lines_(item.body, item.body_place), told_(told) {}

  std::string without() {
    std::string out;
    std::size_t at = 0;
    while (true) {
      std::size_t open = text_.find("<!--", at);
      std::size_t close = open == text_.npos ? text_.npos : text_.find("-->", open + 4);
      if (close == text_.npos) break;
      out += text_.substr(at, open - at);
      std::string_view inner = trimmed(text_.substr(open + 4, close - open - 4));
      at = close + 3;
      if (is_mark(inner, open)) {
        has_any_ = true;
        // With its line, where it has one of its own.
        bool is_alone = out.empty() || out.ends_with('\n');
        if (is_alone && at < text_.size() && text_[at] == '\n') ++at;
        continue;
      }
      out += is_more(inner, open) ? kMoreMark : text_.substr(open, at - open);
    }
    out += text_.substr(at);
    return out;
  }

  bool has_any() const { return has_any_; }
  bool has_more() const { return has_more_; }

 private:
  bool is_mark(std::string_view inner, std::size_t at) {
    if (!inner.starts_with("wp:") && !inner.starts_with("/wp:")) return false;
    if (inner.starts_with("wp:") && inner.ends_with('/')) {
      std::string_view name = inner.substr(3, inner.find_first_of(" /{", 3) - 3);
      told_.leave_out(lines_.at(at),
                      "the block '" + printable(name, 60) +
                          "' has no content but what WordPress makes for it, and is left out");
    }
    return true;
  }

  bool is_more(std::string_view inner, std::size_t at) {
    if (inner == "nextpage") {
      told_.leave_out(lines_.at(at), "the text is parted into pages here; it becomes one page");
    }
    bool is_more = inner == "more" || inner.starts_with("more ");
    has_more_ |= is_more;
    return is_more;
  }

  std::string_view text_;
  LineCounter lines_;
  Told& told_;
  bool has_any_ = false, has_more_ = false;
};

}  // namespace

PostBody post_body(const WxrItem& item, Told& told) {
  tell_shortcodes(item.body, item.body_place, told);
  BlockMarks marks(item, told);
  std::string text = marks.without();
  PostBody body;
  body.html = marks.has_any() ? std::string(trimmed(text)) : with_paragraphs(text);
  tell_active(item.body, body.html, item.body_place, told);
  body.has_more = marks.has_more();
  body.has_liquid =
      body.html.find("{{") != body.html.npos || body.html.find("{%") != body.html.npos;
  return body;
}

std::string post_excerpt(const WxrItem& item, Told& told) {
  std::string_view excerpt = trimmed(item.excerpt);
  tell_active(item.excerpt, excerpt, item.excerpt_place, told);
  return std::string(excerpt);
}

}  // namespace stet::site_import
