#include "cms/plugins/body_filters.h"

#include <gtest/gtest.h>

#include <string>

#include "cms/plugins/emoji.h"
#include "cms/plugins/mentions.h"
#include "tests/cms/render/rendered_site.h"

namespace stet::plugins {
namespace {

using render::RenderedSite;

const std::string kPictures = "https://github.githubassets.com/images/icons/emoji/";

std::string picture(const std::string& name,
                    const std::string& file,
                    const std::string& folder = kPictures) {
  return "<img class=\"emoji\" title=\":" + name + ":\" alt=\":" + name + ":\" src=\"" + folder +
         file + ".png\" height=\"20\" width=\"20\">";
}

std::string link(const std::string& name, const std::string& base = "https://github.com/") {
  return "<a href=\"" + base + name + "\" class=\"user-mention\">@" + name + "</a>";
}

std::string page(const std::string& config,
                 const std::string& body,
                 const std::string& front = "") {
  RenderedSite site{{"_config.yml", config}, {"a.html", "---\n" + front + "---\n" + body}};
  return site.bytes("a.html");
}

TEST(Emoji, HaveTheFilesOfGemoji) {
  EXPECT_EQ(emoji_file("smile"), "unicode/1f604");
  EXPECT_EQ(emoji_file("+1"), "unicode/1f44d");
  EXPECT_EQ(emoji_file("thumbsup"), "unicode/1f44d");
  EXPECT_EQ(emoji_file("relaxed"), "unicode/263a");
  EXPECT_EQ(emoji_file("copyright"), "unicode/00a9");
  EXPECT_EQ(emoji_file("de"), "unicode/1f1e9-1f1ea");
  EXPECT_EQ(emoji_file("octocat"), "octocat");
  EXPECT_EQ(emoji_file("smil"), "");
  EXPECT_EQ(emoji_file(""), "");
}

TEST(Emoji, AreSeenFromColonToColon) {
  const std::string smile = picture("smile", "unicode/1f604");
  const std::pair<const char*, std::string> cases[] = {
      {":smile:", smile},
      {"a:smile:b", "a" + smile + "b"},
      {"12:30:smile:", "12:30" + smile},
      {":smile::smile:", smile + smile},
      {":a:smile:", picture("a", "unicode/1f170") + "smile:"},
      {":smile", ":smile"},
      {"::smile", "::smile"},
      {":Smile: :x y:", ":Smile: :x y:"},
  };
  for (const auto& [text, html] : cases) {
    std::string out;
    append_with_emoji(text, "https://github.githubassets.com/images/icons/", out);
    EXPECT_EQ(out, html) << text;
    EXPECT_EQ(has_emoji(text), out != text) << text;
  }
}

// As html-pipeline finds them.
TEST(Mentions, AreSeenWhereNoWordStandsBefore) {
  const std::pair<const char*, std::string> cases[] = {
      {"@a @b,@c", link("a") + " " + link("b") + "," + link("c")},
      {"x@m", "x@m"},
      {"é@o", "é" + link("o")},
      {"@@p (@q) [@t]", "@" + link("p") + " (" + link("q") + ") [" + link("t") + "]"},
      {"@r@s", link("r") + "@s"},
      {"@d. @e/f @g.h @i..", link("d") + ". @e/f @g.h " + link("i") + ".."},
      {"@k-l- @_n @-x @1", link("k-l-") + " " + link("_n") + " @-x " + link("1")},
      {"@mention @mentionED @mentions-", "@mention @mentionED " + link("mentions-")},
      {"@x.é", link("x") + ".é"},
      {"&lt;@x&gt;", "&lt;" + link("x") + "&gt;"},
      {"a\n@j.\nb", "a\n" + link("j") + ".\nb"},
      {"@", "@"},
  };
  for (const auto& [text, html] : cases) {
    std::string out;
    append_with_mentions(text, "https://github.com", out);
    EXPECT_EQ(out, html) << text;
  }
  std::string out;
  append_with_mentions("@a", "https://b.de/~", out);
  EXPECT_EQ(out, link("a", "https://b.de/~"));
}

TEST(BodyFilters, DoNothingUnlessThePluginIsOn) {
  EXPECT_EQ(page("title: x\n", "<p>:smile: @a</p>"), "<p>:smile: @a</p>");
}

TEST(BodyFilters, ChangeTheTextsOfTheBodyAlone) {
  const std::string html =
      "<head><title>:smile: @a</title></head>\n<body class=\"x\">\n <p title=':smile:'>@a :+1:</p>"
      "<code>:smile: @a</code><script>':smile: @a'</script><tt>@a</tt><a>@a</a></body> :smile: @a";
  EXPECT_EQ(page("plugins: [jemoji, jekyll-mentions]\n", html),
            "<head><title>:smile: @a</title></head>\n<body class=\"x\">\n <p title=':smile:'>" +
                link("a") + " " + picture("+1", "unicode/1f44d") +
                "</p><code>:smile: @a</code><script>':smile: @a'</script><tt>" + link("a") +
                "</tt><a>@a</a></body> :smile: @a");
}

TEST(BodyFilters, LeaveAPageAsItIsThatHasNothingForThem) {
  const std::string html = "<body><a href='é'>a:x_y: c@d.de</a></body>";
  EXPECT_EQ(page("plugins: [jemoji, jekyll-mentions]\n", html), html);
}

TEST(BodyFilters, TakeTheirAddressesFromTheConfiguration) {
  EXPECT_EQ(page("plugins: [jemoji]\nemoji:\n  src: /assets/\n", ":smile:"),
            picture("smile", "unicode/1f604", "/assets/emoji/"));
  EXPECT_EQ(page("plugins: [jekyll-mentions]\njekyll-mentions: https://b.de\n", "@a"),
            link("a", "https://b.de/"));
  EXPECT_EQ(page("plugins: [jekyll-mentions]\njekyll-mentions:\n  base_url: https://b.de/\n", "@a"),
            link("a", "https://b.de/"));
}

TEST(BodyFilters, TakeMentionsAsFrontMatterSays) {
  const std::string config = "plugins: [jekyll-mentions]\njekyll-mentions: https://b.de\n";
  EXPECT_EQ(page(config, "@a", "jekyll-mentions: false\n"), "@a");
  EXPECT_EQ(page(config, "@a", "jekyll-mentions: https://c.de\n"), link("a", "https://c.de/"));
  EXPECT_EQ(page(config, "@a", "jekyll-mentions:\n  base_url: https://c.de\n"),
            link("a", "https://c.de/"));
}

TEST(BodyFilters, TakeDocumentsInTheirLayoutsAndNothingThatIsNoHtml) {
  RenderedSite site{{"_config.yml", "plugins: [jemoji]\n"},
                    {"_layouts/page.html", "<body>{{ content }}:smile:</body>"},
                    {"_posts/2020-01-01-x.md", "---\nlayout: page\n---\n:smile: `:smile:`\n"},
                    {"a.txt", "---\n---\n:smile:"}};
  const std::string smile = picture("smile", "unicode/1f604");
  EXPECT_EQ(site.bytes("2020/01/01/x.html"),
            "<body><p>" + smile +
                " <code class=\"language-plaintext highlighter-rouge\">:smile:</code></p>\n" +
                smile + "</body>");
  EXPECT_EQ(site.bytes("a.txt"), ":smile:");
}

TEST(BodyFilters, AreReadsOfTheSettingsThatTheyLookedAt) {
  RenderedSite site{{"_config.yml", "plugins: [jemoji]\nemoji:\n  src: /x\n"},
                    {"a.html", "---\n---\n:smile:"},
                    {"b.html", "---\n---\nb"}};
  EXPECT_NE(site.reads("a.html").find("emoji.src"), std::string::npos) << site.reads("a.html");
  EXPECT_EQ(site.reads("b.html").find("emoji"), std::string::npos) << site.reads("b.html");
  EXPECT_NE(site.reads("b.html").find("plugins"), std::string::npos) << site.reads("b.html");
}

}  // namespace
}  // namespace stet::plugins
