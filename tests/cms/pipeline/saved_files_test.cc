#include "cms/pipeline/saved_files.h"

#include <gtest/gtest.h>

#include "storage/base/durable_file.h"
#include "storage/snapshot/blob_id.h"
#include "tests/cms/publish/scratch.h"

namespace stet::pipeline {
namespace {

constexpr std::uint64_t kFileBytesMax = std::uint64_t{64} << 20;
constexpr std::uint64_t kNever = ~std::uint64_t{0};

BlobId blob(int number) { return storage::blob_id_of(std::to_string(number)); }
std::string record(int number) { return "record " + std::to_string(number) + std::string(90, '.'); }

// A site that has the blobs of these numbers.
SavedFiles::Blobs blobs(int begin, int end) {
  SavedFiles::Blobs blobs;
  for (int i = begin; i < end; ++i) blobs = blobs.set(std::to_string(i), blob(i));
  return blobs;
}

class SavedFilesTest : public testing::Test {
 protected:
  std::unique_ptr<SavedFiles> process(std::uint64_t rewrite_bytes_min = kNever) {
    auto files = std::make_unique<SavedFiles>(
        SavedFiles::Options{.folder = scratch_.path(),
                            .settings = fingerprint(settings_),
                            .rewrite_bytes_min = rewrite_bytes_min,
                            .note = [this](std::string_view note) { notes_.emplace_back(note); }});
    files->load();
    return files;
  }
  static void add(SavedFiles& files, int begin, int end) {
    for (int i = begin; i < end; ++i) files.add(blob(i), record(i));
  }
  // The numbers below 100 that are there; each as it was added.
  static int count(const SavedFiles& files) {
    int count = 0;
    for (int i = 0; i < 100; ++i) {
      auto found = files.find(blob(i));
      EXPECT_EQ(found.value_or(record(i)), record(i));
      count += found.has_value();
    }
    return count;
  }
  std::filesystem::path file() const { return scratch_.path() / "files"; }

  publish::Scratch scratch_;
  std::string settings_ = "settings";
  std::vector<std::string> notes_;
};

TEST_F(SavedFilesTest, AreThereInTheNextProcess) {
  {
    auto files = process();
    EXPECT_EQ(count(*files), 0);
    add(*files, 0, 10);
    files->end_start(blobs(0, 10));
    add(*files, 5, 20);
    files->save(blobs(0, 20));
    add(*files, 20, 30);  // in no publication
  }
  auto files = process();
  EXPECT_EQ(count(*files), 20);
  files->end_start(blobs(0, 20));
  EXPECT_EQ(count(*files), 0);  // forgotten, for nobody asks twice
  const std::uint64_t bytes = files->bytes();
  add(*files, 0, 20);
  files->save(blobs(0, 20));
  EXPECT_EQ(files->bytes(), bytes);
  EXPECT_EQ(notes_, std::vector<std::string>());
}

TEST_F(SavedFilesTest, OfOtherSettingsAreForgottenWithoutAWord) {
  auto files = process();
  add(*files, 0, 10);
  files->end_start(blobs(0, 10));
  settings_ = "others";
  files = process();
  EXPECT_EQ(count(*files), 0);
  add(*files, 0, 5);
  files->end_start(blobs(0, 10));
  files = process();
  EXPECT_EQ(count(*files), 5);
  EXPECT_EQ(notes_, std::vector<std::string>());
}

TEST_F(SavedFilesTest, MayEndOrBeSpoiltAnywhere) {
  {
    auto files = process();
    add(*files, 0, 3);
    files->end_start(blobs(0, 10));
    add(*files, 3, 6);
    files->save(blobs(0, 10));
  }
  const std::string whole = *read_file(file(), kFileBytesMax);
  for (std::size_t at = 0; at < whole.size(); at += 7) {
    std::string spoilt = whole;
    spoilt[at] = static_cast<char>(spoilt[at] ^ (1 << at % 8));
    for (const std::string& bytes : {whole.substr(0, at), spoilt}) {
      ASSERT_TRUE(write_atomically(file(), bytes));
      auto files = process();
      int known = count(*files);
      EXPECT_TRUE(known == 0 || known == 3) << at;
      add(*files, 0, 6);
      files->end_start(blobs(0, 10));
      EXPECT_EQ(count(*process()), 6) << at;
    }
  }
  EXPECT_FALSE(notes_.empty());
}

TEST_F(SavedFilesTest, AreWrittenAnewWhenHalfIsOfNoUse) {
  auto files = process(0);
  files->end_start({});
  std::uint64_t most = 0;
  for (int i = 0; i < 100; ++i) {
    add(*files, i, i + 1);
    files->save(blobs(std::max(0, i - 9), i + 1));
    most = std::max(most, files->bytes());
    if (i % 3 == 0) files->wait();
  }
  files->wait();
  EXPECT_LT(files->bytes(), 3000u);
  EXPECT_LT(most, 6000u);
  files = process();
  for (int i = 90; i < 100; ++i) EXPECT_TRUE(files->find(blob(i))) << i;
  EXPECT_EQ(notes_, std::vector<std::string>());
}

TEST_F(SavedFilesTest, OfWhichTheSiteHasLittleLeftAreWrittenAnewAtTheStart) {
  auto files = process();
  add(*files, 0, 100);
  files->end_start(blobs(0, 100));
  const std::uint64_t before = files->bytes();
  files = process(0);
  for (int i = 0; i < 10; ++i) EXPECT_TRUE(files->find(blob(i)));
  files->end_start(blobs(0, 10));
  files->wait();
  EXPECT_LT(files->bytes(), before / 5);
  EXPECT_EQ(count(*process()), 10);
}

TEST_F(SavedFilesTest, ThatCannotBeWrittenAreNotKept) {
  auto files = process();
  std::filesystem::remove_all(scratch_.path());
  files = process();
  EXPECT_EQ(notes_.size(), 1u);
  add(*files, 0, 10);
  files->end_start(blobs(0, 10));
  EXPECT_EQ(files->bytes(), 0u);
}

}  // namespace
}  // namespace stet::pipeline
