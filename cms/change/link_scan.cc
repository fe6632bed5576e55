#include "cms/change/link_scan.h"

#include <algorithm>
#include <cctype>
#include <string>
#include <utility>

namespace stet::change {
namespace {

using Kind = LinkSpan::Kind;
constexpr std::size_t kNone = std::string_view::npos;
constexpr std::string_view kBlanks = " \t\r\n";
constexpr std::size_t kTargetBytesMax = 2048;  // a longer one is no link that anybody follows

bool is_name(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; }

std::string_view first_word(std::string_view text) {
  std::size_t end = 0;
  while (end < text.size() && is_name(text[end])) ++end;
  return text.substr(0, end);
}

// Every form that a text's links have, in one pass; each step looks ahead by no more than what it
// then passes, or by kTargetBytesMax.
class Scan {
 public:
  explicit Scan(std::string_view text) : text_(text) {}

  std::vector<LinkSpan> run() {
    while (at_ < text_.size()) {
      bool is_line_start = at_ == 0 || text_[at_ - 1] == '\n';
      if (is_line_start && at_ >= code_end_) begin_line();
      if (at_ < text_.size()) step();
    }
    return std::move(spans_);
  }

 private:
  std::string_view rest() const { return text_.substr(at_); }

  void begin_line() {
    // In a list a fence lies deeper than elsewhere.
    std::size_t indent = std::min(rest().find_first_not_of(" \t"), rest().size());
    std::string_view line = rest().substr(indent);
    std::size_t ticks = line.empty() ? 0 : std::min(line.find_first_not_of(line[0]), line.size());
    if (ticks >= 3 && is_fence(line, ticks)) {
      fence_ = fence_ == 0 ? ticks : 0;
      fence_char_ = line[0];
      at_ += indent + ticks;
      return;
    }
    if (fence_ == 0 && indent <= 3 && line.starts_with('[')) take_reference(at_ + indent);
  }

  // Opens what is not open, or closes what is. ```code``` on one line is a span.
  bool is_fence(std::string_view line, std::size_t ticks) const {
    if (line[0] != '`' && line[0] != '~') return false;
    std::string_view info = line.substr(ticks, line.find('\n') - ticks);
    if (fence_ == 0) return line[0] == '~' || info.find('`') == kNone;
    return line[0] == fence_char_ && ticks >= fence_ && info.find_first_not_of(kBlanks) == kNone;
  }

  void step() {
    if (rest().starts_with("{%")) return take_tag();
    if (rest().starts_with("{{")) return take_output();
    char c = text_[at_];
    if (fence_ != 0 || at_ < code_end_) {
      ++at_;
    } else if (c == '`') {
      pass_code_span();
    } else if (rest().starts_with("<!--")) {
      code_end_ = past("-->");
    } else if (rest().starts_with("](")) {
      at_ += 2;
      take_target(")");
    } else if (c == '<') {
      take_html_tag();
    } else {
      ++at_;
    }
  }

  // Behind `end`, or behind the text.
  std::size_t past(std::string_view end) const {
    std::size_t found = text_.find(end, at_);
    return found == kNone ? text_.size() : found + end.size();
  }

  // `a` up to as many ticks; one that nothing closes is no code.
  void pass_code_span() {
    std::size_t ticks = std::min(rest().find_first_not_of('`'), rest().size());
    std::string_view near = rest().substr(0, kTargetBytesMax);
    std::size_t found = near.find(std::string(ticks, '`'), ticks);
    std::size_t blank_line = near.find("\n\n");
    at_ += ticks;
    if (found != kNone && found < blank_line) code_end_ = at_ + found;
  }

  // Where a Liquid tag or output ends, whatever its quotes hold; kNone where it does not.
  std::size_t liquid_end(std::size_t begin, std::string_view close) const {
    std::size_t found = text_.substr(0, begin + kTargetBytesMax).find(close, begin);
    return found == kNone ? kNone : found + close.size();
  }

  void take_tag() {
    std::size_t end = liquid_end(at_, "%}");
    if (end == kNone) {
      at_ += 2;
      return;
    }
    std::size_t begin = std::min(text_.find_first_not_of("-" + std::string(kBlanks), at_ + 2), end);
    std::string_view name = first_word(text_.substr(begin, end - begin));
    if (name == "raw" || name == "comment") {
      at_ = end_of("end" + std::string(name), end).second;
      return;
    }
    at_ = end;
    if (name == "highlight" && at_ >= code_end_) code_end_ = end_of("endhighlight", end).first;
    if (name != "link" && name != "post_url") return;
    std::size_t word = std::min(text_.find_first_not_of(kBlanks, begin + name.size()), end);
    std::size_t last = end - 2;
    if (last > word && text_[last - 1] == '-') --last;
    while (last > word && kBlanks.find(text_[last - 1]) != kNone) --last;
    if (word >= last) return;
    spans_.push_back({name == "link" ? Kind::kLinkTag : Kind::kPostUrl, word, last});
  }

  // Where {% endraw %} begins and ends, whatever blanks and dashes it has.
  std::pair<std::size_t, std::size_t> end_of(const std::string& end_name, std::size_t from) const {
    for (std::size_t open = text_.find("{%", from); open != kNone;
         open = text_.find("{%", open + 2)) {
      std::size_t word = text_.find_first_not_of("-" + std::string(kBlanks), open + 2);
      if (word == kNone) break;
      if (first_word(text_.substr(word)) != end_name) continue;
      std::size_t close = text_.find("%}", word);
      return {open, close == kNone ? text_.size() : close + 2};
    }
    return {text_.size(), text_.size()};
  }

  void take_output() {
    std::size_t end = liquid_end(at_, "}}");
    if (end == kNone) {
      at_ += 2;
      return;
    }
    std::string_view output = text_.substr(at_, end - at_);
    std::size_t open = output.find_first_of("'\"");
    std::size_t close = open == kNone ? kNone : output.find(output[open], open + 1);
    bool is_url = close != kNone && (output.find("relative_url", close) != kNone ||
                                     output.find("absolute_url", close) != kNone);
    // What is joined with something else before it is filtered is not the whole URL.
    bool is_first = open != kNone && output.find_first_not_of(kBlanks, 2) == open;
    if (is_url && is_first) spans_.push_back({Kind::kFiltered, at_ + open + 1, at_ + close});
    at_ = end;
  }

  // A target from here up to a blank or `ends`; Liquid in it is taken as one piece.
  void take_target(std::string_view ends) {
    std::size_t limit = std::min(text_.size(), at_ + kTargetBytesMax);
    while (at_ < limit && (text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
    bool is_angled = at_ < limit && text_[at_] == '<';
    if (is_angled) ++at_;
    std::size_t begin = at_, end = at_;
    int depth = 0;
    std::size_t first_new = spans_.size();
    while (end < limit) {
      if (text_.substr(end).starts_with("{{") || text_.substr(end).starts_with("{%")) {
        std::size_t saved = at_;
        at_ = end;
        text_[end + 1] == '{' ? take_output() : take_tag();
        end = at_;
        at_ = saved;
        continue;
      }
      char c = text_[end];
      bool is_end = is_angled ? c == '>' || c == '\n'
                              : kBlanks.find(c) != kNone || (depth == 0 && ends.find(c) != kNone);
      if (is_end) break;
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      ++end;
    }
    at_ = end;
    // Of a target that is Liquid's own doing, the tag in it has been noted.
    bool has_own = spans_.size() > first_new;
    bool is_whole = end < limit || limit == text_.size();
    if (end > begin && is_whole && !has_own) spans_.push_back({Kind::kTarget, begin, end});
  }

  // "[label]: target".
  void take_reference(std::size_t open) {
    std::string_view line = text_.substr(open, kTargetBytesMax);
    line = line.substr(0, line.find('\n'));
    std::size_t middle = line.find("]:");
    if (middle == kNone || line.find("](") < middle || line.starts_with("[^")) return;
    at_ = open + middle + 2;
    take_target("");
  }

  // href and src of a tag; anything else is passed.
  void take_html_tag() {
    bool is_tag =
        at_ + 1 < text_.size() && std::isalpha(static_cast<unsigned char>(text_[at_ + 1]));
    ++at_;
    if (!is_tag) return;
    std::size_t limit = std::min(text_.size(), at_ + kTargetBytesMax);
    if (rest().starts_with("http://") || rest().starts_with("https://")) return take_target(">");
    while (at_ < limit && text_[at_] != '>') {
      bool is_attribute =
          kBlanks.find(text_[at_]) != kNone &&
          (rest().substr(1).starts_with("href=") || rest().substr(1).starts_with("src="));
      if (rest().starts_with("{%")) {
        take_tag();
      } else if (rest().starts_with("{{")) {
        take_output();
      } else if (!is_attribute) {
        ++at_;
      } else {
        at_ = text_.find('=', at_) + 1;
        take_attribute();
      }
    }
  }

  void take_attribute() {
    char quote = at_ < text_.size() ? text_[at_] : ' ';
    bool is_quoted = quote == '"' || quote == '\'';
    if (is_quoted) ++at_;
    take_target(is_quoted ? std::string_view(&quote, 1) : std::string_view(">"));
  }

  const std::string_view text_;
  std::size_t at_ = 0;
  std::size_t fence_ = 0;     // ticks of the fence that is open
  std::size_t code_end_ = 0;  // up to here Liquid alone counts: code, or a comment
  char fence_char_ = '`';
  std::vector<LinkSpan> spans_;
};

}  // namespace

std::vector<LinkSpan> find_links(std::string_view text) { return Scan(text).run(); }

}  // namespace stet::change
