#include "storage/base/file_sync.h"

#include <fcntl.h>
#include <gtest/gtest.h>

#include <numeric>

#include "storage/base/descriptor.h"

namespace stet {
namespace {

std::uint64_t calls(const SyncCounts& counts) {
  return std::accumulate(counts.took.begin(), counts.took.end(), std::uint64_t{0});
}

TEST(FileSync, CountsAndTimesEachCall) {
  const std::filesystem::path path = std::filesystem::temp_directory_path();
  Descriptor file(::open(path.c_str(), O_WRONLY | O_TMPFILE | O_CLOEXEC, 0600));
  ASSERT_TRUE(file);
  const SyncCounts before = sync_counts();
  EXPECT_TRUE(sync_file(file.get(), path));
  EXPECT_TRUE(sync_file_system(path));
  const SyncCounts after = sync_counts();
  EXPECT_EQ(calls(after), calls(before) + 2);
  EXPECT_GT(after.took_ns, before.took_ns);
  EXPECT_EQ(after.failures, before.failures);
}

TEST(FileSync, FailuresNameThePathAndAreCounted) {
  const SyncCounts before = sync_counts();
  Status done = sync_file(-1, "/some/file");
  ASSERT_FALSE(done);
  EXPECT_NE(done.error().message.find("/some/file"), std::string::npos) << done.error().message;
  EXPECT_EQ(sync_counts().failures, before.failures + 1);
  Status absent = sync_file_system("/nowhere/at/all");
  ASSERT_FALSE(absent);
  EXPECT_EQ(absent.error().code, ErrorCode::kNotFound);
}

}  // namespace
}  // namespace stet
