#include "storage/base/full_disk.h"

#include <gtest/gtest.h>

#include <cerrno>

#include "storage/base/durable_file.h"

namespace stet {
namespace {

TEST(FullDisk, IsKnownByTheWordsOfWhoeverMetIt) {
  const struct {
    int number;
    bool is_full;
  } cases[] = {{ENOSPC, true}, {EDQUOT, true}, {EIO, false}, {EMFILE, false}, {ENOENT, false}};
  for (const auto& c : cases) {
    errno = c.number;
    EXPECT_EQ(is_of_full_disk(error_of_errno("write", "a")), c.is_full) << c.number;
  }
  EXPECT_TRUE(is_of_full_disk(unavailable("database: database or disk is full")));
  EXPECT_TRUE(is_of_full_disk(unavailable("No space left on device").within("write a pack")));
  EXPECT_FALSE(is_of_full_disk(unavailable("too many changes are waiting")));
  EXPECT_FALSE(is_of_full_disk(not_found("'No space left on device.md' is not there")));
}

}  // namespace
}  // namespace stet
