#include "storage/base/durable_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

namespace stet {
namespace {

namespace fs = std::filesystem;

class DurableFile : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "stet-durable-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
  }
  void TearDown() override { fs::remove_all(folder_); }
  fs::path folder_;
};

TEST_F(DurableFile, ReplacesAFileAndLeavesNothingBeside) {
  ASSERT_TRUE(write_durably(folder_ / "a", "one"));
  ASSERT_TRUE(write_durably(folder_ / "a", "two"));
  EXPECT_EQ(*read_file(folder_ / "a", 100), "two");
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()), 1);
}

TEST_F(DurableFile, AFailureKeepsTheOldFile) {
  fs::create_directory(folder_ / "taken");
  EXPECT_FALSE(write_durably(folder_ / "taken", "x"));
  EXPECT_TRUE(fs::is_directory(folder_ / "taken"));
  EXPECT_EQ(write_durably(folder_ / "missing" / "a", "x").error().code, ErrorCode::kNotFound);
}

TEST_F(DurableFile, AProgramCanBeRunWhateverTheMask) {
  mode_t before = ::umask(0177);
  Status written = write_program(folder_ / "run", "#!/bin/sh\n");
  ::umask(before);
  ASSERT_TRUE(written);
  EXPECT_EQ(fs::status(folder_ / "run").permissions(), static_cast<fs::perms>(0755));
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()), 1);
}

TEST_F(DurableFile, ReadingSaysWhatIsWrong) {
  EXPECT_EQ(read_file(folder_ / "none", 10).error().code, ErrorCode::kNotFound);
  ASSERT_TRUE(write_atomically(folder_ / "big", std::string(100, 'x')));
  EXPECT_EQ(read_file(folder_ / "big", 99).error().code, ErrorCode::kInvalidInput);
}

}  // namespace
}  // namespace stet
