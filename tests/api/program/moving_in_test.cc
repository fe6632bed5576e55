// Moving in: sites of WordPress and Jekyll, fields of Decap; each looked at first, then one commit,
// and nothing the second time. Moving out is `git clone`.

#include <gtest/gtest.h>

#include <fstream>

#include "tests/api/git/git_client.h"
#include "tests/api/http/loopback.h"

namespace stet::git {
namespace {

namespace fs = std::filesystem;
using fault::ServerProcess;

// One pixel.
const std::string kPicture(
    "GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00!\xf9\x04"
    "\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02"
    "D\x01\x00;",
    43);

// A post with a picture of the old server, a draft, a page, an author and the picture itself.
std::string export_from(const std::string& server) {
  const std::string picture = server + "/wp-content/uploads/2020/05/knot.gif";
  return R"(<?xml version="1.0"?>
<rss version="2.0" xmlns:content="c" xmlns:excerpt="e" xmlns:wp="w" xmlns:dc="d"><channel>
<title>Tides</title><wp:wxr_version>1.2</wp:wxr_version>
<wp:base_blog_url>)" +
         server + R"(</wp:base_blog_url>
<wp:author><wp:author_login>ann</wp:author_login>
<wp:author_display_name>Ann Lee</wp:author_display_name></wp:author>
<item><title>Knots</title><link>)" +
         server + R"(/archive/knots/</link><dc:creator>ann</dc:creator>
<content:encoded><![CDATA[A bowline:

<img src=")" +
         picture + R"(">

[gallery ids="1"]]]></content:encoded>
<wp:post_id>1</wp:post_id><wp:post_name>knots</wp:post_name><wp:post_type>post</wp:post_type>
<wp:status>publish</wp:status><wp:post_date>2020-05-03 10:00:00</wp:post_date>
<wp:post_date_gmt>2020-05-03 10:00:00</wp:post_date_gmt>
<category domain="post_tag" nicename="rope">Rope</category></item>
<item><title>Later</title><content:encoded>Soon</content:encoded><wp:post_id>2</wp:post_id>
<wp:post_type>post</wp:post_type><wp:status>draft</wp:status></item>
<item><title>About</title><link>)" +
         server + R"(/about/</link><content:encoded>Us</content:encoded><wp:post_id>3</wp:post_id>
<wp:post_name>about</wp:post_name><wp:post_type>page</wp:post_type><wp:status>publish</wp:status>
</item>
<item><title>knot</title><wp:post_id>4</wp:post_id><wp:post_type>attachment</wp:post_type>
<wp:status>inherit</wp:status><wp:attachment_url>)" +
         picture + R"(</wp:attachment_url></item>
</channel></rss>)";
}

class MovingIn : public testing::Test {
 protected:
  Shown import(const std::string& words) {
    return site_.sh(ServerProcess::program() + " import " + words);
  }
  void write(const std::string& name, const std::string& bytes) {
    fs::path path = site_.folder() / name;
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << bytes;
  }
  std::string shown(const std::string& path) {
    return site_.git("site.git", "show 'main:" + path + "'").text;
  }

  GitSite site_;
};

TEST_F(MovingIn, ASiteOfWordPressComesWithItsPicturesAndAddresses) {
  write("old/wp-content/uploads/2020/05/knot.gif", kPicture);
  auto old = ServerProcess::of_folder(site_.folder() / "old");
  ASSERT_TRUE(old->is_ready());
  write("tides.xml", export_from("http://127.0.0.1:" + std::to_string(old->port())));
  const std::string before = site_.head();

  Shown dry = import("wordpress tides.xml --repo site.git --dry-run");
  EXPECT_TRUE(dry.is_good()) << dry.text;
  EXPECT_TRUE(dry.has("line 7: post 'Knots' _posts/2020-05-03-knots.html (new)")) << dry.text;
  EXPECT_TRUE(dry.has("tides.xml:12: left out: the shortcode [gallery]")) << dry.text;
  EXPECT_TRUE(dry.has("knot.gif stays where it is; --fetch-media brings it")) << dry.text;
  EXPECT_EQ(site_.head(), before);

  const std::string words =
      "wordpress tides.xml --repo site.git --fetch-media --allow-network 127.0.0.0/8";
  Shown done = import(words);
  EXPECT_TRUE(done.is_good()) << done.text;
  EXPECT_TRUE(done.has("committed ")) << done.text;
  EXPECT_EQ(site_.git("site.git", "rev-list --count " + before.substr(0, 40) + "..main").text,
            "1\n");
  EXPECT_EQ(shown("_posts/2020-05-03-knots.html"),
            "---\nlayout: post\ntitle: Knots\ndate: 2020-05-03T10:00:00+00:00\nauthor: ann\n"
            "tags:\n  - Rope\nwordpress_id: 1\nwordpress_site: 127.0.0.1:" +
                std::to_string(old->port()) +
                "\nredirect_from: /archive/knots/\n---\n\n"
                "<p>A bowline:</p>\n<p><img src=\"/assets/media/2020/05/knot.gif\"></p>\n"
                "<p>[gallery ids=\"1\"]</p>\n");
  EXPECT_EQ(shown("assets/media/2020/05/knot.gif"), kPicture);
  EXPECT_EQ(shown("_data/authors.yml"), "ann:\n  name: Ann Lee\n");
  EXPECT_EQ(shown("_config.yml"),
            "title: Pushed\npermalink: /:title/\nplugins:\n  - jekyll-redirect-from\n");

  Shown again = import(words);
  EXPECT_TRUE(again.is_good() && again.has("nothing changes")) << again.text;

  site_.serve();
  EXPECT_NE(site_.page("/knots/").find("<h1>Knots</h1><p>A bowline:</p>"), std::string::npos);
  EXPECT_NE(site_.page("/archive/knots/").find("/knots/"), std::string::npos);
  EXPECT_NE(site_.page("/about/").find("<p>Us</p>"), std::string::npos);
  EXPECT_EQ(site_.page("/assets/media/2020/05/knot.gif"), kPicture);
}

TEST_F(MovingIn, PicturesAreFetchedFromThePublicInternetAlone) {
  write("old/wp-content/uploads/2020/05/knot.gif", kPicture);
  auto old = ServerProcess::of_folder(site_.folder() / "old");
  ASSERT_TRUE(old->is_ready());
  write("tides.xml", export_from("http://127.0.0.1:" + std::to_string(old->port())));
  Shown done = import("wordpress tides.xml --into new --fetch-media");
  EXPECT_TRUE(done.is_good()) << done.text;
  EXPECT_TRUE(done.has("knot.gif: ") && done.has("; it stays where it is")) << done.text;
  EXPECT_FALSE(site_.sh("ls new/assets").is_good());
  EXPECT_TRUE(site_.sh("cat new/_posts/*").has("src=\"http://127.0.0.1:"));
  EXPECT_TRUE(import("wordpress tides.xml --into new").has("nothing changes"));
}

TEST_F(MovingIn, OneAddressOfMediaStopsNoOther) {
  // A server that, as WordPress's do, does not care about slashes.
  http::TestServer old([](http::Request, http::Responder responder) {
    responder.send(http::Response::text(200, kPicture));
  });
  const std::string server = "http://127.0.0.1:" + std::to_string(old.port());
  std::string text = export_from(server);
  for (const char* slashes : {"uploads//2020/05/knot.gif", "uploads/2020//05/knot.gif"}) {
    const std::string plain = "uploads/2020/05/knot.gif";
    text.replace(text.find(plain), plain.size(), slashes);
  }
  write("tides.xml", text);
  Shown done = import("wordpress tides.xml --into new --fetch-media --allow-network 127.0.0.0/8");
  EXPECT_TRUE(done.is_good()) << done.text;
  EXPECT_TRUE(site_.sh("cat new/_posts/*").has("<img src=\"/assets/media/2020/05/knot.gif\">"));
  EXPECT_EQ(site_.sh("find new/assets -type f").text, "new/assets/media/2020/05/knot.gif\n");

  // A file is where the folder of another would be.
  write("other/assets/media/2020/05", "mine");
  done = import("wordpress tides.xml --into other --fetch-media --allow-network 127.0.0.0/8");
  EXPECT_TRUE(done.is_good()) << done.text;
  EXPECT_TRUE(
      done.has("knot.gif: 'assets/media/2020/05/knot.gif' is no path in the site; it "
               "stays where it is"))
      << done.text;
  EXPECT_TRUE(site_.sh("cat other/_posts/*").has("src=\"" + server)) << done.text;
}

TEST_F(MovingIn, AServerThatDoesNotAnswerIsGivenUp) {
  std::string text = export_from("http://127.0.0.1:1");
  std::string more;
  for (int i = 0; i < 10; ++i) {
    more += "<img src=\"/wp-content/uploads/" + std::to_string(i) + ".gif\">";
  }
  text.replace(text.find("A bowline:"), 10, more);
  write("tides.xml", text);
  Shown done = import("wordpress tides.xml --into new --fetch-media --allow-network 127.0.0.0/8");
  EXPECT_TRUE(done.is_good()) << done.text;
  EXPECT_TRUE(done.has("knot.gif: ") && done.has("/3.gif: ")) << done.text;
  EXPECT_FALSE(done.has("/4.gif: ")) << done.text;
  EXPECT_TRUE(
      done.has("tides.xml:8:1: left out: 127.0.0.1:1 did not answer 5 times in a row; 6 "
               "further files of it stay where they are"))
      << done.text;
}

TEST_F(MovingIn, MediaBeyondTheLimitAreForAPersonToDecide) {
  std::string text = export_from("http://127.0.0.1:1");
  std::string more;
  for (int i = 0; i < 20'001; ++i) more += "/wp-content/uploads/" + std::to_string(i) + ".gif ";
  text.replace(text.find("A bowline:"), 10, more);
  write("tides.xml", text);
  const std::string said = "2 further files of media are beyond the limit of 20000";
  Shown dry = import("wordpress tides.xml --dry-run");
  EXPECT_TRUE(dry.is_good() && dry.has("left out: " + said));
  Shown refused = import("wordpress tides.xml --into new --fetch-media");
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_TRUE(refused.has("doubt: " + said));
  EXPECT_FALSE(site_.sh("ls new").is_good());
}

TEST_F(MovingIn, ASecondSiteOfWordPressLosesNothing) {
  write("tides.xml", export_from("http://old.example"));
  write("moons.xml", export_from("http://else.example"));
  EXPECT_TRUE(import("wordpress tides.xml --into new").is_good());
  // About is at the same address.
  Shown second = import("wordpress moons.xml --into new --accept-doubts");
  EXPECT_TRUE(second.is_good()) << second.text;
  EXPECT_EQ(site_.sh("grep -rl 'wordpress_site: else.example' new | sort").text,
            "new/_drafts/later-2.html\nnew/_posts/2020-05-03-knots-2.html\nnew/about-2.html\n")
      << second.text;
  EXPECT_TRUE(import("wordpress tides.xml --into new").has("nothing changes"));
}

TEST_F(MovingIn, AScriptInATextIsForAPersonToDecide) {
  std::string text = export_from("http://old.example");
  text.replace(text.find("A bowline"), 9, "<script>x()</script>");
  write("tides.xml", text);
  Shown refused = import("wordpress tides.xml --into new");
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_TRUE(refused.has("tides.xml:8: doubt: a script would run")) << refused.text;
  EXPECT_FALSE(site_.sh("ls new").is_good());
  EXPECT_TRUE(import("wordpress tides.xml --into new --accept-doubts").is_good());
}

TEST_F(MovingIn, ASiteOfJekyllComesWithItsHistory) {
  EXPECT_TRUE(site_.sh("git init -q -b trunk theirs && ln -s /etc/passwd theirs/link").is_good());
  site_.commit("theirs",
               {{"_config.yml", "plugins: [jekyll-toc]\nlsi: true\n"},
                {"index.md", "---\n---\n\n{% toc %}\n"}});
  site_.commit("theirs", {{"about.md", "---\n---\nUs\n"}});
  Shown dry = import("jekyll theirs --dry-run");
  EXPECT_TRUE(dry.is_good()) << dry.text;
  for (const char* said : {"plugins: 'jekyll-toc' is not built in",
                           "_config.yml:2:6: lsi: 'true' has no effect",
                           "index.md:4:1: ",
                           "link: a symbolic link is not followed"}) {
    EXPECT_TRUE(dry.has(said)) << said << ": " << dry.text;
  }
  EXPECT_FALSE(site_.sh("ls ours.git").is_good());

  Shown done = import("jekyll theirs --repo ours.git");
  EXPECT_TRUE(done.is_good() && done.has("serve it:  stet serve --repo ours.git")) << done.text;
  EXPECT_EQ(site_.git("ours.git", "rev-list --count HEAD").text, "2\n");
  EXPECT_EQ(site_.git("ours.git", "symbolic-ref HEAD").text, "refs/heads/trunk\n");
  EXPECT_TRUE(site_.sh("test -x ours.git/hooks/pre-receive").is_good());
  EXPECT_TRUE(import("jekyll theirs --repo ours.git").has("nothing changes"));
  site_.commit("theirs", {{"more.md", "---\n---\n"}});
  Shown other = import("jekyll theirs --repo ours.git");
  EXPECT_TRUE(!other.is_good() && other.has("'ours.git' is there, and has something else"))
      << other.text;

  // And out again.
  EXPECT_TRUE(site_.sh("git clone -q ours.git out").is_good());
  EXPECT_EQ(site_.git("out", "rev-parse HEAD").text, site_.git("theirs", "rev-parse HEAD~1").text);
  EXPECT_FALSE(site_.sh("ls -d .stet-stage-*").is_good());
}

TEST_F(MovingIn, APlainFolderComesAsOneCommit) {
  write("plain/_config.yml", "title: T\n");
  write("plain/index.md", "---\n---\nHere\n");
  write("plain/_site/index.html", "made");
  EXPECT_TRUE(import("jekyll plain --repo ours.git --branch live").is_good());
  EXPECT_EQ(site_.git("ours.git", "ls-tree -r --name-only live").text, "_config.yml\nindex.md\n");
  EXPECT_TRUE(import("jekyll plain --repo ours.git --branch live").has("nothing changes"));
}

TEST_F(MovingIn, FieldsOfDecapBecomeTheSites) {
  EXPECT_TRUE(site_.sh("git clone -q site.git clone").is_good());
  site_.commit("clone",
               {{"admin/config.yml",
                 "collections:\n  - name: blog\n    folder: _posts\n    fields:\n"
                 "      - {name: title, hint: Short}\n      - {name: map, widget: map}\n"}});
  EXPECT_TRUE(site_.git("clone", "push -q origin HEAD").is_good());
  Shown dry = import("decap --repo site.git --dry-run");
  EXPECT_TRUE(dry.has("posts: title map\n")) << dry.text;
  EXPECT_TRUE(dry.has("admin/config.yml:6:29: left out: field 'map'")) << dry.text;
  EXPECT_TRUE(import("decap --repo site.git").has("committed "));
  EXPECT_EQ(shown("_config.yml").find("title: Pushed\npermalink: /:title/\nstet:\n"), 0u);
  EXPECT_TRUE(import("decap --repo site.git").has("nothing changes"));
}

TEST_F(MovingIn, SaysWhatIsWrong) {
  write("bad.xml", "<rss>");
  write("feed.xml", "<rss><channel></channel></rss>");
  write("bad.yml", "a: [");
  for (const auto& [words, said] : std::vector<std::pair<std::string, std::string>>{
           {"wordpress bad.xml --dry-run", "bad.xml: the XML is not well-formed in line 1"},
           {"wordpress feed.xml --dry-run", "no wp:wxr_version"},
           {"wordpress feed.xml", "say where to"},
           {"wordpress none.xml --dry-run", "none.xml"},
           {"wordpress feed.xml --dry-run --allow-network x", "--allow-network"},
           {"decap bad.yml --repo site.git", "bad.yml:"},
           {"decap --repo site.git", "name the FILE"},
           {"jekyll none --dry-run", "'none' is no folder, and nothing that git clones"},
           {"jekyll site.git", "say where to"},
           {"jekyll site.git --branch none --dry-run", "no branch 'none' with a commit"},
           {"jekyll file:///nowhere/at/all.git --dry-run", "/nowhere/at/all.git"}}) {
    Shown shown = import(words);
    EXPECT_FALSE(shown.is_good()) << words;
    EXPECT_TRUE(shown.has(said)) << words << ": " << shown.text;
  }
}

}  // namespace
}  // namespace stet::git
