#include "cms/plugins/html_texts.h"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace stet::plugins {
namespace {

constexpr std::array<std::string_view, 2> kLeftAlone = {"code", "pre"};

std::string in_brackets(std::string_view html) {
  return with_edited_texts(html, kLeftAlone, [](std::string_view text, std::string& out) {
    out += "[";
    out += text;
    out += "]";
  });
}

struct Case {
  const char* html;
  const char* edited;
};

const Case kCases[] = {
    {"", ""},
    {"a", "[a]"},
    {"a<b>c</b>d", "[a]<b>[c]</b>[d]"},
    {"a < b <3", "[a < b <3]"},
    {"&lt;b&gt;", "[&lt;b&gt;]"},
    {"<!-- a <b> -->c", "<!-- a <b> -->[c]"},
    {"<!DOCTYPE html>c<?x y?>", "<!DOCTYPE html>[c]<?x y?>"},
    {"<!-- a", "<!-- a"},
    {"<code>a<b>c</b></code>d", "<code>a<b>c</b></code>[d]"},
    {"<CODE>a</CODE >d", "<CODE>a</CODE >[d]"},
    {"<pre><code>a</code>b</pre>c", "<pre><code>a</code>b</pre>[c]"},
    {"<p><code>a</p>b", "<p><code>a</p>[b]"},
    {"<code>a</p>b</code>c", "<code>a</p>b</code>[c]"},
    {"</code>a", "</code>[a]"},
    {"<br>a<br/>b<code/>c", "<br>[a]<br/>[b]<code/>[c]"},
    {"<script>a<b</script>c", "<script>a<b</script>[c]"},
    {"<Style>a</x></STYLE>c", "<Style>a</x></STYLE>[c]"},
    {"<textarea><b>a</textarea>c", "<textarea><b>a</textarea>[c]"},
    {"<script>a", "<script>a"},
    {"<a title='>' b=\">\" c=d>e</a>", "<a title='>' b=\">\" c=d>[e]</a>"},
    {"<a title='x", "<a title='x"},
    {"<a b = 'c' d>e", "<a b = 'c' d>[e]"},
    {"<a =b>c", "<a =b>[c]"},
    {"<a href='x y' title='x y'>", "<a href='x%20y' title='x y'>"},
    {"<a HREF=\" #\u00e9\">", "<a HREF=\"#%C3%A9\">"},
    {"<img src=\u00e9?a=b&amp;c>d", "<img src=%C3%A9?a=b&amp;c>[d]"},
    {"<form action=''>", "<form action=''>"},
};

TEST(HtmlTexts, AreEditedAndAllElseStays) {
  for (const Case& one : kCases) EXPECT_EQ(in_brackets(one.html), one.edited) << one.html;
}

TEST(HtmlTexts, OfHostileHtmlComeToAnEnd) {
  for (const std::string unit : {"<b>",
                                 "</b>",
                                 "<b></i>",
                                 "<!--",
                                 "<script>",
                                 "<a b='",
                                 "<",
                                 "<code>",
                                 "<script></",
                                 "<a href="}) {
    std::string html;
    while (html.size() < 300'000) html += unit;
    EXPECT_GE(in_brackets(html).size(), html.size()) << unit;
  }
}

}  // namespace
}  // namespace stet::plugins
