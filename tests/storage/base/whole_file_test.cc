#include "storage/base/whole_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "storage/base/durable_file.h"

namespace stet {
namespace {

namespace fs = std::filesystem;

class WholeFileTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "stet-whole-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
  }
  void TearDown() override { fs::remove_all(folder_); }

  fs::path make(const std::string& bytes, mode_t mode) {
    fs::path path = folder_ / std::to_string(++files_);
    EXPECT_TRUE(create_file(path, bytes));
    EXPECT_EQ(::chmod(path.c_str(), mode), 0);
    return path;
  }
  fs::path folder_;
  int files_ = 0;
};

TEST_F(WholeFileTest, IsReadToItsEndWhateverItsSize) {
  for (std::size_t size : {0, 1, 65535, 65536, 65537, 200'000}) {
    const std::string bytes(size, 'x');
    EXPECT_EQ(read_whole_file(make(bytes, 0644), size)->bytes, bytes) << size;
  }
}

TEST_F(WholeFileTest, IsAProgramIfItsOwnerMayRunIt) {
  EXPECT_FALSE(read_whole_file(make("x", 0644), 10)->is_executable);
  EXPECT_FALSE(read_whole_file(make("x", 0655), 10)->is_executable);
  EXPECT_TRUE(read_whole_file(make("x", 0744), 10)->is_executable);
}

TEST_F(WholeFileTest, OfTheKernelIsReadThoughItSaysThatItIsEmpty) {
  auto status = read_whole_file("/proc/self/status", 1 << 20);
  ASSERT_TRUE(status);
  EXPECT_TRUE(status->bytes.starts_with("Name:"));
  EXPECT_TRUE(status->bytes.ends_with('\n'));
}

TEST_F(WholeFileTest, IsRefusedWhereItIsTooLargeMissingOrAFolder) {
  EXPECT_EQ(read_whole_file(make("12345", 0644), 4).error().code, ErrorCode::kInvalidInput);
  EXPECT_EQ(read_whole_file(folder_ / "missing", 4).error().code, ErrorCode::kNotFound);
  EXPECT_FALSE(read_whole_file(folder_, 4));
}

}  // namespace
}  // namespace stet
