#include "cms/publish/folder_lock.h"

#include <gtest/gtest.h>

#include <future>
#include <optional>
#include <thread>

#include "tests/storage/git/test_repository.h"

namespace stet::publish {
namespace {

TEST(FolderLock, IsOneProcesssAtATime) {
  storage::TemporaryFolder folder;
  auto lock = lock_folder(folder.path() / "live");
  ASSERT_TRUE(lock);
  auto second = lock_folder(folder.path() / "live");
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::kUnavailable);
}

// As by the children of a process that was killed.
TEST(FolderLock, WaitsForWhoLetsGoOfItAtOnce) {
  storage::TemporaryFolder folder;
  for (int i = 0; i < 50; ++i) {
    std::optional<Descriptor> lock = lock_folder(folder.path() / "live").value();
    std::promise<void> begun;
    auto next = std::async(std::launch::async, [&] {
      begun.set_value();
      return lock_folder(folder.path() / "live").has_value();
    });
    begun.get_future().wait();
    std::this_thread::yield();
    lock.reset();
    EXPECT_TRUE(next.get());
  }
}

}  // namespace
}  // namespace stet::publish
