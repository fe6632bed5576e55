#include "cms/plugins/html_texts.h"

#include <algorithm>
#include <array>
#include <map>
#include <vector>

namespace stet::plugins {
namespace {

constexpr std::string_view kBlanks = " \t\n\v\f\r";

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
char small(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }

template <std::size_t Size>
bool is_in(const std::array<std::string_view, Size>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// Nothing in them is a tag but the one that ends them.
constexpr std::array<std::string_view, 7> kRaw = {
    "iframe", "noembed", "noframes", "script", "style", "textarea", "xmp"};
constexpr std::array<std::string_view, 14> kEmpty = {"area",
                                                     "base",
                                                     "br",
                                                     "col",
                                                     "embed",
                                                     "hr",
                                                     "img",
                                                     "input",
                                                     "link",
                                                     "meta",
                                                     "param",
                                                     "source",
                                                     "track",
                                                     "wbr"};
constexpr std::array<std::string_view, 3> kAddresses = {"action", "href", "src"};

class Editor {
 public:
  Editor(std::string_view html, std::span<const std::string_view> left_alone, const EditText& edit)
      : html_(html), left_alone_(left_alone), edit_(edit) {}

  std::string run() {
    while (at_ < html_.size()) {
      const std::size_t tag = next_tag(at_);
      text(tag);
      if (tag < html_.size()) markup();
    }
    return std::move(out_);
  }

 private:
  // Where the next `<` is that opens a tag or a comment.
  std::size_t next_tag(std::size_t at) const {
    while ((at = html_.find('<', at)) != html_.npos) {
      const char next = at + 1 < html_.size() ? html_[at + 1] : ' ';
      if (is_letter(next) || next == '/' || next == '!' || next == '?') return at;
      ++at;
    }
    return html_.size();
  }

  void text(std::size_t end) {
    const std::string_view text = html_.substr(at_, end - at_);
    at_ = end;
    if (alone_ > 0) {
      out_ += text;
    } else if (!text.empty()) {
      edit_(text, out_);
    }
  }

  void copy_to(std::size_t end) {
    end = std::min(end, html_.size());
    out_ += html_.substr(at_, end - at_);
    at_ = end;
  }

  void copy_behind(std::string_view mark, std::size_t from) {
    const std::size_t found = html_.find(mark, from);
    copy_to(found == html_.npos ? html_.size() : found + mark.size());
  }

  std::string name_at(std::size_t at) const {
    std::string name;
    while (at < html_.size() && html_[at] != '>' && html_[at] != '/' &&
           kBlanks.find(html_[at]) == kBlanks.npos) {
      name += small(html_[at++]);
    }
    return name;
  }

  void markup() {
    const std::string_view rest = html_.substr(at_);
    if (rest.starts_with("<!--")) return copy_behind("-->", at_ + 4);
    if (rest[1] == '!' || rest[1] == '?') return copy_behind(">", at_);
    if (rest[1] == '/') {
      leave(name_at(at_ + 2));
      return copy_behind(">", at_);
    }
    const std::string name = name_at(at_ + 1);
    const bool is_closed = tag(at_ + 1 + name.size());
    if (is_in(kRaw, name)) {
      skip_raw(name);
    } else if (!is_closed && !is_in(kEmpty, name)) {
      enter(name);
    }
  }

  // From a start tag's attributes to behind it; true: it ends itself.
  bool tag(std::size_t at) {
    copy_to(at);
    while (at_ < html_.size() && html_[at_] != '>') {
      if (html_[at_] == '/' || kBlanks.find(html_[at_]) != kBlanks.npos) {
        copy_to(at_ + 1);
      } else {
        attribute();
      }
    }
    const bool is_closed = !out_.empty() && out_.back() == '/';
    copy_to(at_ + 1);
    return is_closed;
  }

  void attribute() {
    const std::size_t end = std::min(html_.find_first_of(" \t\n\v\f\r=>/", at_ + 1), html_.size());
    std::string name;
    for (const char c : html_.substr(at_, std::min<std::size_t>(end - at_, 10))) name += small(c);
    copy_to(end);
    const std::size_t equals = std::min(html_.find_first_not_of(kBlanks, at_), html_.size());
    if (equals == html_.size() || html_[equals] != '=') return;
    copy_to(std::min(html_.find_first_not_of(kBlanks, equals + 1), html_.size()));
    if (at_ == html_.size() || html_[at_] == '>') return;
    const char quote = html_[at_];
    const bool is_quoted = quote == '"' || quote == '\'';
    if (is_quoted) copy_to(at_ + 1);
    const std::size_t close =
        std::min(is_quoted ? html_.find(quote, at_) : html_.find_first_of(" \t\n\v\f\r>", at_),
                 html_.size());
    if (is_in(kAddresses, name)) {
      address(close);
    } else {
      copy_to(close);
    }
    if (is_quoted) copy_to(at_ + 1);
  }

  void address(std::size_t end) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    const std::size_t begin = html_.find_first_not_of(kBlanks, at_);
    for (at_ = std::min(begin, end); at_ < end; ++at_) {
      const auto byte = static_cast<unsigned char>(html_[at_]);
      if (byte > ' ' && byte < 0x7F) {
        out_ += html_[at_];
      } else {
        out_ += '%';
        out_ += kDigits[byte >> 4];
        out_ += kDigits[byte & 15];
      }
    }
  }

  void skip_raw(std::string_view name) {
    for (std::size_t at = html_.find("</", at_); at != html_.npos; at = html_.find("</", at + 2)) {
      bool is_end = at + 2 + name.size() <= html_.size();
      for (std::size_t i = 0; is_end && i < name.size(); ++i) {
        is_end = small(html_[at + 2 + i]) == name[i];
      }
      if (is_end) return copy_behind(">", at);
    }
    copy_to(html_.size());
  }

  bool is_left_alone(std::string_view name) const {
    return std::find(left_alone_.begin(), left_alone_.end(), name) != left_alone_.end();
  }

  void enter(const std::string& name) {
    if (is_left_alone(name)) ++alone_;
    ++count_[name];
    open_.push_back(name);
  }

  // An end tag ends what is open inside of it too; one of nothing that is open ends nothing.
  void leave(const std::string& name) {
    const auto count = count_.find(name);
    if (count == count_.end() || count->second == 0) return;
    for (bool is_found = false; !is_found; open_.pop_back()) {
      is_found = open_.back() == name;
      if (is_left_alone(open_.back())) --alone_;
      --count_[open_.back()];
    }
  }

  const std::string_view html_;
  const std::span<const std::string_view> left_alone_;
  const EditText& edit_;
  std::size_t at_ = 0;
  std::string out_;
  std::vector<std::string> open_;
  std::map<std::string, std::size_t> count_;
  std::size_t alone_ = 0;  // how many of those open are left alone
};

}  // namespace

std::string with_edited_texts(std::string_view html,
                              std::span<const std::string_view> left_alone,
                              const EditText& edit) {
  return Editor(html, left_alone, edit).run();
}

}  // namespace stet::plugins
