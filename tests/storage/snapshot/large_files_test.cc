#include "storage/snapshot/large_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "storage/base/hash.h"
#include "storage/commit/blob_writer.h"
#include "tests/storage/git/test_repository.h"

namespace stet::storage {
namespace {

using ::testing::HasSubstr;

const std::string kVersion = "version https://git-lfs.github.com/spec/v1\n";
const std::string kOid(64, 'a');

TEST(LfsPointer, IsReadAsTheSpecificationHasIt) {
  auto pointer = parse_lfs_pointer(kVersion + "oid sha256:" + kOid + "\nsize 12345\n");
  ASSERT_TRUE(pointer);
  EXPECT_EQ(*pointer, (LfsPointer{kOid, 12345}));
  EXPECT_TRUE(parse_lfs_pointer(kVersion + "ext-0-x sha256:" + kOid + "\noid sha256:" + kOid +
                                "\nsize 0\n"));
  EXPECT_TRUE(parse_lfs_pointer("version https://hawser.github.com/spec/v1\noid sha256:" + kOid +
                                "\nsize 1\n"));
}

TEST(LfsPointer, OtherTextsAreNone) {
  const std::string oid = "oid sha256:" + kOid + "\n";
  for (const std::string& text : {std::string(),
                                  kVersion,
                                  kVersion + oid,
                                  kVersion + oid + "size 1",
                                  kVersion + oid + "size -1\n",
                                  kVersion + oid + "size 1x\n",
                                  kVersion + oid + "size 99999999999999999999\n",
                                  kVersion + oid + "size 1\nmore\n",
                                  kVersion + "size 1\n" + oid,
                                  oid + "size 1\n",
                                  kVersion + "oid sha256:" + kOid.substr(1) + "\nsize 1\n",
                                  kVersion + "oid sha256:" + kOid.substr(2) + "..\nsize 1\n",
                                  kVersion + "oid sha256:" + std::string(64, 'A') + "\nsize 1\n",
                                  kVersion + "oid md5:" + kOid + "\nsize 1\n",
                                  "version https://evil.example/\n" + oid + "size 1\n",
                                  kVersion + oid + "size 1\n" + std::string(2000, '\n'),
                                  kVersion + "ext-" + std::string(50, 'x')}) {
    EXPECT_FALSE(parse_lfs_pointer(text)) << text.substr(0, 200);
  }
}

class Lfs : public ::testing::Test {
 protected:
  std::filesystem::path put(const std::string& oid, const std::string& content) {
    std::filesystem::path folder =
        repository.path() / "lfs/objects" / oid.substr(0, 2) / oid.substr(2, 2);
    std::filesystem::create_directories(folder);
    std::ofstream(folder / oid, std::ios::binary) << content;
    return folder / oid;
  }

  TestRepository repository;
  LargeFiles files{repository.repository(), repository.path() / "lfs"};
  std::string content = "what LFS keeps";
  LfsPointer pointer{sha256_hex(content), content.size()};
};

TEST_F(Lfs, AnObjectThatIsHereIsRead) {
  put(pointer.oid, content);
  for (int i = 0; i < 2; ++i) {
    auto found = files.open(pointer);
    ASSERT_TRUE(found) << found.error().message;
    EXPECT_EQ(*read_all(**found, 1000), content);
  }
}

TEST_F(Lfs, AnObjectThatIsNotHereIsSaidWithTheMend) {
  auto found = files.open(pointer);
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().code, ErrorCode::kNotFound);
  EXPECT_THAT(found.error().message, HasSubstr("git lfs fetch"));
}

TEST_F(Lfs, AnObjectThatIsAnotherThanItsHashIsRefused) {
  std::string other = content;
  other.back() = '!';
  auto path = put(pointer.oid, other);
  EXPECT_EQ(files.open(pointer).error().code, ErrorCode::kInternal);
  put(pointer.oid, content + "longer");
  EXPECT_EQ(files.open(pointer).error().code, ErrorCode::kInternal);
  std::filesystem::remove(path);
  std::ofstream(repository.folder() / "elsewhere") << content;
  std::filesystem::create_symlink(repository.folder() / "elsewhere", path);
  EXPECT_EQ(files.open(pointer).error().code, ErrorCode::kNotFound);
}

TEST_F(Lfs, AnObjectThatChangesAfterItWasReadIsLookedAtAgain) {
  auto path = put(pointer.oid, content);
  ASSERT_TRUE(files.open(pointer));
  std::string other = content;
  other.front() = '!';
  put(pointer.oid, other);
  std::filesystem::last_write_time(
      path, std::filesystem::last_write_time(path) + std::chrono::seconds(10));
  EXPECT_FALSE(files.open(pointer));
}

TEST(LargeFiles, ALargeContentIsReadInPartsAsLongAsItIsLoose) {
  TestRepository repository;
  std::string large(LargeFiles::kLargeBytes + 12'345, 'x');
  for (std::size_t i = 0; i < large.size(); i += 7) large[i] = static_cast<char>(i * 31);
  auto blob = write_blob(repository.repository(), MemorySource(large));
  ASSERT_TRUE(blob);
  EXPECT_EQ(*blob_id_of(MemorySource(large)), *blob);
  EXPECT_EQ(blob->hex() + "\n", repository.git({"hash-object", "--stdin"}, large));
  LargeFiles files(repository.repository(), repository.path() / "lfs");
  auto content = files.open_large(*blob);
  ASSERT_TRUE(content && *content);
  EXPECT_EQ(*read_all(**content, large.size()), large);
  auto small = write_blob(repository.repository(), MemorySource("small"));
  ASSERT_TRUE(small);
  EXPECT_EQ(*files.open_large(*small), nullptr);
  EXPECT_EQ(*blob_size(repository.repository(), *small), 5u);
  // A file that a theme gives lies in no repository.
  auto elsewhere = files.open_large(BlobId::parse(std::string(40, '1')).value());
  ASSERT_TRUE(elsewhere) << elsewhere.error().message;
  EXPECT_EQ(*elsewhere, nullptr);
  // Damaged, it is not shown.
  std::string hex = blob->hex();
  auto path = repository.path() / "objects" / hex.substr(0, 2) / hex.substr(2);
  std::filesystem::permissions(path, std::filesystem::perms::owner_all);
  std::fstream(path, std::ios::in | std::ios::out | std::ios::binary).seekp(5000) << "spoilt";
  EXPECT_FALSE(files.open_large(*blob));
}

}  // namespace
}  // namespace stet::storage
