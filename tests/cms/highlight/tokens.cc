#include "tests/cms/highlight/tokens.h"

#include <gtest/gtest.h>

#include "cms/highlight/highlight.h"

namespace stet::highlight {
namespace {

std::string shown(std::string_view html) {
  std::string text;
  while (!html.empty()) {
    std::size_t taken = 1;
    if (html.front() == ' ') {
      text += "·";
    } else if (html.front() == '\n') {
      text += "¶";
    } else if (html.front() == '\t') {
      text += "→";
    } else if (html.starts_with("&lt;") || html.starts_with("&gt;")) {
      text += html.starts_with("&lt;") ? '<' : '>';
      taken = 4;
    } else if (html.starts_with("&amp;")) {
      text += '&';
      taken = 5;
    } else {
      text += html.front();
    }
    html.remove_prefix(taken);
  }
  return text;
}

}  // namespace

std::string text_of(const std::string& html) {
  std::string text;
  for (std::size_t at = 0; at < html.size(); ++at) {
    if (html[at] == '<') {
      at = html.find('>', at);
    } else if (html[at] == '&') {
      const std::size_t end = html.find(';', at);
      const std::string name = html.substr(at, end - at);
      text += name == "&lt" ? '<' : name == "&gt" ? '>' : '&';
      at = end;
    } else {
      text += html[at];
    }
  }
  return text;
}

std::string repeated(std::string_view text, std::size_t bytes) {
  std::string all;
  while (all.size() < bytes) all += text;
  return all;
}

std::string tokens_of(std::string_view language, std::string_view code) {
  const std::string html = to_html(language, code);
  constexpr std::string_view kOpen = "<span class=\"";
  std::string tokens;
  for (std::size_t at = html.find(kOpen); at != html.npos; at = html.find(kOpen, at)) {
    at += kOpen.size();
    const std::size_t name_end = html.find("\">", at);
    const std::size_t end = html.find("</span>", at);
    if (!tokens.empty()) tokens += ' ';
    tokens += html.substr(at, name_end - at) + "=";
    tokens += shown(std::string_view(html).substr(name_end + 2, end - name_end - 2));
    at = end;
  }
  return tokens;
}

void expect_tokens(std::string_view language, const std::vector<TokenCase>& cases) {
  for (const TokenCase& test : cases) {
    EXPECT_EQ(tokens_of(language, test.code), test.tokens) << language << ": " << test.code;
  }
}

void expect_whole_and_ending(std::string_view language,
                             const std::vector<std::string_view>& texts) {
  std::string bytes;
  for (int round = 0; round < 3; ++round) {
    for (int c = 0; c < 256; ++c) bytes += static_cast<char>(c * (2 * round + 1));
  }
  EXPECT_EQ(text_of(to_html(language, bytes)), bytes) << language;
  for (const std::string_view text : texts) {
    const std::string code = repeated(text, std::size_t{1} << 16);
    EXPECT_EQ(text_of(to_html(language, code)), code) << language << ": " << text;
  }
}

}  // namespace stet::highlight
