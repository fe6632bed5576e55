#include "cms/schedule_import/own_export.h"

#include <algorithm>

#include "cms/schedule/program.h"
#include "cms/schedule_import/clean_text.h"
#include "cms/schedule_import/markup.h"
#include "storage/base/repo_path.h"
#include "storage/base/utf8.h"

namespace stet::schedule_import {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

int hex_of(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

std::string without_percents(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    int high = text[i] == '%' && i + 2 < text.size() ? hex_of(text[i + 1]) : -1;
    int low = high < 0 ? -1 : hex_of(text[i + 2]);
    out += low < 0 ? text[i] : static_cast<char>(high * 16 + low);
    if (low >= 0) i += 2;
  }
  return out;
}

// What Jekyll reads no file of: "_x", ".x", "#x", "x~".
bool is_name_of_file(std::string_view page) {
  if (page.empty() || !is_utf8(page) || !RepoPath::parse(std::string(page) + ".md")) return false;
  for (std::size_t at = 0; at <= page.size();) {
    std::size_t end = std::min(page.find('/', at), page.size());
    std::string_view part = page.substr(at, end - at);
    if (part.empty() || part.ends_with('~')) return false;
    if (std::string_view("._#~").find(part[0]) != std::string_view::npos) return false;
    at = end + 1;
  }
  return true;
}

// What means something to Markdown at the beginning of a line, and nothing elsewhere: how many
// characters stand before the mark.
std::size_t mark_of_line(std::string_view line) {
  if (std::string_view("#+=:>-").find(line[0]) != std::string_view::npos) return 0;
  std::size_t digits = 0;
  while (digits < line.size() && is_digit(line[digits])) ++digits;
  bool is_item = digits > 0 && digits < line.size() && (line[digits] == '.' || line[digits] == ')');
  return is_item ? digits : line.npos;
}

bool is_escaped_at(std::string_view line, std::size_t at) {
  const char c = line[at], before = at > 0 ? line[at - 1] : '\0',
             after = at + 1 < line.size() ? line[at + 1] : '\0';
  switch (c) {
    case '~': return true;
    case '&': return is_letter(after) || is_digit(after) || after == '#';
    case '\\':
    case '*':
    case '`':
    case '[':
    case '|':
    case '$':
    case '"':
    case '\'':
    case '<': return true;
    case '_':
      return !((is_letter(before) || is_digit(before)) && (is_letter(after) || is_digit(after)));
    case '{': return after == ':';
    case '.':
    case '-':
    case '>': return before == c || after == c;
    default: return false;
  }
}

// The next place in this word at which something is escaped; its end where nothing is.
std::size_t next_escape(std::string_view line, std::size_t at) {
  while (at < line.size() && line[at] != ' ' && line[at] != '\t' && !is_escaped_at(line, at)) ++at;
  return at;
}

// GitHub's Markdown makes links of bare addresses, and takes what is escaped in them as it stands.
bool begins_address(std::string_view line, std::size_t at) {
  bool is_scheme = line.substr(at).starts_with("://");
  bool is_host = line[at] == '.' && at >= 3 && lower_ascii(line.substr(at - 3, 3)) == "www";
  return is_scheme || is_host;
}

void add_line(std::string_view line, std::string& out) {
  if (line == "^") {
    out += "&#94;";  // alone it ends a block
    return;
  }
  const std::size_t mark = mark_of_line(line);
  std::size_t next = 0;  // escape in this word, once looked for
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (begins_address(line, i)) {
      if (i >= next) next = next_escape(line, i);
      if (next < line.size() && line[next] != ' ' && line[next] != '\t') {
        out += line[i] == ':' ? "&#58;" : "&#46;";
        continue;
      }
    }
    const bool is_escaped = i == mark || is_escaped_at(line, i);
    if (is_escaped && line[i] == '~') {
      out += "&#126;";
    } else if (is_escaped && line[i] == '&') {
      out += "&amp;";
    } else {
      if (is_escaped) out += '\\';
      out += line[i];
    }
  }
}

// Letters and digits, in order.
std::string wording_of(std::string_view markdown) {
  std::string plain = plain_of_markdown(markdown), out;
  for (std::string_view rest = plain; !rest.empty();) {
    char32_t c = take_code_point(rest);
    bool is_mark =
        (c < 0x80 && !is_digit(static_cast<char>(c)) && !is_letter(static_cast<char>(c))) ||
        (c >= 0x80 && c < 0xc0) || (c >= 0x2000 && c < 0x2070);
    if (!is_mark) append_code_point(out, c);
  }
  return out;
}

}  // namespace

std::string page_in_url(std::string_view url, std::string_view folder) {
  url = url.substr(0, url.find_first_of("?#"));
  const std::string below = "/" + std::string(folder) + "/";
  std::size_t at = url.rfind(below);
  if (at == url.npos) return "";
  url.remove_prefix(at + below.size());
  for (std::string_view end : {"/", "/index.html", ".html"}) {
    if (!url.ends_with(end)) continue;
    url.remove_suffix(end.size());
    break;
  }
  std::string page = without_percents(url);
  return is_name_of_file(page) ? page : "";
}

std::string markdown_of_text(std::string_view text) {
  std::string out;
  bool is_in_paragraph = false;
  while (!text.empty()) {
    std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    while (line.starts_with(' ') || line.starts_with('\t')) line.remove_prefix(1);
    while (line.ends_with(' ') || line.ends_with('\t')) line.remove_suffix(1);
    if (!line.empty() && !out.empty()) out += is_in_paragraph ? "  \n" : "\n\n";
    if (!line.empty()) add_line(line, out);
    is_in_paragraph = !line.empty();
  }
  return out;
}

bool is_same_wording(std::string_view there, std::string_view wanted, bool has_preface) {
  std::string own = wording_of(there), other = wording_of(wanted);
  bool may_be_cut = wanted.size() >= schedule::kDescriptionBytesMax;
  if (own == other) return true;
  if (may_be_cut && own.starts_with(other)) return true;
  return has_preface && (other.ends_with(own) || may_be_cut);
}

}  // namespace stet::schedule_import
