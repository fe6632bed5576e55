#include "cms/site_import/paragraphs.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace stet::site_import {
namespace {

TEST(Paragraphs, AreMadeAsWordPressMakesThem) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"", ""},
      {"one", "<p>one</p>"},
      {"one\n\ntwo", "<p>one</p>\n<p>two</p>"},
      {"one\r\n \r\ntwo", "<p>one</p>\n<p>two</p>"},
      {"one\ntwo", "<p>one<br />\ntwo</p>"},
      {"one<br />\ntwo", "<p>one<br />\ntwo</p>"},
      {"a <em>b</em> c", "<p>a <em>b</em> c</p>"},
      {"<h2>Head</h2>\ntext", "<h2>Head</h2>\n<p>text</p>"},
      {"text\n<ul>\n\t<li>a</li>\n\n\t<li>b</li>\n</ul>",
       "<p>text</p>\n<ul>\n\t<li>a</li>\n\n\t<li>b</li>\n</ul>"},
      {"<pre>a\n\nb</pre>\n\nc", "<pre>a\n\nb</pre>\n<p>c</p>"},
      {"<script>\nif (a < b)\n\nc();</script>", "<script>\nif (a < b)\n\nc();</script>"},
      {"<blockquote>a\n\nb</blockquote>", "<blockquote>\n<p>a</p>\n<p>b</p>\n</blockquote>"},
      {"<div>text</div>", "<div>text</div>"},
      {"<div>a\n\nb</div>", "<div>\n<p>a</p>\n<p>b</p>\n</div>"},
      {"<p>own</p>\n\nnext", "<p>own</p>\n<p>next</p>"},
      {"<p>a</p>\n\n<p>b</p>", "<p>a</p>\n<p>b</p>"},
      {"a\n\n<!--more-->\n\nb", "<p>a</p>\n<!--more-->\n<p>b</p>"},
      {"2 < 3\n\nb", "<p>2 < 3</p>\n<p>b</p>"},
      {"<unknown\n\nend", "<p><unknown</p>\n<p>end</p>"},
  };
  for (const auto& [text, html] : cases) EXPECT_EQ(with_paragraphs(text), html) << text;
}

TEST(Paragraphs, CostWhatTheTextIsLong) {
  std::string hostile;
  for (int i = 0; i < 100'000; ++i) hostile += "<pre\n\n<div <!-- ";
  EXPECT_GE(with_paragraphs(hostile).size(), hostile.size() / 2);
  EXPECT_FALSE(with_paragraphs(std::string(1 << 20, '\n') + "a").empty());
}

}  // namespace
}  // namespace stet::site_import
