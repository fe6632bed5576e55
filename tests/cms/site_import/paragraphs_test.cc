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
      // Lines of a block element are shown as such; line ends beside its tags are none.
      {"<p>one\ntwo</p>", "<p>one<br />\ntwo</p>"},
      {"<div>\none\ntwo\n</div>", "<div>\none<br />\ntwo\n</div>"},
      {"<ul>\n<li>a\nb</li>\n<li>c</li>\n</ul>", "<ul>\n<li>a<br />\nb</li>\n<li>c</li>\n</ul>"},
      {"<h2>a\nb</h2>", "<h2>a<br />\nb</h2>"},
      {"<h2>a\n\nb</h2>", "<h2>a<br />\nb</h2>"},
      {"<table>\n<tr>\n<td>a\n<em>b</em>\n</td>\n</tr>\n</table>",
       "<table>\n<tr>\n<td>a<br />\n<em>b</em>\n</td>\n</tr>\n</table>"},
      {"<p>a<br>\nb<br/>\nc</p>", "<p>a<br>\nb<br/>\nc</p>"},
      {"<p>a\n\nb</p>", "<p>a</p>\n<p>b</p>"},
      {"<p>a\nb\n<ul>\n<li>c</li>\n</ul>\nd\n\ne",
       "<p>a<br />\nb\n<ul>\n<li>c</li>\n</ul>\n<p>d</p>\n<p>e</p>"},
      {"<div><pre>a\nb</pre>\n<script>c\nd</script>\n<textarea>e\nf</textarea></div>",
       "<div><pre>a\nb</pre>\n<script>c\nd</script>\n<textarea>e\nf</textarea></div>"},
      {"<ol>\na\nb\n</ol>", "<ol>\na\nb\n</ol>"},
      // Those of a tag or a comment are none either.
      {"<div\nclass=\"a\">one\ntwo</div>", "<div\nclass=\"a\">one<br />\ntwo</div>"},
      {"<pre\nclass=a>one\ntwo\n\nthree</pre>", "<pre\nclass=a>one\ntwo\n\nthree</pre>"},
      {"<h2\nid=x>Title</h2>", "<h2\nid=x>Title</h2>"},
      {"a <a href=x\ntitle=\"a>b\">c</a>\nd", "<p>a <a href=x\ntitle=\"a>b\">c</a><br />\nd</p>"},
      {"a\fb", "<p>a b</p>"},
      {"a <a\nhref=\"x\"\n\n>b</a>", "<p>a <a\nhref=\"x\"\n\n>b</a></p>"},
      {"<p>a <!-- b\n\nc --> d</p>", "<p>a <!-- b\n\nc --> d</p>"},
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
