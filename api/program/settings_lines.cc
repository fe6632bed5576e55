#include "api/program/settings_lines.h"

#include <algorithm>
#include <map>

#include "storage/base/utf8.h"

namespace stet::program {
namespace {

constexpr std::size_t kShownBytesMax = 60;
constexpr std::size_t kValuesMax = 1000;

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

bool is_of_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-';
}

bool is_name(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_of_word);
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

// Reads from the front of what is left. Each step that fails leaves its words in `fault`.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  SettingLines read() {
    while (!rest_.empty()) {
      fault_.clear();
      const std::size_t line = line_;
      read_line();
      if (!fault_.empty()) read_.faults.push_back({line, fault_});
      skip_line();
    }
    return std::move(read_);
  }

 private:
  void read_line() {
    skip_blanks();
    if (is_at_end()) return;
    if (rest_.front() == '[') return read_section();
    SettingLine found{.section = section_, .key = "", .values = {}, .line = line_};
    const std::string_view line = rest_.substr(0, rest_.find('\n'));
    const std::size_t equals = line.find('=');
    found.key = trimmed(line.substr(0, equals));
    if (equals == line.npos || !is_name(found.key)) {
      return fail("'" + printable(trimmed(line), kShownBytesMax) +
                  "' is no setting; write `key = value`");
    }
    rest_.remove_prefix(equals + 1);
    skip_blanks();
    found.is_list = !is_at_end() && rest_.front() == '[';
    if (found.is_list ? !read_list(found.values) : !read_value(found.values)) return;
    skip_blanks();
    if (!is_at_end()) {
      return fail("there is more behind the value of '" + found.key +
                  "'; text with blanks stands in quotes");
    }
    add(std::move(found));
  }

  void add(SettingLine found) {
    auto [before, is_new] = seen_.emplace(found.name(), found.line);
    if (!is_new) {
      return fail("'" + found.name() + "' stands in line " + std::to_string(before->second) +
                  " already; take one of them out");
    }
    read_.lines.push_back(std::move(found));
  }

  void read_section() {
    const std::string_view line = rest_.substr(0, rest_.find('\n'));
    const std::size_t end = line.find(']');
    std::string_view behind = end == line.npos ? "" : trimmed(line.substr(end + 1));
    if (end == line.npos || (!behind.empty() && behind.front() != '#')) {
      return fail("'" + printable(trimmed(line), kShownBytesMax) +
                  "' is no section; write [name] on a line of its own");
    }
    section_ = trimmed(line.substr(1, end - 1));
    rest_.remove_prefix(line.size());
    std::string_view names = section_;
    while (!names.empty()) {
      const std::size_t dot = std::min(names.find('.'), names.size());
      if (!is_name(names.substr(0, dot))) break;
      names.remove_prefix(std::min(dot + 1, names.size()));
    }
    if (!names.empty() || section_.empty() || section_.ends_with('.')) {
      fail("'" + printable(section_, kShownBytesMax) +
           "' is no section's name: letters, digits, '_', '-', and '.' between two names");
    }
  }

  bool read_list(std::vector<std::string>& values) {
    rest_.remove_prefix(1);
    while (true) {
      skip_to_item();
      if (rest_.empty()) return fail("the list has no end; write ] behind its last value"), false;
      if (rest_.front() == ']') return rest_.remove_prefix(1), true;
      if (!read_value(values)) return false;
      skip_to_item();
      if (!rest_.empty() && rest_.front() == ',') {
        rest_.remove_prefix(1);
      } else if (!rest_.starts_with(']')) {
        return fail("values of a list are parted by commas, and ] ends it"), false;
      }
      if (values.size() > kValuesMax) {
        return fail("the list has more than " + std::to_string(kValuesMax) + " values"), false;
      }
    }
  }

  bool read_value(std::vector<std::string>& values) {
    if (is_at_end()) return fail("there is no value; write `key = value`, or take it out"), false;
    const char first = rest_.front();
    if (first == '"' || first == '\'') return read_text(first, values.emplace_back());
    const std::size_t size = std::min(rest_.find_first_of(" \t\r\n#,]"), rest_.size());
    if (size == 0 || rest_.substr(0, size).find_first_of("\"'[") != std::string::npos) {
      return fail("that is no value; text stands in quotes"), false;
    }
    values.emplace_back(rest_.substr(0, size));
    rest_.remove_prefix(size);
    return true;
  }

  bool read_text(char quote, std::string& text) {
    rest_.remove_prefix(1);
    while (!rest_.empty() && rest_.front() != '\n') {
      const char c = rest_.front();
      rest_.remove_prefix(1);
      if (c == quote) return true;
      if (c != '\\' || quote == '\'') {
        text += c;
      } else if (!read_escape(text)) {
        return false;
      }
    }
    return fail(std::string("the text has no end; write ") + quote + " behind it"), false;
  }

  bool read_escape(std::string& text) {
    constexpr std::string_view kWritten = "\"\\nt", kMeant = "\"\\\n\t";
    const std::size_t at = rest_.empty() ? kWritten.npos : kWritten.find(rest_.front());
    if (at == kWritten.npos) {
      return fail("behind \\ in \"text\" stands one of \" \\ n t; '...' takes \\ as it is"), false;
    }
    text += kMeant[at];
    rest_.remove_prefix(1);
    return true;
  }

  // Blanks, ends of lines and comments between the values of a list.
  void skip_to_item() {
    while (true) {
      skip_blanks();
      if (rest_.empty() || (rest_.front() != '\n' && rest_.front() != '#')) return;
      skip_line();
    }
  }

  void skip_blanks() {
    while (!rest_.empty() && is_blank(rest_.front())) rest_.remove_prefix(1);
  }

  void skip_line() {
    rest_.remove_prefix(std::min(rest_.find('\n'), rest_.size()));
    if (rest_.empty()) return;
    rest_.remove_prefix(1);
    ++line_;
  }

  bool is_at_end() const { return rest_.empty() || rest_.front() == '\n' || rest_.front() == '#'; }

  void fail(std::string message) { fault_ = std::move(message); }

  std::string_view rest_;
  std::size_t line_ = 1;
  std::string section_, fault_;
  std::map<std::string, std::size_t, std::less<>> seen_;
  SettingLines read_;
};

}  // namespace

SettingLines parse_settings(std::string_view text) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  if (text.starts_with(kMark)) text.remove_prefix(kMark.size());
  return Reader(text).read();
}

}  // namespace stet::program
