// The auditor finds what nobody recorded, mends it, and says what was missed.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/cms/pipeline/live_site.h"

namespace stet::pipeline {

// A drop that forgets to record: what a node has read is lost.
class PlantedFault {
 public:
  static void forget_reads(Pipeline& pipeline, const std::string& node) {
    auto id = pipeline.names_.find(node);
    ASSERT_TRUE(id && pipeline.graph_.reads_of(*id)) << node;
    pipeline.graph_.set_reads(*id, {});
  }
};

namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

LiveSite::Files small_site() {
  return {{"_config.yml", "title: Small\npermalink: /:title.html\n"},
          {"_data/word.yml", "text: old\n"},
          {"about.html", "---\n---\n{{ site.data.word.text }}\n"},
          {"both.html", "---\n---\n{% for p in site.posts %}{{ p.content }}{% endfor %}\n"},
          {"_posts/2020-01-01-one.md", "---\ntitle: One\n---\nSays {{ site.data.word.text }}.\n"}};
}

// Of all pages, one after the other.
std::vector<Audit> audit_all(LiveSite& site) {
  std::vector<Audit> audits;
  std::size_t pages = site.publisher().live()->manifest.size();
  for (std::size_t rank = 0; rank < pages; ++rank) {
    auto audit = site.pipeline().audit(rank + 7 * pages);
    EXPECT_TRUE(audit) << audit.error().message;
    if (audit && *audit) audits.push_back(**audit);
  }
  return audits;
}

TEST(Audit, FindsNothingWhereNothingIsWrong) {
  LiveSite site(small_site());
  site.edit({{"_data/word.yml", "text: new\n"}});
  std::vector<Audit> audits = audit_all(site);
  EXPECT_EQ(audits.size(), site.pages().size());
  for (const Audit& audit : audits) {
    EXPECT_FALSE(audit.is_mismatch) << audit.path;
    EXPECT_THAT(audit.missed, IsEmpty()) << audit.path;
  }
  EXPECT_EQ(site.pipeline().counts().audited, audits.size());
  EXPECT_EQ(site.pipeline().counts().mismatches, 0u);
}

TEST(Audit, MendsAPageWhoseReadsWereLost) {
  LiveSite site(small_site());
  PlantedFault::forget_reads(site.pipeline(), "content:about.html");
  PlantedFault::forget_reads(site.pipeline(), "page:about.html");
  site.edit({{"_data/word.yml", "text: new\n"}});
  EXPECT_THAT(*site.page("about.html"), HasSubstr("old")) << "the fault is no fault";
  std::uint64_t number = site.publisher().live()->number;
  int mismatches = 0;
  for (const Audit& audit : audit_all(site)) {
    if (!audit.is_mismatch) continue;
    ++mismatches;
    EXPECT_EQ(audit.url, "/about.html");
    EXPECT_THAT(audit.missed, Contains(HasSubstr("word.text")));
  }
  EXPECT_EQ(mismatches, 1);
  EXPECT_EQ(site.pages(), site.from_nothing());
  EXPECT_EQ(site.publisher().live()->number, number) << "the same publication, mended";
  EXPECT_GE(site.pipeline().counts().missed_reads, 1u);
  // From now on it is known.
  site.edit({{"_data/word.yml", "text: newer\n"}});
  EXPECT_THAT(*site.page("about.html"), HasSubstr("newer"));
}

TEST(Audit, MendsAllThatPrintAWrongRendition) {
  LiveSite site(small_site());
  PlantedFault::forget_reads(site.pipeline(), "content:_posts/2020-01-01-one.md");
  site.edit({{"_data/word.yml", "text: new\n"}});
  EXPECT_THAT(*site.page("both.html"), HasSubstr("Says old"));
  EXPECT_THAT(*site.page("one.html"), HasSubstr("Says old"));
  audit_all(site);
  ASSERT_TRUE(site.pipeline().fill(100));
  EXPECT_EQ(site.pages(), site.from_nothing());
}

TEST(Audit, RecordsReadsThatWereLostBeforeTheyDoHarm) {
  LiveSite site(small_site());
  PlantedFault::forget_reads(site.pipeline(), "content:about.html");
  int missed = 0;
  for (const Audit& audit : audit_all(site)) {
    EXPECT_FALSE(audit.is_mismatch) << audit.path;
    missed += audit.missed.empty() ? 0 : 1;
  }
  EXPECT_EQ(missed, 1);
  site.edit({{"_data/word.yml", "text: new\n"}});
  EXPECT_EQ(site.pages(), site.from_nothing());
}

}  // namespace
}  // namespace stet::pipeline
