#include "storage/commit/pack_writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include "storage/base/hex.h"
#include "storage/commit/deflater.h"
#include "storage/commit/pack_index.h"
#include "storage/snapshot/blob_id.h"
#include "tests/storage/git/test_repository.h"

namespace stet::storage {
namespace {

// git's rules for a delta, written down a second time.
std::string patched(std::string_view base, std::string_view delta) {
  auto byte = [&delta] {
    unsigned char b = static_cast<unsigned char>(delta.front());
    delta.remove_prefix(1);
    return b;
  };
  auto size = [&] {
    std::size_t value = 0;
    for (int shift = 0;; shift += 7) {
      unsigned char b = byte();
      value |= std::size_t{b & 0x7fu} << shift;
      if (!(b & 0x80)) return value;
    }
  };
  EXPECT_EQ(size(), base.size());
  std::size_t expected = size();
  std::string result;
  while (!delta.empty()) {
    unsigned char op = byte();
    if (!(op & 0x80)) {
      result += delta.substr(0, op);
      delta.remove_prefix(op);
      continue;
    }
    std::size_t offset = 0, length = 0;
    for (int i = 0; i < 4; ++i) {
      if (op & (1 << i)) offset |= std::size_t{byte()} << (8 * i);
    }
    for (int i = 0; i < 3; ++i) {
      if (op & (0x10 << i)) length |= std::size_t{byte()} << (8 * i);
    }
    result += base.substr(offset, length ? length : 0x10000);
  }
  EXPECT_EQ(result.size(), expected);
  return result;
}

TEST(Deflater, GivesWhatZlibTakesWhateverTheSizes) {
  Deflater deflater;
  for (std::size_t size : {0, 1, 4095, 4096, 4097, 70'000, 1, 1'000'000, 12}) {
    for (auto effort : {Deflater::Effort::kNone, Deflater::Effort::kUsual}) {
      std::string bytes;
      for (std::size_t i = 0; i < size; ++i) bytes += static_cast<char>(i * i % 251);
      std::string packed = "kept";
      ASSERT_TRUE(deflater.append(packed, bytes, effort));
      ASSERT_TRUE(packed.starts_with("kept"));
      std::string unpacked(size + 1, '\0');
      uLongf length = unpacked.size();
      ASSERT_EQ(uncompress(reinterpret_cast<Bytef*>(unpacked.data()),
                           &length,
                           reinterpret_cast<const Bytef*>(packed.data() + 4),
                           packed.size() - 4),
                Z_OK);
      EXPECT_EQ(unpacked.substr(0, length), bytes);
    }
  }
}

TEST(PackWriter, ADeltaGivesBackWhatItWasMadeFrom) {
  std::string big;
  for (int i = 0; big.size() < (std::size_t{34} << 20); ++i) big += std::to_string(i);
  std::string edited = big;
  edited.replace(20 << 20, 3, std::string(1000, 'x'));
  const std::pair<std::string, std::string> cases[] = {
      {"", ""},
      {"", "abc"},
      {"abc", ""},
      {"abc", "abc"},
      {"aaaa", "aa"},
      {"abcd", "abxd"},
      {"aba", "ababa"},
      {big, edited},
      {edited, big},
      {big, big + "x"},
      {std::string(65536, 'a'), std::string(65537, 'a')},
  };
  for (const auto& [from, to] : cases) {
    EXPECT_TRUE(patched(from, make_delta(from, to)) == to) << from.size() << " to " << to.size();
  }
}

std::string from_hex(std::string_view hex) {
  std::vector<std::uint8_t> bytes(hex.size() / 2);
  EXPECT_TRUE(decode_hex(hex, bytes));
  return {bytes.begin(), bytes.end()};
}

TEST(PackIndex, OfAPackBeyondTwoGibibytesHasATableOfLargeOffsets) {
  std::vector<PackedObject> objects(3);
  for (std::size_t i = 0; i < objects.size(); ++i) {
    objects[i].id[0] = static_cast<std::uint8_t>(2 - i);
    objects[i].crc = static_cast<std::uint32_t>(0x11 * i);
    objects[i].offset = std::uint64_t{12} + (std::uint64_t{1} << 31) * i;
  }
  const std::string sum(20, 's');
  std::string index = pack_index(objects, sum);
  ASSERT_EQ(index.size(), 8 + 256 * 4 + 3 * (20 + 4 + 4) + 2 * 8 + 20 + 20u);
  std::string_view rest = index;
  auto take = [&](std::size_t bytes) {
    std::string_view taken = rest.substr(0, bytes);
    rest.remove_prefix(bytes);
    return std::string(taken);
  };
  EXPECT_EQ(take(8), from_hex("ff744f6300000002"));
  EXPECT_EQ(take(16), from_hex("00000001000000020000000300000003"));
  take(252 * 4);
  for (char first : {0, 1, 2}) EXPECT_EQ(take(20), first + std::string(19, '\0'));
  EXPECT_EQ(take(12), from_hex("000000220000001100000000"));
  EXPECT_EQ(take(12), from_hex("80000000800000010000000c"));
  EXPECT_EQ(take(16), from_hex("000000010000000c000000008000000c"));
  EXPECT_EQ(take(20), sum);
}

TEST(PackWriter, WhatItWritesIsAPackToGit) {
  TestRepository test;
  std::vector<std::string> contents;
  for (int i = 0; i < 600; ++i) contents.push_back("content " + std::to_string(i * i));
  StagedObjects staged(test.repository().objects());
  for (const std::string& content : contents) staged.add_blob(blob_id_of(content), content);
  auto keep = write_pack(test.path(), staged.all());
  ASSERT_TRUE(keep);
  EXPECT_TRUE(keep->has_pack());
  for (const auto& file : std::filesystem::directory_iterator(pack_folder(test.path()))) {
    if (file.path().extension() == ".pack") {
      EXPECT_THAT(test.git({"verify-pack", "-v", file.path()}), testing::HasSubstr("600 objects"));
      std::filesystem::remove(file.path());
    }
  }
  EXPECT_FALSE(keep->has_pack());
}

TEST(PackWriter, StoresObjectsOfEverySize) {
  TestRepository test;
  std::vector<std::string> contents = {"",
                                       "x",
                                       std::string(15, 'y'),
                                       std::string(16, 'z'),
                                       std::string(2048, 'q'),
                                       std::string(5'000'000, 'w')};
  StagedObjects staged(test.repository().objects());
  for (const std::string& content : contents) staged.add_blob(blob_id_of(content), content);
  ASSERT_TRUE(write_pack(test.path(), staged.all()));
  for (const std::string& content : contents) {
    EXPECT_TRUE(*test.repository().objects().read_blob(blob_id_of(content), 10'000'000) == content);
    EXPECT_EQ(test.git({"cat-file", "-s", blob_id_of(content).hex()}),
              std::to_string(content.size()) + "\n");
  }
  EXPECT_EQ(test.repository().objects().read_blob(blob_id_of(contents[4]), 100).error().code,
            ErrorCode::kInvalidInput);
}

}  // namespace
}  // namespace stet::storage
