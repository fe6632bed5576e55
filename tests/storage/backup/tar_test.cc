#include "storage/backup/tar.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <cstring>
#include <functional>

#include "storage/base/descriptor.h"
#include "storage/base/durable_file.h"
#include "storage/process/process.h"
#include "tests/storage/git/test_repository.h"

namespace stet::storage {
namespace {

using ::testing::HasSubstr;

constexpr std::uint64_t kBytesMax = 1 << 20;

struct Part {
  std::string name, content;
};

// A tar of these, as the writer makes it.
std::string tar_of(const std::vector<Part>& parts) {
  TemporaryFolder folder;
  const auto path = folder.path() / "made.tar";
  Descriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  TarWriter writer(file.get(), path, {1'600'000'000});
  for (const Part& part : parts) {
    EXPECT_TRUE(writer.begin(part.name));
    EXPECT_TRUE(writer.add(part.content));
    EXPECT_TRUE(writer.end());
  }
  EXPECT_TRUE(writer.finish());
  return read_file(path, kBytesMax).value();
}

Result<std::vector<TarMember>> read(const std::string& bytes) {
  return read_tar(MemorySource(bytes));
}

const std::vector<Part> kParts = {{"empty", ""},
                                  {"lfs/objects/ab/cd/x", std::string(513, 'x')},
                                  {"full-block", std::string(512, 'y')}};

TEST(Tar, IsReadAsItWasWritten) {
  const std::string bytes = tar_of(kParts);
  auto members = read(bytes);
  ASSERT_TRUE(members) << members.error().message;
  ASSERT_EQ(members->size(), kParts.size());
  for (std::size_t i = 0; i < kParts.size(); ++i) {
    const TarMember& member = (*members)[i];
    EXPECT_EQ(member.name, kParts[i].name);
    EXPECT_EQ(bytes.substr(member.offset, member.bytes), kParts[i].content);
  }
}

TEST(Tar, IsUnpackedByTarItself) {
  TemporaryFolder folder;
  ASSERT_TRUE(write_atomically(folder.path() / "made.tar", tar_of(kParts)));
  auto finished = run({.argv = {"tar", "-xvf", "made.tar"}, .folder = folder.path()});
  ASSERT_TRUE(finished);
  EXPECT_EQ(finished->code, 0) << finished->error;
  EXPECT_EQ(finished->output, "empty\nlfs/objects/ab/cd/x\nfull-block\n");
  for (const Part& part : kParts) {
    EXPECT_EQ(read_file(folder.path() / part.name, kBytesMax).value(), part.content);
  }
}

TEST(Tar, WhatIsDroppedIsNotInIt) {
  TemporaryFolder folder;
  const auto path = folder.path() / "made.tar";
  Descriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  TarWriter writer(file.get(), path, {0});
  for (const char* name : {"kept", "dropped", "after"}) {
    ASSERT_TRUE(writer.begin(name));
    ASSERT_TRUE(writer.add(name));
    ASSERT_TRUE(writer.end());
    if (name == std::string("dropped")) {
      ASSERT_TRUE(writer.drop());
    }
  }
  ASSERT_TRUE(writer.finish());
  auto members = read(read_file(path, kBytesMax).value());
  ASSERT_TRUE(members);
  ASSERT_EQ(members->size(), 2u);
  EXPECT_EQ(members->back().name, "after");
}

TEST(Tar, IsRefusedWhereverItIsCutOff) {
  const std::string bytes = tar_of({{"a", "content"}, {"b", std::string(600, 'b')}});
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    auto members = read(bytes.substr(0, size));
    ASSERT_FALSE(members) << size;
    EXPECT_THAT(members.error().message, HasSubstr("cut off")) << size;
  }
}

TEST(Tar, IsRefusedWithSomethingBehindIt) {
  EXPECT_FALSE(read(tar_of(kParts) + std::string(512, '\0')));
  EXPECT_FALSE(read(tar_of(kParts) + "x"));
}

TEST(Tar, NoByteOfAHeaderMayBeAnother) {
  const std::string good = tar_of({{"a", "content"}});
  for (std::size_t at = 0; at < 512; ++at) {
    std::string bad = good;
    bad[at] = static_cast<char>(bad[at] ^ 1);
    auto members = read(bad);
    bool is_refused = !members || members->size() != 1 || members->front().name != "a" ||
                      members->front().bytes != 7;
    // The last byte of the sum's own field may be a blank or a NUL.
    EXPECT_TRUE(is_refused) << at;
  }
}

// A header that says this of itself, with a sum that is right.
std::string forged(const std::function<void(std::string&)>& forge) {
  std::string bytes = tar_of({{"a", "content"}});
  forge(bytes);
  unsigned sum = 0;
  for (std::size_t i = 0; i < 512; ++i) {
    sum += i >= 148 && i < 156 ? ' ' : static_cast<unsigned char>(bytes[i]);
  }
  char field[8];
  std::snprintf(field, sizeof field, "%06o", sum);
  bytes.replace(148, 8, std::string(field, 7) + " ");
  return bytes;
}

TEST(Tar, TakesNoNameThatLeadsAnywhere) {
  for (const char* name : {"../a", "/a", "a/../b", "a//b", "a/", "./a", "A", "a b", "a\n"}) {
    std::string bytes = forged([&](std::string& header) {
      header.replace(0, 100, std::string(name) + std::string(100 - std::strlen(name), '\0'));
    });
    auto members = read(bytes);
    ASSERT_FALSE(members) << name;
    EXPECT_THAT(members.error().message, HasSubstr("no name of a part")) << name;
  }
}

TEST(Tar, TakesPlainFilesAlone) {
  for (char type : {'1', '2', '3', '5', 'x', 'g', 'L', '\0'}) {
    std::string bytes = forged([&](std::string& header) { header[156] = type; });
    EXPECT_FALSE(read(bytes)) << type;
  }
  EXPECT_FALSE(read(forged([](std::string& header) { header[157] = 'x'; })));  // a link's target
  EXPECT_FALSE(read(forged([](std::string& header) { header[345] = 'x'; })));  // a prefix
}

TEST(Tar, TakesNoSizeThatTheFileDoesNotHave) {
  auto with_size = [](std::string field) {
    return forged([&](std::string& header) { header.replace(124, 12, field); });
  };
  using namespace std::string_literals;
  for (const std::string& field : {"77777777777\0"s,
                                   "\x80\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff"s,
                                   "\x80\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"s,
                                   "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"s,
                                   "-0000000001\0"s,
                                   "000000x0007\0"s,
                                   "\0\0\0\0\0\0\0\0\0\0\0\0"s}) {
    EXPECT_FALSE(read(with_size(field)));
  }
  EXPECT_TRUE(
      read(with_size("\x80\0\0\0\0\0\0\0\0\0\0\x07"s)));  // as sizes from 8 GiB on are written
}

}  // namespace
}  // namespace stet::storage
