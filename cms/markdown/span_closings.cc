// Where the elements of running text close.
#include <algorithm>

#include "cms/markdown/characters.h"
#include "cms/markdown/smart_quotes.h"
#include "cms/markdown/span_reader.h"

namespace stet::markdown {

std::size_t SpanReader::mode_of(Opening opening, const Around& inside) {
  auto mode = static_cast<std::size_t>(opening);
  for (const bool is_so :
       {inside.has_emphasis, inside.has_strong, inside.has_link, inside.is_raw}) {
    mode = mode * 2 + (is_so ? 1 : 0);
  }
  return mode;
}

std::uint64_t SpanReader::key_of(std::size_t begin, std::size_t mode) {
  constexpr std::uint64_t kModes = 128;
  return begin * kModes + mode;
}

SpanReader::Around SpanReader::inside_emphasis(const Around& around, std::size_t delimiter) {
  Around inside = around;
  (delimiter == 2 ? inside.has_strong : inside.has_emphasis) = true;
  inside.is_in_emphasis = delimiter == 1;
  ++inside.depth;
  return inside;
}

SpanReader::Around SpanReader::inside_link(const Around& around) {
  Around inside = around;
  inside.has_link = true;
  inside.is_in_emphasis = false;
  ++inside.depth;
  return inside;
}

SpanReader::Emphasis SpanReader::find_emphasis(std::size_t at,
                                               std::size_t size,
                                               const Around& around) {
  const std::size_t begin = at + size;
  if (around.depth >= depth_max || is_space_at(text_, begin)) return {};
  if (size == 2 ? around.has_strong : around.has_emphasis) return {};
  if (text_[at] == '_' && at > 0) {
    const std::size_t before = text_[at - 1] == '-' ? at - 1 : at;
    if (before > 0 && is_letter_at(text_, character_before(text_, before))) return {};
  }
  Emphasis found{size, close_of_emphasis(begin, size, inside_emphasis(around, size))};
  if (found.close == npos && size == 2 && !around.is_in_emphasis) {
    found = {1, close_of_emphasis(at + 1, 1, inside_emphasis(around, 1))};
  }
  return found;
}

bool SpanReader::may_close_emphasis(std::size_t at, char type, std::size_t delimiter) const {
  const auto is_type = [&](std::size_t place) {
    return place < text_.size() && text_[place] == type;
  };
  if (!is_type(at) || is_space(text_[at - 1])) return false;
  if (delimiter == 1 && is_type(at + 1) && !is_type(at + 2)) return false;
  if (delimiter == 2 && !is_type(at + 1)) return false;
  return type != '_' || !is_letter_or_digit_at(text_, at + delimiter);
}

std::size_t SpanReader::close_of_emphasis(std::size_t begin,
                                          std::size_t delimiter,
                                          const Around& inside) {
  const char type = text_[begin - 1];
  const Opening opening = type == '*'
                              ? (delimiter == 2 ? Opening::kStars : Opening::kStar)
                              : (delimiter == 2 ? Opening::kUnderscores : Opening::kUnderscore);
  const std::size_t mode = mode_of(opening, inside);
  const auto [known, is_new] = closes_.emplace(key_of(begin, mode), npos);
  if (!is_new) return known->second;
  std::vector<bool>& hopeless = hopeless_[mode];
  std::vector<std::size_t> visited;
  SpanOutput ignored(reading_);
  for (std::size_t at = begin; at != npos;) {
    const Spot spot = spots_.next(at, text_.size());
    ignored.add_text(text_.substr(at, spot.at - at));
    if (spot.kind == SpotKind::kEnd || (!hopeless.empty() && hopeless[spot.at])) break;
    if (spot.kind == SpotKind::kEmphasis && !ignored.is_empty() &&
        may_close_emphasis(spot.at, type, delimiter)) {
      return closes_[key_of(begin, mode)] = spot.at;
    }
    if (!ignored.is_empty()) visited.push_back(spot.at);
    at = read_spot(spot, ignored, inside);
  }
  hopeless.resize(text_.size());
  for (const std::size_t at : visited) hopeless[at] = true;
  return npos;
}

std::optional<SpanReader::Link> SpanReader::find_link(std::size_t begin, const Around& inside) {
  if (inside.depth > depth_max) return std::nullopt;
  const std::size_t close = close_of_link(begin, inside);
  if (close == npos) return std::nullopt;
  std::optional<LinkTarget> target = link_target(reading_, search_, text_, begin, close);
  if (!target) return std::nullopt;
  return Link{close, *std::move(target)};
}

std::size_t SpanReader::close_of_link(std::size_t begin, const Around& inside) {
  const std::size_t mode = mode_of(Opening::kLink, inside);
  if (const auto known = closes_.find(key_of(begin, mode)); known != closes_.end()) {
    return known->second;
  }
  SpanOutput ignored(reading_);
  std::vector<std::size_t> open = {begin};
  for (std::size_t at = begin; at != npos && !open.empty();) {
    const Spot spot = spots_.next(at, text_.size(), true);
    ignored.add_text(text_.substr(at, spot.at - at));
    if (spot.kind == SpotKind::kEnd) break;
    if (spot.kind == SpotKind::kClosingBracket) {
      closes_[key_of(open.back(), mode)] = spot.at;
      open.pop_back();
      const bool is_before_quote = spot.at + 1 < text_.size() && is_quote(text_[spot.at + 1]);
      at = is_before_quote ? read_quote(spot.at, ignored) : read_as_text(spot.at, 1, ignored);
    } else if (spot.kind == SpotKind::kBracket) {
      at = pass_bracket(spot.at, open, inside, ignored);
    } else {
      at = read_spot(spot, ignored, inside);
    }
  }
  for (const std::size_t left : open) closes_[key_of(left, mode)] = npos;
  return closes_[key_of(begin, mode)];
}

// A bracket within brackets: it must be closed first, unless it begins an image. What is known of
// where it closes is not read again.
std::size_t SpanReader::pass_bracket(std::size_t at,
                                     std::vector<std::size_t>& open,
                                     const Around& inside,
                                     SpanOutput& ignored) {
  const bool is_image = text_[at] == '!';
  const std::size_t begin = at + (is_image ? 2 : 1);
  if (is_image && begin < text_.size() && text_[begin] == '^') {
    open.push_back(at + 1);
    return read_as_text(at, 1, ignored);
  }
  if (is_image) {
    if (const std::optional<Link> image = find_link(begin, inside_link(inside))) {
      ignored.add_node(nullptr);
      return image->target.end;
    }
  }
  open.push_back(begin);
  const auto known = closes_.find(key_of(begin, mode_of(Opening::kLink, inside)));
  if (known != closes_.end()) {
    ignored.add_text("[");
    return known->second;
  }
  return text_.substr(at).starts_with("[^") ? read_footnote(at, ignored)
                                            : read_as_text(at, begin - at, ignored);
}

bool SpanReader::closes_element(std::size_t at, std::string_view name) const {
  const std::optional<HtmlEndTag> tag = html_.end_tag(at);
  if (!tag || tag->name.size() != name.size()) return false;
  if (!is_html_element(name)) return tag->name == name;
  return std::equal(name.begin(), name.end(), tag->name.begin(), [](char a, char b) {
    return a == (b >= 'A' && b <= 'Z' ? static_cast<char>(b | 0x20) : b);
  });
}

std::size_t SpanReader::close_of_element(std::size_t begin,
                                         std::string_view name,
                                         const Around& inside) {
  const std::size_t mode = mode_of(Opening::kElement, inside);
  const std::uint64_t key = key_of(begin, mode);
  if (const auto known = closes_.find(key); known != closes_.end()) return known->second;
  std::size_t close = npos;
  SpanOutput ignored(reading_);
  for (std::size_t at = begin; at != npos;) {
    const Spot spot = next_spot(at, text_.size(), inside);
    ignored.add_text(text_.substr(at, spot.at - at));
    if (spot.kind == SpotKind::kEnd) break;
    if (spot.kind == SpotKind::kAngle && closes_element(spot.at, name)) {
      close = spot.at;
      break;
    }
    at = read_spot(spot, ignored, inside);
  }
  closes_[key] = close;
  return close;
}

}  // namespace stet::markdown
