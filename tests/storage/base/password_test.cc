// What passwords, authenticators and recovery codes are made with, against the standards' vectors.

#include <gtest/gtest.h>

#include <array>

#include "storage/base/base32.h"
#include "storage/base/one_time_code.h"
#include "storage/base/password_hash.h"

namespace stet {
namespace {

constexpr PasswordCost kCheap{.memory_kib = 8, .passes = 1};
constexpr std::array<std::uint8_t, kPasswordSaltBytes> kSalt{1, 2, 3};
constexpr std::string_view kKey = "12345678901234567890";

std::span<const std::uint8_t> bytes_of(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

TEST(PasswordHash, TellsTheRightPasswordFromOthers) {
  std::string hash = *hash_password("correct horse", kSalt, kCheap);
  EXPECT_TRUE(hash.starts_with("$argon2id$v=19$m=8,t=1,p=1$")) << hash;
  EXPECT_TRUE(verify_password(hash, "correct horse"));
  for (const char* wrong : {"", "correct hors", "correct horse ", "Correct horse"}) {
    EXPECT_FALSE(verify_password(hash, wrong)) << wrong;
  }
}

TEST(PasswordHash, AnotherSaltIsAnotherHash) {
  EXPECT_NE(*hash_password("x", kSalt, kCheap), *hash_password("x", {9}, kCheap));
  EXPECT_EQ(*hash_password("x", kSalt, kCheap), *hash_password("x", kSalt, kCheap));
}

// Of the reference implementation's own tests.
TEST(PasswordHash, ReadsWhatOthersHaveHashed) {
  EXPECT_TRUE(verify_password(
      "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
      "password"));
}

TEST(PasswordHash, WhatIsNoHashFitsNoPassword) {
  for (const std::string& hash : {std::string(),
                                  std::string("x"),
                                  std::string("$argon2id$"),
                                  std::string("$argon2i$v=19$m=8,t=1,p=1$AAAA$AAAA"),
                                  "$argon2id$" + std::string(500, 'A')}) {
    EXPECT_FALSE(verify_password(hash, "")) << hash;
  }
}

TEST(PasswordHash, SaysItsCost) {
  std::string hash = *hash_password("x", kSalt, kCheap);
  EXPECT_TRUE(is_of_cost(hash, kCheap));
  EXPECT_FALSE(is_of_cost(hash, PasswordCost()));
}

// RFC 4226, appendix D.
TEST(OneTimeCode, CountsAsTheRfcDoes) {
  const char* codes[] = {"755224",
                         "287082",
                         "359152",
                         "969429",
                         "338314",
                         "254676",
                         "287922",
                         "162583",
                         "399871",
                         "520489"};
  for (std::uint64_t counter = 0; counter < std::size(codes); ++counter) {
    EXPECT_EQ(hotp(kKey, counter), codes[counter]) << counter;
  }
}

// RFC 6238, appendix B.
TEST(OneTimeCode, TellsTheTimeAsTheRfcDoes) {
  struct Row {
    std::int64_t seconds;
    const char* code;
  };
  for (const Row& row : {Row{59, "94287082"},
                         Row{1'111'111'109, "07081804"},
                         Row{1'111'111'111, "14050471"},
                         Row{20'000'000'000, "65353130"}}) {
    auto step = static_cast<std::uint64_t>(totp_step({row.seconds}));
    EXPECT_EQ(hotp(kKey, step, 8), row.code) << row.seconds;
  }
}

// RFC 4648, 10, without the padding.
TEST(Base32, IsTheRfcs) {
  const std::pair<const char*, const char*> rows[] = {{"", ""},
                                                      {"f", "MY"},
                                                      {"fo", "MZXQ"},
                                                      {"foo", "MZXW6"},
                                                      {"foob", "MZXW6YQ"},
                                                      {"fooba", "MZXW6YTB"},
                                                      {"foobar", "MZXW6YTBOI"}};
  for (const auto& [plain, encoded] : rows) EXPECT_EQ(encode_base32(bytes_of(plain)), encoded);
}

}  // namespace
}  // namespace stet
