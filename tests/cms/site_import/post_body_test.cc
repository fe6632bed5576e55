#include "cms/site_import/post_body.h"

#include <gtest/gtest.h>

#include "tests/cms/site_import/exported.h"

namespace stet::site_import {
namespace {

struct Made {
  PostBody body;
  std::vector<Finding> findings;
};

Made made_of(std::string text) {
  WxrItem item;
  item.body = std::move(text);
  item.body_place = {10, 1};
  Told told;
  PostBody body = post_body(item, told);
  return {std::move(body), told.take()};
}

TEST(PostBody, MarksOfTheBlockEditorGo) {
  Made made = made_of(
      "<!-- wp:paragraph -->\n<p>One\ntwo</p>\n<!-- /wp:paragraph -->\n\n"
      "<!-- wp:image {\"id\":7} -->\n<img src=\"a.jpg\">\n<!-- /wp:image -->\n<!-- kept -->");
  EXPECT_EQ(made.body.html, "<p>One\ntwo</p>\n\n<img src=\"a.jpg\">\n<!-- kept -->");
  EXPECT_TRUE(made.findings.empty()) << shown(made.findings);
}

TEST(PostBody, CodeInABlockStaysAsItIs) {
  EXPECT_EQ(made_of("<!-- wp:code -->\n<pre>a\n\n\n\nb</pre>\n<!-- /wp:code -->").body.html,
            "<pre>a\n\n\n\nb</pre>");
}

TEST(PostBody, ATextOfTheClassicEditorGetsItsParagraphs) {
  EXPECT_EQ(made_of("One\n\ntwo").body.html, "<p>One</p>\n<p>two</p>");
}

TEST(PostBody, KnowsWhereTheExcerptEnds) {
  Made made = made_of("a\n\n<!--more Read on-->\n\nb");
  EXPECT_TRUE(made.body.has_more);
  EXPECT_EQ(made.body.html, "<p>a</p>\n<!--more-->\n<p>b</p>");
  EXPECT_FALSE(made_of("more").body.has_more);
}

TEST(PostBody, SaysWhatOnlyWordPressFillsIn) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"a\n[gallery ids=\"1,2\"]", "left out 11: the shortcode [gallery]"},
      {"[caption id=\"x\"]b[/caption]", "left out 10: the shortcode [caption]"},
      {"\n\n[contact-form-7 id=\"5\"]", "left out 12: the shortcode [contact-form-7]"},
      {"[box]a[/box]", "left out 10: the shortcode [box]"},
      {"<!-- wp:latest-posts {\"n\":3} /-->", "left out 10: the block 'latest-posts'"},
      {"a\n<!--nextpage-->\nb", "left out 11: the text is parted into pages"},
  };
  for (const auto& [text, said] : cases) {
    Made made = made_of(text);
    EXPECT_TRUE(tells(made.findings, said)) << text << ": " << shown(made.findings);
  }
  for (const char* text : {"see [1] and [a b]", "[[gallery]]", "a[i] = b[j]", "[x](y)", "["}) {
    EXPECT_TRUE(made_of(text).findings.empty()) << text << shown(made_of(text).findings);
  }
}

TEST(PostBody, WhatWouldRunInABrowserIsADoubt) {
  for (const char* text : {"\n<script>alert(1)</script>",
                           "\n<SCRIPT src=x></SCRIPT>",
                           "\n<img src=x ONERROR=\"a()\">",
                           "\n<a href=\" JavaScript:a()\">b</a>"}) {
    Made made = made_of(text);
    ASSERT_EQ(made.findings.size(), 1u) << text << shown(made.findings);
    EXPECT_EQ(made.findings[0].kind, Finding::Kind::kDoubt);
    EXPECT_EQ(made.findings[0].place.line, 11);
  }
  EXPECT_TRUE(made_of("<a href=\"https://x\">one</a><!-- <script> -->").findings.empty());
}

TEST(PostBody, WhatIsWrittenIsWhatIsLookedThrough) {
  Made made = made_of("\n<scr<!-- wp:x -->ipt>alert(1)</script>");
  EXPECT_EQ(made.body.html, "<script>alert(1)</script>");
  EXPECT_TRUE(tells(made.findings, "doubt 10: a script would run")) << shown(made.findings);
  // Where it was in the export, all the same.
  made = made_of("<!-- wp:html -->\n<p>a</p>\n<script>b()</script>\n<!-- /wp:html -->");
  EXPECT_TRUE(tells(made.findings, "doubt 12: a script would run")) << shown(made.findings);
  EXPECT_EQ(made.findings.size(), 1u);
}

TEST(PostBody, AnExcerptIsLookedThroughToo) {
  WxrItem item;
  item.excerpt = " a\n<img src=x onerror=b()> ";
  item.excerpt_place = {20, 1};
  Told told;
  EXPECT_EQ(post_excerpt(item, told), "a\n<img src=x onerror=b()>");
  EXPECT_TRUE(tells(told.take(), "doubt 21: the handler onerror would run"));
}

TEST(PostBody, LiquidIsSeen) {
  EXPECT_TRUE(made_of("a {{ b }}").body.has_liquid);
  EXPECT_TRUE(made_of("a {% b %}").body.has_liquid);
  EXPECT_FALSE(made_of("a { b }").body.has_liquid);
}

}  // namespace
}  // namespace stet::site_import
