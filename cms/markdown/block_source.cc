#include "cms/markdown/block_source.h"

namespace stet::markdown {
namespace {

std::size_t unescaped_brace(std::string_view text, std::size_t from) {
  for (std::size_t at = text.find('}', from); at != kNowhere; at = text.find('}', at + 1)) {
    if (at == from || text[at - 1] != '\\') return at;
  }
  return kNowhere;
}

}  // namespace

int BlockSource::line() {
  if (counted_ < at_) {
    const std::string_view passed = text_.substr(counted_, at_ - counted_);
    for (std::size_t at = passed.find('\n'); at != kNowhere; at = passed.find('\n', at + 1)) {
      ++counted_line_;
    }
    counted_ = at_;
  }
  return counted_line_;
}

void BlockSource::return_to(std::size_t at, int line) {
  at_ = counted_ = at;
  counted_line_ = line;
}

std::size_t BlockSource::closing_brace(std::size_t from) {
  const bool is_known = brace_from_ != kNowhere && from >= brace_from_ && from <= brace_;
  if (!is_known) {
    brace_ = unescaped_brace(text_, from);
    brace_from_ = from;
  }
  return brace_;
}

BracedLine BlockSource::attribute_line(std::size_t at, std::size_t spaces_max) {
  at += spaces(text_, at, spaces_max);
  if (at + 2 >= text_.size() || text_[at] != '{' || text_[at + 1] != ':') return {};
  if (text_[at + 2] == ':' || text_[at + 2] == '/') return {};
  BracedLine line;
  line.end = closing_brace(at + 2);
  if (line.end == kNowhere || line.end == at + 2) return {};
  line.line_end = rest_of_line(text_, line.end + 1);
  if (line.line_end == kNowhere) return {};
  line.begin = at + 2;
  return line;
}

bool BlockSource::ends_lazily(std::size_t at) {
  if (at >= text_.size()) return true;
  const std::size_t first = at + spaces(text_, at, kMarkerSpacesMax);
  if (first >= text_.size()) return false;
  switch (text_[first]) {
    case '{': return static_cast<bool>(attribute_line(first, 0));
    case '^': return first == at && end_marker(text_, at) != kNowhere;
    case '<': return begins_html_block(text_, first, 0);
    default: return is_space(text_[first]) && rest_of_line(text_, first) != kNowhere;
  }
}

bool BlockSource::is_boundary(std::size_t at) {
  return at >= text_.size() || rest_of_line(text_, at) != kNowhere ||
         end_marker(text_, at) != kNowhere || attribute_line(at, kMarkerSpacesMax);
}

std::size_t BlockSource::find(Slot slot, std::string_view what, std::size_t from) {
  if (is_missing(slot, from)) return kNowhere;
  const std::size_t at = text_.find(what, from);
  if (at == kNowhere) note_missing(slot, from);
  return at;
}

}  // namespace stet::markdown
