#include "cms/media/references.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cms/site/builder.h"
#include "storage/snapshot/memory_snapshot.h"

namespace stet::media {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

using Files = std::map<std::string, std::string>;

class Sites {
 public:
  site::SitePtr of(const Files& files) {
    site::Builder builder({}, names_);
    return builder.build({storage::make_memory_snapshot(files).value(), Instant{1'700'000'000}, {}})
        .value();
  }

 private:
  reads::Names names_;
};

std::vector<std::string> places(const References& references, std::string_view path) {
  std::vector<std::string> found;
  auto uses = references.uses_of(path, 100);
  EXPECT_TRUE(uses);
  if (!uses) return found;
  for (const Use& use : *uses) {
    found.push_back(use.path + ":" + std::to_string(use.line) + ":" + std::to_string(use.column) +
                    (use.is_sure ? "" : "?"));
  }
  return found;
}

const Files kFiles = {
    {"_config.yml", "url: http://example.org\nlogo: /assets/logo.png\n"},
    {"_layouts/default.html", "<img src=\"{{ site.baseurl }}/assets/x.jpg\">{{ content }}\n"},
    {"_includes/face.html", "<img src=\"/faces/{{ include.name }}\">\n"},
    {"_data/people.yml", "- name: Jo\n  photo: jo.jpg\n"},
    {"_posts/2020-01-01-a.md",
     "---\nlayout: default\nimage: /assets/x.jpg\n---\nText\n\n![x](../../assets/x.jpg) and\n"
     "[no](/other/x.jpg)\n"},
    {"assets/main.css", "a { background: url(x.jpg) }\n"},
    {"assets/page.html", "---\n---\n<img src=\"x.jpg\">\n"},
    {"assets/x.jpg", "x"},
    {"assets/unused.jpg", "x"},
    {"assets/logo.png", "x"},
    {"faces/jo.jpg", "x"},
    {"other/x.jpg", "y"},
};

TEST(References, AreFoundInPostsLayoutsDataSheetsAndTheConfiguration) {
  Sites sites;
  auto references = References::build(sites.of(kFiles));
  EXPECT_THAT(places(*references, "assets/x.jpg"),
              ElementsAre("_layouts/default.html:1:29",
                          "_posts/2020-01-01-a.md:3:8",
                          "_posts/2020-01-01-a.md:7:6",
                          "assets/main.css:1:21",
                          "assets/page.html:3:11"));
  EXPECT_EQ(references->count_of("assets/x.jpg"), 4u);
  EXPECT_THAT(places(*references, "assets/logo.png"), ElementsAre("_config.yml:2:7"));
  EXPECT_THAT(places(*references, "faces/jo.jpg"), ElementsAre("_data/people.yml:2:10?"));
  EXPECT_THAT(places(*references, "assets/unused.jpg"), IsEmpty());
  EXPECT_EQ(references->uses_of("assets/x.jpg", 2)->size(), 2u);
}

TEST(References, OfAnotherVersionAreThoseMadeFromNothing) {
  Sites sites;
  auto before = References::build(sites.of(kFiles));
  Files files = kFiles;
  files["_posts/2020-01-01-a.md"] = "---\n---\n![](/assets/unused.jpg)\n";
  files["_posts/2020-01-02-b.md"] = "---\n---\n![](/assets/logo.png)\n";
  files.erase("assets/main.css");
  auto site = sites.of(files);
  auto after = before->advance(site), fresh = References::build(site);
  for (const auto& [path, bytes] : files) {
    EXPECT_EQ(*after->uses_of(path, 100), *fresh->uses_of(path, 100)) << path;
    EXPECT_EQ(after->count_of(path), fresh->count_of(path));
  }
  EXPECT_THAT(places(*after, "assets/unused.jpg"), ElementsAre("_posts/2020-01-01-a.md:3:5"));
  EXPECT_EQ(after->count_of("assets/x.jpg"), 2u);
  EXPECT_EQ(before->count_of("assets/x.jpg"), 4u);
}

// What stands before a name in a template may be a part of it; prose is no reference.
TEST(References, NamesThatLeadNowhereAreFound) {
  Sites sites;
  Files files = {{"_config.yml", "baseurl: /b\nurl: https://example.org\n"},
                 {"assets/there.png", "x"},
                 {"a.md",
                  "---\nimage: /assets/gone.png\n---\n![x](/b/assets/gone.png) there.png gone.png\n"
                  "![x](assets/there.png) ![x]({{ site.baseurl }}/assets/lost.png)\n"
                  "{{ page.slug }}/assets/part.png https://other.org/assets/gone.png\n"
                  "https://example.org/b/assets/gone.jpg //cdn.org/x.png ../out.png\n"}};
  auto references = References::build(sites.of(files));
  std::vector<std::string> found;
  const auto dead = references->dead_names(100).value();
  for (const Use& use : dead) {
    found.push_back(std::to_string(use.line) + " " + use.text);
  }
  EXPECT_THAT(found,
              ElementsAre("2 /assets/gone.png",
                          "4 /b/assets/gone.png",
                          "5 /assets/lost.png",
                          "7 https://example.org/b/assets/gone.jpg",
                          "7 ../out.png"));
  EXPECT_EQ(references->dead_names(2).value().size(), 2u);
}

}  // namespace
}  // namespace stet::media
