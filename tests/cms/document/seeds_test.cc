// The same promises on files that people wrote.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "cms/document/merge.h"
#include "tests/cms/document/read.h"
#include "tests/cms/document/scalar_places.h"

namespace stet::document {
namespace {

class Seeds : public testing::Test {
 protected:
  void SetUp() override {
    const char* named = std::getenv("STET_SEEDS");
    std::filesystem::path folder = named ? named : "../shared/seeds";
    std::error_code failure;
    for (const auto& entry : std::filesystem::directory_iterator(folder, failure)) {
      std::ifstream file(entry.path(), std::ios::binary);
      seeds_.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    }
    if (seeds_.empty()) GTEST_SKIP() << "skipped: no seeds in " << folder;
  }

  std::vector<std::string> seeds_;
};

TEST_F(Seeds, EveryScalarCanBeEditedAloneByteForByte) {
  for (const std::string& bytes : seeds_) {
    Document before = parse_document(bytes, "seed.md");
    ASSERT_TRUE(before.problems.empty());
    auto places = scalar_places(bytes);
    ASSERT_FALSE(places.empty());
    for (const auto& place : places) {
      for (const Data& value : {Data("New: value"), Data(7), Data("plain"), Data("it's \"so\"")}) {
        Edit edit;
        edit.front_matter = with_value(before.front_matter, place.tokens, value);
        auto out = apply_edit(bytes, "seed.md", edit);
        ASSERT_TRUE(out) << out.error().message;
        EXPECT_EQ(parse_document(*out, "").front_matter, *edit.front_matter);
        EXPECT_EQ(out->substr(0, place.begin), bytes.substr(0, place.begin));
        EXPECT_TRUE(out->ends_with(bytes.substr(place.end)));
      }
    }
  }
}

TEST_F(Seeds, ATagIsALineAddedAndALineRemoved) {
  std::size_t with_tags = 0;
  for (const std::string& bytes : seeds_) {
    Document before = parse_document(bytes, "seed.md");
    const Data* tags = before.front_matter.find("tags");
    if (!tags) continue;
    ++with_tags;
    Data::List more = *tags->list();
    more.push_back("added");
    Edit edit;
    edit.front_matter_patch = Data(Data::Map{{"tags", more}});
    std::string out = *apply_edit(bytes, "seed.md", edit);
    EXPECT_EQ(out.size(), bytes.size() + std::string_view("  - added\n").size());
    edit.front_matter_patch = Data(Data::Map{{"tags", *tags}});
    EXPECT_EQ(*apply_edit(out, "seed.md", edit), bytes);
  }
  EXPECT_GT(with_tags, 0u);
}

TEST_F(Seeds, MergesOfOneChangedSideAreThatSide) {
  for (const std::string& base : seeds_) {
    std::string ours = patched(base, "{title: Ours, new: [1]}");
    EXPECT_EQ(merge(base, ours, base, "seed.md").bytes, ours);
    EXPECT_EQ(merge(base, base, ours, "seed.md").bytes, ours);
    std::string theirs = patched(base, "{layout: other}");
    Merged merged = merge(base, ours, theirs, "seed.md"),
           turned = merge(base, theirs, ours, "seed.md");
    EXPECT_TRUE(merged.conflicts.empty());
    EXPECT_EQ(merged.bytes, turned.bytes);
  }
}

}  // namespace
}  // namespace stet::document
