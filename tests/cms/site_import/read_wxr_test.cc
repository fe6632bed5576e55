#include <gtest/gtest.h>

#include "cms/site_import/wxr.h"
#include "tests/cms/site_import/exported.h"

namespace stet::site_import {
namespace {

TEST(ReadWxr, ReadsItemsWithTheirLines) {
  WxrExport site = read_export(export_of(
      {{.id = "7",
        .title = "Ropes &amp; <em>knots</em>",
        .slug = "ropes",
        .body = "a\nb",
        .link = "https://old.example/blog/ropes/",
        .more = "<dc:creator>ann</dc:creator>"
                "<category domain=\"category\" nicename=\"craft\">Craft</category>"
                "<category domain=\"post_tag\" nicename=\"hemp\">Hemp</category>"
                "<wp:post_password>x</wp:post_password><wp:is_sticky>1</wp:is_sticky>"
                "<wp:postmeta><wp:meta_key>colour</wp:meta_key><wp:meta_value>red</wp:meta_value>"
                "</wp:postmeta>"
                "<wp:comment><wp:comment_approved>1</wp:comment_approved></wp:comment>"
                "<wp:comment><wp:comment_approved>spam</wp:comment_approved></wp:comment>"}},
      "<wp:author><wp:author_login>ann</wp:author_login><wp:author_email>a@b.c</wp:author_email>"
      "<wp:author_display_name>Ann Lee</wp:author_display_name></wp:author>\n"));
  EXPECT_EQ(site.title, "Tide & Time");
  EXPECT_EQ(site.address, "https://old.example/blog");
  ASSERT_EQ(site.authors.size(), 1u);
  EXPECT_EQ(site.authors[0].name, "Ann Lee");
  EXPECT_TRUE(site.authors[0].has_mail);
  ASSERT_EQ(site.items.size(), 1u);
  const WxrItem& item = site.items[0];
  EXPECT_EQ(item.title, "Ropes & knots");
  EXPECT_EQ(item.place.line, 5);
  EXPECT_EQ(item.body, "a\nb");
  EXPECT_EQ(item.author, "ann");
  ASSERT_EQ(item.terms.size(), 2u);
  EXPECT_EQ(item.terms[0].name, "Craft");
  EXPECT_EQ(item.terms[1].kind, WxrTerm::Kind::kTag);
  EXPECT_TRUE(item.has_password && item.is_sticky);
  EXPECT_EQ(item.comments, 1u);
  ASSERT_EQ(item.fields.size(), 1u);
  EXPECT_EQ(item.fields[0].value, "red");
  ASSERT_TRUE(item.wall && item.utc);
  EXPECT_EQ(item.wall->hour, 10);
  EXPECT_EQ(item.utc->hour, 8);
}

// Before 1.1 terms came twice, tags were "tag", and authors were not listed.
TEST(ReadWxr, ReadsTheFirstVersion) {
  WxrExport site = read_export(channel_of(
      item_of({.id = "1",
               .title = "T",
               .slug = "t",
               .more = "<category>Craft</category>"
                       "<category domain=\"category\" nicename=\"craft\">Craft</category>"
                       "<category domain=\"tag\" nicename=\"hemp\">Hemp</category>"}),
      "1.0"));
  ASSERT_EQ(site.items.size(), 1u);
  ASSERT_EQ(site.items[0].terms.size(), 2u);
  EXPECT_EQ(site.items[0].terms[1].kind, WxrTerm::Kind::kTag);
  EXPECT_TRUE(site.findings.empty()) << shown(site.findings);
}

TEST(ReadWxr, NoTimeIsNoTime) {
  WxrExport site = read_export(export_of({{.id = "1",
                                           .title = "T",
                                           .slug = "t",
                                           .date = "0000-00-00 00:00:00",
                                           .gmt = "2020-02-31 00:00:00"}}));
  EXPECT_FALSE(site.items[0].wall || site.items[0].utc);
}

TEST(ReadWxr, SaysWhatItDoesNotRead) {
  WxrExport site = read_export(
      channel_of(item_of({.id = "1",
                          .title = "T",
                          .slug = "t",
                          .more = "<category domain=\"event_kind\" nicename=\"x\">X</category>"}),
                 "9.0"));
  EXPECT_TRUE(tells(site.findings, "assumed 3: version 9.0")) << shown(site.findings);
  EXPECT_TRUE(tells(site.findings, "1 terms of the taxonomy 'event_kind'"));
}

TEST(ReadWxr, RefusesWhatIsNoExport) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"", "not well-formed in line 1"},
      {"<html></html>", "no export of WordPress"},
      {"<rss><channel><item/></channel></rss>", "no wp:wxr_version"},
      {"<!DOCTYPE rss [<!ENTITY a \"b\">]><rss/>", "document type"},
      {channel_of("<item>\n<title>\x01</title></item>"), "not well-formed in line 5"},
  };
  for (const auto& [text, said] : cases) {
    auto read = read_wxr(text);
    ASSERT_FALSE(read) << text;
    EXPECT_EQ(read.error().code, ErrorCode::kInvalidInput);
    EXPECT_NE(read.error().message.find(said), std::string::npos) << read.error().message;
  }
}

TEST(ReadWxr, HoldsItsLimits) {
  std::string deep;
  for (int i = 0; i < 100; ++i) deep += "<a>";
  EXPECT_FALSE(read_wxr(channel_of(deep)));
  WxrExport site = read_export(export_of({{.id = "1",
                                           .title = std::string(5000, 'x'),
                                           .slug = "t",
                                           .body = std::string(kWxrBodyBytesMax + 1, 'y')}}));
  EXPECT_LE(site.items[0].title.size(), 500u);
  EXPECT_LE(site.items[0].body.size(), kWxrBodyBytesMax);
  EXPECT_TRUE(tells(site.findings, "doubt 4: a text is larger than 4 MiB"));
}

}  // namespace
}  // namespace stet::site_import
