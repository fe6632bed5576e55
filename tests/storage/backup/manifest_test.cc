#include "storage/backup/manifest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>

#include "storage/base/hash.h"

namespace stet::storage {
namespace {

using ::testing::HasSubstr;

Manifest made() {
  return {.version = "0.1.0",
          .taken = {1'700'000'000},
          .previous = sha256_hex("previous"),
          .branch = "main",
          .commit = std::string(40, 'a'),
          .ledger = 9,
          .parts = {{"ledger.sqlite", 4096, sha256_hex("l")}, {"refs.txt", 0, sha256_hex("")}}};
}

// As somebody who can count would write it.
std::string sealed(const std::string& body) { return body + "end: " + sha256_hex(body) + "\n"; }

TEST(Manifest, IsReadAsItWasWritten) {
  auto read = parse_manifest(to_text(made()));
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(*read, made());
  Manifest least{.version = "0.1.0", .taken = {0}};
  EXPECT_EQ(parse_manifest(to_text(least)).value(), least);
  EXPECT_TRUE(least.is_full());
}

TEST(Manifest, IsNamedByWhatItSays) {
  Manifest other = made();
  other.parts[0].sha256 = sha256_hex("another");
  EXPECT_NE(digest_of(made()), digest_of(other));
  EXPECT_THAT(to_text(made()), HasSubstr("end: " + digest_of(made()) + "\n"));
}

TEST(Manifest, NoByteMayBeAnotherAndNoneMayBeMissing) {
  const std::string text = to_text(made());
  for (std::size_t at = 0; at < text.size(); ++at) {
    std::string bad = text;
    bad[at] = static_cast<char>(bad[at] ^ 1);
    EXPECT_FALSE(parse_manifest(bad)) << at;
    EXPECT_FALSE(parse_manifest(text.substr(0, at))) << at;
  }
  EXPECT_FALSE(parse_manifest(text + "part: x\n"));
}

TEST(Manifest, OfANewerStetSaysSo) {
  auto read = parse_manifest(sealed("stet backup 2\nwhatever: it says\n"));
  ASSERT_FALSE(read);
  EXPECT_THAT(read.error().message, HasSubstr("a newer stet wrote it, in format 2"));
}

TEST(Manifest, SaysWhichLineIsWrong) {
  const std::string good = to_text(made());
  const std::string body = good.substr(0, good.find("end: "));
  struct Case {
    const char *from, *to, *said;
  };
  for (const Case& one : {Case{"taken: 2023", "taken: 20x3", "manifest.txt:3 is no time"},
                          Case{"ledger: 9", "ledger: -9", "manifest.txt:7 has no number"},
                          Case{"commit: a", "commit: A", "manifest.txt:6 names no commit"},
                          Case{" refs.txt", " ../refs", "manifest.txt:9 is no part"},
                          Case{" 4096 ", " 4096x ", "manifest.txt:8 is no part"},
                          Case{"branch: ", "brunch: ", "manifest.txt:5 is to be 'branch: ...'"}}) {
    std::string bad = body;
    bad.replace(bad.find(one.from), std::strlen(one.from), one.to);
    auto read = parse_manifest(sealed(bad));
    ASSERT_FALSE(read) << one.to;
    EXPECT_THAT(read.error().message, HasSubstr(one.said));
  }
}

}  // namespace
}  // namespace stet::storage
