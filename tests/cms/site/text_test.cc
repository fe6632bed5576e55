#include "cms/site/text.h"

#include <gtest/gtest.h>

#include "storage/snapshot/blob_id.h"
#include "storage/snapshot/memory_snapshot.h"

namespace stet::site {
namespace {

constexpr std::string_view kFile = "---\na: 1\n---\nbody and more";
constexpr std::size_t kBody = 13;

storage::SnapshotPtr snapshot() {
  return storage::make_memory_snapshot({{"a.md", std::string(kFile)}}).value();
}

TEST(Text, SaysTheSameWhereverItLies) {
  Text held = Text::held("body and more"), of_file = Text::of_file(kFile, kBody);
  EXPECT_EQ(held, of_file);
  EXPECT_TRUE(held.is_held());
  EXPECT_FALSE(of_file.is_held());
  EXPECT_NE(held, Text::held("body and less"));
  EXPECT_EQ(Text(), Text::held(""));
  EXPECT_EQ(Text(), Text::of_file(kFile, kFile.size()));
  EXPECT_EQ(of_file, Text::of_file(of_file.offset(), of_file.size(), of_file.fingerprint()));
}

TEST(Text, IsReadFromItsFileOrFromWhereItIsHeld) {
  Texts texts;
  const BlobId blob = storage::blob_id_of(kFile);
  EXPECT_EQ(texts.read(Text::of_file(kFile, kBody), blob, *snapshot())->text, "body and more");
  EXPECT_EQ(texts.read(Text::held("held"), BlobId(), *snapshot())->text, "held");
  EXPECT_EQ(texts.read(Text(), BlobId(), *snapshot())->text, "");
  for (const Text& whole : {Text::of_file(kFile, kBody), Text::held("body and more")}) {
    Text part = whole.part("body and more", 5, 3);
    EXPECT_EQ(texts.read(part, blob, *snapshot())->text, "and");
    EXPECT_EQ(part, Text::held("and"));
  }
}

TEST(Text, ThatDoesNotFitItsFileIsNotRead) {
  const BlobId blob = storage::blob_id_of(kFile);
  const Text right = Text::of_file(kFile, kBody);
  const Text wrong[] = {
      Text::of_file(kBody, right.size(), fingerprint("other")),
      Text::of_file(kBody - 1, right.size(), right.fingerprint()),
      Text::of_file(kBody, right.size() + 1, right.fingerprint()),
      Text::of_file(~std::size_t{0}, right.size(), right.fingerprint()),
  };
  for (const Text& text : wrong) {
    Texts texts;
    auto read = texts.read(text, blob, *snapshot());
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, ErrorCode::kInternal);
  }
  Texts texts;
  EXPECT_EQ(texts.read(right, BlobId(), *snapshot()).error().code, ErrorCode::kNotFound);
}

TEST(Text, FilesAreReadOnceAsLongAsThereIsRoom) {
  const BlobId blob = storage::blob_id_of(kFile);
  Texts roomy, none(0);
  auto empty = storage::make_memory_snapshot(std::map<std::string, std::string>()).value();
  for (bool is_one_of_all : {true, false}) {
    ASSERT_TRUE(roomy.file(blob, *snapshot(), is_one_of_all));
    ASSERT_TRUE(none.file(blob, *snapshot(), is_one_of_all));
    EXPECT_EQ(**roomy.file(blob, *empty, is_one_of_all), kFile);
    EXPECT_FALSE(none.file(blob, *empty, is_one_of_all));
  }
}

}  // namespace
}  // namespace stet::site
