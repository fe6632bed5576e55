#include "cms/publish/store.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "storage/base/durable_file.h"
#include "tests/cms/publish/scratch.h"

namespace stet::publish {
namespace {

namespace fs = std::filesystem;

class StoreTest : public testing::Test {
 protected:
  std::unique_ptr<Store> open(Store::Options options = {}) {
    return *Store::open(scratch_.path() / "pages", options);
  }
  Scratch scratch_;
};

TEST_F(StoreTest, GivesBackWhatWasPut) {
  auto store = open();
  for (std::string bytes : {std::string(), std::string("x"), std::string(100'000, 'y')}) {
    ContentHash content = *store->put(bytes);
    EXPECT_EQ(content, content_hash(bytes));
    EXPECT_TRUE(store->contains(content));
    EXPECT_EQ(**store->get(content), bytes);
    EXPECT_EQ(*read_file(store->path_of(content), 1'000'000), bytes);
  }
  EXPECT_EQ(store->get(content_hash("never put")).error().code, ErrorCode::kNotFound);
}

TEST_F(StoreTest, WritesTheSameBytesOnce) {
  auto store = open();
  EXPECT_EQ(*store->put("page"), *store->put("page"));
  EXPECT_EQ(store->counts().writes, 1u);
  auto again = open();
  (void)again->put("page");
  EXPECT_EQ(again->counts().writes, 0u);
}

TEST_F(StoreTest, SpoiltBytesAreNeverServedAndMendedByTheNextPut) {
  for (const char* spoilt : {"", "paGe", "page and more"}) {
    auto store = open();
    ContentHash content = *store->put("page");
    ASSERT_TRUE(write_atomically(store->path_of(content), spoilt));
    EXPECT_EQ(store->get(content).error().code, ErrorCode::kNotFound);
    (void)store->put("page");
    EXPECT_EQ(**store->get(content), "page");
  }
}

TEST_F(StoreTest, APutMendsAFileOfTheWrongSize) {
  auto store = open();
  ContentHash content = *store->put("page");
  ASSERT_TRUE(write_atomically(store->path_of(content), "pa"));
  (void)store->put("page");
  EXPECT_EQ(**store->get(content), "page");
}

TEST_F(StoreTest, TheCacheHoldsTheLastUsedWithinItsBytes) {
  auto store = open({.cache_bytes_max = 10'400, .cached_object_bytes_max = 6000});
  ContentHash a = *store->put(std::string(5000, 'a')), b = *store->put(std::string(5000, 'b')),
              c = *store->put(std::string(5000, 'c')), large = *store->put(std::string(6001, 'd'));
  (void)store->get(a), (void)store->get(b), (void)store->get(a);  // a is the last used
  (void)store->get(c);                                            // b must go
  EXPECT_EQ(store->counts().hits, 1u);
  (void)store->get(a), (void)store->get(c);
  EXPECT_EQ(store->counts().hits, 3u);
  (void)store->get(b), (void)store->get(large), (void)store->get(large);
  EXPECT_EQ(store->counts().hits, 3u);
}

TEST_F(StoreTest, CollectsWhatNobodyKeepsButNotWhatWasJustPut) {
  auto store = open();
  ContentHash kept = *store->put("kept"), loose = *store->put("loose");
  auto is_kept = [&](const ContentHash& content) { return content == kept; };
  EXPECT_EQ(*store->collect(is_kept), 0u) << "it may be about to be published";
  EXPECT_EQ(*store->collect(is_kept), 1u);
  EXPECT_FALSE(store->contains(loose));
  EXPECT_FALSE(store->get(loose));
  EXPECT_EQ(**store->get(kept), "kept");
  EXPECT_EQ(**store->get(*store->put("loose")), "loose");
}

TEST_F(StoreTest, CollectsWhatACrashLeftHalfWritten) {
  auto store = open();
  ContentHash content = *store->put("page");
  fs::path left = store->path_of(content).parent_path() / ".stet-tmp1-1";
  ASSERT_TRUE(write_atomically(left, "pa"));
  EXPECT_TRUE(store->collect([](const ContentHash&) { return true; }));
  EXPECT_FALSE(fs::exists(left));
  EXPECT_TRUE(store->contains(content));
}

TEST_F(StoreTest, ServesManyThreadsWhileOneCollects) {
  auto store = open({.cache_bytes_max = 200, .cached_object_bytes_max = 100});
  std::vector<std::thread> threads;
  std::atomic<int> lost{0};
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 200; ++i) {
        std::string bytes = "page " + std::to_string(i % 20);
        ContentHash content = *store->put(bytes);
        // A put's bytes outlive the collection that runs and the next: at most one begins here.
        auto got = store->get(content);
        if (!got || **got != bytes) ++lost;
      }
    });
  }
  (void)store->collect([](const ContentHash&) { return false; });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(lost, 0);
}

}  // namespace
}  // namespace stet::publish
