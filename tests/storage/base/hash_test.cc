#include "storage/base/hash.h"

#include <gtest/gtest.h>

#include "storage/base/object_id.h"
#include "storage/base/sha1.h"

namespace stet {
namespace {

TEST(Hash, PartsAreNotConfused) {
  auto a = Fingerprinter().add("ab").add("c").finish();
  auto b = Fingerprinter().add("a").add("bc").finish();
  EXPECT_NE(a, b);
  EXPECT_EQ(a, Fingerprinter().add("ab").add("c").finish());
}

// RFC 4231, test case 2.
TEST(Hash, HmacMatchesTheRfc) {
  EXPECT_EQ(encode_hex(hmac_sha256("Jefe", "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST(Hash, Sha256OfNothing) {
  EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

// RFC 3174, 7.3.
TEST(Hash, Sha1MatchesTheRfcHoweverTheTextIsCut) {
  for (std::size_t cut = 0; cut <= 3; ++cut) {
    EXPECT_EQ(sha1(std::string("abc").substr(0, cut), std::string("abc").substr(cut)).hex(),
              "a9993e364706816aba3e25717850c26c9cd0d89d");
  }
}

TEST(Hash, ObjectIdsRoundTripAndRefuseOtherTexts) {
  std::string hex = "0123456789abcdef0123456789abcdef01234567";
  EXPECT_EQ(BlobId::parse(hex)->hex(), hex);
  for (const char* text : {"", "0123", "0123456789abcdef0123456789abcdef0123456g"}) {
    EXPECT_FALSE(BlobId::parse(text)) << text;
  }
}

TEST(Hash, ConstantTimeComparisonIsAComparison) {
  EXPECT_TRUE(equal_in_constant_time("abc", "abc"));
  EXPECT_FALSE(equal_in_constant_time("abc", "abd"));
  EXPECT_FALSE(equal_in_constant_time("abc", "ab"));
}

}  // namespace
}  // namespace stet
