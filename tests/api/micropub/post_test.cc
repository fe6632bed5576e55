#include "api/micropub/post.h"

#include <gtest/gtest.h>

#include "api/routes/json.h"

namespace stet::micropub {
namespace {

using document::Data;

const Time kNow{1717243200, 0, 7200, false};

Post post_of_json(std::string_view json) {
  auto command = read_json(std::get<Data>(api::parse_json(json)));
  auto made = post_of(std::get<Command>(command), kNow);
  if (auto* fault = std::get_if<Fault>(&made)) ADD_FAILURE() << fault->description;
  return std::get<Post>(made);
}

TEST(MicropubPost, PropertiesBecomeFrontMatterAndBody) {
  Post post = post_of_json(R"({"type": ["h-entry"], "properties": {
      "name": ["Title"], "content": [{"html": "<p>Hi</p>"}], "category": ["one"],
      "published": ["2020-01-01T10:00:00Z"], "photo": [{"value": "/a.jpg", "alt": "A"}],
      "in-reply-to": ["https://example.org/"], "mp-slug": ["short"], "post-status": ["draft"]}})");
  EXPECT_EQ(document::to_string(post.front_matter),
            R"({"title": "Title", "tags": ["one"], "date": "2020-01-01T10:00:00Z", )"
            R"("photo": {"value": "/a.jpg", "alt": "A"}, "in-reply-to": "https://example.org/", )"
            R"("slug": "short"})");
  EXPECT_EQ(post.body, "<p>Hi</p>\n");
  EXPECT_TRUE(post.is_draft);
}

TEST(MicropubPost, ANoteHasItsFirstWordsForATitle) {
  struct {
    const char* properties;
    const char* title;
  } cases[] = {
      {R"("content": ["Just a few words.\nMore."])", "Just a few words."},
      {R"("content": ["# Heading\n"])", "Heading"},
      {R"("content": [{"html": "<p>In <b>bold</b></p>"}])", "In bold"},
      {R"("content": ["A sentence that goes on and on, far beyond what anybody would call"])",
       "A sentence that goes on and on, far beyond what anybody"},
      {R"("photo": ["/a.jpg"])", "Photo"},
      {R"("like-of": ["https://example.org/"])", "like-of https://example.org/"},
      {R"("content": [""])", "Note"},
  };
  for (const auto& c : cases) {
    Post post =
        post_of_json(R"({"type": ["h-entry"], "properties": {)" + std::string(c.properties) + "}}");
    EXPECT_EQ(*post.front_matter.find("title")->string(), c.title);
    EXPECT_TRUE(post.front_matter.find("date")->time());
  }
}

TEST(MicropubPost, AnUpdateIsAPatchOfWhatItNames) {
  Post there;
  there.front_matter = Data::Map{{"title", "T"}, {"tags", "one two"}, {"syndication", "a"}};
  there.body = "Body.\n";
  struct {
    const char* update;
    const char* patch;
    const char* body;  // null: not touched
  } cases[] = {
      {R"("replace": {"content": ["New"], "name": ["N"]})", R"({"title": "N"})", "New\n"},
      {R"("add": {"category": ["three"]})", R"({"tags": ["one", "two", "three"]})", nullptr},
      {R"("add": {"category": ["one"]})", R"({"tags": ["one", "two"]})", nullptr},
      {R"("add": {"syndication": ["b"]})", R"({"syndication": ["a", "b"]})", nullptr},
      {R"("add": {"photo": ["/a.jpg"]})", R"({"photo": "/a.jpg"})", nullptr},
      {R"("delete": {"category": ["one"]})", R"({"tags": ["two"]})", nullptr},
      {R"("delete": {"category": ["one", "two"]})", R"({"tags": null})", nullptr},
      {R"("delete": ["category"])", R"({"tags": null})", nullptr},
  };
  for (const auto& c : cases) {
    auto command = read_json(std::get<Data>(
        api::parse_json(R"({"action": "update", "url": "/x/", )" + std::string(c.update) + "}")));
    auto change = change_of(std::get<Command>(command), there);
    ASSERT_TRUE(std::holds_alternative<Change>(change)) << c.update;
    EXPECT_EQ(document::to_string(std::get<Change>(change).patch), c.patch);
    EXPECT_EQ(std::get<Change>(change).body.value_or("-"), c.body ? c.body : "-");
  }
  for (const char* update : {R"("add": {"content": ["more"]})",
                             R"("delete": ["content"])",
                             R"("replace": {"content": ["a", "b"]})",
                             R"("replace": {"content": [7]})",
                             R"("replace": {"post-status": ["draft"]})"}) {
    auto command = read_json(std::get<Data>(
        api::parse_json(R"({"action": "update", "url": "/x/", )" + std::string(update) + "}")));
    EXPECT_TRUE(std::holds_alternative<Fault>(change_of(std::get<Command>(command), there)))
        << update;
  }
}

TEST(MicropubPost, IsShownAsPropertiesAgain) {
  Post post;
  post.front_matter = Data::Map{
      {"title", "T"}, {"tags", "one two"}, {"date", Time{0, 0, 0, true}}, {"layout", Data()}};
  post.body = "Body.\n";
  EXPECT_EQ(document::to_string(properties_of(post, {})),
            R"({"name": ["T"], "category": ["one", "two"], )"
            R"("published": ["1970-01-01 00:00:00 +0000"], "content": ["Body."], )"
            R"("post-status": ["published"]})");
  EXPECT_EQ(document::to_string(properties_of(post, {"category", "nosuch"})),
            R"({"category": ["one", "two"]})");
}

}  // namespace
}  // namespace stet::micropub
