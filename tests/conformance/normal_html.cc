#include "tests/conformance/normal_html.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <vector>

#include "storage/base/utf8.h"

namespace stet::conformance {
namespace {

// clang-format off
constexpr std::array<std::string_view, 75> kBlocks = {
    "html", "head", "body", "title", "meta", "link", "base", "style", "script", "noscript",
    "template", "address", "article", "aside", "blockquote", "center", "details", "dialog", "dd",
    "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "li", "main", "menu", "nav", "ol",
    "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    "caption", "col", "colgroup", "option", "optgroup", "select", "iframe", "br", "legend", "video",
    "audio", "source", "track", "param", "picture", "!doctype", "textarea", "input", "object",
    "embed"};
// clang-format on
constexpr std::array<std::string_view, 14> kVoids = {"area",
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
constexpr std::array<std::pair<std::string_view, std::string_view>, 14> kEntities = {{
    {"amp", "&"},
    {"lt", "<"},
    {"gt", ">"},
    {"quot", "\""},
    {"apos", "'"},
    {"nbsp", "\u00a0"},
    {"mdash", "—"},
    {"ndash", "–"},
    {"hellip", "…"},
    {"lsquo", "‘"},
    {"rsquo", "’"},
    {"ldquo", "“"},
    {"rdquo", "”"},
    {"copy", "©"},
}};

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

template <typename List>
bool has(const List& list, std::string_view name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
  return result;
}

// The character that "name" or "#number" stands for; nothing if none.
std::string referenced(std::string_view name) {
  for (const auto& [known, text] : kEntities) {
    if (known == name) return std::string(text);
  }
  if (name.size() < 2 || name[0] != '#') return "";
  const bool is_hex = name[1] == 'x' || name[1] == 'X';
  const std::string digits(name.substr(is_hex ? 2 : 1));
  char* end = nullptr;
  const unsigned long code = std::strtoul(digits.c_str(), &end, is_hex ? 16 : 10);
  if (digits.empty() || *end != '\0' || code > 0x10FFFF) return "";
  std::string text;
  append_code_point(text, static_cast<char32_t>(code));
  return text;
}

std::string decoded(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t end = text[i] == '&' ? text.substr(0, i + 12).find(';', i) : text.npos;
    const std::string character =
        end == text.npos ? "" : referenced(text.substr(i + 1, end - i - 1));
    if (character.empty()) {
      result += text[i++];
    } else {
      result += character;
      i = end + 1;
    }
  }
  return result;
}

std::string collapsed(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (!is_space(c)) {
      result += c;
    } else if (result.empty() || result.back() != ' ') {
      result += ' ';
    }
  }
  return result;
}

struct Token {
  bool is_text = false;
  bool is_kept = false;  // text as it is, of <pre>
  std::string name;      // of a tag: with a slash before that of an end tag
  std::string value;
};

class Tokenizer {
 public:
  explicit Tokenizer(std::string_view html) : html_(html) {}

  std::vector<Token> run() {
    while (at_ < html_.size()) {
      if (html_[at_] != '<' || !markup()) text_ += html_[at_++];
    }
    flush();
    return std::move(tokens_);
  }

 private:
  void flush() {
    if (text_.empty()) return;
    tokens_.push_back({true, kept_ > 0, "", decoded(text_)});
    text_.clear();
  }

  bool markup() {
    const std::string_view rest = html_.substr(at_);
    if (rest.starts_with("<!--")) {
      const std::size_t end = std::min(rest.find("-->", 4), rest.size());
      flush();
      tokens_.push_back({false, false, "!doctype", collapsed(rest.substr(0, end))});
      at_ += std::min(end + 3, rest.size());
      return true;
    }
    const bool is_end = rest.starts_with("</");
    const std::size_t begin = is_end ? 2 : 1;
    if (begin >= rest.size() || !is_letter(rest[begin])) return false;
    const std::size_t name_end = std::min(rest.find_first_of(" \t\r\n/>", begin), rest.size());
    const std::string name = lower(rest.substr(begin, name_end - begin));
    const std::size_t end = attributes(rest, name_end);
    if (end == rest.npos) return false;
    flush();
    at_ += end + 1;
    tag(name, is_end);
    return true;
  }

  void tag(const std::string& name, bool is_end) {
    const bool is_keeper = name == "pre" || name == "textarea";
    if (is_end) {
      if (has(kVoids, name)) return;
      if (is_keeper && kept_ > 0) --kept_;
      tokens_.push_back({false, false, "/" + name, ""});
      return;
    }
    std::string value;
    for (const auto& [key, given] : attributes_) value += " " + key + "=\"" + given + "\"";
    tokens_.push_back({false, false, name, value});
    if (is_keeper) ++kept_;
  }

  // Reads to the end of the tag, and says where its `>` is.
  std::size_t attributes(std::string_view rest, std::size_t at) {
    attributes_.clear();
    for (;;) {
      while (at < rest.size() && (is_space(rest[at]) || rest[at] == '/')) ++at;
      if (at >= rest.size()) return rest.npos;
      if (rest[at] == '>') return at;
      const std::size_t name_end = std::min(rest.find_first_of(" \t\r\n=/>", at + 1), rest.size());
      const std::string name = lower(rest.substr(at, name_end - at));
      at = name_end;
      std::string value;
      if (at < rest.size() && rest[at] == '=') {
        ++at;
        const bool is_quoted = at < rest.size() && (rest[at] == '"' || rest[at] == '\'');
        const std::size_t end =
            is_quoted ? rest.find(rest[at], at + 1) : rest.find_first_of(" \t\r\n>", at);
        if (end == rest.npos) return rest.npos;
        value = rest.substr(at + (is_quoted ? 1 : 0), end - at - (is_quoted ? 1 : 0));
        at = end + (is_quoted ? 1 : 0);
      }
      std::string normal = collapsed(decoded(value));
      if (normal.ends_with(' ')) normal.pop_back();
      if (normal.starts_with(' ')) normal.erase(0, 1);
      attributes_.emplace(name, std::move(normal));
    }
  }

  std::string_view html_;
  std::size_t at_ = 0;
  int kept_ = 0;
  std::string text_;
  std::map<std::string, std::string> attributes_;
  std::vector<Token> tokens_;
};

bool is_block(const Token& token) {
  if (token.is_text) return false;
  const std::string_view name = token.name;
  return has(kBlocks, name.starts_with('/') ? name.substr(1) : name);
}

}  // namespace

std::string normal_html(std::string_view html) {
  std::vector<Token> tokens = Tokenizer(html).run();
  std::string result;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    Token& token = tokens[i];
    if (!token.is_text) {
      result += "<" + token.name + token.value + ">\n";
      continue;
    }
    std::string text = token.is_kept ? token.value : collapsed(token.value);
    const bool is_first = i == 0 || is_block(tokens[i - 1]);
    const bool is_last = i + 1 == tokens.size() || is_block(tokens[i + 1]);
    if (!token.is_kept && is_first && text.starts_with(' ')) text.erase(0, 1);
    if (!token.is_kept && is_last && text.ends_with(' ')) text.pop_back();
    if (!text.empty()) result += text + "\n";
  }
  return result;
}

}  // namespace stet::conformance
