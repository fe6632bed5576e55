#include "cms/publish/manifest.h"

#include <gtest/gtest.h>

#include <map>
#include <random>

#include "tests/cms/publish/make.h"

namespace stet::publish {
namespace {

TEST(Manifest, EqualContentsAreEqualHoweverTheyCameAbout) {
  Manifest forth = manifest_of({set("a", "1"), set("b", "2"), stale("c")});
  Manifest back = manifest_of({stale("c"), set("b", "0"), set("a", "1"), set("d", "4")})
                      .set(path_of("b"), ManifestEntry::fresh(page_of("b", "2")))
                      .erase(path_of("d"));
  EXPECT_EQ(forth, back);
  EXPECT_EQ(forth.fingerprint(), back.fingerprint());
  EXPECT_EQ(back.stale_count(), 1u);
}

TEST(Manifest, EachPartOfAnEntryCounts) {
  Page page = page_of("a", "1");
  std::vector<ManifestEntry> entries = {
      ManifestEntry::fresh(page), ManifestEntry::stale(page), ManifestEntry::stale(std::nullopt)};
  Page other = page;
  other.type = "text/plain";
  entries.push_back(ManifestEntry::fresh(other));
  other = page;
  other.status = 404;
  entries.push_back(ManifestEntry::fresh(other));
  other = page;
  other.bytes = 7;
  entries.push_back(ManifestEntry::fresh(other));
  for (std::size_t i = 0; i < entries.size(); ++i) {
    for (std::size_t j = 0; j < entries.size(); ++j) {
      Manifest a = Manifest().set(path_of("a"), entries[i]);
      Manifest b = Manifest().set(path_of("a"), entries[j]);
      EXPECT_EQ(a == b, i == j) << i << " and " << j;
      EXPECT_EQ(a.fingerprint() == b.fingerprint(), i == j) << i << " and " << j;
    }
  }
}

TEST(Manifest, SettingWhatIsThereIsNoChange) {
  Manifest manifest = manifest_of({set("a", "1"), set("b", "2")});
  Manifest same = manifest.set(path_of("a"), ManifestEntry::fresh(page_of("a", "1")));
  EXPECT_TRUE(same.entries().is_same_version(manifest.entries()));
  EXPECT_TRUE(manifest.erase(path_of("x")).entries().is_same_version(manifest.entries()));
}

TEST(Manifest, OfTwoChangesOfOnePathTheLaterHolds) {
  Manifest manifest = manifest_of({set("a", "1"), set("a", "2"), set("b", "1"), gone("b")});
  EXPECT_EQ(manifest, manifest_of({set("a", "2")}));
}

Change random_change(std::mt19937& random) {
  std::string path(1, static_cast<char>('a' + random() % 12));
  switch (random() % 4) {
    case 0: return gone(path);
    case 1: return stale(path);
    default: return set(path, std::to_string(random() % 3));
  }
}

TEST(Manifest, BehavesAsAMapAndItsDifferencesLeadFromOneToTheOther) {
  std::mt19937 random(20201012);
  Manifest before;
  for (int round = 0; round < 500; ++round) {
    Manifest after = before;
    std::map<std::string, ManifestEntry> model;
    before.entries().for_each([&](const OutputPath& path, const ManifestEntry& entry) {
      model.emplace(path.string(), entry);
    });
    for (std::uint32_t left = random() % 6; left > 0; --left) {
      Change change = random_change(random);
      after = after.with({&change, 1});
      model.erase(change.path.string());
      if (change.entry) model.emplace(change.path.string(), *change.entry);
    }
    std::size_t stale_count = 0;
    ASSERT_EQ(after.size(), model.size());
    for (const auto& [path, entry] : model) {
      ASSERT_TRUE(after.find(path));
      EXPECT_EQ(*after.find(path), entry);
      stale_count += entry.is_stale();
    }
    EXPECT_EQ(after.stale_count(), stale_count);
    EXPECT_EQ(before.with(changes_between(before, after)), after);
    EXPECT_EQ(after.with(changes_between(after, before)), before);
    EXPECT_EQ(Manifest().with(changes_between(Manifest(), after)).fingerprint(),
              after.fingerprint());
    before = after;
  }
}

TEST(Manifest, ManyChangesAtOnceAreAsOneAfterTheOther) {
  std::mt19937 random(7);
  for (int round = 0; round < 100; ++round) {
    std::vector<Change> first, changes;
    auto some_path = [&] { return "p" + std::to_string(random() % 120); };
    for (std::uint32_t left = random() % 150; left > 0; --left)
      first.push_back(set(some_path(), "1"));
    for (std::uint32_t left = 64 + random() % 100; left > 0; --left) {
      std::string path = some_path();
      std::uint32_t kind = random() % 4;
      changes.push_back(kind == 0   ? gone(path)
                        : kind == 1 ? stale(path)
                                    : set(path, std::to_string(kind)));
    }
    Manifest before = manifest_of(first), one_by_one = before;
    for (const Change& change : changes) one_by_one = one_by_one.with({&change, 1});
    Manifest at_once = before.with(changes);
    EXPECT_EQ(at_once, one_by_one);
    EXPECT_EQ(at_once.fingerprint(), one_by_one.fingerprint());
    EXPECT_EQ(at_once.stale_count(), one_by_one.stale_count());
  }
}

TEST(Manifest, DifferencesNameWhatDiffersAndNothingElse) {
  Manifest from = manifest_of({set("a", "1"), set("b", "2"), set("c", "3")});
  Manifest to = manifest_of({set("b", "2"), set("c", "4"), set("d", "5")});
  EXPECT_EQ(changes_between(from, to),
            (std::vector<Change>{gone("a"), set("c", "4"), set("d", "5")}));
  EXPECT_TRUE(changes_between(to, to).empty());
}

}  // namespace
}  // namespace stet::publish
