#include "cms/change/resource.h"

#include <gtest/gtest.h>

#include "cms/change/entry.h"
#include "tests/cms/change/small_site.h"

namespace stet::change {
namespace {

const std::string kText = "---\ntitle: T\n---\nBody.\n";

Files many_kinds() {
  return {{"_config.yml", "include: [_pages]\ncollections: {recipes: {output: true}}\n"},
          {"_posts/2020-10-11-a.md", kText},
          {"_posts/2020/10/2020-10-12-b.md", kText},
          {"blog/_posts/2020-10-13-c.markdown", kText},
          {"_posts/2030-01-01-later.md", kText},
          {"_posts/2020-10-14-hidden.md", "---\npublished: false\n---\n"},
          {"_posts/notes.md", kText},
          {"_posts/2020-10-15-two.md", kText},
          {"_posts/2020-10-15-two.html", kText},
          {"_posts/2020-10-16-same.md", kText},
          {"blog/_posts/2020-10-16-same.md", kText},
          {"_posts/2020-10-17-bad.md", "---\npermalink: /:nonsense/\n---\n"},
          {"_drafts/idea.md", kText},
          {"_pages/about.md", kText},
          {"contact.html", kText},
          {"plain.txt", "text"},
          {"_layouts/post.html", "{{ content }}"},
          {"_recipes/soup/leek.md", kText},
          {"_data/event.yml", "title: Days\n"},
          {"_data/team/people.yml", "a: 1\n"},
          {"_schedule/opening.md", kText},
          {"_speakers/ada.md", kText}};
}

TEST(Resource, FindsAnEntryByItsName) {
  SmallSite site(many_kinds());
  struct Case {
    EntryKind kind;
    std::string label, name, path;
  };
  const Case cases[] = {
      {EntryKind::kPost, "", "2020-10-11-a", "_posts/2020-10-11-a.md"},
      {EntryKind::kPost, "", "2020/10/2020-10-12-b", "_posts/2020/10/2020-10-12-b.md"},
      {EntryKind::kPost, "", "2020-10-13-c", "blog/_posts/2020-10-13-c.markdown"},
      {EntryKind::kPost, "", "2030-01-01-later", "_posts/2030-01-01-later.md"},
      {EntryKind::kPost, "", "2020-10-14-hidden", "_posts/2020-10-14-hidden.md"},
      {EntryKind::kPost, "", "2020-10-15-two.html", "_posts/2020-10-15-two.html"},
      {EntryKind::kPost, "", "blog/_posts/2020-10-16-same.md", "blog/_posts/2020-10-16-same.md"},
      {EntryKind::kPost, "", "2020-10-17-bad", "_posts/2020-10-17-bad.md"},
      {EntryKind::kDraft, "", "idea", "_drafts/idea.md"},
      {EntryKind::kPage, "", "_pages/about", "_pages/about.md"},
      {EntryKind::kPage, "", "contact", "contact.html"},
      {EntryKind::kFile, "", "_layouts/post.html", "_layouts/post.html"},
      {EntryKind::kFile, "", "plain.txt", "plain.txt"},
      {EntryKind::kItem, "recipes", "soup/leek", "_recipes/soup/leek.md"},
      {EntryKind::kSession, "", "opening", "_schedule/opening.md"},
      {EntryKind::kSpeaker, "", "ada", "_speakers/ada.md"},
      {EntryKind::kData, "", "team/people", "_data/team/people.yml"},
      {EntryKind::kConfig, "", "", "_config.yml"},
      {EntryKind::kEvent, "", "", "_data/event.yml"},
  };
  for (const Case& c : cases) {
    auto path = find_path(site.site(), resource_of(c.kind), c.label, c.name);
    ASSERT_TRUE(path) << c.name << ": " << path.error().message;
    EXPECT_EQ(path->string(), c.path);
  }
}

TEST(Resource, NamesAreTheirPathsBelowTheFolder) {
  SmallSite site(many_kinds());
  struct Case {
    EntryKind kind;
    std::string label, path, name;
  };
  const Case cases[] = {
      {EntryKind::kPost, "", "_posts/2020/10/2020-10-12-b.md", "2020/10/2020-10-12-b"},
      {EntryKind::kPost, "", "blog/_posts/2020-10-13-c.markdown", "2020-10-13-c"},
      {EntryKind::kDraft, "", "_drafts/idea.md", "idea"},
      {EntryKind::kPage, "", "_pages/about.md", "_pages/about"},
      {EntryKind::kFile, "", "_layouts/post.html", "_layouts/post.html"},
      {EntryKind::kItem, "recipes", "_recipes/soup/leek.md", "soup/leek"},
      {EntryKind::kData, "", "_data/team/people.yml", "team/people"},
      {EntryKind::kEvent, "", "_data/event.yml", ""},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(name_of(site.site(), resource_of(c.kind), c.label, c.path), c.name);
  }
}

TEST(Resource, SaysWhyThereIsNoSuchEntry) {
  SmallSite site(many_kinds());
  struct Case {
    EntryKind kind;
    std::string label, name;
    ErrorCode code;
    std::string words;
  };
  const Case cases[] = {
      {EntryKind::kPost, "", "nothing", ErrorCode::kNotFound, "there is no post 'nothing'"},
      {EntryKind::kPost, "", "notes", ErrorCode::kNotFound, "no post"},
      {EntryKind::kPost, "", "2020-10", ErrorCode::kNotFound, "no post"},
      {EntryKind::kPost, "", "../x", ErrorCode::kInvalidInput, ""},
      {EntryKind::kPost, "", "", ErrorCode::kInvalidInput, ""},
      {EntryKind::kPost, "", "2020-10-15-two", ErrorCode::kConflict, "_posts/2020-10-15-two.html"},
      {EntryKind::kPost, "", "2020-10-16-same", ErrorCode::kConflict, "blog/_posts/"},
      {EntryKind::kPage, "", "_posts/2020-10-11-a", ErrorCode::kNotFound, "no page"},
      {EntryKind::kPage, "", "_layouts/post", ErrorCode::kNotFound, "no page"},
      {EntryKind::kPage, "", "plain", ErrorCode::kNotFound, "no page"},
      {EntryKind::kDraft, "", "2020-10-11-a", ErrorCode::kNotFound, "no draft"},
      {EntryKind::kItem, "nosuch", "x", ErrorCode::kNotFound, "no collection 'nosuch'"},
      {EntryKind::kItem, "posts", "2020-10-11-a", ErrorCode::kNotFound, "no collection"},
      {EntryKind::kData, "", "event2", ErrorCode::kNotFound, "no data"},
      {EntryKind::kFile, "", "_posts", ErrorCode::kNotFound, "no file"},
  };
  for (const Case& c : cases) {
    auto path = find_path(site.site(), resource_of(c.kind), c.label, c.name);
    ASSERT_FALSE(path) << c.name << " is " << path->string();
    EXPECT_EQ(path.error().code, c.code) << c.name << ": " << path.error().message;
    EXPECT_NE(path.error().message.find(c.words), std::string::npos) << path.error().message;
  }
}

TEST(Resource, ListsHiddenEntriesTooInTheSitesOrder) {
  SmallSite site(many_kinds());
  auto paths = [&](EntryKind kind, std::string label = "") {
    std::vector<std::string> paths;
    auto entries = list_entries(site.site(), resource_of(kind), label);
    for (const Listed& entry : entries.value()) paths.push_back(entry.path);
    return paths;
  };
  using Paths = std::vector<std::string>;
  EXPECT_EQ(paths(EntryKind::kPost),
            (Paths{"_posts/2030-01-01-later.md",
                   "blog/_posts/2020-10-16-same.md",
                   "_posts/2020-10-16-same.md",
                   "_posts/2020-10-15-two.md",
                   "_posts/2020-10-15-two.html",
                   "_posts/2020-10-14-hidden.md",
                   "blog/_posts/2020-10-13-c.markdown",
                   "_posts/2020/10/2020-10-12-b.md",
                   "_posts/2020-10-11-a.md",
                   "_posts/2020-10-17-bad.md"}));
  EXPECT_EQ(paths(EntryKind::kDraft), (Paths{"_drafts/idea.md"}));
  EXPECT_EQ(paths(EntryKind::kPage), (Paths{"_pages/about.md", "contact.html"}));
  EXPECT_EQ(paths(EntryKind::kItem, "recipes"), (Paths{"_recipes/soup/leek.md"}));
  EXPECT_EQ(paths(EntryKind::kSession), (Paths{"_schedule/opening.md"}));
  EXPECT_EQ(paths(EntryKind::kData), (Paths{"_data/team/people.yml"}));
  EXPECT_FALSE(list_entries(site.site(), resource_of(EntryKind::kItem), "nosuch"));
}

TEST(Resource, EachFileBelongsToOne) {
  SmallSite site(many_kinds());
  struct Case {
    std::string path, scope;
  };
  const Case cases[] = {{"_posts/2020-10-11-a.md", "posts:write"},
                        {"_posts/2040-01-01-new.md", "posts:write"},
                        {"_pages/about.md", "posts:write"},
                        {"contact.html", "posts:write"},
                        {"plain.txt", "theme:write"},
                        {"_layouts/post.html", "theme:write"},
                        {"_includes/x.html", "theme:write"},
                        {"_config.yml", "theme:write"},
                        {"_data/team/people.yml", "theme:write"},
                        {"_data/event.yml", "schedule:write"},
                        {"_schedule/x.md", "schedule:write"},
                        {"_speakers/x.md", "schedule:write"},
                        {"_recipes/x.md", "posts:write"},
                        {".github/workflows/x.yml", "theme:write"}};
  for (const Case& c : cases) {
    EXPECT_EQ(write_scope_of(site.site(), RepoPath::parse(c.path).value()), c.scope) << c.path;
  }
}

TEST(Resource, SessionsNeedAnEvent) {
  SmallSite site(Files{{"_schedule/opening.md", kText}});
  auto folder = folder_of(site.site(), resource_of(EntryKind::kSession), "");
  ASSERT_FALSE(folder);
  EXPECT_NE(folder.error().message.find("event"), std::string::npos);
}

TEST(Entry, ShowsFrontMatterBodyAndWhereItIsPublished) {
  SmallSite site(many_kinds());
  auto path = RepoPath::parse("_posts/2020/10/2020-10-12-b.md").value();
  auto entry = read_entry(site.site(), resource_of(EntryKind::kPost), "", path);
  ASSERT_TRUE(entry);
  EXPECT_EQ(entry->name, "2020/10/2020-10-12-b");
  EXPECT_EQ(document::to_string(entry->front_matter), "{\"title\": \"T\"}");
  EXPECT_EQ(entry->body, "Body.\n");
  EXPECT_EQ(entry->url, "/2020/10/12/b.html");
  EXPECT_EQ(entry->title, "T");
  EXPECT_EQ(entry->blob, storage::blob_id_of(kText));
  auto later = RepoPath::parse("_posts/2030-01-01-later.md").value();
  EXPECT_EQ(read_entry(site.site(), resource_of(EntryKind::kPost), "", later)->url, std::nullopt);
  auto missing = RepoPath::parse("_posts/none.md").value();
  EXPECT_FALSE(read_entry(site.site(), resource_of(EntryKind::kPost), "", missing));
}

TEST(Entry, OfAStructuredFileIsItsData) {
  SmallSite site(Files{{"_data/event.yml", "title: Days\nrooms: [{name: Main}]\n"}});
  auto path = RepoPath::parse("_data/event.yml").value();
  auto entry = read_entry(site.site(), resource_of(EntryKind::kEvent), "", path);
  ASSERT_TRUE(entry);
  EXPECT_EQ(entry->front_matter.find("title")->string()->c_str(), std::string("Days"));
  EXPECT_EQ(entry->body, "");
}

}  // namespace
}  // namespace stet::change
