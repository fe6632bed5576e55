// The example site in the default theme, grown to a hundred posts: what one edit renders, and why.

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

#include "tests/cms/pipeline/live_site.h"

namespace stet::pipeline {
namespace {

namespace fs = std::filesystem;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

void add_folder(LiveSite::Files& files, const fs::path& folder) {
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    files[entry.path().lexically_relative(folder).generic_string()] = std::move(bytes);
  }
}

std::string post(const std::string& title, const std::string& body) {
  return "---\ntitle: " + title + "\ntags: [grown]\n---\nLead of " + title + ".\n\n" + body + "\n";
}

constexpr char kEdited[] = "_posts/2019-03/2019-03-05-grown-50.md";

LiveSite::Files grown_example() {
  LiveSite::Files files;
  add_folder(files, "templates/default");
  add_folder(files, "templates/example");
  for (int i = 10; i < 110; ++i) {
    std::string number = std::to_string(i);
    files["_posts/2019-03/2019-03-05-grown-" + number + ".md"] = post("Grown " + number, "Body.");
  }
  return files;
}

std::string page_of_edited(const LiveSite& site) {
  auto document = const_cast<LiveSite&>(site).pipeline().site()->find_document(kEdited);
  return document ? document->facts().output_path : "";
}

// As Micropub's clients send them: an address, or one with words for who cannot see it.
TEST(ExampleSite, ANoteShowsItsPhotos) {
  LiveSite::Files files;
  add_folder(files, "templates/default");
  add_folder(files, "templates/example");
  files["_posts/2019-03/2019-03-05-note.md"] =
      "---\nphoto:\n- /assets/a.jpg\n- value: https://example.org/b.jpg\n  alt: A "
      "\"boat\"\n---\nx\n";
  files["_posts/2019-03/2019-03-06-one.md"] = "---\nphoto: /assets/c.jpg\n---\nx\n";
  LiveSite site(std::move(files));
  auto shown = [&](const char* path) {
    auto document = site.pipeline().site()->find_document(path);
    return document ? site.page(document->facts().output_path).value_or("") : "";
  };
  std::string note = shown("_posts/2019-03/2019-03-05-note.md");
  EXPECT_THAT(note, HasSubstr("<img class=\"banner\" src=\"/assets/a.jpg\" alt=\"\">"));
  EXPECT_THAT(note,
              HasSubstr("<img class=\"banner\" src=\"https://example.org/b.jpg\" alt=\"A "
                        "&quot;boat&quot;\">"));
  EXPECT_THAT(shown("_posts/2019-03/2019-03-06-one.md"), HasSubstr("src=\"/assets/c.jpg\" alt"));
}

TEST(ExampleSite, ABodyEditOfAnOldPostRendersItsPageAlone) {
  LiveSite site(grown_example());
  EXPECT_GE(site.pipeline().site()->list("posts").size(), 100u);
  auto published = site.edit({{kEdited, post("Grown 50", "Another body.")}});
  auto paths = rendered_paths(published);
  std::erase(paths, "feed.xml");  // both print site.time, as Jekyll's plugins do
  std::erase(paths, "sitemap.xml");
  EXPECT_THAT(paths, ElementsAre(page_of_edited(site)));
  EXPECT_THAT(reasons_of(published, page_of_edited(site)), HasSubstr("#body of"));
  EXPECT_EQ(site.pages(), site.from_nothing());
}

TEST(ExampleSite, ATitleEditRendersThePagesThatPrintTheTitle) {
  LiveSite site(grown_example());
  auto before = site.pages();
  auto published = site.edit({{kEdited, post("Renamed title", "Body.")}});
  for (const DirtyPage& page : published->pages) {
    if (page.path == "feed.xml" || page.path == "sitemap.xml") continue;
    EXPECT_THAT(*site.page(page.path), HasSubstr("Renamed title")) << page.path;
    EXPECT_THAT(before[page.path], HasSubstr("Grown 50")) << page.path;
  }
  for (const auto& [path, bytes] : before) {
    if (bytes.find("Grown 50") == std::string::npos) continue;
    EXPECT_THAT(rendered_paths(published), Contains(path));
  }
  EXPECT_EQ(site.pages(), site.from_nothing());
}

TEST(ExampleSite, MovingASessionRendersTheScheduleAndWhoIsInIt) {
  LiveSite site(grown_example());
  std::string path;
  for (const auto& [name, bytes] : grown_example()) {
    if (name.starts_with("_schedule/") && bytes->find("start:") != std::string::npos) path = name;
  }
  std::string bytes = *grown_example()[path];
  std::size_t at = bytes.find("room:");
  ASSERT_NE(at, std::string::npos) << path;
  bytes.replace(at, bytes.find('\n', at) - at, "room: Elsewhere");
  auto published = site.edit({{path, bytes}});
  EXPECT_THAT(rendered_paths(published), Contains("schedule/index.html"));
  EXPECT_THAT(*site.page("schedule/index.html"), HasSubstr("Elsewhere"));
  EXPECT_THAT(rendered_paths(published), Not(Contains("index.html")));
  EXPECT_EQ(site.pages(), site.from_nothing());
}

}  // namespace
}  // namespace stet::pipeline
