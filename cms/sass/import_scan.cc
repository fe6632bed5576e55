#include "cms/sass/import_scan.h"

#include <algorithm>

namespace stet::sass {
namespace {

constexpr std::string_view kBlanks = " \t\r\n\f";

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_';
}

class Scanner {
 public:
  Scanner(std::string_view text, bool is_indented) : text_(text), is_indented_(is_indented) {}

  std::vector<ImportName> run() {
    while (at_ < text_.size()) {
      if (skip_comment()) continue;
      char c = text_[at_];
      if (c == '"' || c == '\'') {
        quoted();
      } else if (c == '@') {
        rule();
      } else {
        ++at_;
      }
    }
    return std::move(found_);
  }

 private:
  bool is_at(std::string_view what) const { return text_.substr(at_).starts_with(what); }

  bool skip_comment() {
    if (is_at("//")) {
      at_ = std::min(text_.find('\n', at_), text_.size());
      return true;
    }
    if (!is_at("/*")) return false;
    std::size_t end = text_.find("*/", at_ + 2);
    at_ = end == std::string_view::npos ? text_.size() : end + 2;
    return true;
  }

  void skip_blanks() {
    while (at_ < text_.size()) {
      if (skip_comment()) continue;
      bool is_end_of_line = is_indented_ && text_[at_] == '\n';
      if (is_end_of_line || kBlanks.find(text_[at_]) == std::string_view::npos) return;
      ++at_;
    }
  }

  // At a quote: the text up to its fellow, on the same line.
  std::string quoted() {
    char quote = text_[at_++];
    std::size_t begin = at_;
    while (at_ < text_.size() && text_[at_] != quote && text_[at_] != '\n') {
      at_ += text_[at_] == '\\' && at_ + 1 < text_.size() ? 2 : 1;
    }
    std::string inner(text_.substr(begin, at_ - begin));
    if (at_ < text_.size()) ++at_;
    return inner;
  }

  void rule() {
    std::size_t begin = ++at_;
    while (at_ < text_.size() && is_name_character(text_[at_])) ++at_;
    std::string_view name = text_.substr(begin, at_ - begin);
    if (name == "import") names(true);
    if (name == "use" || name == "forward") names(false);
  }

  void names(bool is_import) {
    std::size_t first = found_.size();
    do {
      skip_blanks();
      if (at_ >= text_.size()) return;
      if (text_[at_] == '"' || text_[at_] == '\'') {
        std::string name = quoted();
        found_.push_back({name, is_css_import(name)});
      } else if (is_at("url(")) {
        at_ = std::min(text_.find(')', at_), text_.size() - 1) + 1;
      } else if (is_indented_) {
        bare();
      } else {
        return;
      }
      skip_blanks();
    } while (is_import && at_ < text_.size() && text_[at_] == ',' && ++at_);
    bool is_ended =
        at_ >= text_.size() || std::string_view(";}\n").find(text_[at_]) != std::string_view::npos;
    if (is_ended || !is_import) return;
    for (std::size_t i = first; i < found_.size(); ++i) found_[i].is_plain_css = true;
  }

  void bare() {
    std::size_t end = std::min(text_.find_first_of(",\n;", at_), text_.size());
    std::string_view name = text_.substr(at_, end - at_);
    at_ = end;
    while (!name.empty() && kBlanks.find(name.back()) != std::string_view::npos) {
      name.remove_suffix(1);
    }
    if (!name.empty()) found_.push_back({std::string(name), is_css_import(name)});
  }

  const std::string_view text_;
  const bool is_indented_;
  std::size_t at_ = 0;
  std::vector<ImportName> found_;
};

}  // namespace

std::vector<ImportName> scan_imports(std::string_view text, bool is_indented) {
  return Scanner(text, is_indented).run();
}

bool is_css_import(std::string_view name) {
  return name.starts_with("//") || name.starts_with("sass:") ||
         name.find("://") != std::string_view::npos || name.ends_with(".css");
}

}  // namespace stet::sass
